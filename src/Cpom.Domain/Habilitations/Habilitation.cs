using System.Text.Json.Serialization;

namespace Cpom.Domain.Habilitations;

/// <summary>As whom somebody acts, and over what. It comes in the command; who somebody is, is proved elsewhere.</summary>
public sealed record Habilitation(Role Role, Perimetre Perimetre);

[JsonConverter(typeof(JsonStringEnumConverter<PerimetreKind>))]
public enum PerimetreKind
{
    [JsonStringEnumMemberName("region")] Region = 1,
    [JsonStringEnumMemberName("departement")] Departement = 2,
    [JsonStringEnumMemberName("dossier")] Dossier = 3,
    [JsonStringEnumMemberName("entite")] Entite = 4,
}

/// <param name="Valeur">The code of the département, the number of the contrat, the FINESS EJ; null for the region.</param>
public sealed record Perimetre(PerimetreKind Kind, string? Valeur)
{
    public static Perimetre Region { get; } = new(PerimetreKind.Region, null);

    public static Perimetre Departement(string code) => new(PerimetreKind.Departement, code);

    public static Perimetre Dossier(string numero) => new(PerimetreKind.Dossier, numero);

    public static Perimetre Entite(string finess) => new(PerimetreKind.Entite, finess);
}

/// <summary>Who may, by which rule.</summary>
/// <param name="Roles">Empty for what the platform alone does.</param>
public sealed record Droit(string Rule, ValueList<Role> Roles);

/// <summary>What an act is about, as far as a perimeter asks.</summary>
/// <param name="Objet">What people read: "Ce contrat".</param>
/// <param name="Dossiers">The numbers by which a negotiator has it.</param>
/// <param name="Entites">The structures whose own matter it is.</param>
/// <param name="Departement">Which answers for it; null where nobody has proved it, and where no single one does.</param>
public sealed record Affaire(string Objet, ValueList<string> Dossiers, ValueList<string> Entites, string? Departement, Niveau Niveau);

/// <summary>Who may act on what: the role must be one that may, and the matter in its perimeter (Guide 3.2).</summary>
public static class Droits
{
    /// <summary>Whoever negotiates for the agency, and those who answer for them.</summary>
    public static ValueList<Role> Agence { get; } = [Role.Siege, Role.Dos, Role.DelegueDepartemental, Role.ChefDeProjet, Role.Negociateur];

    /// <summary>The seat, which coordinates what concerns the socle commun .</summary>
    public static ValueList<Role> Region { get; } = [Role.Siege, Role.Dos];

    /// <summary>Those who answer for negotiations, in the region and in the département .</summary>
    public static ValueList<Role> Direction { get; } = [Role.Siege, Role.Dos, Role.DelegueDepartemental];

    /// <summary>And the project lead, who pilots them .</summary>
    public static ValueList<Role> Pilotage { get; } = [.. Direction, Role.ChefDeProjet];

    public static ValueList<Role> AgenceOrStructure { get; } = [.. Agence, Role.RepresentantLegal, Role.Correspondant];

    /// <summary>The legal representative himself, or the agency that records from the paper what he signed or accepted; never his correspondent.</summary>
    public static ValueList<Role> AgenceOrRepresentant { get; } = [.. Agence, Role.RepresentantLegal];

    /// <summary>Null where nobody is named: the platform's own reactions, imports, and tools that know no role yet (decision 0034).</summary>
    public static Refusal? Check(AuteurCommand command, Droit droit, Affaire affaire) => command.Auteur is { } auteur ? Check(auteur, droit, affaire) : null;

    /// <summary>R-117: what is the same for all, PRS, socle and library, is the region's.</summary>
    public static Refusal? CheckReferentiel(AuteurCommand command) =>
        Check(command, new("R-117", Region), new("Cette référence", [], [], null, Niveau.Regional));

    /// <summary>Those whom a check lets through, each over the perimeter that the matter is in.</summary>
    public static ValueList<Role> RolesOf(Droit droit, Affaire affaire) =>
        Enum.GetValues<Role>().Where(role => Check(new Habilitation(role, PerimetreIn(affaire, role)), droit, affaire) is null).ToValueList();

    public static Refusal? Check(Habilitation auteur, Droit droit, Affaire affaire) =>
        auteur.Perimetre.Kind != KindOf(auteur.Role) ? Refuse.HabilitationInvalid(auteur.Role)
        : !droit.Roles.Contains(auteur.Role) ? Refuse.RoleNotAllowed(droit)
        : Covers(auteur, affaire) ? null
        : Refuse.PerimetreForeign(auteur.Role, affaire);

    /// <summary>R-117 to R-122.</summary>
    public static string RuleOf(Role role) => role switch
    {
        Role.DelegueDepartemental => "R-119",
        Role.ChefDeProjet => "R-120",
        Role.Negociateur => "R-121",
        Role.RepresentantLegal or Role.Correspondant => "R-122",
        _ => "R-117",
    };

    /// <summary>Over what kind of perimeter a role is held.</summary>
    public static PerimetreKind KindOf(Role role) => role switch
    {
        Role.DelegueDepartemental or Role.ChefDeProjet => PerimetreKind.Departement,
        Role.Negociateur => PerimetreKind.Dossier,
        Role.RepresentantLegal or Role.Correspondant => PerimetreKind.Entite,
        _ => PerimetreKind.Region,
    };

    /// <summary>What somebody of that role would hold, who answers for this matter.</summary>
    private static Perimetre PerimetreIn(Affaire affaire, Role role) => KindOf(role) switch
    {
        PerimetreKind.Departement => Perimetre.Departement(affaire.Departement ?? ""),
        PerimetreKind.Dossier => Perimetre.Dossier(affaire.Dossiers.FirstOrDefault() ?? ""),
        PerimetreKind.Entite => Perimetre.Entite(affaire.Entites.FirstOrDefault() ?? ""),
        _ => Perimetre.Region,
    };

    /// <summary>R-118, R-119: the département answers for what is of its level.</summary>
    private static bool Covers(Habilitation auteur, Affaire affaire) => auteur.Perimetre switch
    {
        { Kind: PerimetreKind.Region } => true,
        { Kind: PerimetreKind.Departement, Valeur: { } code } => affaire.Niveau == Niveau.Departemental && code == affaire.Departement,
        { Kind: PerimetreKind.Dossier, Valeur: { } numero } => affaire.Dossiers.Contains(numero),
        { Kind: PerimetreKind.Entite, Valeur: { } finess } => affaire.Entites.Contains(finess),
        _ => false,
    };
}
