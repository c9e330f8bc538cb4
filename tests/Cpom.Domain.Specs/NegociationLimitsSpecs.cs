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

/// <summary>
/// Every text and every collection of a négociation, at its limit and one over it, in plain figures: <see cref="Limits.NegociationStructuresMax"/>,
/// <see cref="Limits.DelegationsMax"/>, <see cref="Limits.NegociationNotesMax"/>, <see cref="Limits.NegociationRencontresMax"/>, <see cref="Limits.SectionLengthMax"/>,
/// <see cref="Limits.SectionChiffresMax"/>, <see cref="Limits.RapportIndicateursMax"/>, <see cref="Limits.PropositionsMax"/>, <see cref="Limits.SyntheseLengthAdvised"/>.
/// </summary>
public sealed class NegociationLimitsSpecs
{
    [Theory(DisplayName = "Une négociation réunit d'une à cinquante structures")]
    [InlineData(0, false)]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Structures(int count, bool accepted)
    {
        var fiche = FicheDossier with { Structures = Enumerable.Range(1, count).Select(n => Structure with { Entite = $"75{n:D7}", Contrat = $"{n}" }).ToValueList() };
        Check(Given().When(Open(fiche)), accepted, new NegociationOpened(Before, fiche));
    }

    [Theory(DisplayName = "Au plus 101 délégations sont consultées")]
    [InlineData(101, true)]
    [InlineData(102, false)]
    public void Delegations(int count, bool accepted)
    {
        var fiche = FicheDossier with { Consultees = Enumerable.Range(1, count).Select(n => $"{n}").ToValueList() };
        Check(Given().When(Open(fiche)), accepted, new NegociationOpened(Before, fiche));
    }

    [Theory(DisplayName = "Au plus cinquante notes")]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public void Notes(int known, bool accepted)
    {
        var history = Enumerable.Range(1, known).Select(n => new NoteAttached(Today, new(NoteKind.DiagnosticRegional, $"{n}", "r")));
        Check(Given([.. Recue, .. history]).When(new AttachNote(new(NoteKind.DiagnosticRegional, "x", "r"), Today)), accepted, new NoteAttached(Today, new(NoteKind.DiagnosticRegional, "x", "r")));
    }

    [Theory(DisplayName = "Au plus cent rencontres")]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Rencontres(int known, bool accepted)
    {
        var history = Enumerable.Range(1, known).Select(n => new RencontreRecorded(Today.AddDays(n), null));
        Check(Given([.. Recue, .. history]).When(new RecordRencontre(null, Today)), accepted, new RencontreRecorded(Today, null));
    }

    [Theory(DisplayName = "Au plus cinq cents indicateurs définis")]
    [InlineData(499, true)]
    [InlineData(500, false)]
    public void Indicateurs(int known, bool accepted)
    {
        var history = Enumerable.Range(1, known).Select(n => new IndicateurDefined(Today, Ej, Defini with { Libelle = $"{n}" }));
        Check(Given([.. Recue, .. history]).When(new DefineIndicateur(Ej, Defini, Today)), accepted, new IndicateurDefined(Today, Ej, Defini));
    }

    [Fact(DisplayName = "R-041 Un rapport plein se corrige encore : un indicateur défini se définit à nouveau")]
    public void Indicateur_again()
    {
        var history = Enumerable.Range(1, 500).Select(n => new IndicateurDefined(Today, Ej, Defini with { Libelle = $"{n}" }));
        var again = Defini with { Libelle = "250", Source = "SAE" };
        Given([.. Recue, .. history]).When(new DefineIndicateur(Ej, again, Today)).Then(new IndicateurDefined(Today, Ej, again));
    }

    [Theory(DisplayName = "Au plus cinquante engagements proposés à la fois")]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public void Propositions(int known, bool accepted)
    {
        var history = Enumerable.Range(1, known).Select(n => new EngagementProposed(Partage, Ej, RapportAuteur.Agence, Engagement(n)));
        Check(Given([.. Partagee, .. history]).When(Propose(Engagement(51))), accepted, new EngagementProposed(Partage, Ej, RapportAuteur.Structure, Engagement(51)));
    }

    [Theory(DisplayName = "Au plus cent chiffres par volet et par auteur")]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Chiffres(int count, bool accepted)
    {
        var section = new Section(Volet.A2V3, RapportAuteur.Structure, "t", Enumerable.Range(1, count).Select(n => new Chiffre($"{n}", "1", "SAE")).ToValueList());
        Check(Given(Recue).When(new WriteSection(Ej, section, Today)), accepted, new SectionWritten(Today, Ej, section));
    }

    [Fact(DisplayName = "On nomme douze volets au plus, tous ceux d'un rapport")]
    public void Volets_named()
    {
        var (all, more) = (Volets.All.ToValueList(), Volets.All.Append(Volet.A1V1).ToValueList());
        Assert.Equal(Limits.RapportVoletsMax, all.Count);
        NegociationEvent[] written = [.. Recue, .. Volets.All.Select(v => new SectionWritten(Today, Ej, new(v, RapportAuteur.Structure, "t", [])))];
        Given(written).When(new HandOverRapport(Ej, Today, all)).Then(new VoletsHandedOver(Today, Ej, all));
        foreach (var command in new NegociationCommand[] { new HandOverRapport(Ej, Today, more), new ReturnRapport(Ej, "m", Today, more), new ShareDiagnostic(Ej, Today, more) })
        {
            Given(written).When(command).ThenRefused(RefusalCode.NegociationOutsideLimits);
        }
    }

    [Fact(DisplayName = "Les textes d'une négociation ont une longueur")]
    public void Texts()
    {
        var longest = new Section(Volet.A2V3, RapportAuteur.Structure, Of(20_000), [new(Of(500), Of(500), Of(500))]);
        Given(Recue).When(new WriteSection(Ej, longest, Today)).Then(new SectionWritten(Today, Ej, longest));
        foreach (var command in new NegociationCommand[]
        {
            new WriteSection(Ej, longest with { Texte = Of(20_001) }, Today), new WriteSection(Ej, longest, Today, Of(501)), new WriteSection(Ej, longest with { Chiffres = [new(Of(501), "1", "s")] }, Today),
            new WriteSection(Ej, longest with { Chiffres = [new("l", Of(501), "s")] }, Today), new WriteSection(Ej, longest with { Chiffres = [new("l", "1", Of(501))] }, Today),
            new DefineIndicateur(Ej, Defini with { Libelle = Of(451) }, Today), new DefineIndicateur(Ej, Defini with { ModeCalcul = Of(4_001) }, Today),
            new DefineIndicateur(Ej, Defini with { Unite = Of(501) }, Today), new DefineIndicateur(Ej, Defini with { Source = Of(4_001) }, Today),
            new AttachNote(new(NoteKind.DiagnosticRegional, Of(501), "r"), Today), new AttachNote(new(NoteKind.DiagnosticRegional, "t", Of(501)), Today),
            new RecordRencontre(Of(4_001), Today), new AnswerQuestion(Ej, 1, true, Of(4_001), Today), new ReturnRapport(Ej, Of(4_001), Today),
            new ReopenSynthese(Ej, Of(4_001), Today), new Prolong(1, Of(4_001), true, Today), new Abandon(Of(4_001), Today), new ChangeNegociateur(Of(501), Today),
            new ChooseIssue(Ej, NegociationIssue.Contrat, Of(46), Today), Propose(Engagement() with { Indicateurs = [Indicateur() with { Unite = Of(501) }] }),
            Open(FicheDossier with { Numero = Of(61) }), Open(FicheDossier with { Negociateur = Of(501) }), Open(FicheDossier with { MotifNiveau = Of(4_001) }), Open(FicheDossier with { Pilote = Of(501) }),
            Open(FicheDossier with { Consultees = [Of(501)] }), Open(FicheDossier with { Structures = [Structure with { Contrat = Of(46) }] }),
        })
        {
            Given(Recue).When(command).ThenRefused(RefusalCode.TexteTooLong);
        }
    }

    [Fact(DisplayName = "R-074 Chaque partie de la synthèse a 4 000 signes au plus")]
    public void Synthese_texts()
    {
        var page = new Synthese(Of(4_000), Of(4_000), Of(4_000), Of(4_000), Of(4_000));
        Given(Recue).When(new WriteSynthese(Ej, page, Today)).Then(new SyntheseWritten(Today, Ej, page));
        foreach (var longer in new[] { page with { Forces = Of(4_001) }, page with { Faiblesses = Of(4_001) }, page with { Opportunites = Of(4_001) }, page with { Menaces = Of(4_001) }, page with { Enjeux = Of(4_001) } })
        {
            Given(Recue).When(new WriteSynthese(Ej, longer, Today)).ThenRefused(RefusalCode.TexteTooLong);
        }
    }

    [Fact(DisplayName = "Un numéro de négociation se voit")]
    public void Numero() => Given().When(Open(FicheDossier with { Numero = " " })).ThenRefused(RefusalCode.CleInvalid);

    private static void Check(Spec<Negociation, NegociationState, NegociationCommand, NegociationEvent>.Verdict verdict, bool accepted, NegociationEvent expected)
    {
        if (accepted)
        {
            verdict.Then(expected);
        }
        else
        {
            Assert.Equal(RefusalCode.NegociationOutsideLimits, Assert.IsType<Decision<NegociationEvent>.Refused>(Negociation.Decide(verdict.State, verdict.Command)).Refusal.Code);
        }
    }

    private static string Of(int length) => new('x', length);
}
