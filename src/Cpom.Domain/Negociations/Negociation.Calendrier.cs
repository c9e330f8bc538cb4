using Cpom.Domain.Echeances;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>What the clock needs to know of négociations.</summary>
public sealed partial class Negociation : ICalendrier<NegociationState, NegociationCommand, NegociationEvent>
{
    public static IReadOnlySet<Type> Dating { get; } = new HashSet<Type>
    {
        typeof(NegociationOpened), typeof(TrameReceived), typeof(RapportHandedOver), typeof(RapportReturned), typeof(SyntheseAccepted), typeof(SyntheseReopened),
        typeof(NegociationProlonged), typeof(SignatureNoted), typeof(NegociationAbandoned), typeof(NegociationEcheanceReached),
    };

    public static NegociationEvent Lighten(NegociationEvent recorded) => recorded is SyntheseAccepted e ? e with { Engagements = [] } : recorded;

    /// <summary>A group is told its days in the partition of its first structure.</summary>
    public static string EntiteOf(NegociationState state) => ((Ouverte)state).Structures.Keys.First();

    public static IEnumerable<Echeance> EcheancesOf(NegociationState state) => state is Ouverte negociation ? NegociationEcheances.Of(negociation) : [];

    public static DateOnly? NextDay(NegociationState state) => state is Ouverte negociation ? Next(negociation)?.Day : null;

    static NegociationCommand ICalendrier<NegociationState, NegociationCommand, NegociationEvent>.PassJour(DateOnly jour) => new NegociationCommand.PassJour(jour);

    private static Decision<NegociationEvent> Pass(Ouverte negociation, NegociationCommand.PassJour command) =>
        Jours.Pass(negociation, command.Jour, Next, (at, recorded) => (Ouverte)Evolve(at, recorded));

    private static (DateOnly Day, NegociationEvent Event)? Next(Ouverte negociation) => Jours.First(NegociationEcheances.Of(negociation).Select(e =>
        negociation.Rappels.Next(e) is var (day, stade) ? (day, new NegociationEcheanceReached(day, e.Kind, e.Numero, stade, e.DueOn)) : ((DateOnly, NegociationEvent)?)null));
}
