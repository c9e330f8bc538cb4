namespace Cpom.Cli;

/// <summary>Resource names of the protocol.</summary>
internal static class Names
{
    public static string Contrat(string numero) => $"contrats/{numero}";

    public static string NumeroOf(string contrat) => contrat["contrats/".Length..];

    public static string Entite(string finess) => $"entites/{finess}";

    public static string Site(string finess) => $"sites/{finess}";

    public static string Ght(string code) => $"ghts/{code}";

    public static string Manquement(string finess, string numero) => $"{Entite(finess)}/manquements/{numero}";

    public static string Socle(string version) => $"socles/{version}";

    public static string Campagne(string code) => $"campagnes/{code}";

    public static string Negociation(string numero) => $"negociations/{numero}";

    /// <summary>What follows the collection.</summary>
    public static string IdOf(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static string Avenant(string numero, int number) => string.Create(CultureInfo.InvariantCulture, $"contrats/{numero}/avenants/{number}");
}
