using Cpom.Domain.Echeances;
using static Cpom.Domain.Ghts.GhtEvent;

namespace Cpom.Domain.Ghts;

/// <summary>What the clock needs to know of groups: the month for the answer to a request (L-05).</summary>
public sealed partial class Ght : ICalendrier<GhtState, GhtCommand, GhtEvent>
{
    /// <summary>The registration gives its name to what has no entité of its own; a member's request begins the next one after a refusal.</summary>
    public static IReadOnlySet<Type> Dating { get; } = new HashSet<Type>
    {
        typeof(GhtRegistered), typeof(DemandeMade), typeof(DemandeReceived), typeof(DemandeAnswered), typeof(DemandeRefusedTacitly), typeof(GhtEcheanceReached),
    };

    /// <summary>A group is no legal entity: its days are told in the partition of its code.</summary>
    public static string EntiteOf(GhtState state) => state.Code;

    public static IEnumerable<Echeance> EcheancesOf(GhtState state)
    {
        if (state.Unique is { Recue: { } recue } unique)
        {
            yield return new(
                EcheanceKind.ReponseContratUnique, unique.Rang, "L-05", EcheanceDepart.ReceptionDemande, recue.On, Delai.OfMois(Limits.ContratUniqueAnswerMonths), [], recue.Answer?.On);
        }
    }

    public static DateOnly? NextDay(GhtState state) => Next(state)?.Day;

    static GhtCommand ICalendrier<GhtState, GhtCommand, GhtEvent>.PassJour(DateOnly jour) => new GhtCommand.PassJour(jour);

    private static Decision<GhtEvent> Pass(GhtState ght, GhtCommand.PassJour command) => Jours.Pass(ght, command.Jour, Next, Evolve);

    private static (DateOnly Day, GhtEvent Event)? Next(GhtState ght) => Jours.First(EcheancesOf(ght).Select(e => StepOf(ght, e)));

    /// <summary>L-05: silence refuses.</summary>
    private static (DateOnly Day, GhtEvent Event)? StepOf(GhtState ght, Echeance echeance) => ght.Unique?.Rappels?.Next(echeance) switch
    {
        ({ } day, EcheanceStade.Depassee) => (day, new DemandeRefusedTacitly(day)),
        ({ } day, var stade) => (day, new GhtEcheanceReached(day, echeance.Kind, echeance.Numero, stade, echeance.DueOn)),
        _ => null,
    };
}
