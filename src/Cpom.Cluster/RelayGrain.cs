using Orleans.Concurrency;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Cpom.Cluster;

/// <summary>The reader of one partition's stream.</summary>
[Alias("cpom.relay")]
[GrainInterfaceType("cpom.relay")]
internal interface IRelayGrain : IGrainWithStringKey;

/// <summary>
/// The relay of one partition, on the silo that has its queue. It sends what a batch asks, by the code of the embedded relay, and answers when the contrats have
/// stored it. Reentrant: who delivers a batch again waits with who did first.
/// </summary>
[Reentrant]
[KeepAlive]
[PartitionPlacement]
[GrainType("relais")]
[ImplicitStreamSubscription(LogStreams.Namespace)]
internal sealed class RelayGrain : Grain, IRelayGrain, IStreamSubscriptionObserver, IAsyncObserver<LogBatch>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<LogBatch>().ResumeAsync(this);

    /// <exception cref="OrleansException">The queue has gone to another silo: the activation follows it.</exception>
    public Task OnNextAsync(LogBatch item, StreamSequenceToken? token = null)
    {
        if (item.IsHere)
        {
            RequestContext.Set(Homes.Relay, item.Partition); // With every call that it makes: whom it wakes is placed beside it.
            return item.Deliver();
        }

        MigrateOnIdle(); // Not merely ended: who remembers it here would have it begin here again.
        throw new OrleansException($"The queue of {this.GetPrimaryKeyString()} is on another silo, where its relay is to be as well.");
    }

    /// <summary>The agent tells what it could not deliver, and the queue knows it already.</summary>
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
