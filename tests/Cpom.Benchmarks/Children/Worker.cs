using Cpom.Runtime;
using Cpom.Storage;
using Npgsql;

namespace Cpom.Benchmarks;

/// <summary>One node of P9: actors over a shared log. Says when it is ready, and starts when whoever holds the gate opens it.</summary>
internal static class Worker
{
    /// <summary>The key of the advisory lock that is the gate.</summary>
    public const long Gate = 9;

    private const int WarmUp = 2_048;

    public static async Task Run(string connection, int firstEntite, int entites, int firstMovement, int commands, int inFlight)
    {
        await using var store = await PostgresEventStore.Open(connection);
        await using var grouping = new GroupAppender(store);
        var appender = new CountingAppender(grouping);
        var ledger = new Ledger(new EmbeddedActors(store, appender, new()), entites, firstEntite, firstMovement);
        await ledger.Register();
        await ledger.Notify(WarmUp, inFlight);
        var (conflicts, losers) = (appender.Conflicts, appender.Losers);
        Child.Say("ready", 1);
        await Pass(connection);
        await ledger.Notify(commands, inFlight);
        Child.Say("done", 1);
        Child.Say("conflicts", appender.Conflicts - conflicts);
        Child.Say("losers", appender.Losers - losers);
    }

    private static async Task Pass(string connection)
    {
        await using var gate = new NpgsqlConnection(connection);
        await gate.OpenAsync();
        await using var pass = new NpgsqlCommand("SELECT pg_advisory_lock_shared($1)", gate) { Parameters = { new() { Value = Gate } }, CommandTimeout = 0 };
        await pass.ExecuteNonQueryAsync();
    }
}
