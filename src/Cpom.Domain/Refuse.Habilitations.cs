using Cpom.Domain.Habilitations;

namespace Cpom.Domain;

/// <summary>Who may not.</summary>
public static partial class Refuse
{
    public static Refusal RoleNotAllowed(Droit droit) =>
        new(RefusalCode.RoleNotAllowed, droit.Rule, droit.Roles.Count == 0
            ? "La plate-forme seule l'enregistre, à partir des actes et du calendrier : envoyez l'acte par son fichier ou par le service d'import."
            : $"Ce n'est pas à ce rôle de le faire. Le peuvent : {string.Join(", ", droit.Roles.Select(Roles.NameOf))}.");

    public static Refusal PerimetreForeign(Role role, Affaire affaire) =>
        new(RefusalCode.PerimetreForeign, Droits.RuleOf(role), $"{affaire.Objet}, du niveau {NameOf(affaire.Niveau)}, n'est pas dans le périmètre de votre rôle ({PerimetreOf(role)}). Adressez-vous à celui qui en répond.");

    public static Refusal HabilitationInvalid(Role role) =>
        new(RefusalCode.HabilitationInvalid, Droits.RuleOf(role), $"Ce rôle s'exerce sur {PerimetreOf(role)} : indiquez un périmètre de cette nature.");

    private static string PerimetreOf(Role role) => Droits.KindOf(role) switch
    {
        PerimetreKind.Departement => "un département",
        PerimetreKind.Dossier => "un dossier de contrat",
        PerimetreKind.Entite => "sa propre entité juridique",
        _ => "la région",
    };
}
