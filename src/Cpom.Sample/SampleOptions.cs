namespace Cpom.Sample;

/// <summary>What to write, and where.</summary>
public sealed record SampleOptions
{
    /// <summary>Five years, the life of a contrat; a longer run would spend the numbers set aside for a small region.</summary>
    public const int DaysMax = 1_826;

    /// <summary>Folder that receives jour-0, jour-1 …; it is created when missing.</summary>
    public required string Directory { get; init; }

    public SampleScale Scale { get; init; } = SampleScale.Idf;

    /// <summary>Equal seeds give equal bytes, on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Days played after the stock, 0 to <see cref="DaysMax"/>.</summary>
    public int Days { get; init; }

    /// <summary>First day written, 0 being the stock. Earlier days are played and not written, which costs little.</summary>
    public int From { get; init; }

    /// <summary>
    /// Days from one folder to the next: 7 writes <see cref="From"/>, a week later, and so on up to <see cref="Days"/>. A
    /// folder holds the snapshots of its day and the money notified in its days. The folder of a day is the same
    /// whatever <see cref="From"/> and <see cref="Days"/> are, when both runs come by it at the same pace.
    /// </summary>
    public int Every { get; init; } = 1;

    public IReadOnlyList<SampleEvent> Events { get; init; } = [];

    public IReadOnlyList<SampleFault> Faults { get; init; } = [];

    /// <summary>The day of the stock; every other date is counted from it.</summary>
    public DateOnly BaseDate { get; init; } = new(2026, 10, 1);

    /// <summary>
    /// When true, the jour-N folders an earlier run left in <see cref="Directory"/> are deleted first; otherwise they
    /// are a reason to stop, because a reader would take both for one region.
    /// </summary>
    public bool Replace { get; init; }

    /// <summary>The days that get a folder.</summary>
    public IEnumerable<int> Rounds() => Enumerable.Range(0, Days < From ? 0 : (Days - From) / Every + 1).Select(n => From + n * Every);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Days, DaysMax);
        ArgumentOutOfRangeException.ThrowIfNegative(From);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(From, Days);
        ArgumentOutOfRangeException.ThrowIfLessThan(Every, 1);
        var days = Rounds().ToHashSet();
        foreach (var fault in Faults)
        {
            if (!days.Contains(fault.Day ?? days.Max()) || (fault.Kind == SampleFaultKind.OutOfOrder && days.Count < 2))
            {
                throw new ArgumentException($"La faute {SampleFault.NameOf(fault.Kind)} demande un jour écrit{(fault.Kind == SampleFaultKind.OutOfOrder ? ", et un autre avant lui" : "")}.");
            }
        }
    }
}

/// <summary>What was written; the counts of acts are those of the last day.</summary>
/// <param name="EntitesInAll">Legal entities in the files, those of the background included; so for sites and activities.</param>
public sealed record SampleSummary(
    string Scale,
    ulong Seed,
    DateOnly BaseDate,
    int Entites,
    int Sites,
    int MedicoSocialSites,
    int EntitesInAll,
    int SitesInAll,
    int ActivitesInAll,
    int Ghts,
    int Contrats,
    int ContratsRegime2025,
    int Engagements,
    int Indicateurs,
    int Autorisations,
    int ReconnaissancesContractuelles,
    int Mouvements,
    IReadOnlyList<SampleDay> Days);

/// <summary>One folder written: its day and what happened since the folder before it, one line in French per change, for people to read.</summary>
public sealed record SampleDay(int Number, DateOnly Date, string Directory, IReadOnlyList<string> Changes);
