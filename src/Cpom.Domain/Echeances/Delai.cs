namespace Cpom.Domain.Echeances;

/// <summary>
/// A length of time as the law and the guide count it: calendar months, then days. A month ends on the day of the same number or, where the month has
/// none, on its last (31 January and one month: 28 February). It is counted in one go from the day it starts on: renewed, from that same day, so that
/// no end of month is lost on the way (31 January, one month and one more: 31 March).
/// </summary>
public readonly record struct Delai(int Mois, int Jours)
{
    public static Delai None => default;

    public static Delai OfMois(int mois) => new(mois, 0);

    public static Delai OfJours(int jours) => new(0, jours);

    /// <summary>This much longer.</summary>
    public Delai Plus(Delai other) => new(Mois + other.Mois, Jours + other.Jours);

    /// <summary>The day on which it ends. Beyond the calendar stands its last day.</summary>
    public DateOnly After(DateOnly day) => AddDays(AddMonths(day, Mois), Jours);

    /// <summary>The day from which it leads to another.</summary>
    public DateOnly Before(DateOnly day) => AddDays(AddMonths(day, -Mois), -Jours);

    private static DateOnly AddMonths(DateOnly day, int months)
    {
        var rank = ((long)day.Year * 12) + day.Month - 1 + months;
        return rank < 12 ? DateOnly.MinValue : rank >= (DateOnly.MaxValue.Year + 1) * 12L ? DateOnly.MaxValue : day.AddMonths(months);
    }

    private static DateOnly AddDays(DateOnly day, int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
}
