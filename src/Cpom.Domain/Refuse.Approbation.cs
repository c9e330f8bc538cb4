using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain;

/// <summary>Approval, signature and what follows it.</summary>
public static partial class Refuse
{
    public static Refusal ConsultationMissing(Exigence lacking) =>
        new(RefusalCode.ConsultationMissing, lacking.Rule, $"Avant la signature, {InstancesOf(lacking)} {AskedOf(lacking)} : enregistrez cette consultation, à une date qui ne suit pas la signature{(lacking.WithPiece ? ", et joignez-en l'avis" : string.Empty)}.");

    public static Refusal ConsultationRecordedOtherwise(Consultation known) =>
        new(RefusalCode.ConsultationRecordedOtherwise, "", FormattableString.Invariant($"La consultation du {known.On:dd/MM/yyyy} ({Exigences.NameOf(known.Instance)}) est déjà enregistrée avec un autre contenu. Enregistrez la nouvelle à sa propre date."));

    public static Refusal NomMissing(string rule, string who) =>
        new(RefusalCode.NomMissing, rule, $"Nommez {who}.");

    public static Refusal FormalitesTooMany(string what, int max) =>
        new(RefusalCode.FormalitesTooMany, "", $"Au plus {max} {what} : vérifiez qu'elles ne sont pas enregistrées plusieurs fois.");

    public static Refusal DocumentInvalid(string rule) =>
        new(RefusalCode.DocumentInvalid, rule, "Un document se joint par son nom et l'empreinte SHA-256 de son contenu : 64 chiffres hexadécimaux en minuscules.");

    public static Refusal ValidationMissing(Niveau niveau) =>
        new(RefusalCode.ValidationMissing, "R-090", $"Le contenu du contrat n'est pas validé à cette date, ou son texte a changé depuis : {Roles.NameOf(ApprobationRules.ValidatorOf(niveau))} le valide avant la signature.");

    public static Refusal ValidationOfAnotherLevel(Niveau niveau) =>
        new(RefusalCode.ValidationOfAnotherLevel, "R-090", $"Ce contrat est du niveau {NameOf(niveau)} : {Roles.NameOf(ApprobationRules.ValidatorOf(niveau))} le valide.");

    public static Refusal ValidatedOtherwise(Validation given) =>
        new(RefusalCode.ValidatedOtherwise, "R-090", FormattableString.Invariant($"Déjà validé par {given.Name} le {given.On:dd/MM/yyyy} ; une validation se redonne quand le texte a changé."));

    public static Refusal ParaphesMissing(ValueList<int> annexes) =>
        new(RefusalCode.ParaphesMissing, "R-098", $"Chaque annexe est paraphée par celui qui signe : indiquez les annexes paraphées ({string.Join(", ", annexes)}).");

    public static Refusal OriginauxWrongCount() =>
        new(RefusalCode.OriginauxWrongCount, "R-099", "Le contrat est signé en deux originaux, un pour la structure et un pour l'agence ; signé électroniquement, joignez l'empreinte du fichier que chacun détient.");

    public static Refusal TexteNotSigned(string rule) =>
        new(RefusalCode.TexteNotSigned, rule, "Le texte n'est pas encore signé par les deux parties à cette date : attendez la signature du directeur général de l'ARS.");

    /// <param name="what">As the beginning of a sentence.</param>
    public static Refusal RecordedOtherwise(string rule, string what, DateOnly on) =>
        new(RefusalCode.RecordedOtherwise, rule, FormattableString.Invariant($"{what} est déjà enregistré (le {on:dd/MM/yyyy}) avec un autre contenu."));

    public static Refusal OriginauxMissing() =>
        new(RefusalCode.OriginauxMissing, "R-100", "Enregistrez d'abord les deux originaux : la délégation archive le sien.");

    public static Refusal ArchiveDifferent() =>
        new(RefusalCode.ArchiveDifferent, "R-100", "Le fichier archivé n'est pas celui qui a été signé : leurs empreintes diffèrent. Archivez le fichier signé.");

    public static Refusal CaisseUnknown() =>
        new(RefusalCode.CaisseUnknown, "R-107", "Le département ne dit pas quelle est la caisse pivot : nommez-la.");

    public static Refusal DemandeAccesUnknown(string reference) =>
        new(RefusalCode.DemandeAccesUnknown, "R-106", $"Aucune demande d'accès {reference} n'est enregistrée à cette date : enregistrez-la d'abord.");

    public static Refusal DemandeAccesRefusalUnreasoned() =>
        new(RefusalCode.DemandeAccesRefusalUnreasoned, "R-106", "Le contrat est communicable à qui le demande : si vous ne le communiquez pas, dites pourquoi.");

    private static string NameOf(Niveau niveau) => niveau == Niveau.Regional ? "régional" : "départemental";

    private static string InstancesOf(Exigence exigence) => string.Join(" ou ", exigence.Instances.Select(Exigences.NameOf));

    private static string AskedOf(Exigence exigence) => exigence.Least switch
    {
        ConsultationKind.Information => "est informé",
        ConsultationKind.Avis => "donne un avis",
        _ => "délibère",
    };
}
