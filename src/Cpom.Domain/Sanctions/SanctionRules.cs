using static Cpom.Domain.Sanctions.ManquementsCommand;
using static Cpom.Domain.Sanctions.ManquementsEvent;

namespace Cpom.Domain.Sanctions;

/// <summary>What a procedure ends with, within the ceiling, and what becomes of it (R-112, R-113, R-115, R-116, L-09 to L-12).</summary>
public static class SanctionRules
{
    /// <summary>A figure may be corrected, as long as the penalties that rest on it stay under the ceiling.</summary>
    public static Decision<ManquementsEvent> Record(ManquementsState state, RecordProduits command)
    {
        var produits = new Produits(command.ClosOn, command.Montant, command.Source);
        if (state.Produits.GetValueOrDefault(command.ClosOn) == produits)
        {
            return Decision<ManquementsEvent>.NothingToDo;
        }

        if (string.IsNullOrWhiteSpace(command.Source))
        {
            return Refuse.ProduitsUnfit("donnez la source du montant : compte financier, notification, relevé de la caisse");
        }

        if (!IsMoney(command.Montant))
        {
            return Refuse.MontantInvalid(command.Montant);
        }

        if (command.ClosOn >= command.On)
        {
            return Refuse.ProduitsUnfit(FormattableString.Invariant($"l'exercice du {command.ClosOn:dd/MM/yyyy} n'est pas clos"));
        }

        if (!state.Produits.ContainsKey(command.ClosOn) && state.Produits.Count >= Limits.ExercicesParEntiteMax)
        {
            return Refuse.ManquementTooMany("exercices pour une entité", Limits.ExercicesParEntiteMax);
        }

        var recorded = new ProduitsRecorded(command.On, command.Entite, command.ClosOn, command.Montant, command.Source);
        return CheckCeilings(Manquements.Evolve(state, recorded)) is { } above ? above : recorded;
    }

    public static Decision<ManquementsEvent> Decide(ManquementsState state, Manquement manquement, DecideSanction command)
    {
        var decided = new SanctionDecidee(command.On, command.Sanction, command.Motifs, command.Courrier);
        if (manquement.Sanctions.Any(s => s with { Annulation = null } == decided))
        {
            return Decision<ManquementsEvent>.NothingToDo;
        }

        if (CheckFit(manquement, command) is { } unfit)
        {
            return unfit;
        }

        // the other side has had its time.
        if (manquement.ReponseDueOn is not { } due || command.On <= due)
        {
            return Refuse.ManquementOutOfOrder(manquement.ReponseDueOn is { } until
                ? FormattableString.Invariant($"la structure peut répondre jusqu'au {until:dd/MM/yyyy} ; la décision se prend ensuite")
                : "une décision suit une mise en demeure restée sans effet");
        }

        var recorded = new SanctionDecided(command.On, command.Numero, manquement.Constat.Contrat, command.Sanction, command.Motifs, command.Courrier);
        if (command.Sanction is not Sanction.Penalite)
        {
            return recorded;
        }

        return state.ProduitsOn(command.On) is null
            ? Refuse.ProduitsUnfit(FormattableString.Invariant($"les produits du dernier exercice clos avant le {command.On:dd/MM/yyyy} ne sont pas enregistrés"))
            : CheckCeilings(Manquements.Evolve(state, recorded)) is { } above ? above : recorded;
    }

    public static Decision<ManquementsEvent> Cancel(Manquement manquement, CancelSanction command)
    {
        if (manquement.Somme is not { } somme)
        {
            return manquement.Sanctions.Any(s => s.Annulation == new Annulation(command.On, command.Motif))
                ? Decision<ManquementsEvent>.NothingToDo
                : Refuse.ManquementOutOfOrder("aucune somme n'est demandée, ou elle est déjà annulée");
        }

        if (string.IsNullOrWhiteSpace(command.Motif))
        {
            return Refuse.ManquementUnreasoned("l'annulation : son motif, décision de l'agence ou jugement");
        }

        return ProcedureRules.CheckAfter(somme.On, command.On, "l'annulation suit la décision") is { } early
            ? early
            : new SanctionCancelled(command.On, command.Numero, command.Motif);
    }

    public static Decision<ManquementsEvent> Notify(Manquement manquement, RecordNotification command)
    {
        if (manquement.Notification is { } known)
        {
            return known == new Notification(command.On, command.Courrier) ? Decision<ManquementsEvent>.NothingToDo : Refuse.ManquementRecordedOtherwise(command.Numero, "notification");
        }

        if (manquement.Somme is not { } somme)
        {
            return Refuse.ManquementOutOfOrder("aucune somme n'est demandée à la structure");
        }

        return ProcedureRules.CheckAfter(somme.On, command.On, "la notification suit la décision") is { } early
            ? early
            : new NotificationRecorded(command.On, command.Numero, command.Courrier);
    }

    /// <summary>Paying late is paying, also while the fund recovers.</summary>
    public static Decision<ManquementsEvent> Pay(Manquement manquement, RecordPaiement command)
    {
        if (manquement.Paiement is { } known)
        {
            return known == new Paiement(command.On, command.Reference) ? Decision<ManquementsEvent>.NothingToDo : Refuse.ManquementRecordedOtherwise(command.Numero, "paiement");
        }

        if (string.IsNullOrWhiteSpace(command.Reference))
        {
            return Refuse.ManquementUnreasoned("le paiement : sa référence");
        }

        if (manquement.Somme is null || manquement.Notification is not { } notification)
        {
            return Refuse.ManquementOutOfOrder("aucune somme n'est notifiée à la structure");
        }

        return ProcedureRules.CheckAfter(notification.On, command.On, "le paiement suit la notification") is { } early
            ? early
            : new PaiementRecorded(command.On, command.Numero, command.Reference);
    }

    public static Decision<ManquementsEvent> Recover(Manquement manquement, StartRecouvrement command)
    {
        if (manquement.Recouvrement is { } known)
        {
            return known == new Recouvrement(command.On, command.Caisse, command.Courrier) ? Decision<ManquementsEvent>.NothingToDo : Refuse.ManquementRecordedOtherwise(command.Numero, "recouvrement");
        }

        if (string.IsNullOrWhiteSpace(command.Caisse))
        {
            return Refuse.ManquementUnreasoned("le recouvrement : la caisse qui en est chargée");
        }

        if (manquement.Somme is null || manquement.PaiementDueOn is not { } due || manquement.Paiement is not null)
        {
            return Refuse.ManquementOutOfOrder("aucune somme notifiée n'est impayée");
        }

        return command.On <= due
            ? Refuse.ManquementOutOfOrder(FormattableString.Invariant($"la structure peut payer jusqu'au {due:dd/MM/yyyy}"))
            : new RecouvrementStarted(command.On, command.Numero, command.Caisse, command.Courrier);
    }

    /// <summary>What may end a procedure of each kind; R-115 adds modification to the termination of R. 6114-9.</summary>
    public static bool MayEndWith(ManquementKind kind, Sanction sanction) => (kind, sanction) switch
    {
        (ManquementKind.Inexecution, Sanction.Penalite) => true,
        (ManquementKind.Grave, Sanction.Modification or Sanction.Resiliation) => true,
        (ManquementKind.AutreService or ManquementKind.Fir, Sanction.Restitution or Sanction.Modification or Sanction.Resiliation) => true,
        _ => false,
    };

    private static Refusal? CheckFit(Manquement manquement, DecideSanction command)
    {
        if (!MayEndWith(manquement.Constat.Kind, command.Sanction))
        {
            return Refuse.SanctionUngraduated("cette procédure ne mène pas à cette sanction ; ouvrez celle qui y mène, après un dialogue");
        }

        if (ProcedureRules.CheckReasoned("la décision", command.Motifs, command.Courrier) is { } unreasoned)
        {
            return unreasoned;
        }

        if (command.Sanction.Somme is { } somme && !IsMoney(somme))
        {
            return Refuse.MontantInvalid(somme);
        }

        if (command.Sanction is Sanction.Modification { Objet: var objet } && string.IsNullOrWhiteSpace(objet))
        {
            return Refuse.ManquementUnreasoned("la modification : ce qu'elle change au contrat");
        }

        if (command.Sanction is Sanction.Resiliation { DateEffet: var effet } && effet < command.On)
        {
            return Refuse.ManquementOutOfOrder("une résiliation ne prend pas effet avant sa décision");
        }

        // Each sanction once; after a termination nothing is left to amend.
        return manquement.Classement is not null || manquement.Sanctions.Any(s => s.Sanction.GetType() == command.Sanction.GetType() || IsEnd(s, command.Sanction))
            ? Refuse.ManquementOutOfOrder($"la procédure {command.Numero} est classée, ou a déjà reçu cette décision")
            : null;
    }

    private static bool IsEnd(SanctionDecidee earlier, Sanction sanction) => earlier.Sanction is Sanction.Resiliation && sanction is Sanction.Modification;

    /// <summary>
    /// the penalties of a year come to no more than the ceiling of any of them. Where an exercise closes during the year, the lower of its
    /// two ceilings binds.
    /// </summary>
    private static Refusal? CheckCeilings(ManquementsState state)
    {
        foreach (var penalite in state.Manquements.Values.SelectMany(m => m.Sanctions).Where(s => s is { Sanction: Sanction.Penalite, Annulation: null }))
        {
            var decided = state.PenalitesOf(penalite.On.Year);
            if (state.ProduitsOn(penalite.On) is { } produits && decided > produits.Plafond)
            {
                return Refuse.PenaliteAboveCeiling(penalite.On.Year, decided, produits.Plafond);
            }
        }

        return null;
    }

    /// <summary>Above zero, to the cent.</summary>
    private static bool IsMoney(decimal montant) => montant > 0 && montant <= Limits.MontantMax && decimal.Round(montant, 2) == montant;
}
