using Cpom.Domain.Acts;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What an act becomes in a contrat: a change of the project's socle commun, or a pending item of the next avenant.</summary>
public static class ContratItems
{
    public static Decision<ContratEvent> Record(Ouvert contrat, RecordAct command)
    {
        var act = command.Act;
        if (!Champ.Concerns((act.After ?? act.Before)!))
        {
            return Refuse.LigneOutsideChamp(act.LigneId);
        }

        if (contrat.Seen.Contains(act.Id))
        {
            return ContradictsKnown(contrat, act)
                ? Refuse.ActKnownWithOtherContent(act.Id)
                : Decision<ContratEvent>.NothingToDo;
        }

        var events = contrat.Phase == ContratPhase.Projet
            ? [new SocleLigneSet(act.ValidOn, act, command.Shared)]
            : Pend(contrat, act, command.Shared);
        events.AddRange(Flags(contrat, act));
        return events;
    }

    public static Decision<ContratEvent> Dismiss(Ouvert contrat, DismissItem command)
    {
        if (!contrat.Items.TryGetValue(command.ItemId, out var item))
        {
            return Refuse.ItemUnknown(command.ItemId);
        }

        if (item.Place is ItemPlace.Dismissed dismissed && dismissed.Reason == command.Reason)
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        if (item.Place is not ItemPlace.Pending)
        {
            return Refuse.ItemNotPending(command.ItemId, item.Place);
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Refuse.ReasonMissing()
            : new ItemDismissed(command.On, command.ItemId, command.Reason);
    }

    /// <summary>
    /// Items that come back from an abandoned avenant, seen from the state that follows it. Where a later item of the line is under way or
    /// waits, the earlier one is superseded and the later one rebased on what the contrat says before it; where a waiting one then changes
    /// nothing, both are cancelled. A later one that is already integrated only supersedes it.
    /// One that comes back to change nothing, because what it undid was abandoned before, is cancelled.
    /// </summary>
    public static IEnumerable<ContratEvent> Return(Ouvert contrat, Avenant abandoned, DateOnly on)
    {
        var undone = new Lazy<ILookup<string, string>>(() => Undone(contrat)); // One pass over the items, and only where one comes back to change nothing.
        foreach (var item in abandoned.Items.Select(id => contrat.Items[id]))
        {
            var expected = contrat.BeforeAvenant(item.Act.LigneId, abandoned.Number);
            if (contrat.InLaterAvenant(item.Act.LigneId, abandoned.Number) is { } later)
            {
                yield return new ItemSuperseded(on, item.Id, later.Id);
                if (later.Place is ItemPlace.InAvenant)
                {
                    yield return new ItemRebased(on, later.Id, expected, later.Conflict);
                }
            }
            else if (contrat.PendingOn(item.Act.LigneId) is { } waiting && waiting.Id != item.Id)
            {
                foreach (var settled in Settle(item, waiting, expected, on))
                {
                    yield return settled;
                }
            }
            else if (Ligne.Same(item.Act.After, expected))
            {
                yield return new ItemCancelled(on, item.Id, undone.Value[item.Id].FirstOrDefault(item.Id));
            }
        }
    }

    private static IEnumerable<ContratEvent> Settle(Item earlier, Item waiting, Ligne? expected, DateOnly on) =>
        Ligne.Same(waiting.Act.After, expected)
            ? [new ItemCancelled(on, earlier.Id, waiting.Id), new ItemCancelled(on, waiting.Id, earlier.Id)]
            : [new ItemSuperseded(on, earlier.Id, waiting.Id), new ItemRebased(on, waiting.Id, expected, waiting.Conflict)];

    /// <summary>The earlier items that each item took the place of, and so undoes when it changes nothing itself.</summary>
    private static ILookup<string, string> Undone(Ouvert contrat) => contrat.Items.Values
        .OrderBy(i => i.Id, StringComparer.Ordinal)
        .Where(i => i.Place is ItemPlace.Superseded)
        .ToLookup(i => ((ItemPlace.Superseded)i.Place).By, i => i.Id, StringComparer.Ordinal);

    private static List<ContratEvent> Pend(Ouvert contrat, Act act, bool shared)
    {
        var settled = contrat.AfterAvenants(act.LigneId);
        if (contrat.PendingOn(act.LigneId) is { } earlier)
        {
            var conflict = !Ligne.Same(act.Before, earlier.Act.After);
            return Ligne.Same(act.After, settled)
                ? [
                    new ItemPended(act.ValidOn, act, settled, conflict, shared),
                    new ItemCancelled(act.ValidOn, earlier.Id, act.Id),
                    new ItemCancelled(act.ValidOn, act.Id, earlier.Id),
                ]
                : [
                    new ItemPended(act.ValidOn, act, settled, conflict || earlier.Conflict, shared),
                    new ItemSuperseded(act.ValidOn, earlier.Id, act.Id),
                ];
        }

        return Ligne.Same(act.After, settled)
            ? [new ActWithoutEffect(act.ValidOn, act.Id)]
            : [new ItemPended(act.ValidOn, act, settled, !Ligne.Same(act.Before, settled), shared)];
    }

    /// <summary>
    /// the loss of a line flags the engagements given in return for it and, of an RC, the financing that rests on it; its return
    /// clears the flags.
    /// </summary>
    private static IEnumerable<ContratEvent> Flags(Ouvert contrat, Act act)
    {
        var lost = act.After is null;
        foreach (var number in contrat.Engagements.Values.Where(e => e.Contrepartie == act.LigneId).Select(e => e.Number))
        {
            if (contrat.FlaggedEngagements.ContainsKey(number) != lost)
            {
                yield return lost
                    ? new EngagementFlagged(act.ValidOn, number, act.LigneId, act.Id)
                    : new EngagementFlagCleared(act.ValidOn, number, act.LigneId, act.Id);
            }
        }

        if (act.Volet != Volet.A2V2)
        {
            yield break;
        }

        foreach (var financement in contrat.Liens.Where(p => p.Value == act.LigneId).Select(p => p.Key).Order(StringComparer.Ordinal))
        {
            if (contrat.FlaggedFinancements.ContainsKey(financement) != lost)
            {
                yield return lost
                    ? new FinancementFlagged(act.ValidOn, financement, act.LigneId, act.Id)
                    : new FinancementFlagCleared(act.ValidOn, financement, act.LigneId, act.Id);
            }
        }
    }

    /// <summary>The same act may be proven by another file; what it says may not differ. Of an act of the project the line keeps the content.</summary>
    private static bool ContradictsKnown(Ouvert contrat, Act act)
    {
        if (contrat.Items.TryGetValue(act.Id, out var item))
        {
            return item.Act.ValidOn != act.ValidOn || !Ligne.Same(item.Act.Before, act.Before) || !Ligne.Same(item.Act.After, act.After);
        }

        return contrat.Lignes.GetValueOrDefault(act.LigneId)?.Versions.FirstOrDefault(v => v.ActId == act.Id) is { } version
            && (version.From != act.ValidOn || !Ligne.Same(version.Content, act.After));
    }
}
