using Cpom.Cli.Doctor;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.Storage.Backups;
using Cpom.TestKit;
using Cpom.V1;

namespace Cpom.Cli.Tests;

public sealed class DoctorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 16, 0, 0, TimeSpan.Zero);

    [Theory(DisplayName = "doctor : deux horloges peuvent différer de deux secondes")]
    [InlineData(2, "Fine")]
    [InlineData(-2, "Fine")]
    [InlineData(2.1, "Broken")]
    [InlineData(-2.1, "Broken")]
    public void Clock(double ahead, string state) => Assert.Equal(state, StoreChecks.Clock(TimeSpan.FromSeconds(ahead)).State.ToString());

    [Theory(DisplayName = "doctor : une sauvegarde est trop vieille quand un événement de plus de 26 heures n'est dans aucune")]
    [InlineData(12, null, "Fine", "tout ce qui est enregistré")]
    [InlineData(12, 26d, "Fine", "position 12")]
    [InlineData(12, 26.1, "Broken", "26\u00A0heures")]
    [InlineData(0, 26.1, "Note", "cpom backup")]
    public void Saved(long until, double? hours, string state, string said)
    {
        var check = StoreChecks.Backup(new(20, until, hours is { } age ? Now.AddHours(-age) : null, null), Now);
        Assert.Equal(state, check.State.ToString());
        Assert.Contains(said, check.Detail, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "doctor : des silos qui ne répondent pas ou qui manquent bloquent, un relais en retard est à savoir")]
    public void Cluster()
    {
        var list = new ListNodesResponse
        {
            Nodes = { new Node { Name = "nodes/g", Role = NodeRole.Gateway }, Silo("a", NodeState.Active), Silo("b", NodeState.Active) },
            Partitions = { new RelayPartition { Number = 0 }, new RelayPartition { Number = 5, Lag = 12 } },
        };
        Assert.Equal(CheckState.Fine, ServerChecks.Members(list, silosWanted: 2).State);
        Assert.Equal(CheckState.Broken, ServerChecks.Members(list, silosWanted: 3).State);
        Assert.Equal((CheckState.Note, true), (ServerChecks.Relay(list).State, ServerChecks.Relay(list).Detail.Contains("5 (12", StringComparison.Ordinal)));
        list.Nodes.Add(Silo("c", NodeState.Silent));
        Assert.Equal((CheckState.Broken, true), (ServerChecks.Members(list, 0).State, ServerChecks.Members(list, 0).Detail.Contains("nodes/c", StringComparison.Ordinal)));
        Assert.Equal(CheckState.Fine, ServerChecks.Members(new(), 0).State);
        Assert.Equal(CheckState.Fine, ServerChecks.Relay(new()).State);

        static Node Silo(string name, NodeState state) => new() { Name = $"nodes/{name}", Role = NodeRole.Silo, State = state };
    }

    [Fact(DisplayName = "doctor dit d'un journal SQLite sa position et sa sauvegarde, et d'un collecteur s'il répond")]
    public async Task Store_and_collector()
    {
        using var folder = new TemporaryFolder();
        await using (var store = await SqliteEventStore.Open(folder.File(Server.CpomServer.DatabaseName)))
        {
            var day = new DateOnly(2026, 3, 1);
            await store.Append([new("site-750100026", 0, [EventCodec.Encode(new SiteEvent.SiteDeclared(day, "750100026", "750100018", "Hôpital A"))], new(Now, "agent.75", Domain.Cause.Unknown))], default);
        }

        Assert.Contains("journal à la position 1", (await Doctor(folder.Path)).Output, StringComparison.Ordinal);
        await CommandRun.Of("backup", folder.File("b.cpombk"), "--data", folder.Path);
        var after = await Doctor(folder.Path);
        Assert.Contains("tout ce qui est enregistré est sauvegardé", after.Output, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:9 ne répond pas", after.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Refused, after.Code);
    }

    /// <summary>Port 9 (discard) of this machine: nothing listens there.</summary>
    private static Task<CommandRun> Doctor(string folder) =>
        CommandRun.Of(name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://127.0.0.1:9" : null, "doctor", "--server", "http://127.0.0.1:9", "--data", folder);
}
