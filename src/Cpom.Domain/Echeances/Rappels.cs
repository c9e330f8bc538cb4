using System.Collections.Immutable;

namespace Cpom.Domain.Echeances;

/// <summary>What has been told of the échéances of one actor: its part of the state, so that each stage becomes a fact once.</summary>
/// <param name="KnownFrom">The platform knows the actor from this day on: of the stages before it only the last is a fact to tell.</param>
/// <param name="Reached">Échéance → the last stage recorded, and the due day that it was recorded of.</param>
public sealed record Rappels(DateOnly KnownFrom, ImmutableSortedDictionary<string, Rappels.Stade> Reached)
{
    private static readonly EcheanceStade[] Stades = [EcheanceStade.Proche, EcheanceStade.Echue, EcheanceStade.Depassee];

    public sealed record Stade(EcheanceStade Reached, DateOnly DueOn);

    public static Rappels From(DateOnly knownFrom) => new(knownFrom, ImmutableSortedDictionary.Create<string, Stade>(StringComparer.Ordinal));

    /// <summary>The last stage recorded of an échéance; none, where it was recorded of another due day.</summary>
    public EcheanceStade StadeOf(Echeance echeance) =>
        Reached.GetValueOrDefault(echeance.Cle) is { } stade && stade.DueOn == echeance.DueOn ? stade.Reached : EcheanceStade.AVenir;

    public bool IsOverdue(Echeance echeance) => echeance.DoneOn is null && StadeOf(echeance) == EcheanceStade.Depassee;

    public Rappels Note(EcheanceKind kind, int numero, EcheanceStade stade, DateOnly dueOn) =>
        this with { Reached = Reached.SetItem(Echeance.CleOf(kind, numero), new(stade, dueOn)) };

    /// <summary>The stage after the one recorded, and its day; null when the échéance is done or has no stage left.</summary>
    public (DateOnly Day, EcheanceStade Stade)? Next(Echeance echeance)
    {
        if (echeance.DoneOn is not null)
        {
            return null;
        }

        var reached = StadeOf(echeance);
        var ahead = Stades.Where(s => s > reached && echeance.DayOf(s) is not null).ToList();
        if (ahead.Count == 0)
        {
            return null;
        }

        var next = ahead[Math.Max(ahead.FindLastIndex(s => echeance.DayOf(s) < KnownFrom), 0)];
        return (echeance.DayOf(next)!.Value, next);
    }
}
