using Cpom.Domain.Contrats;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>How far the approval of a contrat is, whether its original is kept, whether its caisse was told: as a filter compares them.</summary>
internal static class ApprobationStatus
{
    public const string ToNotify = "a_informer";

    public static IReadOnlyList<string> Approbations { get; } = ["sans_objet", "a_consulter", "a_valider", "a_signer", "en_signature", "signee"];

    public static IReadOnlyList<string> Originaux { get; } = ["sans_objet", "a_archiver", "archive"];

    public static IReadOnlyList<string> Caisses { get; } = ["sans_objet", ToNotify, "informee"];

    public static string ApprobationOf(ContratState.Ouvert contrat) => contrat switch
    {
        { IsAbandoned: true } => "sans_objet",
        { Phase: ContratPhase.EnVigueur } => "signee",
        { Phase: ContratPhase.EnSignature } => "en_signature",
        _ when ApprobationRules.Missing(contrat, null, DateOnly.MaxValue).Any(e => e.Blocks) => "a_consulter",
        _ when contrat.Formalites.Of(null).Validation is null => "a_valider",
        _ => "a_signer",
    };

    public static string OriginalOf(ContratRow row) =>
        row.IsToArchive ? "a_archiver" : row.Dossier.State.Formalites.Of(null).Archive is null ? "sans_objet" : "archive";

    /// <summary>R-107.</summary>
    public static string CaisseOf(ContratRow row) =>
        row.IsToNotify ? ToNotify : row.Dossier.State.Formalites.Notification?.On is null ? "sans_objet" : "informee";
}
