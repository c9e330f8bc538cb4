using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
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

/// <summary>Who negotiates with whom, and what comes of it: from the opening of a dossier to its issue.</summary>
public sealed class NegociationSpecs
{
    [Fact(DisplayName = "Une négociation s'ouvre sous le numéro de l'agence, une fois")]
    public void Opens()
    {
        Given().When(Open(FicheDossier)).Then(Ouverte);
        Given(Ouverte).When(Open(FicheDossier) with { On = Today }).ThenNothing();
        Given(Ouverte).When(Open(FicheDossier with { Pilote = "92" })).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "N-1");
        Given().When(new ReceiveTrame(Trame)).ThenRefused(RefusalCode.NegociationUnknown);
    }

    [Fact(DisplayName = "D-01 Une structure qui négocie a un numéro FINESS")]
    public void Finess_invalid() => Given().When(Open(FicheDossier with { Structures = [Structure with { Entite = "75" }] })).ThenRefused(RefusalCode.FinessInvalid);

    [Fact(DisplayName = "R-065 Une négociation ne s'ouvre pas sans négociateur")]
    public void Without_negociateur() => Given().When(Open(FicheDossier with { Negociateur = " " })).ThenRefused(RefusalCode.NegociateurMissing);

    [Fact(DisplayName = "R-065 Dans une campagne, il est nommé à la structure avant que la négociation s'ouvre")]
    public void Unnamed_in_campaign()
    {
        var fiche = FicheDossier with { Campagne = "2026" };
        Given().When(Open(fiche)).ThenRefusedSaying(RefusalCode.NegociateurMissing, Ej);
        Given().When(Open(fiche) with { Nominations = [new(Ej, null)] }).ThenRefused(RefusalCode.NegociateurMissing);
        Given().When(Open(fiche) with { Nominations = [new(Ej, "Mme Diallo")] }).Then(new NegociationOpened(Before, fiche));
    }

    [Fact(DisplayName = "R-065 Le négociateur peut changer en cours de route")]
    public void Changes_negociateur()
    {
        Given(Ouverte).When(new ChangeNegociateur("M. Petit", Today)).Then(new NegociateurChanged(Today, "M. Petit"));
        Given(Ouverte).When(new ChangeNegociateur("Mme Diallo", Today)).ThenNothing();
        Given(Ouverte).When(new ChangeNegociateur("", Today)).ThenRefused(RefusalCode.NegociateurMissing);
    }

    [Fact(DisplayName = "R-064 Deux entrées : la négociation initiale, et le renouvellement qui évalue un contrat ; les étapes sont les mêmes")]
    public void Routes()
    {
        var renewal = FicheDossier with { Route = NegociationRoute.Renouvellement };
        Given().When(Open(renewal)).ThenRefusedSaying(RefusalCode.PrecedentMissing, Ej);
        var fiche = renewal with { Structures = [Structure with { Precedent = "2021-001" }] };
        Given().When(Open(fiche)).Then(new NegociationOpened(Before, fiche));
        Assert.Equal(
            NegociationEcheances.Of(State(Recue)).Select(e => (e.Kind, e.DueOn)),
            NegociationEcheances.Of(State([new NegociationOpened(Before, fiche), new TrameReceived(Trame)])).Select(e => (e.Kind, e.DueOn)));
    }

    [Fact(DisplayName = "R-011 Un groupe négocie ensemble, chaque structure garde son contrat")]
    public void Group()
    {
        Given().When(Open(Groupe)).Then(new NegociationOpened(Before, Groupe));
        Given().When(Open(Groupe with { Structures = [Structure, Structure with { Entite = OtherEj }] })).ThenRefusedSaying(RefusalCode.StructuresUnfit, "2026-001");
        Given().When(Open(Groupe with { Structures = [Structure, Structure with { Contrat = null }] })).ThenRefusedSaying(RefusalCode.StructuresUnfit, "deux fois");
        Given(new NegociationOpened(Before, Groupe)).When(new ChooseIssue(OtherEj, NegociationIssue.Contrat, "2026-001", Today)).ThenRefused(RefusalCode.StructuresUnfit);
    }

    [Fact(DisplayName = "R-009 Un GHT négocie par ses membres")]
    public void Ght() => Given().When(Open(FicheDossier with { Structures = [Structure with { Partie = PartieKind.Ght }] })).ThenRefused(RefusalCode.GhtNeverSigns);

    [Fact(DisplayName = "R-003 Un établissement sans personnalité juridique ne négocie pas pour lui-même")]
    public void Establishment() => Given().When(Open(FicheDossier with { Structures = [Structure with { Partie = PartieKind.Etablissement }] })).ThenRefused(RefusalCode.PartieWithoutPersonality);

    [Fact(DisplayName = "R-118 Le niveau régional négocie par exception, et dit pourquoi")]
    public void Regional()
    {
        var fiche = FicheDossier with { Niveau = Niveau.Regional, Pilote = null, Consultees = ["75"] };
        Given().When(Open(fiche)).ThenRefused(RefusalCode.NiveauUnreasoned);
        Given().When(Open(fiche with { MotifNiveau = "Envergure régionale" })).Then(new NegociationOpened(Before, fiche with { MotifNiveau = "Envergure régionale" }));
    }

    [Fact(DisplayName = "R-123 La délégation de chaque département où les structures ont un site pilote, ou est consultée")]
    public void Delegations()
    {
        Given().When(Open(FicheDossier) with { Departements = ["75", "92"] }).ThenRefusedSaying(RefusalCode.DelegationMissing, "92");
        Given().When(Open(FicheDossier with { Pilote = null })).ThenRefusedSaying(RefusalCode.DelegationMissing, "pilote");
        var fiche = FicheDossier with { Consultees = ["92"] };
        Given().When(Open(fiche) with { Departements = ["75", "92"] }).Then(new NegociationOpened(Before, fiche));
    }

    [Fact(DisplayName = "R-088 Après un contrat « socle commun » : un avenant, ou un contrat complet signé de nouveau")]
    public void Issues()
    {
        NegociationEvent[] bridged = [new NegociationOpened(Before, FicheDossier with { Structures = [Structure with { Precedent = "2024-P" }] })];
        Given(Ouverte).When(new ChooseIssue(Ej, NegociationIssue.Resignature, "2026-9", Today)).ThenRefusedSaying(RefusalCode.IssueUnfit, "socle commun");
        Given(bridged).When(new ChooseIssue(Ej, NegociationIssue.Resignature, "2026-9", Today)).Then(new IssueChosen(Today, Ej, NegociationIssue.Resignature, "2026-9"));
        Given(bridged).When(new ChooseIssue(Ej, NegociationIssue.Resignature, null, Today)).ThenRefused(RefusalCode.IssueUnfit);
        Given(bridged).When(new ChooseIssue(Ej, NegociationIssue.Resignature, "2024-P", Today)).ThenRefused(RefusalCode.IssueUnfit);
        Given(bridged).When(new ChooseIssue(Ej, NegociationIssue.Avenant, "2026-9", Today)).ThenRefused(RefusalCode.IssueUnfit);
    }

    [Fact(DisplayName = "R-088 Seul un contrat « socle commun » se signe à nouveau ; un autre court jusqu'à son terme")]
    public void Resignature_of_a_bridge_only()
    {
        NegociationEvent[] bridged = [new NegociationOpened(Before, FicheDossier with { Structures = [Structure with { Precedent = "2024-P" }] })];
        var again = new ChooseIssue(Ej, NegociationIssue.Resignature, "2026-9", Today);
        Given(bridged).When(again with { Bridges = true }).Then(new IssueChosen(Today, Ej, NegociationIssue.Resignature, "2026-9"));
        Given(bridged).When(again with { Bridges = false }).ThenRefusedSaying(RefusalCode.IssueUnfit, "2024-P");
        Given(bridged).When(new ChooseIssue(Ej, NegociationIssue.Contrat, "2026-9", Today, Bridges: false)).Then(new IssueChosen(Today, Ej, NegociationIssue.Contrat, "2026-9"));
        Given(bridged).When(new ChooseIssue(Ej, NegociationIssue.Avenant, null, Today, Bridges: false)).Then(new IssueChosen(Today, Ej, NegociationIssue.Avenant, null));
        Given([.. bridged, new IssueChosen(Before, Ej, NegociationIssue.Resignature, "2026-9")]).When(again with { Bridges = false }).ThenNothing();
        NegociationEvent[] unnumbered = [new NegociationOpened(Before, FicheDossier with { Structures = [Structure with { Precedent = "2024-P", Contrat = null }] })];
        var told = NegociationDemarches.Of(State(unnumbered), Today, prove: c => c is ChooseIssue choose ? choose with { Bridges = false } : c);
        Assert.Equal(RefusalCode.IssueUnfit, Assert.Single(told, d => d.Command is ChooseIssue { Issue: NegociationIssue.Resignature }).Refusal?.Code);
    }

    [Fact(DisplayName = "R-086 Les engagements négociés viennent au contrat « socle commun » par avenant")]
    public void Issue_by_avenant()
    {
        NegociationEvent[] bridged = [new NegociationOpened(Before, FicheDossier with { Structures = [Structure with { Precedent = "2024-P" }] })];
        Given(bridged).When(new ChooseIssue(Ej, NegociationIssue.Avenant, null, Today)).Then(new IssueChosen(Today, Ej, NegociationIssue.Avenant, null));
    }

    [Fact(DisplayName = "La suite d'une négociation se choisit pour une structure qui y est, et se redit sans effet")]
    public void Issue_again()
    {
        Given(Ouverte).When(new ChooseIssue(Ej, NegociationIssue.Contrat, "2026-001", Today)).ThenNothing();
        Given(Ouverte).When(new ChooseIssue(Ej, NegociationIssue.Contrat, "2026-7", Today)).Then(new IssueChosen(Today, Ej, NegociationIssue.Contrat, "2026-7"));
        Given(Ouverte).When(new ChooseIssue(Ej, NegociationIssue.Contrat, "2026-7", Today, "2026-7")).Then(new IssueChosen(Today, Ej, NegociationIssue.Contrat, "2026-7"));
        Given(Ouverte).When(new ChooseIssue(OtherEj, NegociationIssue.Contrat, "2026-7", Today)).ThenRefusedSaying(RefusalCode.StructureUnknown, OtherEj);
    }

    [Fact(DisplayName = "R-011 Le numéro d'un contrat ouvert reste : sous un autre, ce qui est accepté ne lui parviendrait plus")]
    public void Issue_of_an_open_contrat()
    {
        Given(Ouverte).When(new ChooseIssue(Ej, NegociationIssue.Contrat, "2026-7", Today, "2026-001")).ThenRefusedSaying(RefusalCode.IssueContratOpen, "2026-001");
        Given(Ouverte).When(new ChooseIssue(Ej, NegociationIssue.Avenant, null, Today, "2026-001")).ThenRefused(RefusalCode.IssueContratOpen);
        Given(Ouverte).When(new ChooseIssue(Ej, NegociationIssue.Contrat, "2026-001", Today, "2026-001")).ThenNothing();
    }

    [Fact(DisplayName = "R-075 Ce que la structure a signé ne change plus de suite, et ne s'abandonne plus")]
    public void Issue_signed()
    {
        Given(Signee).When(new ChooseIssue(Ej, NegociationIssue.Contrat, "2026-7", Today)).ThenRefused(RefusalCode.SyntheseBinds);
        Given(Signee).When(new Abandon("sans suite", Today)).ThenRefused(RefusalCode.SyntheseBinds);
    }

    [Fact(DisplayName = "Le contrat dit au dossier qu'il est signé, et qu'une signature est retirée")]
    public void Signatures()
    {
        Given(Acceptee).When(new NoteSignature(Ej, Signatory.RepresentantLegal, Today, Today)).Then(new SignatureNoted(Today, Ej, Signatory.RepresentantLegal, Today));
        Given(Signee).When(new NoteSignature(Ej, Signatory.DgArs, new(2026, 8, 1), Today)).ThenNothing();
        Given(Signee[..^1]).When(new NoteSignature(Ej, Signatory.RepresentantLegal, null, Today)).Then(new SignatureNoted(Today, Ej, Signatory.RepresentantLegal, null));
        Given(Acceptee).When(new NoteSignature(OtherEj, Signatory.DgArs, Today, Today)).ThenRefused(RefusalCode.StructureUnknown);
    }

    [Fact(DisplayName = "R-063 Le rapport n'engage personne et n'est pas signé : seul le contrat l'est, et le rapport reste")]
    public void Report_is_not_signed()
    {
        Assert.DoesNotContain(typeof(NegociationCommand).GetNestedTypes(), t => t.Name.StartsWith("Sign", StringComparison.Ordinal));
        Assert.Equal(["Parcours", "Rien à ajouter"], State(Signee).Structures[Ej].Sections.Values.Select(s => s.Texte));
    }

    [Fact(DisplayName = "Une négociation abandonnée ne change plus")]
    public void Abandoned()
    {
        Given(Recue).When(new Abandon("sans suite", Today)).Then(new NegociationAbandoned(Today, "sans suite"));
        NegociationEvent[] abandoned = [.. Recue, new NegociationAbandoned(Today, "sans suite")];
        Given(abandoned).When(new Abandon("sans suite", Today)).ThenNothing();
        Given(abandoned).When(new HandOverRapport(Ej, Today)).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "01/03/2026");
        Given(abandoned).When(new PassJour(DateOnly.MaxValue)).ThenNothing();
        Assert.Equal(NegociationEtape.Abandonnee, State(abandoned).Etape);
    }

    [Fact(DisplayName = "R-058 Elle s'abandonne avec un motif")]
    public void Abandoned_unreasoned() => Given(Recue).When(new Abandon("", Today)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "L'étape d'une négociation suit ce qui est fait ; un groupe est où en est sa dernière structure")]
    public void Steps()
    {
        NegociationEvent[] group = [new NegociationOpened(Before, Groupe), new TrameReceived(Trame)];
        Assert.Equal(
            [NegociationEtape.Ouverte, NegociationEtape.Autodiagnostic, NegociationEtape.Analyse, NegociationEtape.Negociation, NegociationEtape.Signature, NegociationEtape.Signee],
            new[] { Ouverte, Recue, Remise, Partagee, Acceptee, Signee }.Select(history => State(history).Etape));
        Assert.Equal(NegociationEtape.Autodiagnostic, State([.. group, new RapportHandedOver(Remis, Ej)]).Etape);
        Assert.Equal(NegociationEtape.Analyse, State([.. group, new RapportHandedOver(Remis, Ej), new RapportHandedOver(Remis, OtherEj)]).Etape);
    }
}
