using Cpom.Domain;
using Cpom.Runtime;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Cpom.Cluster;

/// <summary>The actors of the cluster, wherever they are: the same port as <see cref="EmbeddedActors"/>, from a silo or from a client of the cluster.</summary>
/// <param name="doors">By which commands that come one by one go together; null in a silo, whose own actors are no message away.</param>
internal sealed class ClusterActors(IGrainFactory grains, TimeProvider time, Doors? doors = null) : IActors
{
    /// <summary>
    /// How long a command is sent again to an actor whose silo is gone: twice what the cluster is allowed to take before it has noticed and is back in service.
    /// </summary>
    internal static readonly TimeSpan ResendMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ResendPause = TimeSpan.FromMilliseconds(100);

    public Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation) =>
        doors?.Of(ActorOf(id, command), command) is { } door ? AmongOthers(door, id, new(command, provenance), cancellation) : Alone(id, new(command, provenance), cancellation);

    public Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation) => orders is []
        ? Task.FromResult<IReadOnlyList<Outcome>>([])
        : Send(id, orders[0].Command, async grain => (await grain.ExecuteAll([.. orders], cancellation)).Outcomes, cancellation);

    private async Task<Outcome> AmongOthers(Door door, string id, Order order, CancellationToken cancellation) =>
        (await door.Execute(new(ActorOf(id, order.Command), order), cancellation))?.Outcome ?? await Alone(id, order, cancellation);

    private Task<Outcome> Alone(string id, Order order, CancellationToken cancellation) =>
        Send(id, order.Command, async grain => (await grain.Execute(order, cancellation)).Outcome, cancellation);

    private static GrainId ActorOf(string id, object command) => GrainId.Create(ActorKinds.Of((command as IfVersion)?.Command.GetType() ?? command.GetType()).Category, id);

    /// <summary>
    /// Whether a command was done by a silo that has gone is not known, and need not be: every command can be sent twice. What its actor throws reaches
    /// the caller.
    /// </summary>
    private async Task<TAnswer> Send<TAnswer>(string id, object command, Func<IActorGrain, Task<TAnswer>> send, CancellationToken cancellation)
    {
        var grain = grains.GetGrain<IActorGrain>(ActorOf(id, command));
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await send(grain);
            }
            catch (Exception gone) when (IsOfTheWay(gone) && time.GetElapsedTime(started) < ResendMax)
            {
                await Task.Delay(ResendPause, time, cancellation);
            }
        }
    }

    /// <summary>True for what befell a message on its way: its silo has died, is unreachable or is being drained, or no answer came.</summary>
    internal static bool IsOfTheWay(Exception failure) =>
        failure is OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException or TimeoutException;
}
