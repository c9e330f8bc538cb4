using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;

namespace Cpom.Runtime.Projections;

public enum PortfolioGroup
{
    Ght = 1,
    Departement = 2,
    Statut = 3,
    Regime = 4,
    Partie = 5,
    Nature = 6,
    Niveau = 7,
}

/// <summary>Totals of the portfolio by one dimension.</summary>
public static class PortfolioSummary
{
    /// <summary>A contrat whose entity is in two groups counts in both; the total of all counts each once.</summary>
    public static (IReadOnlyList<PortfolioTotal> Groups, PortfolioTotal All) Of(PortfolioGroup group, PortfolioView view, IReadOnlyCollection<ContratRow> rows)
    {
        var entites = view.Entites.Values.ToList();
        var (required, hors, fir) = (entites.FindAll(e => e.RequiredBy is not null), entites.FindAll(e => e.HorsContrat is not null), entites.FindAll(e => view.FirSansContratOf(e).Count > 0));
        var totals = rows
            .SelectMany(row => KeysOf(group, row).Select(key => (Key: key, Row: row)))
            .GroupBy(p => p.Key, p => p.Row)
            .ToDictionary(g => g.Key, g => Total(g.Key, LabelOf(group, view, g.Key), g));
        Count(required, (total, count) => total with { EntitesRequired = count });
        Count(hors, (total, count) => total with { HorsContrat = count });
        Count(fir, (total, count) => total with { EntitesFir = count });
        var all = Total(string.Empty, "Ensemble", rows) with { EntitesRequired = required.Count, HorsContrat = hors.Count, EntitesFir = fir.Count };
        return ([.. totals.Values.OrderBy(t => t.Key.Length == 0).ThenBy(t => t.Key, StringComparer.Ordinal)], all);

        // Of entities that no contrat of these rows may be of.
        void Count(IEnumerable<EntiteRow> found, Func<PortfolioTotal, int, PortfolioTotal> with)
        {
            foreach (var (key, count) in found.SelectMany(e => KeysOf(group, view, e)).CountBy(key => key))
            {
                totals[key] = with(totals.GetValueOrDefault(key) ?? Total(key, LabelOf(group, view, key), []), count);
            }
        }
    }

    private static PortfolioTotal Total(string key, string label, IEnumerable<ContratRow> rows)
    {
        var total = new PortfolioTotal(key, label, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0);
        foreach (var row in rows)
        {
            var figures = row.Figures;
            total = total with
            {
                Contrats = total.Contrats + 1,
                EnVigueur = total.EnVigueur + (row.Statut == ContratStatut.EnVigueur ? 1 : 0),
                Pending = total.Pending + figures.Pending,
                PendingAutorisations = total.PendingAutorisations + figures.PendingAutorisations,
                PendingRc = total.PendingRc + figures.PendingRc,
                PendingFinancements = total.PendingFinancements + figures.PendingFinancements,
                PendingAmount = total.PendingAmount + figures.PendingAmount,
                Conflicts = total.Conflicts + figures.Conflicts,
                AvenantsUnderWay = total.AvenantsUnderWay + figures.AvenantsUnderWay,
                OldestPending = Older(total.OldestPending, figures.OldestPending),
                Overdue = total.Overdue + figures.Overdue,
                EnProcedure = total.EnProcedure + (row.Procedures > 0 ? 1 : 0),
                Resilies = total.Resilies + (row.Statut == ContratStatut.Resilie ? 1 : 0),
                Abandonnes = total.Abandonnes + (row.Statut == ContratStatut.Abandonne ? 1 : 0),
                Remplaces = total.Remplaces + (row.Statut == ContratStatut.Remplace ? 1 : 0),
                EngagementsAtRisk = total.EngagementsAtRisk + figures.EngagementsAtRisk,
                EnNegociation = total.EnNegociation + (row.Negociation is { Etape: < NegociationEtape.Signee } ? 1 : 0),
                NegociationsLate = total.NegociationsLate + (row.NegociationOverdue > 0 ? 1 : 0),
                CaissesToNotify = total.CaissesToNotify + (row.IsToNotify ? 1 : 0),
                Renewed = total.Renewed + figures.Renewed,
                ApprobationsUnderWay = total.ApprobationsUnderWay + (IsUnderApproval(row.Dossier.State) ? 1 : 0),
                OriginauxToArchive = total.OriginauxToArchive + (row.IsToArchive ? 1 : 0),
                AvecAutreContrat = total.AvecAutreContrat + (row.AutresContrats > 0 ? 1 : 0),
                ContratsUniques = total.ContratsUniques + (row.Dossier.State is { Groupe: not null, IsAbandoned: false } ? 1 : 0),
                Retraits = total.Retraits + row.Retraits,
                Regionaux = total.Regionaux + (row.IsRegional && row.Statut != ContratStatut.Abandonne ? 1 : 0),
                SoclesCommuns = total.SoclesCommuns + (row.IsSocleCommun && row.Statut <= ContratStatut.EnVigueur ? 1 : 0),
                Arretes = total.Arretes + (row.ArreteOn is null ? 0 : 1),
                ModificationsRequired = total.ModificationsRequired + (row.Modification is ModificationStatut.AOuvrir or ModificationStatut.EnCours ? 1 : 0),
                RenouvellementsToAnswer = total.RenouvellementsToAnswer + (row.Renouvellement == RenouvellementStatut.ARepondre ? 1 : 0),
                MisEnDemeure = total.MisEnDemeure + (row.ProcedureEtapes.Any(e => e is ManquementEtape.MisEnDemeure or ManquementEtape.Renouvele) ? 1 : 0),
                EnRecouvrement = total.EnRecouvrement + (row.ProcedureEtapes.Contains(ManquementEtape.Recouvrement) ? 1 : 0),
                AvenantsEnSignature = total.AvenantsEnSignature + figures.AvenantsEnSignature,
                AvenantsSignes = total.AvenantsSignes + figures.AvenantsSignes,
                DemandesAcces = total.DemandesAcces + figures.DemandesAcces,
            };
        }

        return total;
    }

    private static bool IsUnderApproval(Domain.Contrats.ContratState.Ouvert state) => state.Phase switch
    {
        Domain.Contrats.ContratPhase.EnSignature => true,
        Domain.Contrats.ContratPhase.Projet => !state.IsAbandoned && state.Formalites.Of(null) is { Consultations.Count: > 0 } or { Validation: not null },
        _ => false,
    };

    private static IEnumerable<string> KeysOf(PortfolioGroup group, ContratRow row) => group switch
    {
        PortfolioGroup.Ght => row.Ghts.IsEmpty ? [string.Empty] : row.Ghts,
        PortfolioGroup.Departement => [row.Entite?.Identite.Departement ?? string.Empty],
        PortfolioGroup.Statut => [row.Statut.ToString()],
        PortfolioGroup.Regime => [row.Dossier.State.Regime.Code],
        PortfolioGroup.Partie => [row.Dossier.State.Fiche.Partie.ToString()],
        PortfolioGroup.Nature => [row.Dossier.State.Fiche.Nature is { } nature ? nature.ToString() : "Ordinaire"],
        PortfolioGroup.Niveau => [row.Dossier.State.Formalites.Niveau.ToString()],
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, null),
    };

    /// <summary>An entity without a contrat has a group, a département and a kind, but nothing that a contrat has.</summary>
    private static IEnumerable<string> KeysOf(PortfolioGroup group, PortfolioView view, EntiteRow entite) => group switch
    {
        PortfolioGroup.Ght => view.GhtsOfEntite.TryGetValue(entite.Finess, out var ghts) && !ghts.IsEmpty ? ghts : [string.Empty],
        PortfolioGroup.Departement => [entite.Identite.Departement ?? string.Empty],
        PortfolioGroup.Partie => [entite.Kind.ToString()],
        _ => [],
    };

    private static string LabelOf(PortfolioGroup group, PortfolioView view, string key) => (group, key) switch
    {
        (PortfolioGroup.Ght, "") => "Hors GHT",
        (PortfolioGroup.Ght, _) => view.Ghts.TryGetValue(key, out var ght) ? ght.Nom : key,
        (_, "") => "Non précisé",
        _ => key,
    };

    private static DateTimeOffset? Older(DateTimeOffset? left, DateTimeOffset? right) =>
        (left, right) is ({ } l, { } r) ? (l < r ? l : r) : left ?? right;
}
