using Cpom.Domain.Habilitations;
using static Cpom.Domain.Sanctions.ManquementsCommand;

namespace Cpom.Domain.Sanctions;

/// <summary>One thing that can be done next in a procedure, or that something keeps from being done.</summary>
/// <param name="Libelle">A French phrase for people.</param>
/// <param name="Roles">Who may, whatever else is missing.</param>
/// <param name="Command">What was tried, with texts, letters and sums that people will fill in.</param>
/// <param name="Refusal">What keeps it from being done; null where it can be done.</param>
public sealed record ManquementDemarche(string Libelle, ValueList<Role> Roles, ManquementsCommand Command, Refusal? Refusal);

/// <summary>
/// Explains a procedure: what is next, by whom, and what keeps the rest from being done. What is done already is not told, nor what a procedure of its kind
/// never leads to.
/// </summary>
public static class ManquementDemarches
{
    /// <summary>What stands for a text that people will write.</summary>
    private const string Texte = "…";

    /// <summary>The least that may be asked for: what forbids this sum forbids every other.</summary>
    private const decimal Montant = 0.01m;

    private static readonly Courrier Lettre = new(Texte, Texte, new string('0', 64));

    /// <param name="auteur">To be told what this one can do; null for what can be done by somebody.</param>
    /// <param name="prove">Adds what the registers say of the entity: its département, and its level.</param>
    public static IReadOnlyList<ManquementDemarche> Of(
        ManquementsState state, string numero, DateOnly today, Habilitation? auteur = null, Func<ManquementsCommand, ManquementsCommand>? prove = null)
    {
        var candidates = Candidates(state, state.Manquements[numero], today).Select(c => (c.Libelle, Command: (prove is null ? c.Command : prove(c.Command)) with { Auteur = auteur }));
        return [.. Explanation.Of(
            candidates,
            c => Manquements.Decide(state, c.Command),
            (c, refusal) => new ManquementDemarche(c.Libelle, Droits.RolesOf(ManquementDroits.Of(c.Command), ManquementDroits.AffaireOf(state, c.Command)!), c.Command, refusal))];
    }

    private static IEnumerable<(string Libelle, ManquementsCommand Command)> Candidates(ManquementsState state, Manquement manquement, DateOnly today)
    {
        if (manquement.Classement is not null || manquement.Paiement is not null)
        {
            return [];
        }

        return [.. manquement.Sanctions.Count == 0 ? OfProcedure(manquement, today) : [], .. OfSanctions(state, manquement, today), .. OfSomme(manquement, today)];
    }

    private static IEnumerable<(string Libelle, ManquementsCommand Command)> OfProcedure(Manquement manquement, DateOnly today)
    {
        var numero = manquement.Constat.Numero;
        yield return ("Enregistrer un échange avec la structure", new RecordDialogue(numero, new(today, Texte, null)));
        if (manquement.MiseEnDemeure is null)
        {
            yield return ("Mettre en demeure", new SendMiseEnDemeure(numero, new(today, Texte, Lettre)));
        }

        if (manquement.Renouvellement is null)
        {
            yield return ("Renouveler le délai de réponse, une fois", new RenewDelai(numero, Texte, Lettre, today));
        }

        yield return ("Enregistrer les observations de la structure", new RecordObservations(numero, new(today, ObservationForme.Ecrite, Texte, null)));
        yield return ("Accepter la justification : classer sans sanction", new AcceptJustification(numero, Texte, Lettre, today));
    }

    private static IEnumerable<(string Libelle, ManquementsCommand Command)> OfSanctions(ManquementsState state, Manquement manquement, DateOnly today)
    {
        (string Libelle, Sanction Sanction)[] sanctions =
        [
            ("Décider une pénalité", new Sanction.Penalite(Montant)),
            ("Décider une restitution", new Sanction.Restitution(Montant)),
            ("Décider une modification du contrat", new Sanction.Modification(Texte)),
            ("Décider la résiliation", new Sanction.Resiliation(today)),
        ];
        foreach (var (libelle, sanction) in sanctions.Where(s => SanctionRules.MayEndWith(manquement.Constat.Kind, s.Sanction) && !IsDecided(manquement, s.Sanction)))
        {
            yield return (libelle, new DecideSanction(manquement.Constat.Numero, sanction, Texte, Lettre, today));
        }

        if (manquement.Constat.Kind == ManquementKind.Inexecution && manquement.Sanctions.Count == 0 && state.ProduitsOn(today) is null)
        {
            yield return ("Enregistrer les produits du dernier exercice clos", new RecordProduits(state.Entite, new(today.Year - 1, 12, 31), Montant, Texte, today));
        }
    }

    /// <summary>Once a sum is asked for.</summary>
    private static IEnumerable<(string Libelle, ManquementsCommand Command)> OfSomme(Manquement manquement, DateOnly today)
    {
        if (manquement.Somme is null)
        {
            yield break;
        }

        var numero = manquement.Constat.Numero;
        if (manquement.Notification is null)
        {
            yield return ("Enregistrer la notification de la décision", new RecordNotification(numero, Lettre, today));
        }

        yield return ("Enregistrer le paiement", new RecordPaiement(numero, Texte, today));
        if (manquement.Recouvrement is null)
        {
            yield return ("Confier le recouvrement à la caisse", new StartRecouvrement(numero, Texte, Lettre, today));
        }

        yield return ("Annuler la sanction", new CancelSanction(numero, Texte, today));
    }

    private static bool IsDecided(Manquement manquement, Sanction sanction) => manquement.Sanctions.Any(s => s.Sanction.GetType() == sanction.GetType());
}
