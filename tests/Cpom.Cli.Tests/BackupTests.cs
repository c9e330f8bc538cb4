using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;

namespace Cpom.Cli.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Backup => _folder.File("b.cpombk");

    public void Dispose() => _folder.Dispose();

    [Fact(DisplayName = "backup sauvegarde un journal ouvert ailleurs, verify le vérifie, restore le rend et dit ce qu'il a trouvé")]
    public async Task There_and_back()
    {
        await using var serving = await Log();
        var saved = await CommandRun.Of("backup", Backup, "--data", _folder.File("a"));
        Assert.Equal((ExitCodes.Done, ""), (saved.Code, saved.Error));
        Assert.Contains("2 événements, jusqu'à la position 2", saved.Output, StringComparison.Ordinal);

        var verified = await CommandRun.Of("backup", "verify", Backup);
        Assert.Equal(ExitCodes.Done, verified.Code);
        Assert.Contains("Sauvegarde intacte", verified.Output, StringComparison.Ordinal);

        var restored = await CommandRun.Of("restore", Backup, "--data", _folder.File("b"));
        Assert.Equal(ExitCodes.Done, restored.Code);
        Assert.Equal("Journal restauré et rejoué : 2 événements, jusqu'à la position 2\n  1\u00A0GHT\n  1\u00A0site\n".ReplaceLineEndings(), restored.Output);
    }

    [Theory(DisplayName = "restore --until s'arrête à une position ou à un instant, et dit ce qu'il laisse")]
    [InlineData("1", 1)]
    [InlineData("1970-01-01T00:00:00Z", 2)]
    [InlineData("1970-01-01T01:00:00+01:00", 2)]
    [InlineData("1969-12-31T23:59:59.5Z", 0)]
    public async Task Until(string until, int events)
    {
        await (await Log()).DisposeAsync();
        await CommandRun.Of("backup", Backup, "--data", _folder.File("a"));
        var restored = await CommandRun.Of("restore", Backup, "--data", _folder.File("b"), "--until", until);
        Assert.Equal((ExitCodes.Done, ""), (restored.Code, restored.Error));
        Assert.StartsWith($"Journal restauré et rejoué : {events} événements, jusqu'à la position {events}\n".ReplaceLineEndings(), restored.Output, StringComparison.Ordinal);
        Assert.Equal(events < 2, restored.Output.Contains("la suite est laissée de côté", StringComparison.Ordinal));
    }

    [Theory(DisplayName = "restore --until refuse ce qui n'est ni une position ni un instant de quelque part")]
    [InlineData("hier")]
    [InlineData("-1")]
    [InlineData("2026-11-25T16:00:00")]
    [InlineData("2026-11-25")]
    public async Task Until_what(string until)
    {
        var run = await CommandRun.Of("restore", Backup, "--data", _folder.File("b"), "--until", until);
        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("n'est ni une position, ni un instant", run.Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Une sauvegarde abîmée répond 1, et dit où et que faire")]
    public async Task Damaged()
    {
        await (await Log()).DisposeAsync();
        await CommandRun.Of("backup", Backup, "--data", _folder.File("a"));
        var bytes = await File.ReadAllBytesAsync(Backup);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(Backup, bytes);
        foreach (var line in new[] { new[] { "backup", "verify", Backup }, ["restore", Backup, "--data", _folder.File("b")] })
        {
            var run = await CommandRun.Of(line);
            Assert.Equal(ExitCodes.Refused, run.Code);
            Assert.Contains("b.cpombk, morceau 1, à partir de l'octet 8 : son empreinte est différente.", run.Error, StringComparison.Ordinal);
            Assert.Contains("prendre une autre copie", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact(DisplayName = "restore refuse une base qui contient quelque chose, ou qu'un serveur tient")]
    public async Task Not_empty()
    {
        await using (await Log())
        {
            await CommandRun.Of("backup", Backup, "--data", _folder.File("a"));
            var held = await CommandRun.Of("restore", Backup, "--data", _folder.File("a"));
            Assert.Equal(ExitCodes.Refused, held.Code);
            Assert.Contains("déjà ouverte en écriture par un autre processus", held.Error, StringComparison.Ordinal);
        }

        var full = await CommandRun.Of("restore", Backup, "--data", _folder.File("a"));
        Assert.Equal(ExitCodes.Refused, full.Code);
        Assert.Contains("contient déjà un journal (position 2)", full.Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "backup sans journal, ou sur une sauvegarde qui existe, répond 1")]
    public async Task Nothing_to_save()
    {
        Assert.Equal(ExitCodes.Refused, (await CommandRun.Of("backup", Backup, "--data", _folder.File("none"))).Code);
        await (await Log()).DisposeAsync();
        Assert.Equal(ExitCodes.Done, (await CommandRun.Of("backup", Backup, "--data", _folder.File("a"))).Code);
        var again = await CommandRun.Of("backup", Backup, "--data", _folder.File("a"));
        Assert.Equal(ExitCodes.Refused, again.Code);
        Assert.Contains("n'en remplace pas une autre", again.Error, StringComparison.Ordinal);
    }

    private async Task<IEventStore> Log()
    {
        var day = new DateOnly(2026, 3, 1);
        var store = await SqliteEventStore.Open(Path.Combine(_folder.File("a"), Server.CpomServer.DatabaseName));
        Domain.Provenance provenance = new(DateTimeOffset.UnixEpoch, "agent.75", Domain.Cause.Unknown);
        await store.Append(
            [
                new("site-750100026", 0, [EventCodec.Encode(new SiteEvent.SiteDeclared(day, "750100026", "750100018", "Hôpital A"))], provenance),
                new("ght-GHT-75-1", 0, [EventCodec.Encode(new Domain.Ghts.GhtEvent.GhtRegistered(day, "GHT-75-1", "Paris Nord"))], provenance),
            ],
            default);
        return store;
    }
}
