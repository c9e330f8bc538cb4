using System.Globalization;
using Cpom.Runtime;
using Orleans.Concurrency;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Cpom.Cluster;

/// <summary>
/// A stretch of the log on its way to its partition's relay grain. It is worth something only within the silo whose relay has read it: to another it comes
/// with its name alone.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("cpom.log-batch")]
internal sealed class LogBatch : IBatchContainer
{
    /// <summary>How long one delivery waits. An agent that is answered looks whether all is sent, and else delivers again: it need not wait until it doubts.</summary>
    internal static readonly TimeSpan DeliverMax = ClusterHosting.AnswerMax / 2;

    [Id(0)]
    private readonly int _partition;

    [Id(1)]
    private readonly int _partitions;

    [Id(2)]
    private readonly long _position;

    [NonSerialized]
    private readonly RelayBatch? _content;

    [NonSerialized]
    private readonly TimeProvider _time = TimeProvider.System;

    [NonSerialized]
    private readonly CancellationToken _cancellation;

    [NonSerialized]
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [NonSerialized]
    private volatile bool _hasFailed;

    /// <param name="cancellation">Ends the sending: the relay that has read this is no more.</param>
    public LogBatch(RelayBatch content, int partitions, TimeProvider time, CancellationToken cancellation)
    {
        (_partition, _partitions, _position) = (content.Partition, partitions, content.Position);
        (_content, _time, _cancellation) = (content, time, cancellation);
    }

    public int Partition => _partition;

    public StreamId StreamId => StreamId.Create(LogStreams.Namespace, KeyOf(_partition, _partitions));

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_position);

    /// <summary>False in a silo that has only heard of it.</summary>
    public bool IsHere => _content is not null;

    /// <summary>True once it has been sent; false once nobody waits for that any more.</summary>
    public Task<bool> Ended => _ended.Task;

    public bool IsEnded => _ended.Task.IsCompleted;

    /// <summary>True when the last try to send it has failed.</summary>
    public bool HasFailed => _hasFailed;

    public void End(bool isSent) => _ended.TrySetResult(isSent);

    /// <summary>Sends it, or waits with those who do. Returns when it is sent, when nobody waits for that any more, or when it takes long.</summary>
    public async Task Deliver()
    {
        var sent = Send();
        Task first = Task.WhenAny(sent, _ended.Task);
        await first.WaitAsync(DeliverMax, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (sent.IsFaulted && !IsEnded)
        {
            await sent;
        }
    }

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => this is T batch ? [Tuple.Create(batch, SequenceToken)] : [];

    public bool ImportRequestContext() => false;

    /// <summary>As in the name of the partition's checkpoint.</summary>
    public static string KeyOf(int partition, int partitions) => string.Create(CultureInfo.InvariantCulture, $"{partition}-of-{partitions}");

    public static int PartitionOf(string key) => int.Parse(key.AsSpan(0, key.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private async Task Send()
    {
        _hasFailed = false;
        try
        {
            await _content!.Send(_cancellation);
            End(isSent: true);
        }
        catch
        {
            _hasFailed = true;
            throw;
        }
    }
}
