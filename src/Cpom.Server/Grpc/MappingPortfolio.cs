using Cpom.Domain.Contrats;
using Cpom.Runtime.Projections;
using Google.Protobuf.WellKnownTypes;

namespace Cpom.Server;

/// <summary>Rows and totals of the portfolio as the protocol shows them. Pure.</summary>
internal static class MappingPortfolio
{
    public static V1.PortfolioRow ToProto(ContratRow row)
    {
        var (dossier, fiche) = (row.Dossier, row.Dossier.State.Fiche);
        var message = new V1.PortfolioRow
        {
            Name = Names.Contrat(dossier.Numero),
            Numero = dossier.Numero,
            Entite = fiche.Entite,
            Nom = row.Entite?.Identite.Nom ?? string.Empty,
            Departement = row.Entite?.Identite.Departement ?? string.Empty,
            Statut = (V1.ContratStatut)row.Statut,
            Regime = dossier.State.Regime.Code,
            Partie = (V1.Partie)fiche.Partie,
            DateEffet = Text.Day(fiche.DateEffet),
            DateFin = Text.Day(fiche.DateFin),
            Figures = MappingCommon.ToProto(row.Figures),
            Etag = Text.Etag(dossier.Version),
            ChangedAt = MappingCommon.ToProto(dossier.ChangedAt),
            Procedures = row.Procedures,
            Negociation = row.Negociation is { } n ? Names.Negociation(n.Fiche.Numero) : string.Empty,
            NegociationEtape = (V1.NegociationEtape)(row.Negociation?.Etape ?? 0),
            NegociationOverdue = row.NegociationOverdue,
            AutresContrats = row.AutresContrats,
            HorsContrat = row.Entite?.HorsContrat is not null,
            Approbation = ApprobationStatus.ApprobationOf(dossier.State),
            Original = ApprobationStatus.OriginalOf(row),
            Caisse = ApprobationStatus.CaisseOf(row),
            Renews = Execution.Of(dossier.State).Reconduction?.Contrat ?? string.Empty,
            RenewedBy = Execution.Of(dossier.State).Successeur?.Contrat ?? string.Empty,
            ReplacedBy = dossier.State.Cloture?.Remplacement?.Contrat ?? string.Empty,
            Niveau = (V1.Niveau)dossier.State.Formalites.Niveau,
            Nature = VieStatus.NatureOf(row),
            ArreteOn = Text.Day(row.ArreteOn),
            Modification = VieStatus.ModificationOf(row),
            Renouvellement = VieStatus.RenouvellementOf(row),
            RapportFinal = row.HasRapportFinal,
            Evaluations = row.Evaluations,
        };
        message.ProcedureEtapes.AddRange(row.ProcedureEtapes.Select(e => (V1.ManquementEtape)e));
        message.Ghts.AddRange(row.Ghts);
        if (dossier.State.Groupe is not null)
        {
            message.ContratUnique = fiche.Ght ?? string.Empty;
            message.Membres.AddRange(dossier.State.Entites);
            message.Retraits = row.Retraits;
        }

        return message;
    }

    public static V1.PortfolioRow Masked(V1.PortfolioRow row, FieldMask? mask)
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            return row;
        }

        var masked = new V1.PortfolioRow();
        mask.Merge(row, masked);
        return masked;
    }

    public static V1.SummaryTotal ToProto(PortfolioTotal total) => new()
    {
        Key = total.Key,
        Label = total.Label,
        Contrats = total.Contrats,
        EnVigueur = total.EnVigueur,
        Pending = total.Pending,
        PendingAutorisations = total.PendingAutorisations,
        PendingRc = total.PendingRc,
        PendingFinancements = total.PendingFinancements,
        PendingAmount = Text.Money(total.PendingAmount),
        Conflicts = total.Conflicts,
        AvenantsUnderWay = total.AvenantsUnderWay,
        OldestPending = MappingCommon.ToProto(total.OldestPending),
        EntitesRequired = total.EntitesRequired,
        Overdue = total.Overdue,
        EnProcedure = total.EnProcedure,
        Resilies = total.Resilies,
        Remplaces = total.Remplaces,
        Abandonnes = total.Abandonnes,
        HorsContrat = total.HorsContrat,
        EngagementsAtRisk = total.EngagementsAtRisk,
        EnNegociation = total.EnNegociation,
        NegociationsLate = total.NegociationsLate,
        CaissesToNotify = total.CaissesToNotify,
        Renewed = total.Renewed,
        ApprobationsUnderWay = total.ApprobationsUnderWay,
        OriginauxToArchive = total.OriginauxToArchive,
        AvecAutreContrat = total.AvecAutreContrat,
        EntitesFir = total.EntitesFir,
        ContratsUniques = total.ContratsUniques,
        Retraits = total.Retraits,
        Regionaux = total.Regionaux,
        SoclesCommuns = total.SoclesCommuns,
        Arretes = total.Arretes,
        ModificationsRequired = total.ModificationsRequired,
        RenouvellementsToAnswer = total.RenouvellementsToAnswer,
        MisEnDemeure = total.MisEnDemeure,
        EnRecouvrement = total.EnRecouvrement,
        AvenantsEnSignature = total.AvenantsEnSignature,
        AvenantsSignes = total.AvenantsSignes,
        DemandesAcces = total.DemandesAcces,
    };

    public static V1.Alert Alert(EntiteRow entite, PortfolioView view)
    {
        var message = new V1.Alert
        {
            Entite = entite.Finess,
            Nom = entite.Identite.Nom,
            Departement = entite.Identite.Departement ?? string.Empty,
            Partie = (V1.Partie)entite.Kind,
            Obligation = MappingCommon.ObligationOf(entite),
        };
        message.Ghts.AddRange(Registers.GhtsOf(view, entite.Finess));
        message.Fir.AddRange(view.FirSansContratOf(entite).Select(f => new V1.FirSansContrat { Campagne = f.Campagne, Montant = Text.Money(f.Montant) }));
        return message;
    }
}
