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

        var restore = await Tools.Read(await Documented(file));
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

    /// <summary>The job as the documented line makes it, up to its last step, which applies it.</summary>
    private static async Task<string> Documented(string backup)
    {
        var line = Operations.Commands.Single(line => line.Contains("set env", StringComparison.Ordinal)).Replace("\"$OURS/", "\"images.example.fr/", StringComparison.Ordinal);
        var told = string.Empty;
        foreach (var step in Regex.Replace(line, @"BACKUP=\S+", $"BACKUP={backup}").Replace("\"", string.Empty, StringComparison.Ordinal).Split(" | ").SkipLast(1))
        {
            told = await Tools.Kubectl(step.Split(' ')[1..], told);
        }

        Assert.Contains("image: images.example.fr/cpom:", told, StringComparison.Ordinal);
        return told;
    }

    private async Task Run(Manifest owner, string secret)
    {
        var container = Assert.Single(owner.Containers);
        var (arguments, variables) = Started.From(container, [], "192.0.2.1", secret);
        var ended = await Script.Run("env", Started.Line([.. arguments.Select(arg => Started.OnVolumes(container, arg, _volumes.File))], variables));
        Assert.True(ended.ExitCode == 0, $"{owner}: {ended}");
    }
}
