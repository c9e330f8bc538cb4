namespace Cpom.Sample;

/// <summary>What to write, and where.</summary>
public sealed record SampleOptions
{
    /// <summary>More days than this would close or move more sites than the region has to spare.</summary>
    public const int DaysMax = 60;

    /// <summary>Folder that receives jour-0, jour-1 …; it is created when missing.</summary>
    public required string Directory { get; init; }

    public SampleScale Scale { get; init; } = SampleScale.Idf;

    /// <summary>Equal seeds give equal bytes, on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Days played after the stock: 0 writes the stock alone, K writes jour-1 to jour-K too (0 to <see cref="DaysMax"/>).</summary>
    public int Days { get; init; }

    /// <summary>The day of the stock; every other date is counted from it.</summary>
    public DateOnly BaseDate { get; init; } = new(2026, 10, 1);

    /// <summary>
    /// When true, the jour-N folders an earlier run left in <see cref="Directory"/> are deleted first; otherwise they
    /// are a reason to stop, because a reader would take both for one region.
    /// </summary>
    public bool Replace { get; init; }
}

/// <summary>What was written; the counts of acts are those of the last day.</summary>
public sealed record SampleSummary(
    string Scale,
    ulong Seed,
    DateOnly BaseDate,
    int Entites,
    int Sites,
    int MedicoSocialSites,
    int Ghts,
    int Contrats,
    int ContratsRegime2025,
    int Engagements,
    int Indicateurs,
    int Autorisations,
    int ReconnaissancesContractuelles,
    int Mouvements,
    IReadOnlyList<SampleDay> Days);

/// <summary>One day played: its folder and what happened on it, one line in French per change, for people to read.</summary>
public sealed record SampleDay(int Number, DateOnly Date, string Directory, IReadOnlyList<string> Changes);
