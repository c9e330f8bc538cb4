using System.Globalization;
using Cpom.Domain.Echeances;
using Xunit;

namespace Cpom.Domain.Specs;

/// <summary>How delays are counted: the law in calendar months, the guide in days.</summary>
public sealed class DelaiSpecs
{
    [Theory(DisplayName = "Un délai en mois finit le jour du même quantième, à défaut le dernier du mois")]
    [InlineData("2026-01-15", 1, "2026-02-15")]
    [InlineData("2026-01-30", 1, "2026-02-28")]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2026-02-28", 1, "2026-03-28")]
    [InlineData("2026-03-31", 1, "2026-04-30")]
    [InlineData("2026-10-31", 4, "2027-02-28")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2024-02-29", 48, "2028-02-29")]
    [InlineData("2024-02-29", -12, "2023-02-28")]
    [InlineData("2030-12-31", -12, "2029-12-31")]
    [InlineData("2026-03-31", -1, "2026-02-28")]
    public void Months(string from, int months, string due) => Assert.Equal(Day(due), Delai.OfMois(months).After(Day(from)));

    [Theory(DisplayName = "Un délai en jours les compte tous")]
    [InlineData("2026-01-01", 60, "2026-03-02")]
    [InlineData("2028-01-01", 60, "2028-03-01")]
    [InlineData("2026-03-02", -60, "2026-01-01")]
    public void In_days(string from, int days, string due) => Assert.Equal(Day(due), Delai.OfJours(days).After(Day(from)));

    [Fact(DisplayName = "Un mois reconduit une fois se compte du premier jour : le 31 janvier mène au 31 mars")]
    public void Renewed_once()
    {
        var month = Delai.OfMois(1);
        Assert.Equal(new(2026, 3, 31), month.Plus(month).After(new(2026, 1, 31)));
        Assert.Equal(new(2026, 3, 30), month.Plus(month).After(new(2026, 1, 30)));
    }

    [Fact(DisplayName = "Les mois se comptent avant les jours")]
    public void Months_then_days() => Assert.Equal(new(2026, 3, 10), new Delai(1, 10).After(new(2026, 1, 31)));

    [Fact(DisplayName = "Un délai qui dépasse le calendrier s'arrête à son bord")]
    public void Edges_of_the_calendar()
    {
        Assert.Equal(DateOnly.MaxValue, Delai.OfMois(12).After(new(9999, 6, 1)));
        Assert.Equal(DateOnly.MaxValue, Delai.OfJours(int.MaxValue).After(new(9999, 6, 1)));
        Assert.Equal(DateOnly.MinValue, Delai.OfMois(3).Before(new(1, 2, 1)));
        Assert.Equal(DateOnly.MinValue, Delai.OfJours(40).Before(new(1, 2, 1)));
    }

    [Fact(DisplayName = "Une prorogation déplace l'échéance d'autant, et se lit avec elle")]
    public void Extended()
    {
        Echeance due = new(EcheanceKind.Evaluation, 1, "R-109", EcheanceDepart.DateEffet, new(2026, 1, 31), Delai.OfMois(1), [], DoneOn: null);
        Assert.Equal(new(2026, 2, 28), due.DueOn);
        var extended = due with { Prorogations = [new(new(2026, 2, 10), Delai.OfMois(1), "reconduction"), new(new(2026, 3, 10), Delai.OfJours(90), "accord des parties")] };
        Assert.Equal(new(2026, 6, 29), extended.DueOn);
        Assert.Equal(EcheanceStade.Depassee, due.StadeOn(new(2026, 3, 1)));
        Assert.Equal(EcheanceStade.AVenir, extended.StadeOn(new(2026, 3, 1)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
