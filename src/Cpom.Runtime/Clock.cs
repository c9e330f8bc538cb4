using Cpom.Domain;
using Cpom.Domain.Echeances;

namespace Cpom.Runtime;

/// <summary>
/// Tells the actors of the partitions held that a day has begun: those to which it brings something, when it begins and when a partition is taken up. It
/// remembers nothing across starts: who was told is due no more, and an actor answers what it is told again with nothing new (decision 0028).
/// </summary>
internal sealed class Clock(TimeProvider time)
{
    /// <summary>The author of what time alone brings.</summary>
    public const string Author = "horloge";

    /// <summary>A clock may be set back by more than a timer can wait.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);

    private readonly Dictionary<int, DateOnly> _told = [];

    private DateOnly _today;

    /// <summary>How long to wait for the day after the one last looked at: until it begins, rounded up so that it has, but never past the next look.</summary>
    public TimeSpan Patience
    {
        get
        {
            var left = Paris.StartOf(_today.AddDays(1)) - time.GetUtcNow();
            return left <= TimeSpan.Zero ? TimeSpan.Zero : left < LookEvery ? left + TimeSpan.FromMilliseconds(1) : LookEvery;
        }
    }

    /// <param name="held">The partitions, of <paramref name="partitions"/>, that are this node's.</param>
    /// <returns>The day and what it asks; null when all of them have been told of it.</returns>
    public Day? Begun(Echeancier echeancier, IReadOnlyCollection<int> held, int partitions)
    {
        foreach (var lost in _told.Keys.Except(held).ToList())
        {
            _told.Remove(lost);
        }

        var today = _today = Paris.DayOf(time.GetUtcNow());
        var untold = held.Where(p => !_told.TryGetValue(p, out var told) || told < today).ToHashSet();
        if (untold.Count == 0)
        {
            return null;
        }

        var cause = new Cause(Request: FormattableString.Invariant($"jour {today:yyyy-MM-dd}"));
        var due = echeancier.DueOn(today).Where(s => untold.Contains(PartitionRules.Of(s.Entite, partitions)));
        return new(today, untold, [.. due.Select(s => new Sending(s.Entite, s.Id, s.PassJour(today), cause) { Author = Author })]);
    }

    /// <summary>All that the day asks is stored, of the partitions that are still this node's.</summary>
    public void Told(Day day, IReadOnlyCollection<int> held)
    {
        foreach (var partition in day.Partitions.Intersect(held))
        {
            _told[partition] = day.Today;
        }
    }

    /// <param name="Partitions">Those whose actors it is asked of.</param>
    internal sealed record Day(DateOnly Today, IReadOnlyCollection<int> Partitions, IReadOnlyList<Sending> Sendings);
}

/// <summary>Days as France counts them, wherever the machine is and whatever its own zone.</summary>
public static class Paris
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>Its first instant. Clocks change in the small hours, never at midnight.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new(midnight, Zone.GetUtcOffset(midnight));
    }
}
