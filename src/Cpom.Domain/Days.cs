namespace Cpom.Domain;

/// <summary>Days near the ends of the calendar: files and callers do write them.</summary>
internal static class Days
{
    /// <summary>The last day before another; the first of the calendar has none before it and stands for it.</summary>
    public static DateOnly Before(DateOnly day) => day == DateOnly.MinValue ? day : day.AddDays(-1);
}
