using Cpom.Domain;
using Cpom.Domain.Flux;
using Cpom.Intake;
using Cpom.Runtime;
using Cpom.Runtime.Intake;

namespace Cpom.Server;

/// <summary>One file on its way into the log: its own record, the commands that it makes, what they came to.</summary>
internal sealed class ImportRun
{
    /// <summary>Commands on their way at once.</summary>
    private const int InFlightMax = 256;

    private readonly CpomNode _node;
    private readonly KnownStatements _known;
    private readonly SourceFile _file;
    private readonly DateOnly _snapshotOn;
    private readonly ImportOptions _options;
    private readonly IProgress<ImportProgress> _progress;
    private readonly CancellationToken _cancellation;
    private readonly ImportTally _tally = new();
    private readonly Fichier _fichier;
    private readonly CommandWindow _window;

    public ImportRun(
        CpomNode node,
        KnownStatements known,
        SourceFile file,
        DateOnly snapshotOn,
        ImportOptions options,
        IProgress<ImportProgress> progress,
        CancellationToken cancellation)
    {
        (_node, _known, _file, _snapshotOn, _options, _progress, _cancellation) = (node, known, file, snapshotOn, options, progress, cancellation);
        _fichier = new(node.Actors, file, snapshotOn, () => From("fichier"));
        _window = new(node.Actors, node.Time, InFlightMax, cancellation);
    }

    /// <summary>The first thing that is recorded of a file.</summary>
    public Task Receive() => _fichier.Receive(_cancellation);

    /// <summary>What the file names must be looked up in a view that reflects everything recorded before it.</summary>
    public async Task Settle() => await Settle(await _node.Store.LastPosition(_cancellation));

    public ImportContext Context(IProgress<long> reading) =>
        new(_file, _snapshotOn, _options.Complete, _options.Force, _options.Sign, new ViewReferentiel(_node.Portfolio), reading);

    public IProgress<long> Recording() => new Relayed(bytes => _progress.Report(new(ImportPhase.Recording, bytes, _file.Size, _tally.Read)));

    public void Count(ImportStep step)
    {
        lock (_tally)
        {
            var read = _tally.Read;
            _tally.Take(step);
            ImportMetrics.Read(_file.Kind, _tally.Read - read);
        }
    }

    public async Task Do(ImportStep step)
    {
        switch (step)
        {
            case ImportStep.Send send:
                await Send(send);
                break;
            case ImportStep.Barrier:
                await _window.Drain();
                await Settle(_tally.Position);
                break;
        }
    }

    /// <summary>
    /// True, and counted as unchanged, for a statement that the actor is known to have taken. The view shows all that was recorded before this import
    /// began: a change that it does not show yet came meanwhile, and what is left out now is as if it had been said just before that (decision 0016).
    /// </summary>
    public bool IsDone(ImportStep.Send send, in KnownStatements.Statement statement)
    {
        var view = _node.Portfolio.Current;
        if (!_known.Holds(send.Id, send.Command, statement, view))
        {
            return false;
        }

        Count(send, new Outcome.Done(0, view.Position, []));
        return true;
    }

    public async Task<ImportReport> Conclude()
    {
        await _window.Drain();
        await _fichier.Quarantine(_tally.Rejected, _cancellation);
        var completed = await _fichier.Complete(_tally.FileCounts, _tally.Couverture, _cancellation);
        await _known.Leave(_node.Store, _cancellation);
        _progress.Report(new(ImportPhase.Recording, _file.Size, _file.Size, _tally.Read));
        return new(
            _file.Kind.ToString(), _file.Sha256, _snapshotOn, completed.Known, null, _tally.Counts,
            [.. _tally.Rejected.Take(ImportReport.RejectedMax)], _tally.Waiting, Math.Max(_tally.Position, completed.Position))
        {
            Advice = _tally.Advice,
        };
    }

    private async ValueTask Send(ImportStep.Send send)
    {
        if (KnownStatements.Of(send.Id, send.Command) is not { } statement)
        {
            await _window.Send(send.Id, send.Command, From(send.Place), outcome => Count(send, outcome));
            return;
        }

        if (IsDone(send, statement))
        {
            return;
        }

        _known.Send(statement);
        await _window.Send(send.Id, send.Command, From(send.Place), outcome =>
        {
            Count(send, outcome);
            if (outcome is Outcome.Done done)
            {
                _known.Keep(statement, done);
            }
        });
    }

    private void Count(ImportStep.Send send, Outcome outcome)
    {
        lock (_tally)
        {
            _tally.Take(send, outcome);
        }
    }

    /// <summary>The relay has passed on what came before, with all that followed from it, and the view shows what that made.</summary>
    private async Task Settle(long position) =>
        await _node.Portfolio.WaitFor(await _node.Settle(position, _cancellation), _cancellation);

    private Provenance From(string place) => new(_node.Time.GetUtcNow(), _options.Author, new(null, _file.PieceAt(place)));

    /// <summary>The actor that keeps the file's own record.</summary>
    private sealed class Fichier(IActors actors, SourceFile file, DateOnly snapshotOn, Func<Provenance> provenance)
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
