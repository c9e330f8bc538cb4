using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>The edge days of échéances, of the calendar, and of the order in which the clock speaks.</summary>
public sealed class EcheanceBornesSpecs
{
    private static readonly Echeance Due = new(EcheanceKind.Evaluation, 1, "R-109", EcheanceDepart.DateEffet, new(2026, 1, 1), Delai.OfMois(12), [], DoneOn: null);

    [Fact(DisplayName = "Un délai atteint le premier et le dernier mois du calendrier au jour près")]
    public void First_and_last_month()
    {
        Assert.Equal(new(1, 1, 15), Delai.OfMois(1).Before(new(1, 2, 15)));
        Assert.Equal(DateOnly.MinValue, Delai.OfMois(2).Before(new(1, 2, 15)));
        Assert.Equal(new(9999, 12, 15), Delai.OfMois(2).After(new(9999, 10, 15)));
        Assert.Equal(DateOnly.MaxValue, Delai.OfMois(1).After(new(9999, 12, 15)));
    }

    [Fact(DisplayName = "Une échéance est proche du premier jour de son avance, échue son jour, dépassée le lendemain")]
    public void Stages()
    {
        var near = Due.DayOf(EcheanceStade.Proche)!.Value;
        Assert.Equal(EcheanceStade.AVenir, Due.StadeOn(near.AddDays(-1)));
        Assert.Equal(EcheanceStade.Proche, Due.StadeOn(near));
        Assert.Equal(EcheanceStade.Proche, Due.StadeOn(new(2026, 12, 31)));
        Assert.Equal(EcheanceStade.Echue, Due.StadeOn(new(2027, 1, 1)));
        Assert.Equal(EcheanceStade.Depassee, Due.StadeOn(new(2027, 1, 2)));
        Assert.Equal(EcheanceStade.AVenir, (Due with { Kind = EcheanceKind.EffetAvenant }).StadeOn(new(2026, 12, 31)));
    }

    [Fact(DisplayName = "Un échéancier ne lit de chaque acteur que ce qui date ses échéances, et trouve le même jour que qui lit tout")]
    public void Schedules()
    {
        CampagneEvent[] campagne = [new CampagneEvent.CampagneOpened(Before, "2026", "Campagne 2026"), new CampagneEvent.VaguePlanned(Before, 1, 2026), new CampagneEvent.StructuresEntered(Before, 1, [Ej])];
        GhtEvent[] ght =
        [
            new GhtEvent.GhtRegistered(Before, "GHT75", "Paris Nord"), new GhtEvent.MembreJoined(Before, Ej, GhtRole.Support),
            new GhtEvent.DemandeMade(Today, Ej, "Mme Petit", null), new GhtEvent.DemandeReceived(Today, [Ej]),
        ];
        SameDay<Campagne, CampagneState, CampagneCommand, CampagneEvent>(campagne);
        SameDay<Ght, GhtState, GhtCommand, GhtEvent>(ght);
        SameDay<Manquements, ManquementsState, ManquementsCommand, ManquementsEvent>(ManquementsSamples.MisEnDemeure);
        SameDay<Prs, PrsState, PrsCommand, PrsEvent>([new PrsEvent.PrsAdopted(Before, "PRS 2023-2028")]);

        static void SameDay<TActor, TState, TCommand, TEvent>(TEvent[] history)
            where TActor : ICalendrier<TState, TCommand, TEvent>
            where TEvent : class, IFact
        {
            var echeancier = new Echeancier();
            history.Where(e => Echeancier.Reads(e.GetType())).ToList().ForEach(e => echeancier.Apply("1", e, Before));
            Assert.NotNull(Assert.Single(echeancier.All).Next);
            Assert.Equal(TActor.NextDay(history.Aggregate(TActor.Initial, TActor.Evolve)), Assert.Single(echeancier.All).Next);
        }
    }

    [Fact(DisplayName = "Le dernier jour du calendrier n'a pas de lendemain : rien n'y est dépassé")]
    public void Last_day_of_the_calendar()
    {
        var last = Due with { From = DateOnly.MaxValue, Delai = Delai.None };
        Assert.Null(last.DayOf(EcheanceStade.Depassee));
        Assert.Equal(EcheanceStade.Echue, last.StadeOn(DateOnly.MaxValue));
    }

    [Fact(DisplayName = "Ce qui est fait le jour dû ne l'est pas en retard, le lendemain si")]
    public void Late()
    {
        Assert.False(Due.IsLate);
        Assert.False((Due with { DoneOn = new(2026, 12, 31) }).IsLate);
        Assert.False((Due with { DoneOn = new(2027, 1, 1) }).IsLate);
        Assert.True((Due with { DoneOn = new(2027, 1, 2) }).IsLate);
    }

    [Fact(DisplayName = "Est dépassé ce dont l'horloge l'a dit et qui n'est pas fait")]
    public void Overdue()
    {
        var rappels = Rappels.From(Before);
        Assert.False(rappels.IsOverdue(Due));
        Assert.False(rappels.Note(Due.Kind, 1, EcheanceStade.Echue, Due.DueOn).IsOverdue(Due));
        var passed = rappels.Note(Due.Kind, 1, EcheanceStade.Depassee, Due.DueOn);
        Assert.True(passed.IsOverdue(Due));
        Assert.False(passed.IsOverdue(Due with { DoneOn = Today }));
    }

    [Fact(DisplayName = "De deux pas du même jour, le premier nommé vient d'abord")]
    public void First_named()
    {
        Assert.Equal((Today, "a"), Jours.First<string>([(Today.AddDays(1), "z"), (Today, "a"), null, (Today, "b")]));
        Assert.Null(Jours.First<string>([null]));
    }

    [Fact(DisplayName = "Un jour parle à chacun de ceux qu'il concerne, au plus ancien dû d'abord, puis par numéro")]
    public void Spoken_to_in_order()
    {
        var echeancier = new Echeancier();
        Put("C", DateFin);
        Put("B", DateFin);
        Put("Z", DateFin.AddYears(-1));
        Put("A", DateFin.AddYears(1));
        Assert.Equal(["Z", "B", "C"], echeancier.DueOn(DateFin).Select(s => s.Id));
        Put("B", DateFin.AddYears(1));
        Assert.Equal(["Z", "C"], echeancier.DueOn(DateFin).Select(s => s.Id));

        void Put(string numero, DateOnly last) => echeancier.Put(new(
            Contrat.Category, numero, State(numero, last), Before));
    }

    private static ContratState State(string numero, DateOnly last) => EnVigueur
        .Select(e => e is ContratOpened opened ? opened with { Fiche = opened.Fiche with { Numero = numero, DateFin = last, MotifDuree = "essai" } } : e)
        .Append(new EvaluationRecorded(Today, 1))
        .Append(new RenouvellementAsked(Today)).Append(new RenouvellementAnswered(Today, false, "fusion"))
        .Aggregate(Contrat.Initial, Contrat.Evolve);
}
