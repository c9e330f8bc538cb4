namespace Cpom.Sample;

/// <summary>
/// The socle contractuel that the region's contrats refer to: seven clauses, invented, like the rest; the agency's own text is its own.
/// Written beside the days as socle.json, in the form that « cpom socle publish --file » takes.
/// </summary>
public static class SampleSocle
{
    public const string FileName = "socle.json";

    /// <summary>Of the contrats before and since the décret of 2025.</summary>
    public static IReadOnlyList<string> Versions { get; } = [Version2018, Version2025];

    public const string Json = """
        {
          "fondements": "Le présent contrat est conclu entre l'agence régionale de santé et l'entité juridique désignée à la fiche, au titre des articles L. 6114-1 et suivants du code de la santé publique.",
          "champ": "Il porte sur les activités sanitaires de l'entité juridique pour les sites de son périmètre, à l'exclusion de la chirurgie esthétique.",
          "suivi": "Les parties examinent ensemble, régulièrement, l'avancement des engagements à partir de leurs indicateurs.",
          "revision": "Le contrat est révisé par avenant à l'une de ses annexes, à l'initiative de l'une ou l'autre des parties ; le présent socle ne l'est pas.",
          "sanctions": "Les manquements aux engagements font l'objet d'une procédure contradictoire avant toute sanction, dans les conditions prévues par le code de la santé publique.",
          "renouvellement": "L'entité juridique demande le renouvellement du contrat avant son échéance, en joignant un rapport final sur les résultats obtenus.",
          "duree": "Le contrat prend effet et prend fin aux dates portées à la fiche, pour une durée de cinq ans au plus."
        }

        """;

    internal const string Version2018 = "SOCLE-2018-1";

    internal const string Version2025 = "SOCLE-2025-1";
}
