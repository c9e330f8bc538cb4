using System.Collections.Concurrent;
using System.Net;
using Cpom.Server;
using Cpom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpom.Fuzz;

/// <summary>A whole server over the region's log, on a socket of its own, and a caller who writes its bytes himself.</summary>
internal sealed class ServedRegion : IAsyncDisposable
{
    /// <summary>Longer than any deadline that a call is given: a call that is not answered by then hangs.</summary>
    private static readonly TimeSpan CallEnds = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly ErrorLines _errors = new();
    private readonly ConcurrentQueue<string> _unobserved = new();

    private ServedRegion(TemporaryFolder folder, WebApplication app)
    {
        (_folder, _app) = (folder, app);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(_errors);
        Node = app.Services.GetRequiredService<CpomNode>();
        TaskScheduler.UnobservedTaskException += Unobserved;
    }

    public CpomNode Node { get; }

    public HttpClient Client { get; private set; } = new();

    /// <summary>What nobody was told: errors in the log, and exceptions of tasks that nobody awaited.</summary>
    public IReadOnlyCollection<string> Errors => _errors.Lines;

    public IReadOnlyCollection<string> Forgotten => _unobserved;

    public static async Task<ServedRegion> Start()
    {
        var folder = new TemporaryFolder();
        var options = new ServerOptions { DataFolder = folder.Path, HttpPort = 0, GrpcPort = 0, UploadBytesMax = 8 * 1024 * 1024, LogLevel = LogLevel.Error };
        var app = await CpomServer.Build(options, new(Store: await (await Region.Get).Store(), Time: new RegionTime()));
        var served = new ServedRegion(folder, app);
        await app.StartAsync();
        served.Client = new(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = CpomServer.AddressesOf(app).Grpc,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = CallEnds,
        };
        await served.Settle();
        return served;
    }

    /// <summary>Until nothing that was recorded asks for anything more, and the view shows all of it; or an error is in the log: a follower that failed never comes.</summary>
    public async Task Settle() => await await Task.WhenAny(Quiet(), _errors.First);

    private async Task Quiet()
    {
        long last;
        do
        {
            last = await Node.Store.LastPosition(default);
            await Node.Settle(last, default).WaitAsync(RunningNode.Patience);
        }
        while (await Node.Store.LastPosition(default) > last);

        await Node.Portfolio.WaitFor(last, default).WaitAsync(RunningNode.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
        TaskScheduler.UnobservedTaskException -= Unobserved;
    }

    /// <summary>Of this program's own code; the transport forgets some of what a broken connection throws.</summary>
    private void Unobserved(object? sender, UnobservedTaskExceptionEventArgs forgotten)
    {
        if (forgotten.Exception.ToString() is var text && text.Contains("at Cpom.", StringComparison.Ordinal))
        {
            _unobserved.Enqueue(text);
        }
    }

    /// <summary>The day after the region's first, at the pace of the real clock: deadlines must pass.</summary>
    private sealed class RegionTime : TimeProvider
    {
        private readonly TimeSpan _shift = new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero) - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
    }

    private sealed class ErrorLines : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Lines { get; } = new();

        public Task First => _first.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Enqueue($"{formatter(state, exception)}\n{exception}");
                _first.TrySetResult();
            }
        }

        public void Dispose()
        {
        }
    }
}
