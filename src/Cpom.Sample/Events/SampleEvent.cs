using System.Globalization;

namespace Cpom.Sample;

/// <summary>What does not happen every day.</summary>
public enum SampleEventKind
{
    /// <summary>A budget circular: within three days, 5 to 20 lines for nearly every legal entity with a contrat in force.</summary>
    Circulaire,

    /// <summary>
    /// The reform of the nomenclature of authorisations: what was held in the old one (AMF, EML) ends on the day and comes
    /// again as AMM, under new numbers. A sample that will see it has its stock in the old nomenclature.
    /// </summary>
    Reforme,

    /// <summary>
    /// A projet régional de santé is adopted: the arrêté stands on every site with a contrat, and the contrats that end
    /// within the year get a successor, as an unsigned project.
    /// </summary>
    Prs,
}

/// <summary>An event on its day.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Day">The day played, 1 or later.</param>
public sealed record SampleEvent(SampleEventKind Kind, int Day)
{
    /// <summary>Names on the command line.</summary>
    public static IReadOnlyDictionary<string, SampleEventKind> Names { get; } = new Dictionary<string, SampleEventKind>(StringComparer.Ordinal)
    {
        ["circulaire"] = SampleEventKind.Circulaire,
        ["reforme"] = SampleEventKind.Reforme,
        ["prs"] = SampleEventKind.Prs,
    };

    /// <summary>Reads « circulaire@30 »; null for anything else.</summary>
    public static SampleEvent? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('@') is [var name, var day] && Names.TryGetValue(name, out var kind)
            && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= SampleOptions.DaysMax
            ? new SampleEvent(kind, number)
            : null;
    }
}
