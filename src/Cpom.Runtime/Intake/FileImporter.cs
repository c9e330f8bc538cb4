using Cpom.Domain.Flux;

namespace Cpom.Runtime.Intake;

/// <summary>Turns one received file into recorded facts. The gateway spools what it is sent to disk and calls this.</summary>
public interface IFileImporter
{
    /// <param name="path">The file on local disk. It is read, never changed; its deletion is the caller's.</param>
    /// <param name="fileName">The name that the agency knows it by: it goes into the proof of every fact.</param>
    /// <returns>The report, when what the file brings is stored: also when it was refused whole, or had been imported before.</returns>
    /// <remarks>Cancelled in the middle, it can be called again: what is already recorded is recorded once.</remarks>
    Task<ImportReport> Import(string path, string fileName, ImportOptions options, IProgress<ImportProgress> progress, CancellationToken cancellation);
}

/// <param name="Complete">The file holds everything of the départements it speaks of: what is known there and absent from it has ended on its day.</param>
/// <param name="Sign">Contrats whose row has both signatures are signed, once their socle commun and engagements are in.</param>
/// <param name="Author">Who sent it.</param>
public sealed record ImportOptions(bool Complete, bool Sign, string Author)
{
    /// <summary>What the file says is taken even where a later snapshot spoke of the same.</summary>
    public bool Force { get; init; }
}

public enum ImportPhase
{
    /// <summary>Reading and checking; nothing is recorded yet.</summary>
    Checking = 1,
    Recording = 2,
}

/// <param name="BytesRead">Of the file as received (compressed, if it is), in this phase.</param>
/// <param name="BytesTotal">Size of the file.</param>
/// <param name="LinesRead">Records of the file, in this phase.</param>
public sealed record ImportProgress(ImportPhase Phase, long BytesRead, long BytesTotal, long LinesRead);

/// <summary>What an import counted.</summary>
/// <param name="Quarantined">Lines put aside, and facts that wait for an entity or a site.</param>
/// <param name="OutOfScope">Read, and of no concern to a sanitary contrat.</param>
public sealed record RapportCounts(int Read, int New, int Changed, int Unchanged, int Ended, int Quarantined, int OutOfScope, int Warnings)
{
    /// <summary>Rows left out because a later snapshot spoke of the same.</summary>
    public int Outdated { get; init; }
}

/// <summary>What became of a file.</summary>
/// <param name="Kind">What kind of file it was recognised as; empty when it was not.</param>
/// <param name="Sha256">Of the content as received, lowercase hexadecimal: the id of its Fichier.</param>
/// <param name="SnapshotOn">The day that it describes; null when it was refused before that was known.</param>
/// <param name="AlreadyIntegrated">The same content had been imported to its end before: what it says is taken as said again, so only what had been put aside, left out by an option, or contradicted by a later file since, can be new.</param>
/// <param name="Refused">Why the file was refused whole, with nothing recorded; null when it was taken.</param>
/// <param name="Rejected">The lines put aside, at most <see cref="RejectedMax"/>; the counts count them all.</param>
/// <param name="WaitingFacts">Facts kept until their entity or site becomes known.</param>
/// <param name="Position">The log position of the newest thing recorded; 0 for nothing.</param>
public sealed record ImportReport(
    string Kind,
    string Sha256,
    DateOnly? SnapshotOn,
    bool AlreadyIntegrated,
    LigneRejetee? Refused,
    RapportCounts Counts,
    IReadOnlyList<LigneRejetee> Rejected,
    int WaitingFacts,
    long Position)
{
    public const int RejectedMax = 1_000;

    /// <summary>What is to be known of lines that were taken, at most <see cref="RejectedMax"/>; the counts count them all.</summary>
    public IReadOnlyList<LigneRejetee> Advice { get; init; } = [];
}
