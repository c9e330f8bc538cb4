using Cpom.Intake;
using Cpom.Runtime.Intake;

namespace Cpom.Server;

/// <summary>
/// Reads a file into recorded facts, none before all of it was read. The daily registers, of which nearly every row says what is known, are read
/// once, and the rows that say something else wait for the end; any other file is read twice, first of all to know that it is whole (decision 0021).
/// </summary>
/// <param name="heldRowsMax">Rows that wait: <see cref="HeldRowsMax"/>, or fewer.</param>
public sealed class FileImporter(CpomNode node, int heldRowsMax = FileImporter.HeldRowsMax) : IFileImporter
{
    /// <summary>Rows that wait until the file is known to be whole: some ten megabytes. A file that says more than that anew is read a second time.</summary>
    public const int HeldRowsMax = 10_000;

    private KnownStatements? _known;

    public async Task<ImportReport> Import(
        string path, string fileName, ImportOptions options, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        var received = node.Today;
        var opening = FileSource.Open(path, fileName);
        if (opening is not FileOpening.Opened { Source: var source })
        {
            return Refused(((FileOpening.Refused)opening).Refusal, fileName, string.Empty);
        }

        var known = await Known(cancellation);
        if (source.Kind.IsJson() && known.Count > 0 && await InOnePass(source, received, known, options, progress, cancellation) is { } report)
        {
            return report;
        }

        var validation = await source.Validate(Checking(source, progress), cancellation);
        if (validation is not FileValidation.Valid { File: var file })
        {
            return Refused(((FileValidation.Refused)validation).Refusal, fileName, source.Kind.ToString());
        }

        var run = new ImportRun(node, known, file, await SnapshotOn(file, received, cancellation), options, progress, cancellation);
        await run.Receive();
        await run.Settle();
        await foreach (var step in Cpom.Intake.Import.Steps(run.Context(run.Recording()), cancellation).WithCancellation(cancellation))
        {
            run.Count(step);
            await run.Do(step);
        }

        return await run.Conclude();
    }

    /// <summary>Null where more is new than may wait, with nothing recorded.</summary>
    private async Task<ImportReport?> InOnePass(
        FileSource source, DateOnly received, KnownStatements known, ImportOptions options, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        var file = await source.Hash(cancellation);
        var run = new ImportRun(node, known, file, await SnapshotOn(file, received, cancellation), options, progress, cancellation);
        var held = new HeldSteps(run, heldRowsMax);
        await run.Settle();
        try
        {
            await foreach (var step in Cpom.Intake.Import.Steps(run.Context(Checking(source, progress)), cancellation).WithCancellation(cancellation))
            {
                run.Count(step);
                if (!held.Take(step))
                {
                    return null;
                }
            }
        }
        catch (MalformedContentException malformed)
        {
            return Refused(malformed.Refusal, source.Name, source.Kind.ToString());
        }

        await run.Receive();
        foreach (var step in held.Steps)
        {
            await run.Do(step);
        }

        return await run.Conclude();
    }

    /// <summary>The day that the same content was first taken to describe: an import that goes on after midnight, or under another name, keeps it.</summary>
    private async Task<DateOnly> SnapshotOn(SourceFile file, DateOnly received, CancellationToken cancellation)
    {
        await foreach (var stored in node.Store.ReadActor($"fichier-{file.Sha256}", 0, cancellation))
        {
            return stored.ValidOn;
        }

        return Cpom.Intake.Import.SnapshotOn(file.Name, received);
    }

    private async Task<KnownStatements> Known(CancellationToken cancellation) =>
        _known ?? Interlocked.CompareExchange(ref _known, await KnownStatements.Load(node.Store, cancellation), null) ?? _known;

    private static Relayed Checking(FileSource source, IProgress<ImportProgress> progress) =>
        new(bytes => progress.Report(new(ImportPhase.Checking, bytes, source.Size, 0)));

    private static ImportReport Refused(FileRefusal refusal, string name, string kind) => new(
        kind, string.Empty, null, false, new(name, refusal.Rule, refusal.Problem, refusal.Remedy), new(0, 0, 0, 0, 0, 0, 0, 0), [], 0, 0);
}
