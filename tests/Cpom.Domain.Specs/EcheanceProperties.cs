using Cpom.Domain.Contrats;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Whatever has happened to a contrat, and however its clock runs. A failure prints the seed: give it to Config.WithReplay to see it again.</summary>
public sealed class EcheanceProperties
{
    private static readonly DateOnly Last = DateFin.AddDays(40);

    [Fact(DisplayName = "Les jours passés un à un, par sauts ou d'un coup donnent les mêmes faits")]
    public void Gaps() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(
        Histoire.Steps().Zip(Happenings()).Zip(Gen.Choose(1, 400).ArrayOf()).ToArbitrary(), drawn =>
        {
            var ((steps, happenings), gaps) = drawn;
            var state = Start(steps, happenings).State;
            var daily = Facts(state, Days(1));
            Assert.Equal(daily, Facts(state, [Last]));
            Assert.Equal(daily, Facts(state, Days(gaps)));
            Assert.Equal(daily.Count, daily.Distinct().Count());
        }));

    [Fact(DisplayName = "Une horloge qui saute en avant et en arrière ne dit rien deux fois")]
    public void Jumps() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(
        Histoire.Steps().Zip(Happenings()).Zip(Gen.Choose(0, 2_000).ArrayOf()).ToArbitrary(), drawn =>
        {
            var ((steps, happenings), days) = drawn;
            var histoire = Start(steps, happenings);
            foreach (var day in days)
            {
                histoire.Send(new PassJour(DateEffet.AddDays(day)));
            }

            Assert.Empty(histoire.NotRepeatable);
            var told = histoire.Events.OfType<ContratEvent.EcheanceReached>().ToList();
            Assert.Equal(told.Count, told.Distinct().Count());
        }));

    [Fact(DisplayName = "Ce qui est annoncé pour le prochain jour arrive ce jour-là et pas avant")]
    public void Next_day() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(
        Histoire.Steps().Zip(Happenings()).ToArbitrary(), drawn =>
        {
            var state = Start(drawn.Item1, drawn.Item2).Ouvert;
            while (EcheanceRules.Next(state) is { } next)
            {
                Assert.Empty(Pass(state, next.Day.AddDays(-1)));
                var events = Pass(state, next.Day);
                Assert.Contains(next.Event, events);
                state = (ContratState.Ouvert)events.Aggregate((ContratState)state, Contrat.Evolve);
            }
        }));

    /// <summary>What is asked, answered and evaluated, each on some day or not.</summary>
    private static Gen<int[]> Happenings() => Gen.Choose(-1_000, 1_900).ArrayOf(6);

    private static Histoire Start(Step[] steps, int[] happenings)
    {
        var histoire = Histoire.Play(steps);
        var days = happenings.Select(d => d < 0 ? (DateOnly?)null : DateEffet.AddDays(d)).ToList();
        ContratCommand?[] commands =
        [
            days[4] is { } sent ? new RecordRapportFinal(Final(histoire.Ouvert), sent) : null,
            days[5] is { } said ? new RecordValeur(1, 1, DateEffet.Year + 1 + (said.DayNumber % 3), $"{said.Day}", "PMSI", said) : null,
            days[0] is { } asked ? new AskRenouvellement(asked) : null,
            days[1] is { } answered ? new AnswerRenouvellement(answered.Day % 2 == 0, "projet insuffisant", answered) : null,
            days[2] is { } evaluated ? new RecordEvaluation(1, evaluated) : null,
            days[3] is { } passed ? new PassJour(passed) : null,
        ];
        foreach (var command in commands.OfType<ContratCommand>())
        {
            histoire.Send(command);
        }

        return histoire;
    }

    private static Bilan Final(ContratState.Ouvert contrat) =>
        new(contrat.Engagements.Keys.Select(n => new Bilan.Ligne(n, EngagementStatut.Tenu, null)).ToValueList(), null, new("rapport.pdf", new string('a', 64)));

    private static List<DateOnly> Days(params int[] gaps)
    {
        var days = new List<DateOnly>();
        for (var day = Before; day < Last && gaps.Length > 0; day = day.AddDays(gaps[days.Count % gaps.Length]))
        {
            days.Add(day);
        }

        return [.. days, Last];
    }

    private static List<ContratEvent> Facts(ContratState state, IEnumerable<DateOnly> days)
    {
        var facts = new List<ContratEvent>();
        foreach (var day in days)
        {
            var events = Pass(state, day);
            facts.AddRange(events);
            state = events.Aggregate(state, Contrat.Evolve);
        }

        return facts;
    }

    private static IReadOnlyList<ContratEvent> Pass(ContratState state, DateOnly day) =>
        ((Decision<ContratEvent>.Accepted)Contrat.Decide(state, new PassJour(day))).Events;
}
