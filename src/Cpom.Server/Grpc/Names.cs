using System.Globalization;

namespace Cpom.Server;

/// <summary>Resource names (AIP-122): "contrats/{numero}", "contrats/{numero}/avenants/{n}", "entites/{finess}", "sites/{finess}", "ghts/{code}", "socles/{version}".</summary>
internal static class Names
{
    private const string Avenants = "/avenants/";

    public static string Contrat(string numero) => $"contrats/{numero}";

    public static string Avenant(string numero, int number) => string.Create(CultureInfo.InvariantCulture, $"contrats/{numero}{Avenants}{number}");

    public static string Entite(string finess) => $"entites/{finess}";

    public static string Site(string finess) => $"sites/{finess}";

    public static string Ght(string code) => $"ghts/{code}";

    public static string Socle(string version) => $"socles/{version}";

    public static string Campagne(string code) => $"campagnes/{code}";

    public static string Negociation(string numero) => $"negociations/{numero}";

    public static string ReadCampagne(string name, string field) => Read(name, "campagnes", field);

    public static string ReadNegociation(string name, string field) => Read(name, "negociations", field);

    public static string ReadContrat(string name, string field) => Read(name, "contrats", field);

    public static (string Contrat, int Number) ReadAvenant(string name)
    {
        var split = name.LastIndexOf(Avenants, StringComparison.Ordinal);
        return split > 0 && int.TryParse(name.AsSpan(split + Avenants.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (ReadContrat(name[..split], "name"), number)
            : throw Errors.Argument("name", $"« {name} » n'est pas le nom d'un avenant : écrivez contrats/NUMERO/avenants/N.");
    }

    private const string Manquements = "/manquements/";

    public static string Manquement(string entite, string numero) => $"{Entite(entite)}{Manquements}{numero}";

    public static (string Entite, string Numero) ReadManquement(string name, string field)
    {
        var split = name.IndexOf(Manquements, StringComparison.Ordinal);
        return split > 0 && split + Manquements.Length < name.Length
            ? (Read(name[..split], "entites", field), name[(split + Manquements.Length)..])
            : throw Errors.Argument(field, $"« {name} » n'est pas le nom d'une procédure : écrivez entites/FINESS/manquements/NUMERO.");
    }

    /// <summary>A contrat or one of its avenants.</summary>
    public static (string Contrat, int? Avenant) ReadTexte(string name) =>
        name.Contains(Avenants, StringComparison.Ordinal) ? ReadAvenant(name) : (ReadContrat(name, "name"), null);

    public static string Read(string name, string collection, string field) =>
        name.StartsWith(collection, StringComparison.Ordinal) && name.Length > collection.Length + 1 && name[collection.Length] == '/'
            ? name[(collection.Length + 1)..]
            : throw Errors.Argument(field, $"« {name} » n'est pas un nom de cette collection : écrivez {collection}/…");
}
