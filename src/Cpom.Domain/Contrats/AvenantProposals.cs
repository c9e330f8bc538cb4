using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>Pending items that one avenant could take together.</summary>
/// <param name="DateEffet">The day of the acts, brought into the contrat's own days.</param>
/// <param name="Conflict">To be looked at before they are taken: they are never proposed with others.</param>
public sealed record AvenantProposal(Volet Volet, DateOnly DateEffet, bool Conflict, ValueList<string> Items);

/// <summary>Groups the pending items by volet and date d'effet, conflicts apart. It proposes; an agent decides.</summary>
public static class AvenantProposals
{
    public static ValueList<AvenantProposal> Of(Ouvert contrat) => contrat.PendingByLigne.Values
        .Select(id => contrat.Items[id])
        .GroupBy(i => (i.Act.Volet, DateEffet: DateEffetOf(contrat.Fiche, i), i.Conflict))
        .OrderBy(g => g.Key.Conflict)
        .ThenBy(g => g.Key.DateEffet)
        .ThenBy(g => g.Key.Volet)
        .SelectMany(g => g
            .Select(i => i.Id)
            .Order(StringComparer.Ordinal)
            .Chunk(Limits.AvenantItemsMax)
            .Select(items => new AvenantProposal(g.Key.Volet, g.Key.DateEffet, g.Key.Conflict, items.ToValueList())))
        .ToValueList();

    /// <summary>An act can hold from before the contrat; its avenant takes effect during it.</summary>
    private static DateOnly DateEffetOf(Fiche fiche, Item item) =>
        item.Act.ValidOn < fiche.DateEffet ? fiche.DateEffet : item.Act.ValidOn > fiche.DateFin ? fiche.DateFin : item.Act.ValidOn;
}
