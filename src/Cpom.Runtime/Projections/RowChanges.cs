using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;

namespace Cpom.Runtime.Projections;

/// <summary>Which rows of the portfolio a fact changes: that of its contrat, and those that show something of its entity, its GHT, a procedure or a négociation.</summary>
internal static class RowChanges
{
    /// <summary>Facts of an entity that a row shows something of.</summary>
    private static readonly HashSet<Type> OfEntite =
    [
        typeof(EntiteEvent.EntiteRegistered), typeof(EntiteEvent.EntiteIdentiteChanged), typeof(EntiteEvent.AutreContratRecorded), typeof(EntiteEvent.AutreContratEnded),
        typeof(EntiteEvent.HorsContratDeclared), typeof(EntiteEvent.HorsContratWithdrawn), typeof(EntiteEvent.ContratRequirementMet),
    ];

    /// <summary>Of a batch, in the order of the log. What another actor does and a row does not show is no change of the row.</summary>
    public static IReadOnlyList<PortfolioChange> Of(IReadOnlyList<StoredEvent> batch, PortfolioView before, PortfolioView after)
    {
        var changes = new List<PortfolioChange>();
        var compared = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var stored in batch)
        {
            foreach (var numero in Touched(stored, after))
            {
                if (IsContrat(stored) || IsSeen(numero))
                {
                    changes.Add(new(stored.Position, numero));
                }
            }
        }

        return changes;

        bool IsSeen(string numero)
        {
            if (!compared.TryGetValue(numero, out var seen))
            {
                compared[numero] = seen = !before.Contrats.ContainsKey(numero) || before.OthersOn(numero) != after.OthersOn(numero);
            }

            return seen;
        }
    }

    /// <summary>The contrats that a fact may change the rows of; more of them than it does.</summary>
    public static IEnumerable<string> Touched(StoredEvent stored, PortfolioView view) =>
        IsContrat(stored) ? [ActorKinds.Split(stored.Actor).Id] : EntitesOf(stored, view).SelectMany(entite => view.ContratsOf(entite));

    private static IEnumerable<string> EntitesOf(StoredEvent stored, PortfolioView view)
    {
        var type = EventCodec.TypeOf(stored);
        if (typeof(NegociationEvent).IsAssignableFrom(type))
        {
            return view.Suivis.GetValueOrDefault(stored.Actor)?.State is NegociationState.Ouverte { Structures: var structures } ? structures.Keys : [];
        }

        if (typeof(ManquementsEvent).IsAssignableFrom(type) || OfEntite.Contains(type))
        {
            return [ActorKinds.Split(stored.Actor).Id];
        }

        return !typeof(GhtEvent).IsAssignableFrom(type) ? [] : EventCodec.Decode(stored) switch
        {
            GhtEvent.MembreJoined e => [e.Entite],
            GhtEvent.MembreLeft e => [e.Entite],
            _ => [],
        };
    }

    private static bool IsContrat(StoredEvent stored) => stored.Actor.StartsWith("contrat-", StringComparison.Ordinal);
}
