using System.Collections.Concurrent;
using System.Diagnostics;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Cpom.Cluster.Tests;

/// <summary>Within a silo, the span and the log lines of a call say on whose behalf it is made.</summary>
public sealed partial class CallFilterTests
{
    private static readonly ContratCommand Command = new ContratCommand.RemoveEngagement(1, new(2026, 3, 1));

    [Fact]
    public async Task The_span_and_the_lines_of_a_call_name_author_and_request()
    {
        var lines = new Lines();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.Orleans.Application",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddActivityPropagation();
            silo.Services.AddLogging(logging => logging.AddProvider(lines));
            silo.AddCpomActors(services => new Telling(services.GetRequiredService<ILogger<Telling>>()));
        });
        builder.ConfigureClient(client => client.AddActivityPropagation().AddCpomActors());
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var actors = new ClusterActors(cluster.Client, TimeProvider.System);

        await actors.Execute("99-C1", Command, By("Mme Petit", "demande-1"), default);
        Assert.Equal(["cpom.author=Mme Petit", "cpom.request=demande-1"], lines.Told["99-C1"]);
        Assert.Contains(spans, span => (string?)span.GetTagItem(Telemetry.AuthorTag) == "Mme Petit" && (string?)span.GetTagItem(Telemetry.RequestTag) == "demande-1");

        // What is told of several is what they have in common.
        await actors.ExecuteAll("99-C2", [new(Command, By("relais", "demande-1")), new(Command, By("relais", "demande-2"))], default);
        Assert.Equal(["cpom.author=relais"], lines.Told["99-C2"]);
    }

    private static Provenance By(string author, string request) => new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), author, Cause.Unknown with { Request = request });

    /// <summary>Actors that write a line of the log when they are called.</summary>
    private sealed partial class Telling(ILogger<Telling> logger) : IActors
    {
        public Task<Outcome> Execute(string id, object command, Provenance provenance, CancellationToken cancellation)
        {
            LogCalled(id);
            return Task.FromResult<Outcome>(new Outcome.Stale(1));
        }

        public Task<IReadOnlyList<Outcome>> ExecuteAll(string id, IReadOnlyList<Order> orders, CancellationToken cancellation)
        {
            LogCalled(id);
            return Task.FromResult<IReadOnlyList<Outcome>>([.. orders.Select(_ => new Outcome.Stale(1))]);
        }

        [LoggerMessage(1, LogLevel.Information, "{Id}")]
        private partial void LogCalled(string id);
    }

    /// <summary>What surrounds each line of those actors.</summary>
    private sealed class Lines : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentDictionary<string, List<string>> Told { get; } = new(StringComparer.Ordinal);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => new Line(this, categoryName.EndsWith(nameof(Telling), StringComparison.Ordinal));

        public void Dispose()
        {
            // Nothing is held.
        }

        private sealed class Line(Lines lines, bool isTelling) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => lines._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => isTelling;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var told = new List<string>();
                lines._scopes.ForEachScope((scope, _) => told.AddRange(scope is IEnumerable<KeyValuePair<string, object>> pairs ? pairs.Select(pair => $"{pair.Key}={pair.Value}") : []), state);
                lines.Told[formatter(state, exception)] = told;
            }
        }
    }
}
