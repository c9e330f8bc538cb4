using System.Globalization;
using Npgsql;

namespace Cpom.Benchmarks;

/// <summary>
/// P9: the same commands by one process and by two, over one PostgreSQL, with as many in flight in all. On actors of their own, then on actors
/// that both use. A command that loses a race must read and decide once more: the ideal is one conflict for each command that loses any.
/// </summary>
internal static class TwoNodes
{
    private const int Commands = 16_384;
    private const int InFlight = 1_024;
    private const int Entites = 4_096;
    private const int SharedCommands = 4_096;
    private const int SharedInFlight = 64;
    private const int SharedEntites = 64;
    private const int RoundsMax = 3;

    public static async Task Run(Report report, int rounds)
    {
        rounds = Math.Min(rounds, RoundsMax);
        var disjoint = await Rounds.Interleave(
            rounds,
            async () => Commands / await Race([new(0, Entites / 2, 0, Commands / 2, InFlight / 2), new(Entites / 2, Entites / 2, Commands, Commands / 2, InFlight / 2)], []),
            async () => Commands / await Race([new(0, Entites, 0, Commands, InFlight)], []));
        report.Add(Row.Of("P9", "two nodes on one PostgreSQL, actors of their own, against one node", "commands/s", disjoint[0], disjoint[1], Target.RatioAtLeast(1)));

        var retries = new List<double>();
        var shared = await Rounds.Interleave(
            rounds,
            async () => SharedCommands / await Race(
                [new(0, SharedEntites, 0, SharedCommands / 2, SharedInFlight / 2), new(0, SharedEntites, 1_000_000, SharedCommands / 2, SharedInFlight / 2)], retries),
            async () => SharedCommands / await Race([new(0, SharedEntites, 0, SharedCommands, SharedInFlight)], []));
        report.Add(Row.Of("P9", "two nodes on the same 64 actors, against one node", "commands/s", shared[0], shared[1], target: null));
        report.Add(Row.Of("P9", "conflicts per command that lost a race, against the ideal", "conflicts", new(retries.Skip(1)), new(1), Target.RatioAtMost(2)));
    }

    private sealed record Node(int FirstEntite, int Entites, int FirstMovement, int Commands, int InFlight)
    {
        public string[] Arguments(string connection) =>
            ["worker", connection, .. new[] { FirstEntite, Entites, FirstMovement, Commands, InFlight }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
    }

    /// <returns>Seconds from the opening of the gate until the last node is done.</returns>
    private static async Task<double> Race(IReadOnlyList<Node> nodes, List<double> retries)
    {
        var connection = Databases.New();
        await using var gate = new NpgsqlConnection(connection);
        await gate.OpenAsync();
        await Execute(gate, "SELECT pg_advisory_lock($1)");
        var children = new List<Child>();
        try
        {
            foreach (var node in nodes)
            {
                children.Add(Child.Start(node.Arguments(connection)));
                await children[^1].Figure("ready"); // One after the other: two that register the same entities would meet here already.
            }

            var seconds = await Rounds.Seconds(async () =>
            {
                await Execute(gate, "SELECT pg_advisory_unlock($1)");
                await Task.WhenAll(children.Select(child => child.Figure("done")));
            });
            var conflicts = (await Task.WhenAll(children.Select(child => child.Figure("conflicts")))).Sum();
            var losers = (await Task.WhenAll(children.Select(child => child.Figure("losers")))).Sum();
            retries.Add(losers == 0 ? 0 : conflicts / losers);
            return seconds;
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection) { Parameters = { new() { Value = Worker.Gate } } };
        await command.ExecuteNonQueryAsync();
    }
}
