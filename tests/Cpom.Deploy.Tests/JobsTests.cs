using System.Text.RegularExpressions;
using Cpom.Domain.Ghts;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>The nightly backup and the restore, run to their end with what their manifests say.</summary>
public sealed class JobsTests : IDisposable
{
    private readonly TemporaryFolder _volumes = new();

    public void Dispose() => _volumes.Dispose();

    [ProcessFact(DisplayName = "La sauvegarde de la nuit et la restauration, telles que les manifestes et la documentation les décrivent : ce qui était enregistré est dans la base neuve")]
    public async Task There_and_back()
    {
        var (database, fresh) = (PostgresServer.Shared.CreateDatabase(), PostgresServer.Shared.CreateDatabase());
        var known = await Record(database);
        var backup = (await Manifests.Of("deploy/k8s/overlays/region")).Objects.Single(o => o.Kind == "CronJob");
        await Run(backup, database);
        var file = Path.GetFileName(Assert.Single(Directory.GetFiles(_volumes.File("backups"))));

        var command = Operations.Commands.Single(line => line.Contains("set env", StringComparison.Ordinal)).Split(" | ");
        var rendered = await Tools.Kubectl(command[0].Split(' ')[1..]);
        var told = await Tools.Kubectl(Regex.Replace(command[1], @"BACKUP=\S+", $"BACKUP={file}").Split(' ')[1..], rendered);
        var restore = await Tools.Read(told);
        Findings.None(restore.Findings);
        await Run(Assert.Single(restore.Objects), fresh);
        await using var store = await PostgresEventStore.Open(fresh);
        Assert.Equal(known, (await store.ReadLog(0, 10, default)).Select(stored => (stored.Position, stored.Actor, stored.Name)));
    }

    private static async Task<IReadOnlyList<(long Position, string Actor, string Name)>> Record(string database)
    {
        await using var store = await PostgresEventStore.Open(database);
        await using var appender = new GroupAppender(store);
        var actors = new EmbeddedActors(store, appender, new());
        var day = new DateOnly(2026, 3, 1);
        await actors.Execute("GHT-75-1", new GhtCommand.State("GHT-75-1", "Paris Nord", day, [], day), new(DateTimeOffset.UnixEpoch, "agent.75", Domain.Cause.Unknown), default);
        IReadOnlyList<(long, string, string)> known = [.. (await store.ReadLog(0, 10, default)).Select(stored => (stored.Position, stored.Actor, stored.Name))];
        Assert.NotEmpty(known);
        return known;
    }

    private async Task Run(Manifest owner, string secret)
    {
        var container = Assert.Single(owner.Containers);
        var (arguments, variables) = Started.From(container, [], "192.0.2.1", secret);
        var ended = await Script.Run("env", Started.Line([.. arguments.Select(arg => Started.OnVolumes(container, arg, _volumes.File))], variables));
        Assert.True(ended.ExitCode == 0, $"{owner}: {ended}");
    }
}
