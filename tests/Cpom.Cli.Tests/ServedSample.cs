using System.Text.RegularExpressions;
using Cpom.Cli.Hosting;
using Cpom.Server;
using Microsoft.Extensions.Logging;

namespace Cpom.Cli.Tests;

/// <summary>Classes of tests that share one server.</summary>
[CollectionDefinition(nameof(ServedSample))]
public sealed class ServedSampleCollection : ICollectionFixture<ServedSample>;

/// <summary>The smallest fictional region behind a server in this process: its contrats are projects, with their lines and engagements.</summary>
public sealed partial class ServedSample : IAsyncLifetime, IDisposable
{
    /// <summary>A project of the region, with engagements 1 to 3.</summary>
    public const string Contrat = "11-75-C990001";

    private readonly TemporaryFolder _folder = new();
    private PlatformHost? _host;

    public async Task InitializeAsync()
    {
        var environment = new CliEnvironment(Terminal.Plain(TextWriter.Null, TextWriter.Null), TimeProvider.System, _ => null);
        _host = await PlatformHost.Start(new() { DataFolder = _folder.File("served"), HttpPort = 0, GrpcPort = 0, LogLevel = LogLevel.Error }, environment, default);
        Assert.Equal(ExitCodes.Done, (await CommandRun.Of("sample", "--scale", "mini", "--out", _folder.File("files"))).Code);
        Assert.Equal((ExitCodes.Done, ""), Ending(await Run("import", Path.Combine(_folder.File("files"), "jour-0"))));
        await _host.Settle(default);
    }

    public async Task DisposeAsync() => await (_host?.DisposeAsync() ?? default);

    public void Dispose() => _folder.Dispose();

    /// <summary>A verb that speaks to the server.</summary>
    internal Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(name => name == "CPOM_SERVER" ? $"{_host!.Grpc}" : null, arguments);

    /// <summary>A verb of write that must be done.</summary>
    /// <returns>What it said, and the contrat as it is shown after it.</returns>
    internal async Task<(string Said, string Shown)> Write(params string[] arguments)
    {
        var run = await Run(arguments);
        Assert.Equal((ExitCodes.Done, ""), Ending(run));
        var shown = await Run("contrat", "show", Contrat, "--min-position", Position().Match(run.Output).Groups[1].Value);
        Assert.Equal((ExitCodes.Done, ""), Ending(shown));
        return (run.Output, shown.Output);
    }

    private static (int Code, string Error) Ending(CommandRun run) => (run.Code, run.Error);

    [GeneratedRegex("position ([0-9]+) du journal")]
    private static partial Regex Position();
}
