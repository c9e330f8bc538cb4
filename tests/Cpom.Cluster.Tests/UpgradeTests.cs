using Cpom.TestKit;
using Xunit.Abstractions;

namespace Cpom.Cluster.Tests;

/// <summary>
/// A cluster of the build that the variable names is replaced, process by process and under load, by the build beside the tests: silos first, the gateway
/// last. Until the last silo two versions are silos of one cluster, and the old gateway speaks to new silos. `make upgrade` makes the older build.
/// </summary>
[RequiresPostgres]
[RequiresVariable(Variable)]
public sealed class UpgradeTests(ITestOutputHelper output)
{
    /// <summary>The cpom.dll of the older build.</summary>
    private const string Variable = "CPOM_PREVIOUS";

    [SuiteFact]
    public Task Silos_and_then_the_gateway_are_replaced_by_a_newer_build_under_load() => Roll(Environment.GetEnvironmentVariable(Variable), null);

    /// <summary>As an operator does who regrets it.</summary>
    [SuiteFact]
    public Task The_older_build_takes_over_again() => Roll(null, Environment.GetEnvironmentVariable(Variable));

    private async Task Roll(string? from, string? to)
    {
        await using var cluster = await ProcessCluster.Start(program: from);
        await using var store = await cluster.Open();
        var load = await ActLoad.Prepare(cluster, store);
        cluster.Program = to;
        await load.RunBeside(Replace(cluster));
        output.WriteLine($"{load.Acknowledged} acts; the one that waited longest for its answer: {load.LongestWait.TotalSeconds:F1} s.");
        await load.AssertAllThereOnce(store);
    }

    private static async Task Replace(ProcessCluster cluster)
    {
        for (var silo = 0; silo < ProcessCluster.Silos; silo++)
        {
            await cluster.ReplaceSilo(silo);
        }

        await cluster.ReplaceGateway();
    }
}
