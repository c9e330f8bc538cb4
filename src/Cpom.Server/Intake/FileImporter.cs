using Cpom.Domain;
using Cpom.Domain.Flux;
using Cpom.Intake;
using Cpom.Runtime;
using Cpom.Runtime.Intake;

namespace Cpom.Server;

/// <summary>Reads a file twice: once to its end, to know that it is whole, then row by row into commands.</summary>
public sealed class FileImporter(CpomNode node) : IFileImporter
{
    /// <summary>Commands on their way at once.</summary>
    private const int InFlightMax = 256;

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

        var checking = new Relayed(bytes => progress.Report(new(ImportPhase.Checking, bytes, source.Size, 0)));
        var validation = await source.Validate(checking, cancellation);
        if (validation is not FileValidation.Valid { File: var file })
        {
            return Refused(((FileValidation.Refused)validation).Refusal, fileName, source.Kind.ToString());
        }

        var snapshotOn = await FirstSnapshotOn(file, cancellation) ?? Cpom.Intake.Import.SnapshotOn(fileName, received);
        return await Import(file, snapshotOn, options, progress, cancellation);
    }

    /// <summary>The day that the same content was first taken to describe: an import that goes on after midnight, or under another name, keeps it.</summary>
    private async Task<DateOnly?> FirstSnapshotOn(ValidFile file, CancellationToken cancellation)
    {
        await foreach (var stored in node.Store.ReadActor($"fichier-{file.Sha256}", 0, cancellation))
        {
            return stored.ValidOn;
        }

        return null;
    }

    private async Task<ImportReport> Import(
        ValidFile file, DateOnly snapshotOn, ImportOptions options, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        var tally = new ImportTally();
        var fichier = new Fichier(node.Actors, file, snapshotOn, () => From(options, file, "fichier"));
        await fichier.Receive(cancellation);

        // What the file names must be looked up in a view that reflects everything recorded before it.
        await Settle(await node.Store.LastPosition(cancellation), cancellation);
        var reading = new Relayed(bytes => progress.Report(new(ImportPhase.Recording, bytes, file.Size, tally.Read)));
        var context = new ImportContext(file, snapshotOn, options.Complete, options.Force, options.Sign, new ViewReferentiel(node.Portfolio), reading);
        var window = new CommandWindow(node.Actors, node.Time, InFlightMax, cancellation);
        var known = await Known(cancellation);
        await foreach (var step in Cpom.Intake.Import.Steps(context, cancellation).WithCancellation(cancellation))
        {
            lock (tally)
            {
                tally.Take(step);
            }

            switch (step)
            {
                case ImportStep.Send send:
                    await Send(send, window, known, tally, () => From(options, file, send.Place));
                    break;
                case ImportStep.Barrier:
                    await window.Drain();
                    await Settle(tally.Position, cancellation);
                    break;
            }
        }

        await window.Drain();
        await fichier.Quarantine(tally.Rejected, cancellation);
        var completed = await fichier.Complete(tally.FileCounts, tally.Couverture, cancellation);
        await known.Leave(node.Store, cancellation);
        progress.Report(new(ImportPhase.Recording, file.Size, file.Size, tally.Read));
        return new(
            file.Kind.ToString(), file.Sha256, snapshotOn, completed.Known, null, tally.Counts,
            [.. tally.Rejected.Take(ImportReport.RejectedMax)], tally.Waiting, Math.Max(tally.Position, completed.Position))
        {
            Advice = tally.Advice,
        };
    }

    /// <summary>
    /// A statement that the actor is known to have taken is not sent. The view shows all that was recorded before this import began: a change that
    /// it does not show yet came meanwhile, and what is left out now is as if it had been said just before that (decision 0016).
    /// </summary>
    private async ValueTask Send(ImportStep.Send send, CommandWindow window, KnownStatements known, ImportTally tally, Func<Provenance> provenance)
    {
        if (KnownStatements.Of(send.Id, send.Command) is not { } statement)
        {
            await window.Send(send.Id, send.Command, provenance(), outcome => Count(tally, send, outcome));
            return;
        }

        var view = node.Portfolio.Current;
        if (known.Holds(send.Id, send.Command, statement, view))
        {
            Count(tally, send, new Outcome.Done(0, view.Position, []));
            return;
        }

        known.Send(statement);
        await window.Send(send.Id, send.Command, provenance(), outcome =>
        {
            Count(tally, send, outcome);
            if (outcome is Outcome.Done done)
            {
                known.Keep(statement, done);
            }
        });
    }

    private async Task<KnownStatements> Known(CancellationToken cancellation) =>
        _known ?? Interlocked.CompareExchange(ref _known, await KnownStatements.Load(node.Store, cancellation), null) ?? _known;

    private static void Count(ImportTally tally, ImportStep.Send send, Outcome outcome)
    {
        lock (tally)
        {
            tally.Take(send, outcome);
        }
    }

    /// <summary>The relay has passed on what came before, with all that followed from it, and the view shows what that made.</summary>
    private async Task Settle(long position, CancellationToken cancellation) =>
        await node.Portfolio.WaitFor(await node.Settle(position, cancellation), cancellation);

    private Provenance From(ImportOptions options, ValidFile file, string place) =>
        new(node.Time.GetUtcNow(), options.Author, new(null, file.PieceAt(place)));

    private static ImportReport Refused(FileRefusal refusal, string name, string kind) => new(
        kind, string.Empty, null, false, new(name, refusal.Rule, refusal.Problem, refusal.Remedy), new(0, 0, 0, 0, 0, 0, 0, 0), [], 0, 0);

    /// <summary>Progress told on the caller's own thread, in order.</summary>
    private sealed class Relayed(Action<long> told) : IProgress<long>
    {
        public void Report(long value) => told(value);
    }

    /// <summary>The actor that keeps the file's own record.</summary>
    private sealed class Fichier(IActors actors, ValidFile file, DateOnly snapshotOn, Func<Provenance> provenance)
    {
        public Task Receive(CancellationToken cancellation) =>
            Execute(new FichierCommand.Receive(file.Sha256, file.Name, file.Kind.ToString(), file.Size, snapshotOn), cancellation);

        public async Task Quarantine(IReadOnlyList<LigneRejetee> lignes, CancellationToken cancellation)
        {
            foreach (var together in lignes.Chunk(Cpom.Domain.Flux.Fichier.QuarantineTogetherMax))
            {
                await Execute(new FichierCommand.Quarantine(snapshotOn, [.. together]), cancellation);
            }
        }

        /// <returns>Known: the file had been imported to its end before.</returns>
        public async Task<(bool Known, long Position)> Complete(FichierCounts counts, Couverture? couverture, CancellationToken cancellation)
        {
            var done = await Execute(new FichierCommand.Complete(snapshotOn, counts, couverture), cancellation);
            return (!done.Events.Any(e => e is FichierEvent.FichierIntegrated), done.Position);
        }

        private async Task<Outcome.Done> Execute(FichierCommand command, CancellationToken cancellation) =>
            await actors.Execute(file.Sha256, command, provenance(), cancellation) switch
            {
                Outcome.Done done => done,
                Outcome.Refused refused => throw new InvalidOperationException($"The file's own record was refused: {refused.Refusal.Detail}"),
                _ => throw new IOException("Too many imports of one file at once."),
            };
    }
}
