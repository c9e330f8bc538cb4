using Cpom.Domain.Contrats;
using Cpom.Domain.Negociations;
using Xunit;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Negociations.Negociation, Cpom.Domain.Negociations.NegociationState,
    Cpom.Domain.Negociations.NegociationCommand, Cpom.Domain.Negociations.NegociationEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The ten questions, what is proposed, what both parties accept.</summary>
public sealed class SyntheseSpecs
{
    private static readonly Synthese Page = new("Équipe stable", "Locaux", "Regroupement", "Démographie", "Urgences");

    [Fact(DisplayName = "R-070 D'abord l'annexe 2 : les finances à risque, la sécurité des soins")]
    public void Step_1()
    {
        Given(Recue).When(new AnswerQuestion(Ej, 1, true, "déficit", Today)).Then(new QuestionAnswered(Today, Ej, 1, true, "déficit"));
        Given([.. Recue, new QuestionAnswered(Today, Ej, 1, true, "déficit")]).When(new AnswerQuestion(Ej, 1, true, "déficit", Remis)).ThenNothing();
        Assert.Equal([1, 2], NumbersOf("R-070"));
        Assert.Equal(2, Priorisation.AnnexeOf(Answers([1], [])));
        Assert.Null(Priorisation.AnnexeOf(Answers([], [1])));
    }

    [Fact(DisplayName = "R-071 Ensuite l'annexe 1, par cinq questions")]
    public void Step_2()
    {
        Assert.Equal([3, 4, 5, 6, 7], NumbersOf("R-071"));
        Assert.Equal(1, Priorisation.AnnexeOf(Answers([5], [1, 2])));
        Assert.Null(Priorisation.AnnexeOf(Answers([8], [1, 2, 3, 4, 5, 6])));
    }

    [Fact(DisplayName = "R-072 Enfin l'annexe 3 ; tout est non, et le contrat est son socle commun, sans engagement")]
    public void Step_3()
    {
        Assert.Equal([8, 9, 10], NumbersOf("R-072"));
        Assert.Equal(3, Priorisation.AnnexeOf(Answers([9], [1, 2, 3, 4, 5, 6, 7])));
        Assert.Equal(0, Priorisation.AnnexeOf(Answers([], [.. Enumerable.Range(1, 10)])));
        Given([.. Partagee, new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Structure)]).When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).Then(
            new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Agence), new SyntheseAccepted(Partage, Ej, 1, []));
    }

    [Fact(DisplayName = "R-073 Cet ordre guide et ne bloque jamais : une dixième réponse avant la première, un engagement ailleurs")]
    public void Order_guides()
    {
        Given(Recue).When(new AnswerQuestion(Ej, 10, false, null, Today)).Then(new QuestionAnswered(Today, Ej, 10, false, null));
        NegociationEvent[] elsewhere = [.. Partagee, new QuestionAnswered(Today, Ej, 1, true, null)];
        Given(elsewhere).When(Propose(Engagement())).Then(new EngagementProposed(Partage, Ej, RapportAuteur.Structure, Engagement()));
        Assert.Contains("annexe 2", Detail("R-073", [.. elsewhere, Proposee[^1]]), StringComparison.Ordinal);
        Assert.DoesNotContain(Warnings(Proposee), w => w.Rule == "R-073");
        Assert.Contains("socle commun", Detail("R-073", [.. Proposee, .. Enumerable.Range(1, 10).Select(n => new QuestionAnswered(Today, Ej, n, false, null))]), StringComparison.Ordinal);
    }

    [Theory(DisplayName = "Il y a dix questions")]
    [InlineData(0)]
    [InlineData(11)]
    public void Ten_questions(int numero) => Given(Recue).When(new AnswerQuestion(Ej, numero, true, null, Today)).ThenRefused(RefusalCode.NegociationOutsideLimits);

    [Fact(DisplayName = "R-074 La page de synthèse porte forces, faiblesses, opportunités, menaces et enjeux ; elle manque, ou dépasse deux pages, et c'est dit")]
    public void Page_of_synthese()
    {
        Given(Recue).When(new WriteSynthese(Ej, Page, Today)).Then(new SyntheseWritten(Today, Ej, Page));
        Given([.. Recue, new SyntheseWritten(Today, Ej, Page)]).When(new WriteSynthese(Ej, Page, Remis)).ThenNothing();
        Assert.Contains("est vide", Detail("R-074", Acceptee), StringComparison.Ordinal);
        Assert.Equal(50, Page.Length);
        var longest = Page with { Forces = new string('x', 4_000), Faiblesses = new string('x', 2_000 - 50 + Page.Forces.Length + Page.Faiblesses.Length) };
        Assert.DoesNotContain(Warnings([.. Recue, new SyntheseWritten(Today, Ej, longest)]), w => w.Rule == "R-074");
        Assert.Contains("6001 signes", Detail("R-074", [.. Recue, new SyntheseWritten(Today, Ej, longest with { Menaces = longest.Menaces + "x" })]), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "R-076 On négocie des engagements, et rien d'autre : ni autorisation, ni reconnaissance, ni financement")]
    public void Only_objectives() =>
        Assert.Equal([nameof(ProposeEngagement)], typeof(NegociationCommand).GetNestedTypes().Where(t => t.Name.StartsWith("Propose", StringComparison.Ordinal)).Select(t => t.Name));

    [Fact(DisplayName = "R-075 Un engagement se propose, se corrige et se retire, de part et d'autre")]
    public void Proposes()
    {
        Given(Partagee).When(Propose(Engagement())).Then(Proposee[^1]);
        Given(Proposee).When(Propose(Engagement())).ThenNothing();
        Given(Proposee).When(Propose(Engagement(objectif: "Autre")) with { By = RapportAuteur.Agence }).Then(new EngagementProposed(Partage, Ej, RapportAuteur.Agence, Engagement(objectif: "Autre")));
        Given(Proposee).When(new WithdrawEngagement(Ej, 1, Today)).Then(new EngagementWithdrawn(Today, Ej, 1));
        Given(Partagee).When(new WithdrawEngagement(Ej, 1, Today)).ThenNothing();
    }

    [Fact(DisplayName = "R-067 Dès son autodiagnostic la structure propose des engagements")]
    public void Proposes_early() =>
        Given([.. Recue, new IndicateurDefined(Trame, Ej, Defini)]).When(Propose(Engagement())).Then(new EngagementProposed(Partage, Ej, RapportAuteur.Structure, Engagement()));

    [Fact(DisplayName = "R-027 Une proposition a le format d'un engagement")]
    public void Format() => Given(Partagee).When(Propose(Engagement(number: 0))).ThenRefused(RefusalCode.EngagementNumberInvalid);

    [Fact(DisplayName = "R-029 Elle porte sur la structure ou sur ses sites")]
    public void Finess()
    {
        Given(Partagee).When(Propose(Engagement() with { Finess = [SiteForeign] })).ThenRefusedSaying(RefusalCode.EngagementFinessForeign, SiteForeign);
        Given(Partagee).When(Propose(Engagement() with { Finess = [] })).ThenRefused(RefusalCode.EngagementFinessMissing);
        Given(Partagee).When(Propose(Engagement() with { Finess = [Ej] })).Then(new EngagementProposed(Partage, Ej, RapportAuteur.Structure, Engagement() with { Finess = [Ej] }));
    }

    [Fact(DisplayName = "R-041 L'indicateur d'un engagement spécifique est défini dans le rapport, à l'identique")]
    public void Undefined_indicator()
    {
        Given(Partagee).When(Propose(Engagement() with { Indicateurs = [Indicateur(), Indicateur("Inconnu")] })).ThenRefusedSaying(RefusalCode.IndicateurNotInRapport, "Inconnu");
        Given(Partagee).When(Propose(Engagement() with { Indicateurs = [Indicateur() with { Source = "SAE" }] })).ThenRefused(RefusalCode.IndicateurNotInRapport);
        var generic = Engagement() with { Type = EngagementType.Generique, Indicateurs = [Indicateur("Inconnu")] };
        Given(Partagee).When(Propose(generic)).Then(new EngagementProposed(Partage, Ej, RapportAuteur.Structure, generic));
    }

    [Fact(DisplayName = "R-075 Une partie accepte, puis l'autre : les engagements acceptés sont ceux du contrat")]
    public void Accepts()
    {
        Given(Proposee).When(new AcceptSynthese(Ej, RapportAuteur.Structure, Partage)).Then(Acceptee[^3]);
        Given(Acceptee[..^2]).When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).Then(Acceptee[^2..]);
        Given(Acceptee).When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).ThenNothing();
    }

    [Fact(DisplayName = "Une partie accepte d'un seul jour")]
    public void Accepts_otherwise() => Given(Acceptee).When(new AcceptSynthese(Ej, RapportAuteur.Agence, Today)).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "10/04/2026");

    [Fact(DisplayName = "R-075 Ce qui change après une acceptation l'annule : l'autre n'a pas accepté la même chose")]
    public void Accepts_the_same_thing()
    {
        NegociationEvent other = new EngagementProposed(Partage, Ej, RapportAuteur.Agence, Engagement(2));
        Given([.. Acceptee[..^2], other]).When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).Then(new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Agence));
        foreach (var changed in new NegociationEvent[] { other, new EngagementWithdrawn(Partage, Ej, 1), new SyntheseWritten(Partage, Ej, Page) })
        {
            Assert.Empty(State([.. Acceptee[..^2], changed]).Structures[Ej].Acceptances);
        }
    }

    [Fact(DisplayName = "R-067 On négocie sur un diagnostic partagé")]
    public void Accepts_too_early()
    {
        Given([.. Remise, new RencontreRecorded(Remis, null)]).When(new AcceptSynthese(Ej, RapportAuteur.Structure, Partage)).ThenRefused(RefusalCode.RapportLocked);
        Given(Partagee).When(new AcceptSynthese(Ej, RapportAuteur.Structure, Partage.AddDays(-1))).ThenRefused(RefusalCode.RapportLocked);
    }

    [Fact(DisplayName = "R-031 Dix engagements s'acceptent, pas onze")]
    public void Ten_engagements()
    {
        NegociationEvent[] ten = [.. Partagee, .. Enumerable.Range(1, 10).Select(n => new EngagementProposed(Partage, Ej, RapportAuteur.Agence, Engagement(n)))];
        Given(ten).When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).Then(new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Agence));
        Given([.. ten, new EngagementProposed(Partage, Ej, RapportAuteur.Agence, Engagement(11))])
            .When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).ThenRefused(RefusalCode.EngagementsTooMany);
        Assert.Contains(Warnings(Proposee), w => w.Rule == "R-031");
    }

    [Fact(DisplayName = "R-075 Ce que les deux ont accepté ne change que si la synthèse est rouverte")]
    public void Accepted_binds()
    {
        Given(Acceptee).When(Propose(Engagement(2))).ThenRefused(RefusalCode.SyntheseBinds);
        Given(Acceptee).When(new WithdrawEngagement(Ej, 1, Today)).ThenRefused(RefusalCode.SyntheseBinds);
        Given(Acceptee).When(new WriteSynthese(Ej, Page, Today)).ThenRefused(RefusalCode.SyntheseBinds);
    }

    [Fact(DisplayName = "R-075 La synthèse se rouvre avec un motif, jusqu'à la signature de la structure")]
    public void Reopens()
    {
        NegociationEvent reopened = new SyntheseReopened(Today, Ej, 2, "nouvel acte");
        Given(Acceptee).When(new ReopenSynthese(Ej, "nouvel acte", Today)).Then(reopened);
        Given(Proposee).When(new ReopenSynthese(Ej, "nouvel acte", Today)).ThenNothing();
        Given(Signee).When(new ReopenSynthese(Ej, "nouvel acte", Today)).ThenRefusedSaying(RefusalCode.SyntheseBinds, "a signé");
        Given([.. Acceptee, reopened, Acceptee[^3]]).When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).Then(
            new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Agence), new SyntheseAccepted(Partage, Ej, 3, [Engagement()]));
    }

    [Fact(DisplayName = "R-058 Une synthèse se rouvre avec un motif")]
    public void Reopens_unreasoned() => Given(Acceptee).When(new ReopenSynthese(Ej, " ", Today)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "R-010 Le contrat d'un membre de GHT s'accorde au projet médical partagé : sans lui, ou sans le volet A1.V3, c'est dit")]
    public void Shared_medical_project()
    {
        NegociationEvent[] member = [new NegociationOpened(Before, FicheDossier with { Structures = [Structure with { Ght = "GHT75" }] }), new TrameReceived(Trame)];
        NegociationEvent project = new NoteAttached(Trame, new(NoteKind.ProjetMedicalPartage, "PMP", "GED-1"));
        NegociationEvent section = new SectionWritten(Trame, Ej, new(Volet.A1V3, RapportAuteur.Structure, "Filière commune", []));
        Assert.Contains("GHT75", Detail("R-010", member), StringComparison.Ordinal);
        Assert.NotEmpty(Detail("R-010", [.. member, project]));
        Assert.DoesNotContain(Warnings([.. member, project, section]), w => w.Rule == "R-010");
        Assert.DoesNotContain(Warnings(Recue), w => w.Rule == "R-010");
    }

    private static IEnumerable<int> NumbersOf(string rule) => Priorisation.Questions.Where(q => q.Rule == rule).Select(q => q.Numero);

    private static Dictionary<int, Reponse> Answers(int[] yes, int[] no) =>
        yes.Select(n => (n, true)).Concat(no.Select(n => (n, false))).ToDictionary(a => a.n, a => new Reponse(a.Item2, null));

    private static IEnumerable<ContratWarning> Warnings(IEnumerable<NegociationEvent> history) => NegociationWarnings.Of(State(history));

    private static string Detail(string rule, IEnumerable<NegociationEvent> history) => Warnings(history).First(w => w.Rule == rule).Detail;
}
