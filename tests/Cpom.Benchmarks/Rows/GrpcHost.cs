using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Cpom.TestKit;

namespace Cpom.Benchmarks;

/// <summary>
/// P8: the gRPC host alone, 64 unary calls in flight, against a bare Kestrel endpoint that sends the same bytes. Each is a process of its own;
/// h2load (C, one thread, about a tenth of what a server spends) is the client of both, in turns. The servers' own processor time per call is
/// told beside the rate, because it does not depend on the client.
/// </summary>
internal static partial class GrpcHost
{
    private const int Calls = 40_000;

    /// <summary>Calls to each before anything is counted: for its first few hundred thousand a server compiles anew what it does often.</summary>
    private const int WarmUp = 400_000;

    private const int Connections = 8;
    private const int StreamsPerConnection = 8;

    private const string What = "gRPC host alone, unary, 64 in flight, against the same bytes from bare Kestrel";

    private static readonly Target Wanted = Target.RatioAtLeast(0.9);

    public static async Task Run(Report report, int rounds)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "h2load"))))
        {
            report.Add(Row.Missing("P8", What, "calls/s", Wanted, "h2load (package nghttp2-client) is not installed"));
            return;
        }

        using var folder = new TemporaryFolder();
        var request = folder.File("request.bin");
        await File.WriteAllBytesAsync(request, new byte[5]); // An empty HealthCheckRequest in its frame.
        using var grpc = Child.Start("grpc-host");
        using var bare = Child.Start("bare-host");
        var (ours, theirs) = (new List<double>(), new List<double>());
        await Load(await UrlOf(grpc), request, WarmUp);
        await Load(await UrlOf(bare), request, WarmUp);
        var rates = await Rounds.Interleave(rounds, () => Round(grpc, request, ours), () => Round(bare, request, theirs));
        report.Add(Row.Of("P8", What, "calls/s", rates[0], rates[1], Wanted));
        report.Add(Row.Of("P8", "the servers' processor time per call", "µs", new(ours.Skip(1)), new(theirs.Skip(1)), target: null));
    }

    private static async Task<double> Round(Child server, string request, List<double> processor)
    {
        using var process = Process.GetProcessById((int)await server.Figure("process"));
        var before = process.TotalProcessorTime;
        var rate = await Load(await UrlOf(server), request, Calls);
        process.Refresh();
        processor.Add((process.TotalProcessorTime - before).TotalMicroseconds / Calls);
        return rate;
    }

    private static async Task<string> UrlOf(Child server)
    {
        var port = await server.Figure("port");
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{Hosts.Path}");
    }

    /// <returns>Calls a second.</returns>
    private static async Task<double> Load(string url, string request, int calls)
    {
        using var client = Process.Start(new ProcessStartInfo("h2load",
        [
            "-n", calls.ToString(CultureInfo.InvariantCulture), "-c", Connections.ToString(CultureInfo.InvariantCulture),
            "-m", StreamsPerConnection.ToString(CultureInfo.InvariantCulture), "-d", request, "-H", "content-type: application/grpc", "-H", "te: trailers", url,
        ])
        { RedirectStandardOutput = true })!;
        var printed = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return Rate().Match(printed) is { Success: true } rate && printed.Contains($"{calls} succeeded", StringComparison.Ordinal)
            ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"h2load said:\n{printed}");
    }

    [GeneratedRegex(@"([0-9.]+) req/s")]
    private static partial Regex Rate();
}
