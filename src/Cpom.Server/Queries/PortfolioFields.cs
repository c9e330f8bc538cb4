using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Negociations;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>A row and the instant of the question: the age of what is pending depends on it.</summary>
internal readonly record struct RowAt(ContratRow Row, DateTimeOffset Now);

/// <summary>What a filter can compare and an order can sort by: documented in portfolio.proto, and nowhere else in the server.</summary>
internal static class PortfolioFields
{
    /// <summary>The one field that grows older while nothing happens.</summary>
    private const string AgeField = "oldest_pending_days";

    public static IReadOnlyDictionary<string, Field> All { get; } = new Field[]
    {
        new Field.OfText("numero", r => r.Row.Dossier.Numero),
        new Field.OfText("entite", r => r.Row.Dossier.State.Fiche.Entite),
        new Field.OfText("nom", r => r.Row.Entite?.Identite.Nom ?? string.Empty),
        new Field.OfList("ght", r => r.Row.Ghts),
        new Field.OfText("departement", r => r.Row.Entite?.Identite.Departement ?? string.Empty),
        new Field.OfChoice("statut", r => Text.Snake(r.Row.Statut), [.. Enum.GetValues<ContratStatut>().Select(Text.Snake)]),
        new Field.OfText("regime", r => r.Row.Dossier.State.Regime.Code),
        new Field.OfChoice("partie", r => Text.Snake(r.Row.Dossier.State.Fiche.Partie), [.. Enum.GetValues<PartieKind>().Select(Text.Snake)]),
        new Field.OfDay("date_effet", r => r.Row.Dossier.State.Fiche.DateEffet),
        new Field.OfDay("date_fin", r => r.Row.Dossier.State.Fiche.DateFin),
        new Field.OfNumber("pending", r => r.Row.Figures.Pending),
        new Field.OfNumber("pending_autorisations", r => r.Row.Figures.PendingAutorisations),
        new Field.OfNumber("pending_rc", r => r.Row.Figures.PendingRc),
        new Field.OfNumber("pending_financements", r => r.Row.Figures.PendingFinancements),
        new Field.OfNumber("pending_amount", r => r.Row.Figures.PendingAmount),
        new Field.OfNumber("conflicts", r => r.Row.Figures.Conflicts),
        new Field.OfNumber("shared", r => r.Row.Figures.Shared),
        new Field.OfNumber("avenants_under_way", r => r.Row.Figures.AvenantsUnderWay),
        new Field.OfNumber("avenants_integrated", r => r.Row.Figures.AvenantsIntegrated),
        new Field.OfNumber("engagements", r => r.Row.Figures.Engagements),
        new Field.OfNumber("flags", r => r.Row.Figures.Flags),
        new Field.OfNumber("warnings", r => r.Row.Figures.Warnings),
        new Field.OfNumber(AgeField, DaysPending),
        new Field.OfNumber("overdue", r => r.Row.Figures.Overdue),
        new Field.OfNumber("procedures", r => r.Row.Procedures),
        new Field.OfNumber("fir_sans_contrat", r => r.Row.Fir?.Value.Sum(f => f.Montant) ?? 0),
        new Field.OfText("renews", r => Execution.Of(r.Row.Dossier.State).Reconduction?.Contrat ?? string.Empty),
        new Field.OfText("renewed_by", r => Execution.Of(r.Row.Dossier.State).Successeur?.Contrat ?? string.Empty),
        new Field.OfText("replaced_by", r => r.Row.Dossier.State.Cloture?.Remplacement?.Contrat ?? string.Empty),
        new Field.OfNumber("engagements_at_risk", r => r.Row.Figures.EngagementsAtRisk),
        new Field.OfChoice("approbation", r => ApprobationStatus.ApprobationOf(r.Row.Dossier.State), ApprobationStatus.Approbations),
        new Field.OfChoice("original", r => ApprobationStatus.OriginalOf(r.Row), ApprobationStatus.Originaux),
        new Field.OfChoice("caisse", r => ApprobationStatus.CaisseOf(r.Row), ApprobationStatus.Caisses),
        new Field.OfDay("next_due_on", r => r.Row.Figures.NextDueOn ?? DateOnly.MaxValue),
        new Field.OfChoice("negociation", r => r.Row.Negociation is { } n ? Text.Snake(n.Etape) : "aucune", ["aucune", .. Enum.GetValues<NegociationEtape>().Select(Text.Snake)]),
        new Field.OfNumber("autres_contrats", r => r.Row.AutresContrats),
        new Field.OfChoice("hors_contrat", r => r.Row.Entite?.HorsContrat is null ? "non" : "oui", ["oui", "non"]),
        new Field.OfNumber("negociation_overdue", r => r.Row.NegociationOverdue),
        new Field.OfChoice("contrat_unique", r => r.Row.Dossier.State.Groupe is null ? "non" : "oui", ["oui", "non"]),
        new Field.OfList("membres", r => r.Row.Dossier.State.Entites),
        new Field.OfNumber("retraits", r => r.Row.Retraits),
        new Field.OfChoice("niveau", r => VieStatus.NiveauOf(r.Row), VieStatus.Niveaux),
        new Field.OfChoice("nature", r => VieStatus.NatureOf(r.Row), VieStatus.Natures),
        new Field.OfChoice("arrete", r => r.Row.ArreteOn is null ? "non" : "oui", ["oui", "non"]),
        new Field.OfChoice("modification", r => VieStatus.ModificationOf(r.Row), VieStatus.Modifications),
        new Field.OfChoice("renouvellement", r => VieStatus.RenouvellementOf(r.Row), VieStatus.Renouvellements),
        new Field.OfChoice("rapport_final", r => r.Row.HasRapportFinal ? "oui" : "non", ["oui", "non"]),
        new Field.OfNumber("evaluations", r => r.Row.Evaluations),
        new Field.OfChoices("procedure", r => VieStatus.ProceduresOf(r.Row), VieStatus.Procedures),
        new Field.OfNumber("avenants_en_signature", r => r.Row.Figures.AvenantsEnSignature),
        new Field.OfNumber("avenants_signes", r => r.Row.Figures.AvenantsSignes),
        new Field.OfNumber("demandes_acces", r => r.Row.Figures.DemandesAcces),
    }.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>True for a filter or an order whose answer changes with the hour.</summary>
    public static bool DependsOnNow(string text) => text.Contains(AgeField, StringComparison.Ordinal);

    private static decimal DaysPending(RowAt at) =>
        at.Row.Figures.OldestPending is { } oldest ? Math.Floor((decimal)(at.Now - oldest).TotalDays) : -1;
}
