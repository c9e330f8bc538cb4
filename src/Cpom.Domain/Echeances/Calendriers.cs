using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Ghts;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;

namespace Cpom.Domain.Echeances;

/// <summary>The decider of an actor that owes things by a day. It takes a command that says that a day has begun, and answers it with what that day brings.</summary>
public interface ICalendrier<TState, TCommand, TEvent> : IDecider<TState, TCommand, TEvent>
    where TEvent : class, IFact
{
    /// <summary>The facts that its échéances are computed from, and those that its clock leaves. No others are read.</summary>
    static abstract IReadOnlySet<Type> Dating { get; }

    /// <summary>A fact without what no échéance is computed from, where that is the bulk of it.</summary>
    static virtual TEvent Lighten(TEvent recorded) => recorded;

    /// <summary>The legal entity (FINESS EJ) in whose partition its days are told; for an actor of no one entity, its own name.</summary>
    static abstract string EntiteOf(TState state);

    static abstract IEnumerable<Echeance> EcheancesOf(TState state);

    /// <summary>The next day on which time changes something; null when nothing more will come by itself.</summary>
    static abstract DateOnly? NextDay(TState state);

    static abstract TCommand PassJour(DateOnly jour);
}

/// <summary>One kind of actor that owes things by a day, without its types.</summary>
public abstract class Calendrier
{
    public abstract string Category { get; }

    public abstract Type StateType { get; }

    /// <summary>The facts that it reads.</summary>
    public abstract IReadOnlySet<Type> Dating { get; }

    /// <param name="state">Null before the first fact.</param>
    public abstract object Apply(object? state, IFact recorded);

    public abstract string EntiteOf(object state);

    public abstract IEnumerable<Echeance> EcheancesOf(object state);

    public abstract DateOnly? NextDay(object state);

    public abstract object PassJour(DateOnly jour);
}

/// <summary>Which kinds of actor owe things by a day, one line each.</summary>
public static class Calendriers
{
    public static IReadOnlyList<Calendrier> All { get; } =
    [
        new Typed<Contrat, ContratState, ContratCommand, ContratEvent>(),
        new Typed<Campagne, CampagneState, CampagneCommand, CampagneEvent>(),
        new Typed<Negociation, NegociationState, NegociationCommand, NegociationEvent>(),
        new Typed<Manquements, ManquementsState, ManquementsCommand, ManquementsEvent>(),
        new Typed<Prs, PrsState, PrsCommand, PrsEvent>(),
        new Typed<Ght, GhtState, GhtCommand, GhtEvent>(),
    ];

    private static readonly Dictionary<string, Calendrier> ByCategory = All.ToDictionary(c => c.Category, StringComparer.Ordinal);

    private static readonly Dictionary<Type, Calendrier> ByFact = All.SelectMany(c => c.Dating, (c, fact) => (c, fact)).ToDictionary(p => p.fact, p => p.c);

    public static Calendrier Of(string category) => ByCategory[category];

    /// <summary>Null for a kind of actor that owes nothing by a day.</summary>
    public static Calendrier? Find(string category) => ByCategory.GetValueOrDefault(category);

    /// <summary>The kind to which a fact speaks of its échéances; null for any other fact.</summary>
    public static Calendrier? Reading(Type fact) => ByFact.GetValueOrDefault(fact);

    private sealed class Typed<TDecider, TState, TCommand, TEvent> : Calendrier
        where TDecider : ICalendrier<TState, TCommand, TEvent>
        where TEvent : class, IFact
    {
        public override string Category => TDecider.Category;

        public override Type StateType => typeof(TState);

        public override IReadOnlySet<Type> Dating => TDecider.Dating;

        public override object Apply(object? state, IFact recorded) =>
            TDecider.Evolve(state is null ? TDecider.Initial : (TState)state, TDecider.Lighten((TEvent)recorded))!;

        public override string EntiteOf(object state) => TDecider.EntiteOf((TState)state);

        public override IEnumerable<Echeance> EcheancesOf(object state) => TDecider.EcheancesOf((TState)state);

        public override DateOnly? NextDay(object state) => TDecider.NextDay((TState)state);

        public override object PassJour(DateOnly jour) => TDecider.PassJour(jour)!;
    }
}
