using Cpom.Domain.Acts;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;
using CampagneSpec = Cpom.Domain.Specs.Spec<Cpom.Domain.Campagnes.Campagne, Cpom.Domain.Campagnes.CampagneState, Cpom.Domain.Campagnes.CampagneCommand, Cpom.Domain.Campagnes.CampagneEvent>;
using EntiteSpec = Cpom.Domain.Specs.Spec<Cpom.Domain.Entites.Entite, Cpom.Domain.Entites.EntiteState, Cpom.Domain.Entites.EntiteCommand, Cpom.Domain.Entites.EntiteEvent>;
using NegociationSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Negociations.Negociation, Cpom.Domain.Negociations.NegociationState, Cpom.Domain.Negociations.NegociationCommand, Cpom.Domain.Negociations.NegociationEvent>;

namespace Cpom.Domain.Specs;

/// <summary>Edges of entités, sites, campaigns and négociations: first and last days, largest counts, one of several.</summary>
public sealed class ActeursBornesSpecs
{
    private static readonly EntiteRegistered Hopital = new(Before, Ej, Faits.Hopital);
    private static readonly EntiteRegistered Clinique = new(Before, Ej, Faits.Hopital with { Statut = "72" });
    private static readonly AutreContratFiche Unjour = new("C-1", new AutreContrat.Autre(), "Objet", Today, Today);

    [Fact(DisplayName = "R-124 Un autre contrat peut ne durer qu'un jour, le premier et le dernier où il vaut")]
    public void One_day()
    {
        EntiteSpec.Given(Hopital).When(new RecordAutreContrat(Unjour)).Then(new AutreContratRecorded(Today, Unjour));
        AutreContratInscrit inscrit = new(Unjour, [], null);
        Assert.True(inscrit.IsValidOn(Today));
        Assert.False(inscrit.IsValidOn(Today.AddDays(-1)));
        Assert.False(inscrit.IsValidOn(Today.AddDays(1)));
    }

    [Fact(DisplayName = "Le numéro d'un autre contrat est une clé : borné, sans caractère de commande")]
    public void Number()
    {
        EntiteSpec.Given(Hopital).When(new RecordAutreContrat(Unjour with { Numero = new('x', 61) })).ThenRefused(RefusalCode.TexteTooLong);
        EntiteSpec.Given(Hopital).When(new RecordAutreContrat(Unjour with { Numero = "C\u00011" })).ThenRefused(RefusalCode.CleInvalid);
    }

    [Fact(DisplayName = "R-128 Le CPOM peut ne prévoir qu'un contrat de clinicien")]
    public void One_clinician()
    {
        var clause = Unjour with { Contrat = new AutreContrat.Cliniciens(1, "postes vacants", ["radiologie"]) };
        EntiteSpec.Given(Hopital).When(new RecordAutreContrat(clause)).Then(new AutreContratRecorded(Today, clause));
        EntiteSpec.Given(Hopital).When(new RecordAutreContrat(clause with { Contrat = new AutreContrat.Cliniciens(0, "postes vacants", ["radiologie"]) })).ThenRefused(RefusalCode.AutreContratUnfit);
    }

    [Fact(DisplayName = "R-130 Une commune mal dite parmi d'autres suffit à refuser un contrat local de santé")]
    public void One_town() => EntiteSpec.Given(Hopital)
        .When(new RecordAutreContrat(Unjour with { Contrat = new AutreContrat.Cls(["75101", "7511"]) })).ThenRefused(RefusalCode.AutreContratUnfit);

    [Fact(DisplayName = "R-001 Le dernier jour d'un contrat est encore couvert")]
    public void Last_day_covered()
    {
        ContratRequirementMet met = new(DateEffet, "2026-001", DateFin);
        EntiteSpec.Given(Hopital, met).When(new RequireContrat("R-001", "autorisations", DateFin)).ThenNothing();
        EntiteSpec.Given(Hopital, met).When(new RequireContrat("R-001", "autorisations", DateFin.AddDays(1))).Then(new ContratRequired(DateFin.AddDays(1), "R-001", "autorisations"));
    }

    [Fact(DisplayName = "R-102 Le dernier jour de son contrat, une clinique n'est pas encore hors contrat ; le lendemain elle peut le dire")]
    public void Out_of_contract()
    {
        ContratRequirementMet met = new(DateEffet, "2026-001", DateFin);
        EntiteSpec.Given(Clinique, met).When(new DeclareHorsContrat("choix", DateFin)).ThenRefused(RefusalCode.HorsContratUnfit);
        EntiteSpec.Given(Clinique, met).When(new DeclareHorsContrat("choix", DateFin.AddDays(1))).Then(new HorsContratDeclared(DateFin.AddDays(1), "choix"));
    }

    [Fact(DisplayName = "L-11 Une résiliation du dernier jour compte encore")]
    public void Terminated_on_the_last_day()
    {
        ContratRequirementMet met = new(DateEffet, "2026-001", DateFin);
        EntiteSpec.Given(Hopital, met).When(new NoteContratTerminated("2026-001", DateFin)).Then(new ContratLeftForce(DateFin, "2026-001"));
        EntiteSpec.Given(Hopital, met).When(new NoteContratTerminated("2026-001", DateFin.AddDays(1))).ThenNothing();
    }

    [Fact(DisplayName = "Le jour de fermeture d'une entité se corrige ; redit au jour du fichier, il ne change rien")]
    public void Closing_day()
    {
        EntiteClosed closed = new(Today);
        EntiteSpec.Given(Hopital, closed).When(new Register(Ej, Faits.Hopital, Before, Today.AddDays(2), Today.AddDays(9))).Then(new EntiteClosed(Today.AddDays(2)));
        EntiteSpec.Given(Hopital, closed).When(new Register(Ej, Faits.Hopital, Before, Today.AddDays(9), Today.AddDays(9))).ThenNothing();
    }

    [Fact(DisplayName = "Une ligne sans contenu parmi d'autres suffit à refuser un relevé")]
    public void Empty_line() => EntiteSpec.Given(Hopital)
        .When(new StateFinancements(Ej, Today, [new([new(Mig.Mois, Mig)], null, Proof), new([], null, Proof)])).ThenRefused(RefusalCode.TooManyLignes);

    [Theory(DisplayName = "Le statut juridique dit ce qu'est une entité, aux bornes de ses plages")]
    [InlineData("39", PartieKind.AutrePublic)]
    [InlineData("40", PartieKind.Espic)]
    [InlineData("65", PartieKind.Espic)]
    [InlineData("71", PartieKind.PriveLucratif)]
    [InlineData("99", PartieKind.PriveLucratif)]
    [InlineData("7", PartieKind.AutrePublic)]
    public void Statut(string statut, PartieKind kind) => Assert.Equal(kind, Parties.KindOf(statut));

    [Theory(DisplayName = "R-045 Une activité d'une reconnaissance contractuelle a de deux à cinq signes, et une lettre d'abord")]
    [InlineData("R", false)]
    [InlineData("R4", true)]
    [InlineData("RABCD", true)]
    [InlineData("RABCDE", false)]
    [InlineData("Q4", false)]
    public void Activity(string code, bool known) => Assert.Equal(known, RcRules.IsRcActivite(code));

    [Theory(DisplayName = "Un document se prouve par soixante-quatre signes hexadécimaux minuscules, tous")]
    [InlineData('a', true)]
    [InlineData('A', false)]
    [InlineData('g', false)]
    public void Fingerprint(char last, bool whole) => Assert.Equal(whole, Document.Check(new("avis.pdf", new string('a', 63) + last)) is null);

    [Fact(DisplayName = "Une campagne a jusqu'à cinquante vagues, de 2010 à 2100")]
    public void Waves()
    {
        CampagneEvent.CampagneOpened opened = new(Before, "2026", "Campagne 2026");
        CampagneSpec.Given(opened).When(new CampagneCommand.PlanVague(50, 2010, [], Before)).Then(new CampagneEvent.VaguePlanned(Before, 50, 2010));
        CampagneSpec.Given(opened).When(new CampagneCommand.PlanVague(1, 2100, [], Before)).Then(new CampagneEvent.VaguePlanned(Before, 1, 2100));
        CampagneSpec.Given(opened).When(new CampagneCommand.PlanVague(51, 2026, [], Before)).ThenRefused(RefusalCode.NegociationOutsideLimits);
        CampagneSpec.Given(opened).When(new CampagneCommand.PlanVague(1, 2009, [], Before)).ThenRefused(RefusalCode.NegociationOutsideLimits);
        CampagneSpec.Given(opened).When(new CampagneCommand.PlanVague(1, 2101, [], Before)).ThenRefused(RefusalCode.NegociationOutsideLimits);
    }

    [Fact(DisplayName = "R-085 Une structure se propose du premier au dernier jour de la période ; de deux contrats de même fin, le premier par son numéro")]
    public void Proposed()
    {
        ContratState.Ouvert[] contrats = [.. new[] { "2026-002", "2026-001" }.Select(numero => (ContratState.Ouvert)EnVigueur
            .Select(e => e is ContratEvent.ContratOpened o ? o with { Fiche = o.Fiche with { Numero = numero } } : e).Aggregate(Contrat.Initial, Contrat.Evolve))];
        Assert.Equal("2026-001", Assert.Single(CampagneProposals.Of(contrats, 2030, DateFin, DateFin)).Contrat);
        Assert.Empty(CampagneProposals.Of(contrats, 2030, DateFin.AddDays(1), DateFin.AddDays(9)));
        Assert.Empty(CampagneProposals.Of(contrats, 2030, DateEffet, DateFin.AddDays(-1)));
    }

    [Fact(DisplayName = "R-078 Le rapport peut être remis le jour où la trame est reçue")]
    public void Handed_over_at_once()
    {
        NegociationSpec.Given(Ecrite).When(new NegociationCommand.HandOverRapport(Ej, Trame)).Then(new NegociationEvent.VoletsHandedOver(Trame, Ej, [Volet.A1V2]), new NegociationEvent.RapportHandedOver(Trame, Ej));
    }

    [Fact(DisplayName = "R-075 Une négociation de groupe ne s'abandonne plus quand une structure a signé ; elle n'est signée que quand toutes le sont")]
    public void One_of_two_signed()
    {
        NegociationEvent[] one = [new NegociationEvent.NegociationOpened(Before, Groupe), .. Signee[1..]];
        NegociationSpec.Given(one).When(new NegociationCommand.Abandon("sans suite", Today)).ThenRefused(RefusalCode.SyntheseBinds);
        Assert.Equal(NegociationEtape.Autodiagnostic, State(one).Etape);
        Assert.Equal(NegociationEtape.Signee, State([.. one, new NegociationEvent.SignatureNoted(Today, OtherEj, Signatory.DgArs, Today)]).Etape);
        Assert.Equal(NegociationEtape.Ouverte, State(Ouverte).Etape);
        Assert.Equal(NegociationEtape.Signee, State([.. Ouverte, .. Signee[^2..]]).Etape); // Of a contrat taken over as it was signed, whose trame nobody recorded.
    }

    [Fact(DisplayName = "R-123 Au niveau du département, une délégation pilote")]
    public void Leader() => NegociationSpec.Given().When(Dossiers.Open(FicheDossier with { Pilote = " " }) with { Departements = [] }).ThenRefused(RefusalCode.DelegationMissing);

    [Fact(DisplayName = "R-011 Une structure garde le numéro qu'elle a ; celui d'une autre lui est refusé")]
    public void Own_number()
    {
        NegociationEvent[] groupe = [new NegociationEvent.NegociationOpened(Before, Groupe)];
        NegociationSpec.Given(groupe).When(new NegociationCommand.ChooseIssue(Ej, NegociationIssue.Contrat, "2026-003", Today)).Then(new NegociationEvent.IssueChosen(Today, Ej, NegociationIssue.Contrat, "2026-003"));
        NegociationSpec.Given(groupe).When(new NegociationCommand.ChooseIssue(Ej, NegociationIssue.Contrat, "2026-002", Today)).ThenRefused(RefusalCode.StructuresUnfit);
    }

    [Fact(DisplayName = "R-031 Une négociation conseille trois engagements au moins, ou aucun ; R-074 sa synthèse avant l'accord ; R-073 l'annexe que disent les réponses")]
    public void Advised()
    {
        Assert.DoesNotContain("R-031", Advice(Partagee));
        Assert.Contains("R-031", Advice(Proposee));
        Assert.DoesNotContain("R-031", Advice([.. Partagee, Proposal(1), Proposal(2), Proposal(3)]));
        Assert.DoesNotContain("R-074", Advice(Proposee));
        Assert.Contains("R-074", Advice([.. Proposee, new NegociationEvent.SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Structure)]));
        NegociationEvent[] answered = [.. Priorisation.Questions.Select(q => new NegociationEvent.QuestionAnswered(Partage, Ej, q.Numero, q.Numero == 3, null))];
        Assert.DoesNotContain("R-073", Advice([.. Partagee, .. answered]));
        Assert.DoesNotContain("R-073", Advice([.. Partagee, .. answered, Proposal(1), Proposal(2, Volet.A2V3)]));
        Assert.Contains("R-073", Advice([.. Partagee, .. answered, Proposal(2, Volet.A2V3)]));
    }

    [Fact(DisplayName = "R-072 Toutes les questions répondues, c'est une réponse qui se change ; une proposition nouvelle suit la dernière")]
    public void Next_in_a_negotiation()
    {
        NegociationEvent[] answered = [.. Partagee, .. Priorisation.Questions.Select(q => new NegociationEvent.QuestionAnswered(Partage, Ej, q.Numero, q.Numero == 1, null))];
        Assert.False(Told<NegociationCommand.AnswerQuestion>(answered).Oui);
        Assert.True(Told<NegociationCommand.AnswerQuestion>([.. answered, new NegociationEvent.QuestionAnswered(Partage, Ej, 1, false, null)]).Oui);
        Assert.Equal(2, Told<NegociationCommand.AnswerQuestion>([.. Partagee, answered[Partagee.Length]]).Numero);
        Assert.Equal(1, Told<NegociationCommand.ProposeEngagement>(Partagee).Engagement.Number);
        Assert.Equal(4, Told<NegociationCommand.ProposeEngagement>([.. Partagee, Proposal(1), Proposal(3)]).Engagement.Number);

        static TCommand Told<TCommand>(IEnumerable<NegociationEvent> history) => NegociationDemarches.Of(State(history), Partage).Select(d => d.Command).OfType<TCommand>().First();
    }

    [Fact(DisplayName = "R-010 Le projet médical partagé, même joint parmi d'autres notes, et le volet A1.V3 répondent pour le GHT")]
    public void Of_a_group()
    {
        NegociationEvent[] member =
        [
            new NegociationEvent.NegociationOpened(Before, FicheDossier with { Structures = [Structure with { Ght = "GHT75" }] }), .. Recue[1..],
            new NegociationEvent.SectionWritten(Trame, Ej, new(Volet.A1V3, RapportAuteur.Structure, "Accord avec le projet médical partagé.", [])),
            new NegociationEvent.NoteAttached(Trame, new(NoteKind.DiagnosticTerritorial, "Territoire", "n-1")),
        ];
        Assert.Contains("R-010", Advice(member));
        Assert.DoesNotContain("R-010", Advice([.. member, new NegociationEvent.NoteAttached(Trame, new(NoteKind.ProjetMedicalPartage, "PMP", "n-2"))]));
    }

    private static IEnumerable<string> Advice(IEnumerable<NegociationEvent> history) => NegociationWarnings.Of(State(history)).Select(w => w.Rule);

    private static NegociationEvent.EngagementProposed Proposal(int number, Volet volet = Volet.A1V2) => new(Partage, Ej, RapportAuteur.Structure, Engagement(number, $"Objectif {number}") with { Volet = volet });
}
