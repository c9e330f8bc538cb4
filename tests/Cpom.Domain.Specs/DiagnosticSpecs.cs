using Cpom.Domain.Entites;
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

/// <summary>The shared diagnosis: who writes when, what a figure says, what is joined.</summary>
public sealed class DiagnosticSpecs
{
    private static readonly Chiffre Marge = new("Taux de marge brute", "4,2 %", "Comptes financiers 2024");

    [Fact(DisplayName = "R-067 La structure remplit le rapport volet par volet, et se corrige")]
    public void Structure_writes()
    {
        Given(Recue).When(Write(RapportAuteur.Structure)).Then(Written(RapportAuteur.Structure));
        Given([.. Recue, Written(RapportAuteur.Structure)]).When(Write(RapportAuteur.Structure)).ThenNothing();
        Given([.. Recue, Written(RapportAuteur.Structure)]).When(Write(RapportAuteur.Structure, "Corrigé")).Then(Written(RapportAuteur.Structure, "Corrigé"));
    }

    [Fact(DisplayName = "R-067 L'agence n'écrit qu'une fois le rapport remis, la structure n'écrit plus")]
    public void In_turn()
    {
        Given(Recue).When(Write(RapportAuteur.Agence)).ThenRefusedSaying(RefusalCode.RapportLocked, "remplit le volet A2.V3 d'abord");
        Given(Remise).When(Write(RapportAuteur.Structure)).ThenRefusedSaying(RefusalCode.RapportLocked, "le lui rendre");
        Given(Remise).When(Write(RapportAuteur.Agence)).Then(Written(RapportAuteur.Agence));
    }

    [Fact(DisplayName = "R-067 Le diagnostic partagé, plus personne n'y écrit")]
    public void Shared_is_locked()
    {
        Given(Partagee).When(Write(RapportAuteur.Agence)).ThenRefused(RefusalCode.RapportLocked);
        Given(Partagee).When(Write(RapportAuteur.Structure)).ThenRefused(RefusalCode.RapportLocked);
    }

    [Fact(DisplayName = "R-067 L'agence partage son analyse du rapport qu'elle a reçu")]
    public void Shares()
    {
        Given(Recue).When(new ShareDiagnostic(Ej, Partage)).ThenRefused(RefusalCode.RapportLocked);
        Given(Analysee).When(new ShareDiagnostic(Ej, Remis.AddDays(-1))).ThenRefused(RefusalCode.RapportLocked);
        Given(Analysee).When(new ShareDiagnostic(Ej, Remis)).Then(new VoletsShared(Remis, Ej, [Volet.A1V2]), new DiagnosticShared(Remis, Ej));
        Given(Partagee).When(new ShareDiagnostic(Ej, Partage)).ThenNothing();
    }

    [Fact(DisplayName = "R-078 La structure remet son rapport ; redit, c'est le même jour")]
    public void Hands_over()
    {
        Given(Ecrite).When(new HandOverRapport(Ej, Remis)).Then(new VoletsHandedOver(Remis, Ej, [Volet.A1V2]), new RapportHandedOver(Remis, Ej));
        Given(Remise).When(new HandOverRapport(Ej, Remis)).ThenNothing();
    }

    [Fact(DisplayName = "Un rapport remis, un diagnostic partagé le sont d'un seul jour")]
    public void Otherwise()
    {
        Given(Remise).When(new HandOverRapport(Ej, Partage)).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "20/03/2026");
        Given(Partagee).When(new ShareDiagnostic(Ej, Today)).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "10/04/2026");
    }

    [Fact(DisplayName = "R-067 L'agence rend un rapport incomplet, avant de partager le sien")]
    public void Returns()
    {
        Given(Remise).When(new ReturnRapport(Ej, "volets vides", Remis)).Then(new RapportReturned(Remis, Ej, "volets vides"));
        Given(Recue).When(new ReturnRapport(Ej, "volets vides", Remis)).ThenNothing();
        Given(Partagee).When(new ReturnRapport(Ej, "volets vides", Today)).ThenRefused(RefusalCode.RapportLocked);
        Given([.. Remise, new RapportReturned(Remis, Ej, "volets vides")]).When(Write(RapportAuteur.Structure)).Then(Written(RapportAuteur.Structure));
    }

    [Fact(DisplayName = "R-058 Un rapport se rend avec un motif")]
    public void Returns_unreasoned() => Given(Remise).When(new ReturnRapport(Ej, "", Remis)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "R-069 Un chiffre a sa source")]
    public void Figures()
    {
        var command = Write(RapportAuteur.Structure);
        Given(Recue).When(command with { Section = command.Section with { Chiffres = [Marge, Marge with { Source = " " }] } }).ThenRefusedSaying(RefusalCode.ChiffreWithoutSource, "Taux de marge brute");
    }

    [Fact(DisplayName = "R-066 Les diagnostics régional et territorial se joignent à la négociation, dès son ouverture")]
    public void Notes()
    {
        var note = new Note(NoteKind.DiagnosticTerritorial, "Territoire 75", "GED-12");
        Given(Ouverte).When(new AttachNote(note, Today)).Then(new NoteAttached(Today, note));
        Given([.. Ouverte, new NoteAttached(Today, note)]).When(new AttachNote(note, Remis)).ThenNothing();
    }

    [Fact(DisplayName = "R-041 Un indicateur spécifique se définit dans le rapport, en entier")]
    public void Defines()
    {
        Given(Recue).When(new DefineIndicateur(Ej, Defini, Trame)).Then(new IndicateurDefined(Trame, Ej, Defini));
        Given(Remise).When(new DefineIndicateur(Ej, Defini, Trame)).ThenNothing();
        foreach (var incomplete in new[] { Defini with { Libelle = "" }, Defini with { ModeCalcul = " " }, Defini with { Unite = "" }, Defini with { Source = "" } })
        {
            Given(Recue).When(new DefineIndicateur(Ej, incomplete, Trame)).ThenRefused(RefusalCode.IndicateurNotInRapport);
        }

        Given(Remise).When(new DefineIndicateur(Ej, Defini with { Source = "SAE" }, Today)).Then(new IndicateurDefined(Today, Ej, Defini with { Source = "SAE" }));
        Assert.Equal(["SAE"], State([.. Remise, new IndicateurDefined(Today, Ej, Defini with { Source = "SAE" })]).Structures[Ej].Indicateurs.Select(i => i.Source));
    }

    [Fact(DisplayName = "R-075 Les engagements acceptés, plus rien ne se redéfinit")]
    public void Defines_too_late() => Given(Acceptee).When(new DefineIndicateur(Ej, Defini with { Source = "SAE" }, Today)).ThenRefused(RefusalCode.SyntheseBinds);

    [Fact(DisplayName = "R-068 Un établissement de santé rencontre l'agence au moins une fois avant que la négociation se conclue")]
    public void Meeting()
    {
        NegociationEvent[] unmet = [.. Analysee, new DiagnosticShared(Partage, Ej)];
        Given(unmet).When(new AcceptSynthese(Ej, RapportAuteur.Structure, Partage)).ThenRefused(RefusalCode.RencontreMissing);
        Given(unmet).When(new RecordRencontre("Au siège", Partage)).Then(new RencontreRecorded(Partage, "Au siège"));
        Given([.. unmet, new RencontreRecorded(Partage, null)]).When(new AcceptSynthese(Ej, RapportAuteur.Structure, Partage))
            .Then(new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Structure));
        Given([.. unmet, new RencontreRecorded(Partage.AddDays(1), null)]).When(new AcceptSynthese(Ej, RapportAuteur.Structure, Partage)).ThenRefused(RefusalCode.RencontreMissing);
        Given([.. unmet, new RencontreRecorded(Partage, null)]).When(new RecordRencontre(null, Partage)).ThenNothing();
    }

    [Fact(DisplayName = "R-068 Pour les autres titulaires la rencontre est facultative")]
    public void Meeting_optional() =>
        Given(
            new NegociationOpened(Before, FicheDossier with { Structures = [Structure with { Partie = PartieKind.Cabinet }] }),
            new TrameReceived(Trame), new RapportHandedOver(Remis, Ej), new DiagnosticShared(Partage, Ej))
            .When(new AcceptSynthese(Ej, RapportAuteur.Agence, Partage)).Then(new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Agence));

    [Fact(DisplayName = "Une structure qui n'est pas du dossier n'a pas de rapport")]
    public void Structure_unknown() => Given(Recue).When(new HandOverRapport(OtherEj, Remis)).ThenRefusedSaying(RefusalCode.StructureUnknown, OtherEj);

    private static WriteSection Write(RapportAuteur auteur, string texte = "Constat") => new(Ej, new(Volet.A2V3, auteur, texte, [Marge]), Remis);

    private static SectionWritten Written(RapportAuteur auteur, string texte = "Constat") => new(Remis, Ej, new(Volet.A2V3, auteur, texte, [Marge]));
}
