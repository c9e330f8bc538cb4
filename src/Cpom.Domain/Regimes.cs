namespace Cpom.Domain;

/// <summary>The bounds that change with the law. A contrat keeps the regime of its date d'effet for life.</summary>
/// <param name="Code">"2018" or "2025", as shown to people and stored in projections.</param>
/// <param name="From">First date d'effet under this regime.</param>
/// <param name="DureeYearsMax">R-013: longest duration.</param>
/// <param name="DureeExact">L-02: the contrat lasts exactly that long; R-014 otherwise only advises it.</param>
/// <param name="EngagementsMax">R-031, L-03: most engagements (strategic objectives).</param>
/// <param name="HoldersMustContract">R-001, R-002, R-007: holders of an authorisation other than hospitals must have a contrat (until L-03).</param>
/// <param name="RenouvellementAskedMonths">L-01, L-02: renewal is asked for so long before the end.</param>
/// <param name="RenouvellementAnsweredMonths">L-01, L-02: the agency answers within so long.</param>
/// <param name="SilenceRenews">L-02: without an answer in that time the renewal is granted.</param>
/// <param name="EvaluationEveryMonths">R-109: a review every so often; null for one at mid-term (L-02).</param>
public sealed record Regime(
    string Code,
    DateOnly From,
    int DureeYearsMax,
    bool DureeExact,
    int EngagementsMax,
    bool HoldersMustContract,
    int RenouvellementAskedMonths,
    int RenouvellementAnsweredMonths,
    bool SilenceRenews,
    int? EvaluationEveryMonths)
{
    /// <summary>By which renewal is asked for and answered.</summary>
    public string RenouvellementRule => SilenceRenews ? "L-02" : "L-01";
}

public static class Regimes
{
    /// <summary>The guide of the agency, after the décret of 25 September 2018.</summary>
    public static Regime Regime2018 { get; } =
        new("2018", DateOnly.MinValue, DureeYearsMax: 5, DureeExact: false, EngagementsMax: 10, HoldersMustContract: true,
            RenouvellementAskedMonths: 12, RenouvellementAnsweredMonths: 4, SilenceRenews: false, EvaluationEveryMonths: 12);

    /// <summary>Décret 2025-180 of 25 February 2025 (L-03), on article L. 6114-1 as it stands since ordonnance 2020-1407 (L-02).</summary>
    public static Regime Regime2025 { get; } =
        new("2025", new(2025, 2, 25), DureeYearsMax: 5, DureeExact: true, EngagementsMax: 10, HoldersMustContract: false,
            RenouvellementAskedMonths: 12, RenouvellementAnsweredMonths: 4, SilenceRenews: true, EvaluationEveryMonths: null);

    /// <summary>The regime of a contrat by its date d'effet. Which day switches a running contrat is open (L-04): none does here.</summary>
    public static Regime Of(DateOnly dateEffet) => dateEffet < Regime2025.From ? Regime2018 : Regime2025;

    /// <summary>Last day of a contrat of the longest duration; the last that can be written, for one that begins near the end of the calendar.</summary>
    public static DateOnly LastDay(Regime regime, DateOnly dateEffet) => dateEffet.Year > DateOnly.MaxValue.Year - regime.DureeYearsMax
        ? DateOnly.MaxValue
        : dateEffet.AddYears(regime.DureeYearsMax).AddDays(-1);
}
