namespace Cpom.Resilience.Tests;

/// <summary>Where the log stood around one import of the undisturbed run.</summary>
/// <param name="Reported">What the import itself recorded ends here; effects follow, up to <paramref name="End"/>.</param>
public sealed record Span(long Start, long Reported, long End);

/// <summary>When to kill: at a log position while a file is imported or its effects are recorded, or at a message of its progress.</summary>
/// <param name="File">Index of the file in the sequence.</param>
/// <param name="Progress">Number of the message, from 1; 0 when <paramref name="Position"/> counts.</param>
public sealed record KillPoint(int File, int Progress, long Position)
{
    public override string ToString() => Progress > 0 ? $"progress message {Progress}" : $"log position {Position}";
}

/// <summary>Twenty points to kill at, by lot: while a file is received, checked, recorded, and while its effects follow.</summary>
public static class KillPlan
{
    public const int ByProgress = 8;
    public const int WhileRecording = 6;
    public const int Anywhere = 6;

    /// <summary>A small file tells little more: later messages would rarely come.</summary>
    private const int ProgressMax = 4;

    public static IReadOnlyList<KillPoint> Draw(IReadOnlyList<Span> spans, Random random)
    {
        var recorded = Enumerable.Range(0, spans.Count)
            .SelectMany(file => Positions(spans[file].Start, spans[file].Reported).Select(position => new KillPoint(file, 0, position)))
            .ToArray();
        var all = Enumerable.Range(0, spans.Count)
            .SelectMany(file => Positions(spans[file].Start, spans[file].End).Select(position => new KillPoint(file, 0, position)))
            .ToArray();
        return [.. Enumerable.Range(0, ByProgress).Select(_ => new KillPoint(random.Next(spans.Count), random.Next(1, ProgressMax + 1), 0))
            .Concat(random.GetItems(recorded, WhileRecording))
            .Concat(random.GetItems(all, Anywhere))
            .OrderBy(point => (point.File, point.Position, point.Progress))];
    }

    private static IEnumerable<long> Positions(long after, long last)
    {
        for (var position = after + 1; position <= last; position++)
        {
            yield return position;
        }
    }
}
