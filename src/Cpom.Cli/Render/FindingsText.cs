namespace Cpom.Cli.Render;

/// <summary>What acts changed in one contrat.</summary>
/// <param name="Items">Pending since.</param>
/// <param name="Cancelled">Events by which a pending item went away because a later act undid it.</param>
internal sealed record ContratChanges(PortfolioRow Row, IReadOnlyList<Item> Items, IReadOnlyList<HistoryEvent> Cancelled);

/// <summary>The day told to somebody who did not see it.</summary>
internal static class FindingsText
{
    public static string Overview(IReadOnlyList<ContratChanges> changes)
    {
        var items = changes.SelectMany(change => change.Items).ToList();
        return $"{Words.Plural(items.Count, "élément", "éléments")} sur {Words.Plural(changes.Count(c => c.Items.Count > 0), "contrat", "contrats")} "
            + $"(parmi {Words.Count(changes.Count)}) : {Words.Plural(items.Count(i => i.Volet == Volet.A2V1), "autorisation", "autorisations")}, "
            + $"{Words.Count(items.Count(i => i.Volet == Volet.A2V2))} RC, {Words.Plural(items.Count(i => i.Volet == Volet.A2V4), "financement", "financements")} ; "
            + $"{Words.Plural(items.Count(i => i.Conflict), "conflit", "conflits")}, {Words.Plural(items.Count(i => i.Shared), "partagé", "partagés")}.";
    }

    /// <param name="itemsMax">Shown of the contrat; conflicts first, then some of each volet.</param>
    public static IEnumerable<string> Of(ContratChanges change, int itemsMax)
    {
        var row = change.Row;
        var ghts = row.Ghts.Count > 0 ? $", GHT {string.Join(' ', row.Ghts)}" : "";
        yield return "";
        yield return $"Contrat {row.Numero} — {row.Nom} (EJ {row.Entite}, département {row.Departement}{ghts}) : {Words.Plural(change.Items.Count, "nouvel élément", "nouveaux éléments")}";
        foreach (var line in Chosen(change.Items, itemsMax).SelectMany(ItemLines))
        {
            yield return line;
        }

        if (change.Items.Count > itemsMax)
        {
            yield return $"    … et {Words.Plural(change.Items.Count - itemsMax, "autre", "autres")} : « cpom contrat pending {row.Numero} »";
        }
    }

    public static IEnumerable<string> Gone(IReadOnlyList<ContratChanges> changes)
    {
        var cancelled = changes.SelectMany(change => change.Cancelled.Select(e => (change.Row, Event: e))).ToList();
        if (cancelled.Count == 0)
        {
            yield break;
        }

        yield return "";
        yield return $"Annulés entre eux ({Words.Plural(cancelled.Count, "élément", "éléments")}) : un acte en a défait un autre avant tout avenant ; les deux restent dans l'historique.";
        foreach (var (row, e) in cancelled)
        {
            yield return $"  {row.Numero} — {row.Nom} : {e.Description} [{ProofText.Of(e.Cause)}]";
        }
    }

    private static IEnumerable<string> ItemLines(Item item)
    {
        var mark = item.Conflict ? "! CONFLIT " : "";
        var shared = item.Shared ? " (partagé avec d'autres contrats)" : "";
        yield return $"  {mark}{Words.VoletCell(item.Volet).Text} · {item.LigneId}{shared}";
        yield return $"      {ItemTables.LigneText(item.Before)} → {ItemTables.LigneText(item.After)}, à effet du {item.ValidOn}";
        if (item.Conflict)
        {
            yield return $"      le contrat, lui, dit : {ItemTables.LigneText(item.Expected)}";
        }

        yield return $"      preuve : {ProofText.Of(item.Cause)}";
    }

    // Each volet has its turn, so that a hundred movements of money do not hide one withdrawn right.
    private static IEnumerable<Item> Chosen(IReadOnlyList<Item> items, int max) => items
        .GroupBy(item => item.Volet)
        .SelectMany(volet => volet.OrderByDescending(item => item.Conflict).ThenByDescending(item => item.ValidOn, StringComparer.Ordinal).Select((item, rank) => (item, rank)))
        .OrderByDescending(ranked => ranked.item.Conflict)
        .ThenBy(ranked => ranked.rank)
        .ThenBy(ranked => ranked.item.Volet)
        .Take(max)
        .Select(ranked => ranked.item)
        .OrderBy(item => item.Volet);
}
