using Cpom.Cli.Hosting;
using Cpom.Cli.Import;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <param name="What">French.</param>
internal sealed record Timing(string What, TimeSpan Elapsed);

/// <summary>What both demonstrations play on: a platform, a connection to it, a screen and a clock.</summary>
internal sealed class Stage(PlatformHost host, Remote remote, CliEnvironment environment)
{
    private readonly List<Timing> _timings = [];

    public PlatformHost Host => host;

    public Remote Remote => remote;

    public CliEnvironment Environment => environment;

    public Terminal Terminal => environment.Terminal;

    public IReadOnlyList<Timing> Timings => _timings;

    public void Title(string text)
    {
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine($"== {text} ==");
    }

    public async Task<T> Measure<T>(string what, Func<Task<T>> work)
    {
        var started = environment.Time.GetTimestamp();
        var result = await work();
        _timings.Add(new Timing(what, environment.Time.GetElapsedTime(started)));
        return result;
    }

    /// <summary>Imports, and waits until what came in has had its effects.</summary>
    public Task<IReadOnlyList<ImportResult>> Import(string what, IReadOnlyList<ImportTask> tasks, CancellationToken cancellation) => Measure(
        what,
        async () =>
        {
            var results = await new ImportRun(remote, environment).Run(tasks, cancellation);
            await host.Settle(cancellation);
            return results;
        });

    public void WriteResults(IReadOnlyList<ImportResult> results)
    {
        ImportOutput.WriteTables(Terminal, results);
        foreach (var refused in results.Where(result => result.Failure is not null))
        {
            Terminal.Error.WriteLine($"{refused.Task.File.Name} : {refused.Failure}");
        }
    }
}
