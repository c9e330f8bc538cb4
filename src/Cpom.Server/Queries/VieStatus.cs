using Cpom.Domain.Sanctions;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Level and nature of a contrat, what a sanction or a renewal still asks of it: as a filter compares them.</summary>
internal static class VieStatus
{
    public static IReadOnlyList<string> Niveaux { get; } = ["departemental", "regional"];

    public static IReadOnlyList<string> Natures { get; } = ["ordinaire", "socle_commun"];

    /// <summary>In the order of <see cref="ModificationStatut"/>.</summary>
    public static IReadOnlyList<string> Modifications { get; } = [.. Enum.GetValues<ModificationStatut>().Select(Text.Snake)];

    /// <summary>In the order of <see cref="RenouvellementStatut"/>.</summary>
    public static IReadOnlyList<string> Renouvellements { get; } = [.. Enum.GetValues<RenouvellementStatut>().Select(Text.Snake)];

    /// <summary>Those of a procedure that has not ended, in their order.</summary>
    public static IReadOnlyList<string> Procedures { get; } = [.. Enum.GetValues<ManquementEtape>().Where(e => e < ManquementEtape.Solde).Select(Text.Snake)];

    /// <summary>R-118.</summary>
    public static string NiveauOf(ContratRow row) => Niveaux[row.IsRegional ? 1 : 0];

    /// <summary>R-086.</summary>
    public static string NatureOf(ContratRow row) => Natures[row.IsSocleCommun ? 1 : 0];

    /// <summary>R-115.</summary>
    public static string ModificationOf(ContratRow row) => Modifications[(int)row.Modification - 1];

    /// <summary>L-01, L-02.</summary>
    public static string RenouvellementOf(ContratRow row) => Renouvellements[(int)row.Renouvellement - 1];

    /// <summary>R-113: how far each procedure is.</summary>
    public static IReadOnlyList<string> ProceduresOf(ContratRow row) =>
        row.Procedures == 0 ? [] : [.. row.ProcedureEtapes.Order().Select(e => Procedures[(int)e - 1])];
}
