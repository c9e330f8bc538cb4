using Cpom.Storage;
using Cpom.Storage.Backups;
using Cpom.TestKit;

namespace Cpom.Server.Tests;

/// <summary>A backup of a running server, put back, serves what that server served.</summary>
public sealed class RestoredServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(DisplayName = "Un journal sauvegardé en marche et restauré sert le même portefeuille, sans rien relayer de nouveau")]
    public async Task Same_portfolio()
    {
        await using var server = await RunningServer.Start(await SqliteEventStore.Open(_folder.File("a.db")));
        await server.Register();
        await server.OpenAndSign();
        await server.Submit(RunningServer.Rc("RC-1", 12), RunningServer.Money("350.50", "HAPI-1"));
        await using (var source = await SqliteLogDatabase.OpenToRead(_folder.File("a.db"), default))
        {
            await Backup.Save(source, _folder.File("b.cpombk"), server.Time, null, default);
        }

        RestoreReport report;
        await using (var target = await SqliteLogDatabase.OpenToRestore(_folder.File("b.db"), server.Time, default))
        {
            report = await Restore.Run(_folder.File("b.cpombk"), target, until: null, progress: null, default);
        }

        await using var restored = await RunningServer.Start(await SqliteEventStore.Open(_folder.File("b.db")));
        await restored.Settle(report.Manifest.Position);
        var expected = await Portfolio(server);
        Assert.Equal(2, expected.Rows.Single().Figures.Pending);
        Assert.Equal(expected, await Portfolio(restored));
        Assert.Equal(await server.Node.Store.LastPosition(default), await restored.Node.Store.LastPosition(default));
    }

    private static async Task<V1.QueryResponse> Portfolio(RunningServer server) =>
        await server.Portfolio.QueryAsync(new() { PageSize = 10, AsOf = new() { ValidOn = "2026-06-01" } });
}
