namespace Cpom.Runtime;

/// <summary>What a stretch of the log asks of actors, as far as the node relays it.</summary>
public sealed class RelayStep
{
    private readonly RelaySender _sender;
    private readonly IReadOnlyList<Sending> _sendings;
    private readonly long _position;
    private readonly int _partitions;

    internal RelayStep(RelaySender sender, IReadOnlyList<Sending> sendings, long position, int partitions) =>
        (_sender, _sendings, _position, _partitions) = (sender, sendings, position, partitions);

    /// <summary>Completes when all of it is stored.</summary>
    public Task Send(CancellationToken cancellation) => _sender.Send(_sendings, parts: 1, cancellation);

    /// <summary>The same, partition by partition. Where nothing is asked there is no batch.</summary>
    public IReadOnlyList<RelayBatch> ByPartition() =>
        [.. _sendings.GroupBy(s => PartitionRules.Of(s.Entite, _partitions), (partition, sendings) => new RelayBatch(_sender, partition, _partitions, _position, [.. sendings]))];
}

/// <summary>What a stretch of the log asks of the actors of one partition.</summary>
public sealed class RelayBatch
{
    private readonly Lock _lock = new();
    private readonly RelaySender _sender;
    private readonly IReadOnlyList<Sending> _sendings;
    private readonly int _partitions;
    private Task? _sent;

    internal RelayBatch(RelaySender sender, int partition, int partitions, long position, IReadOnlyList<Sending> sendings) =>
        (_sender, Partition, _partitions, Position, _sendings) = (sender, partition, partitions, position, sendings);

    public int Partition { get; }

    /// <summary>Where the stretch ends: a checkpoint may go there when this has been sent, and not before.</summary>
    public long Position { get; }

    /// <summary>
    /// Completes when all of it is stored. Who asks again meanwhile, or afterwards, is given the same answer and nothing is sent twice; after a failure it
    /// is begun anew.
    /// </summary>
    public Task Send(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _sent is null || _sent.IsFaulted || _sent.IsCanceled ? _sent = _sender.Send(_sendings, _partitions, cancellation) : _sent;
        }
    }
}
