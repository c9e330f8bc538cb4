using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cpom.Runtime;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Cpom.Cluster;

/// <summary>Says with a call to an actor where its legal entity is at home, where the command names it: an actor that is not yet in memory is then placed there.</summary>
internal sealed class OutgoingCalls : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (Orders.Of(context.Request) is [var first, ..] && Homes.EntiteOf(context.TargetId.Key.ToString()!, first.Command) is { } entite)
        {
            RequestContext.Set(Homes.Entite, entite);
        }

        return context.Invoke();
    }
}

/// <summary>
/// On whose behalf an actor is called, in the span and in the log lines of the call, whether or not it is followed. The orders say it; nothing is sent for it.
/// </summary>
/// <param name="queues">Null in a silo without the relay.</param>
internal sealed class IncomingCalls(ILogger<IncomingCalls> logger, LogQueues? queues = null) : IIncomingGrainCallFilter
{
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Counter<long> Relayed = Meter.CreateCounter<long>(
        "cpom.cluster.relayed", "{call}", "Calls of the relay to actors, by silo: own, where the partition's queue is, or other.");

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var orders = Orders.Of(context.Request);
        if (orders.Count == 0)
        {
            await context.Invoke();
            return;
        }

        CountRelayed();
        var caller = CallerOf(orders);
        foreach (var (name, value) in caller)
        {
            Activity.Current?.SetTag(name, value);
        }

        using (logger.BeginScope(caller))
        {
            await context.Invoke();
        }
    }

    /// <summary>What all orders of a call have in common: those of the relay are of many requests.</summary>
    private static List<KeyValuePair<string, object>> CallerOf(IReadOnlyList<Order> orders)
    {
        var first = orders[0].Provenance;
        var caller = new List<KeyValuePair<string, object>>(2);
        if (orders.All(order => order.Provenance.Author == first.Author))
        {
            caller.Add(new(Telemetry.AuthorTag, first.Author));
        }

        if (first.Cause.Request is { } request && orders.All(order => order.Provenance.Cause.Request == request))
        {
            caller.Add(new(Telemetry.RequestTag, request));
        }

        return caller;
    }

    private void CountRelayed()
    {
        if (queues is not null && RequestContext.Get(Homes.Relay) is int partition)
        {
            Relayed.Add(1, new KeyValuePair<string, object?>("silo", queues[partition].IsHeld ? "own" : "other"));
        }
    }
}

/// <summary>What a call brings to an actor; nothing in any other call.</summary>
internal static class Orders
{
    public static IReadOnlyList<Order> Of(IInvokable call) => call.GetArgumentCount() == 0 ? [] : call.GetArgument(0) switch
    {
        Order order => [order],
        Order[] orders => orders,
        _ => [],
    };
}
