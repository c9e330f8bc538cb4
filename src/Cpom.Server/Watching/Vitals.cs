using Cpom.Runtime;
using Microsoft.Extensions.Hosting;

namespace Cpom.Server;

/// <summary>What a node knows of the log and of who follows it, at one look.</summary>
/// <param name="IsStoreUp">False when the database did not answer; the rest is then as it was.</param>
/// <param name="Last">The newest position of the log.</param>
/// <param name="Relayed">How far each partition is relayed, by whichever nodes.</param>
/// <param name="SavedUntil">The position up to which the newest backup of this log holds it; 0 for none.</param>
/// <param name="UnsavedSince">When the oldest event that is in no backup was recorded; null when there is none.</param>
/// <param name="Silos">Silos that take part in the cluster; null outside of one.</param>
internal sealed record VitalSigns(bool IsStoreUp, long Last, IReadOnlyList<long> Relayed, long SavedUntil, DateTimeOffset? UnsavedSince, int? Silos)
{
    public static VitalSigns Unknown { get; } = new(false, 0, [], 0, null, null);
}

/// <summary>Asks the store now and then, so that who scrapes measures never waits for a database, nor asks it more often the more often he comes.</summary>
internal sealed class Vitals(CpomNode node, ClusterMembers members, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly int _partitions = node.Store.JoinPartitions().Count;
    private volatile VitalSigns _signs = VitalSigns.Unknown;

    public VitalSigns Signs => _signs;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _signs = await Look(_signs, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that does not answer, in whatever way, is what there is to be told.
            catch (Exception)
#pragma warning restore CA1031
            {
                _signs = _signs with { IsStoreUp = false };
            }

            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<VitalSigns> Look(VitalSigns before, CancellationToken cancellation)
    {
        var relayed = await Relay.PositionsOf(node.Store, _partitions, cancellation); // Before the newest position: a lag is never negative.
        var saved = await node.Store.ReadCheckpoint(BackupMark.Name, cancellation);
        var last = await node.Store.LastPosition(cancellation);
        var unsaved = saved == before.SavedUntil && before.UnsavedSince is { } known ? known : await FirstAfter(saved, cancellation);
        return new(true, last, relayed, saved, unsaved, await members.Count(cancellation));
    }

    private async Task<DateTimeOffset?> FirstAfter(long position, CancellationToken cancellation) =>
        await node.Store.ReadLog(position, 1, cancellation) is [var first] ? first.Provenance.RecordedAt : null;
}
