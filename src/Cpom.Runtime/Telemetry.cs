using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>
/// What the actors, the log and the relay tell of their work, to whoever listens under <see cref="Name"/>; with nobody listening it costs a look at a field.
/// A trace is carried by the provenance of each command and event, not by the thread: it goes on where another process reads the event. What
/// carries none is not followed.
/// </summary>
public static class Telemetry
{
    /// <summary>Of the source of activities and of the meter.</summary>
    public const string Name = "Cpom";

    /// <summary>Tags of who asked, for spans and for the lines of the technical log.</summary>
    public const string AuthorTag = "cpom.author";

    public const string RequestTag = "cpom.request";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly string[] Outcomes = ["done", "refused", "stale", "busy"];

    /// <summary>By kind of actor, then by outcome. Counted here and read when asked: an instrument would look its labels up for each command.</summary>
    private static readonly FrozenDictionary<string, long[]> Answered = ActorKinds.All.ToFrozenDictionary(kind => kind.Category, _ => new long[Outcomes.Length], StringComparer.Ordinal);

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "cpom.append.batch.size", "{decision}", "Decisions that shared one transaction.", advice: Buckets(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024));

    private static readonly Histogram<double> BatchDuration = Meter.CreateHistogram(
        "cpom.append.duration", "s", "Seconds that the store took for one transaction.", advice: Buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10));

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "cpom.append.decisions", "{decision}", "Decisions by what became of them: stored, conflict (another writer was first), failed (the store threw).");

    private static readonly Counter<long> Events = Meter.CreateCounter<long>("cpom.append.events", "{event}", "Events stored.");

    private static readonly Counter<long> Relayed = Meter.CreateCounter<long>("cpom.relay.commands", "{command}", "Commands that the relay sent, by outcome.");

    static Telemetry() => Meter.CreateObservableCounter("cpom.commands", CommandsAnswered, "{command}", "Commands answered by actors, by kind of actor and outcome.");

    /// <summary>With the trace of the call that is being answered, where it is followed; the call then tells who asked.</summary>
    public static Provenance Traced(Provenance provenance)
    {
        if (!Source.HasListeners() || Activity.Current is not { Recorded: true, IdFormat: ActivityIdFormat.W3C } call)
        {
            return provenance;
        }

        Tell(call, provenance);
        return provenance with { Trace = call.Id };
    }

    /// <summary>One command at its actor, or null where it is not followed.</summary>
    internal static Activity? StartActor(string actor, object command, Provenance provenance)
    {
        var step = Start($"{ActorKinds.Split(actor).Category} {((command as IfVersion)?.Command ?? command).GetType().Name}", provenance.Trace);
        step?.SetTag("cpom.actor", actor);
        Tell(step, provenance);
        return step;
    }

    /// <summary>What a fact asks of another actor, from the fact on.</summary>
    internal static Activity? StartRelay(string? trace) => Start("relay", trace);

    /// <summary>A decision on its way into the log, in the trace of each of its events.</summary>
    internal static Activity?[] StartAppend(Append decision)
    {
        if (!Source.HasListeners())
        {
            return [];
        }

        var traces = decision.Events.Select(recorded => decision.ProvenanceOf(recorded).Trace).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return SideBySide(traces.Count, i => Start("append", traces[i]));
    }

    /// <summary>The transaction of many decisions: part of the first trace, and linked to the others.</summary>
    internal static Activity? StartTransaction(IReadOnlyList<Activity> appends, int decisions)
    {
        var step = appends is [] ? null : Source.StartActivity(
            "transaction", ActivityKind.Internal, appends[0].Context, links: appends.Skip(1).Take(LinksMax).Select(append => new ActivityLink(append.Context)));
        step?.SetTag("cpom.decisions", decisions);
        return step;
    }

    /// <summary>The moment at which the replica shows an event.</summary>
    internal static void Shown(StoredEvent stored)
    {
        if (stored.Provenance.Trace is { } trace)
        {
            using var step = Start("replica", trace);
            step?.SetTag("cpom.position", stored.Position);
        }
    }

    /// <summary>Steps side by side, of which none is the surroundings of what follows.</summary>
    internal static Activity?[] SideBySide(int count, Func<int, Activity?> start)
    {
        var surroundings = Activity.Current;
        var steps = new Activity?[count];
        for (var i = 0; i < count; i++)
        {
            steps[i] = start(i);
            Activity.Current = surroundings;
        }

        return steps;
    }

    internal static void End(IEnumerable<Activity?> steps)
    {
        foreach (var step in steps)
        {
            step?.Dispose();
        }
    }

    internal static void Count(string kind, Outcome outcome) => Interlocked.Increment(ref Answered[kind][IndexOf(outcome)]);

    internal static void CountRelayed(Outcome outcome) => Relayed.Add(1, new KeyValuePair<string, object?>("outcome", Word(outcome)));

    /// <param name="results">Null where the store threw.</param>
    internal static void Count(IReadOnlyList<Append> batch, IReadOnlyList<AppendResult>? results, TimeSpan took)
    {
        BatchSize.Record(batch.Count);
        BatchDuration.Record(took.TotalSeconds);
        if (results is null)
        {
            Decisions.Add(batch.Count, new KeyValuePair<string, object?>("result", "failed"));
            return;
        }

        var (stored, events) = (0, 0);
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i] is AppendResult.Appended)
            {
                (stored, events) = (stored + 1, events + batch[i].Events.Count);
            }
        }

        Decisions.Add(stored, new KeyValuePair<string, object?>("result", "stored"));
        Events.Add(events);
        if (stored < batch.Count)
        {
            Decisions.Add(batch.Count - stored, new KeyValuePair<string, object?>("result", "conflict"));
        }
    }

    internal static string Word(Outcome outcome) => Outcomes[IndexOf(outcome)];

    private static int IndexOf(Outcome outcome) => outcome switch
    {
        Outcome.Done => 0,
        Outcome.Refused => 1,
        Outcome.Stale => 2,
        Outcome.Busy => 3,
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<Measurement<long>> CommandsAnswered() =>
        from kind in Answered
        from outcome in Enumerable.Range(0, Outcomes.Length)
        select new Measurement<long>(Interlocked.Read(ref kind.Value[outcome]), new("actor", kind.Key), new("outcome", Outcomes[outcome]));

    /// <summary>Links of one transaction; a collector keeps no more.</summary>
    private const int LinksMax = 128;

    /// <summary>In the trace, under what of it surrounds the caller; of another process, under what recorded the trace.</summary>
    private static Activity? Start(string name, string? trace)
    {
        if (trace is null || !Source.HasListeners() || !ActivityContext.TryParse(trace, traceState: null, isRemote: true, out var parent))
        {
            return null;
        }

        return Source.StartActivity(name, ActivityKind.Internal, Activity.Current is { } surroundings && surroundings.TraceId == parent.TraceId ? surroundings.Context : parent);
    }

    private static void Tell(Activity? step, Provenance provenance)
    {
        step?.SetTag(AuthorTag, provenance.Author);
        if (provenance.Cause.Request is { } request)
        {
            step?.SetTag(RequestTag, request);
        }
    }

    private static InstrumentAdvice<T> Buckets<T>(params T[] bounds)
        where T : struct => new() { HistogramBucketBoundaries = bounds };
}
