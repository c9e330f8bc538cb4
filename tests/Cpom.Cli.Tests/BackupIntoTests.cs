using Cpom.Server;
using Cpom.Storage;
using Cpom.TestKit;

namespace Cpom.Cli.Tests;

public sealed class BackupIntoTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new(new(2026, 11, 25, 2, 30, 0, TimeSpan.Zero));

    private string Backups => _folder.File("backups");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Backups);
        await using var made = await SqliteEventStore.Open(_folder.File(CpomServer.DatabaseName));
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact(DisplayName = "backup into écrit une sauvegarde par passage, n'en garde que le nombre dit, et ne touche à rien d'autre")]
    public async Task Keeps_the_newest()
    {
        foreach (var other in new[] { "cpom-avant-la-reprise.cpombk", "notes.txt", "cpom-20261124T023000Z.cpombk.partial" })
        {
            await File.WriteAllTextAsync(Path.Combine(Backups, other), string.Empty);
        }

        for (var night = 0; night < 4; night++)
        {
            var run = await Into("2");
            Assert.Equal((ExitCodes.Done, string.Empty), (run.Code, run.Error));
            Assert.Contains("Sauvegarde intacte", run.Output, StringComparison.Ordinal);
            _time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["cpom-20261127T023000Z.cpombk", "cpom-20261128T023000Z.cpombk", "cpom-avant-la-reprise.cpombk", "notes.txt"], Files());
    }

    [Fact(DisplayName = "backup into qui échoue ne supprime rien")]
    public async Task Fails_first()
    {
        await Into("1");
        await File.WriteAllTextAsync(_folder.File(CpomServer.DatabaseName), "plus une base");
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ExitCodes.Refused, (await Into("1")).Code);
        Assert.Equal(["cpom-20261125T023000Z.cpombk"], Files());
    }

    [Theory(DisplayName = "backup into garde au moins une sauvegarde")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("toutes")]
    public async Task Keeps_one(string keep) => Assert.Equal(ExitCodes.Usage, (await Into(keep)).Code);

    private IEnumerable<string?> Files() => Directory.GetFiles(Backups).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private async Task<CommandRun> Into(string keep)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment(Terminal.Plain(output, error), _time, _ => null);
        var code = await CommandLine.Run(environment, ["backup", "into", Backups, "--keep", keep, "--data", _folder.Path]);
        return new(code, output.ToString(), error.ToString());
    }
}
