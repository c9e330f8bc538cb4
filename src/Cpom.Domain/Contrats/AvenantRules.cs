using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>An avenant: opened from pending items, changed, signed in order, integrated into its volets, or abandoned .</summary>
public static class AvenantRules
{
    public static Decision<ContratEvent> Open(Ouvert contrat, OpenAvenant asked)
    {
        var command = asked.AllPending ? asked with { Items = [] } : asked; // What is named besides "all" says nothing, and is not kept.
        if (contrat.Avenants.Values.FirstOrDefault(a => a.Request.RequestId == command.RequestId) is { } same)
        {
            return same.Request with { On = command.On } == command || same.Request with { On = command.On } == asked
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.AvenantRequestReused(command.RequestId, same.Number);
        }

        if (string.IsNullOrWhiteSpace(command.RequestId))
        {
            return Refuse.RequestIdMissing();
        }

        if (command.DateEffet < contrat.Fiche.DateEffet || command.DateEffet > contrat.Fiche.DateFin)
        {
            return Refuse.AvenantOutsideContrat(contrat.Fiche);
        }

        if (SuitesRules.CheckMotif(contrat, command) is { } groundless)
        {
            return groundless;
        }

        if (command.Items.Count > Limits.AvenantItemsMax)
        {
            return Refuse.AvenantTooLarge(command.Items.Count);
        }

        var items = command.AllPending
            ? contrat.PendingByLigne.Values.Where(id => !contrat.Items[id].Conflict || command.AcceptConflicts).Order(StringComparer.Ordinal).ToValueList()
            : command.Items.Distinct().ToValueList();
        if (CheckItems(contrat, items, command.AcceptConflicts) is { } refusal)
        {
            return refusal;
        }

        return new AvenantOpened(command.On, contrat.Avenants.Count + 1, command, items);
    }

    /// <summary>R-057: adds or removes an engagement, changes a target, postpones or brings forward a date.</summary>
    public static Decision<ContratEvent> ChangeEngagement(Ouvert contrat, ChangeEngagement command)
    {
        if (Find(contrat, command.Avenant) is not { } avenant)
        {
            return Refuse.AvenantUnknown(command.Avenant);
        }

        var change = EngagementRules.Normalize(command.Change);
        // An addition must also find room beside those of the other avenants under way, whichever is integrated first.
        var others = change is EngagementChange.Add
            ? contrat.Avenants.Values.Where(a => a.IsUnderWay && a.Number != avenant.Number).SelectMany(a => a.Changes).OfType<EngagementChange.Add>()
            : [];
        var engagements = others.Concat(avenant.Changes).Aggregate(contrat.Engagements, EngagementRules.Apply);
        if (avenant.Changes.Contains(change) && (change == avenant.Changes[^1] || EngagementRules.Apply(engagements, change).SequenceEqual(engagements)))
        {
            return Decision<ContratEvent>.NothingToDo; // Asked for again. A target changed since may well be changed back.
        }

        if (CheckOpenText(avenant) is { } closed)
        {
            return closed;
        }

        return EngagementRules.CheckChange(contrat, engagements, change, command.Proof) is { } refusal
            ? refusal
            : new AvenantEngagementChanged(command.On, avenant.Number, change);
    }

    /// <summary>R-097, as for the contrat itself.</summary>
    public static Decision<ContratEvent> Sign(Ouvert contrat, SignAvenant command)
    {
        if (Find(contrat, command.Avenant) is not { } avenant)
        {
            return Refuse.AvenantUnknown(command.Avenant);
        }

        var signed = command.Party == Signatory.RepresentantLegal ? avenant.SignedByRepresentant : avenant.SignedByDgArs;
        if (signed is not null)
        {
            return signed == new Signature(command.Name, command.On)
                ? Decision<ContratEvent>.NothingToDo
                : Refuse.AlreadySignedOtherwise(signed);
        }

        if (avenant.End == AvenantEnd.Abandoned)
        {
            return Refuse.AvenantAbandoned(avenant.Number);
        }

        if (string.IsNullOrWhiteSpace(command.Name))
        {
            return Refuse.SignatoryMissing();
        }

        if (avenant.Items.Count == 0 && avenant.Changes.Count == 0)
        {
            return Refuse.AvenantEmpty(avenant.Number);
        }

        if (command.Party == Signatory.DgArs && (avenant.SignedByRepresentant is not { } first || command.On < first.On))
        {
            return Refuse.SignatureOutOfOrder();
        }

        if (command.Pref is { } pref && Unwrites(contrat, avenant))
        {
            return Refuse.PrefUnwritten(pref);
        }

        var missing = (command.Party == Signatory.RepresentantLegal ? ApprobationRules.CheckApproved(contrat, avenant.Number, command.On) : null)
            ?? ApprobationRules.CheckParaphes(contrat, avenant.Number, command.Paraphes);
        return missing is not null ? missing : new AvenantSigned(command.On, avenant.Number, command.Party, command.Name, command.Paraphes);
    }

    /// <summary>R-126: it takes away the last engagement of annexe 2 volet 3, also with what is signed and not yet in effect. A contrat that had none when the plan came is amended all the same.</summary>
    private static bool Unwrites(Ouvert contrat, Avenant avenant)
    {
        var before = contrat.Avenants.Values.Where(a => a is { IsUnderWay: true, IsSigned: true }).SelectMany(a => a.Changes).Aggregate(contrat.Engagements, EngagementRules.Apply);
        return before.Values.Any(IsOfSoutenabilite) && !avenant.Changes.Aggregate(before, EngagementRules.Apply).Values.Any(IsOfSoutenabilite);
    }

    private static bool IsOfSoutenabilite(Engagement engagement) => engagement.Volet == Volet.A2V3;

    /// <summary>As for the contrat itself: until the second signature the first can be taken back.</summary>
    public static Decision<ContratEvent> WithdrawSignature(Ouvert contrat, WithdrawAvenantSignature command)
    {
        if (Find(contrat, command.Avenant) is not { } avenant)
        {
            return Refuse.AvenantUnknown(command.Avenant);
        }

        if (avenant.End == AvenantEnd.Abandoned)
        {
            return Refuse.AvenantAbandoned(avenant.Number);
        }

        if (avenant.IsSigned)
        {
            return Refuse.AvenantAlreadySigned(avenant.Number);
        }

        if (avenant.SignedByRepresentant is null)
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Refuse.ReasonMissing()
            : new AvenantSignatureWithdrawn(command.On, avenant.Number, command.Reason);
    }

    /// <summary>R-059: the content enters its annexe and volet on the date d'effet, not before.</summary>
    public static Decision<ContratEvent> Integrate(Ouvert contrat, IntegrateAvenant command)
    {
        if (Find(contrat, command.Avenant) is not { } avenant)
        {
            return Refuse.AvenantUnknown(command.Avenant);
        }

        if (avenant.End == AvenantEnd.Integrated)
        {
            return Decision<ContratEvent>.NothingToDo;
        }

        if (avenant.End == AvenantEnd.Abandoned)
        {
            return Refuse.AvenantAbandoned(avenant.Number);
        }

        if (!avenant.IsSigned)
        {
            return Refuse.AvenantNotSigned(avenant.Number);
        }

        return command.On < avenant.Request.DateEffet
            ? Refuse.AvenantNotYetEffective(avenant.Number, avenant.Request.DateEffet)
            : new AvenantIntegrated(avenant.Request.DateEffet, avenant.Number);
    }

    /// <summary>Nothing is lost: its items are pending again.</summary>
    public static Decision<ContratEvent> Abandon(Ouvert contrat, AbandonAvenant command)
    {
        if (Find(contrat, command.Avenant) is not { } avenant)
        {
            return Refuse.AvenantUnknown(command.Avenant);
        }

        if (avenant.End == AvenantEnd.Abandoned)
        {
            return avenant.AbandonReason == command.Reason ? Decision<ContratEvent>.NothingToDo : Refuse.AvenantAbandoned(avenant.Number);
        }

        if (avenant.IsSigned)
        {
            return Refuse.AvenantAlreadySigned(avenant.Number);
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Refuse.ReasonMissing();
        }

        var abandoned = new AvenantAbandoned(command.On, avenant.Number, command.Reason);
        var after = (Ouvert)Contrat.Evolve(contrat, abandoned);
        return new List<ContratEvent>([abandoned, .. ContratItems.Return(after, avenant, command.On)]);
    }

    private static Avenant? Find(Ouvert contrat, int number) => contrat.Avenants.GetValueOrDefault(number);

    private static Refusal? CheckItems(Ouvert contrat, ValueList<string> items, bool acceptConflicts)
    {
        if (items.Count > Limits.AvenantItemsMax)
        {
            return Refuse.AvenantTooLarge(items.Count);
        }

        foreach (var id in items)
        {
            if (!contrat.Items.TryGetValue(id, out var item))
            {
                return Refuse.ItemUnknown(id);
            }

            if (item.Place is not ItemPlace.Pending)
            {
                return Refuse.ItemNotPending(id, item.Place);
            }

            if (item.Conflict && !acceptConflicts)
            {
                return Refuse.ItemInConflict(item);
            }
        }

        return null;
    }

    private static Refusal? CheckOpenText(Avenant avenant)
    {
        if (avenant.End == AvenantEnd.Abandoned)
        {
            return Refuse.AvenantAbandoned(avenant.Number);
        }

        return avenant.SignedByRepresentant is null && avenant.End == AvenantEnd.None ? null : Refuse.AvenantAlreadySigned(avenant.Number);
    }
}
