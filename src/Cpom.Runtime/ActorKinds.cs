using Cpom.Domain;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Ghts;
using Cpom.Domain.Negociations;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Sites;
using Cpom.Domain.Socles;

namespace Cpom.Runtime;

/// <summary>One kind of actor, without its types: what hosts and followers need to know of it.</summary>
public abstract class ActorKind
{
    public abstract string Category { get; }

    public abstract Type CommandType { get; }

    public abstract Type EventType { get; }

    /// <summary>What an actor of this kind is before its first event.</summary>
    public abstract object Initial { get; }

    /// <summary>One step of the fold of a history, for those who replay it without speaking to the actor.</summary>
    public abstract object Evolve(object state, IFact recorded);

    internal abstract IActorSession Open(string id, IEventStore store, IAppender appender, IActorReader reader);
}

/// <summary>The kinds, one line each. A new kind of actor is added here and nowhere else in the runtime.</summary>
public static class ActorKinds
{
    public static IReadOnlyList<ActorKind> All { get; } =
    [
        new Kind<Entite, EntiteState, EntiteCommand, EntiteEvent>(),
        new Kind<Site, SiteState, SiteCommand, SiteEvent>(),
        new Kind<Contrat, ContratState, ContratCommand, ContratEvent>(),
        new Kind<Ght, GhtState, GhtCommand, GhtEvent>(),
        new Kind<Nomenclature, NomenclatureState, NomenclatureCommand, NomenclatureEvent>(),
        new Kind<Fichier, FichierState, FichierCommand, FichierEvent>(),
        new Kind<Socle, SocleState, SocleCommand, SocleEvent>(),
        new Kind<Campagne, CampagneState, CampagneCommand, CampagneEvent>(),
        new Kind<Negociation, NegociationState, NegociationCommand, NegociationEvent>(),
        new Kind<Bibliotheque, BibliothequeState, BibliothequeCommand, BibliothequeEvent>(),
        new Kind<Manquements, ManquementsState, ManquementsCommand, ManquementsEvent>(),
        new Kind<Prs, PrsState, PrsCommand, PrsEvent>(),
    ];

    private static readonly Dictionary<Type, ActorKind> ByCommand = All.ToDictionary(k => k.CommandType);

    /// <summary>The kind that takes commands of a type: the type itself or the union that it belongs to.</summary>
    public static ActorKind Of(Type command)
    {
        for (var type = command; type is not null; type = type.BaseType)
        {
            if (ByCommand.TryGetValue(type, out var kind))
            {
                return kind;
            }
        }

        throw new ArgumentException($"{command.Name} is a command of no actor.", nameof(command));
    }

    /// <summary>The kind that a stored actor name begins with; null for a name that this version does not know.</summary>
    public static ActorKind? Named(string category) => All.FirstOrDefault(kind => kind.Category == category);

    /// <summary>"contrat-84-82-C1" → ("contrat", "84-82-C1").</summary>
    public static (string Category, string Id) Split(string actor)
    {
        var dash = actor.IndexOf('-', StringComparison.Ordinal);
        return (actor[..dash], actor[(dash + 1)..]);
    }

    private sealed class Kind<TDecider, TState, TCommand, TEvent> : ActorKind
        where TDecider : IDecider<TState, TCommand, TEvent>
        where TCommand : class
        where TEvent : class, IFact
    {
        public override string Category => TDecider.Category;

        public override Type CommandType => typeof(TCommand);

        public override Type EventType => typeof(TEvent);

        public override object Initial => TDecider.Initial!;

        public override object Evolve(object state, IFact recorded) => TDecider.Evolve((TState)state, (TEvent)recorded)!;

        internal override IActorSession Open(string id, IEventStore store, IAppender appender, IActorReader reader) =>
            new ActorSession<TDecider, TState, TCommand, TEvent>(id, store, appender, reader);
    }
}
