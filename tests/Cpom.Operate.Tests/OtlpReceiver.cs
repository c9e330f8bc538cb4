using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cpom.Operate.Tests;

/// <param name="Process">What the process that told it calls itself.</param>
public sealed record Span(string Process, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes);

public sealed record LogLine(string Trace, string Severity, string Body, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A collector of OpenTelemetry on loopback, http/protobuf, as small as a test needs it.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    /// <summary>Far longer than exporters wait with what they have.</summary>
    private static readonly TimeSpan ArrivalMax = TimeSpan.FromSeconds(90);

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<Span> _spans = [];
    private readonly List<LogLine> _logs = [];
    private readonly List<string> _metrics = [];
    private readonly List<byte[]> _raw = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Everything that came, as it came.</summary>
    public IReadOnlyList<byte[]> Raw
    {
        get
        {
            lock (_lock)
            {
                return [.. _raw];
            }
        }
    }

    /// <summary>What a process is given so that it tells all it can, soon.</summary>
    public Dictionary<string, string> Variables(string instance) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance}",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.Receive);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Completes when what has come is enough.</summary>
    public Task<IReadOnlyList<Span>> Spans(Func<IReadOnlyList<Span>, bool> enough) => Wait(() => _spans, enough);

    public Task<IReadOnlyList<LogLine>> Logs(Func<IReadOnlyList<LogLine>, bool> enough) => Wait(() => _logs, enough);

    /// <summary>By name.</summary>
    public Task<IReadOnlyList<string>> Metrics(Func<IReadOnlyList<string>, bool> enough) => Wait(() => _metrics, enough);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IReadOnlyList<T>> Wait<T>(Func<List<T>> arrived, Func<IReadOnlyList<T>, bool> enough)
    {
        using var patience = new CancellationTokenSource(ArrivalMax);
        while (true)
        {
            IReadOnlyList<T> now;
            Task next;
            lock (_lock)
            {
                (now, next) = ([.. arrived()], _arrival.Task);
            }

            if (enough(now))
            {
                return now;
            }

            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Not enough has come in {ArrivalMax.TotalSeconds} s:\n{string.Join('\n', now)}");
            }
        }
    }

    private async Task Receive(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var message = OtlpWire.Read(body.ToArray());
        lock (_lock)
        {
            _raw.Add(body.ToArray());
            switch (http.Request.Path.Value)
            {
                case "/v1/traces":
                    _spans.AddRange(message.Under(1).SelectMany(SpansOf));
                    break;
                case "/v1/logs":
                    _logs.AddRange(message.Under(1, 2, 2).Select(line => new LogLine(line.Hex(9), line.Text(3), line.Under(5).Single().Text(1), line.Attributes(6))));
                    break;
                case "/v1/metrics":
                    _metrics.AddRange(message.Under(1, 2, 2).Select(metric => metric.Text(1)));
                    break;
            }

            _arrival.SetResult();
            _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        http.Response.ContentType = "application/x-protobuf";
    }

    private static IEnumerable<Span> SpansOf(OtlpWire resource)
    {
        var process = resource.Under(1).Single().Attributes(1).GetValueOrDefault("service.instance.id", "");
        return resource.Under(2, 2).Select(span => new Span(process, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Attributes(9)));
    }
}
