using System.Threading.Channels;
using Cpom.Runtime.Intake;

namespace Cpom.Server;

/// <summary>
/// The progress of an import, from whichever thread the importer is on to the one stream of its caller. A slow caller sees the newest state,
/// not each one, and never holds the import up.
/// </summary>
internal sealed class ImportTelling(TimeProvider time) : IProgress<ImportProgress>
{
    private readonly Channel<V1.ImportProgress> _newest =
        Channel.CreateBounded<V1.ImportProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private V1.ImportPhase _phase;
    private long _started;

    public void Received(long bytes, long total) => Tell(V1.ImportPhase.Receiving, bytes, total, 0);

    public void Report(ImportProgress value) => Tell(
        value.Phase == ImportPhase.Checking ? V1.ImportPhase.Checking : V1.ImportPhase.Recording, value.BytesRead, value.BytesTotal, value.LinesRead);

    /// <summary>No more will be told.</summary>
    public void End() => _newest.Writer.TryComplete();

    /// <summary>Passes the progress on until <see cref="End"/>.</summary>
    public async Task Pump(Func<V1.ImportProgress, Task> write, CancellationToken cancellation)
    {
        await foreach (var progress in _newest.Reader.ReadAllAsync(cancellation))
        {
            await write(progress);
        }
    }

    private void Tell(V1.ImportPhase phase, long bytes, long total, long lines)
    {
        if (phase != _phase)
        {
            (_phase, _started) = (phase, time.GetTimestamp());
        }

        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        var counted = phase == V1.ImportPhase.Receiving ? bytes : lines;
        _newest.Writer.TryWrite(new()
        {
            Phase = phase,
            BytesRead = bytes,
            BytesTotal = total,
            LinesRead = lines,
            Rate = seconds > 0 ? counted / seconds : 0,
        });
    }
}
