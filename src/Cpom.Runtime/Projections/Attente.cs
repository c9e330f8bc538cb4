using System.Collections.Immutable;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;

namespace Cpom.Runtime.Projections;

/// <summary>One statement's lines that wait at an entité or a site that is not known yet.</summary>
/// <param name="Part">What of the actor it states: a snapshot of the same part stands for it.</param>
/// <param name="ByFichier">Lines by the sha-256 of the file that brought them; those of other tools are not in it.</param>
public sealed record Attente(string Part, int Lignes, ImmutableDictionary<string, int> ByFichier)
{
    /// <summary>Which of an actor's no longer wait once a fact is recorded there; null for none.</summary>
    internal static Predicate<Attente>? EndedBy(object recorded) => recorded switch
    {
        SiteEvent.LignesHeld { Statement: { Complete: true } s } => a => a.Part == PartOf(s),
        SiteEvent.SiteRegistered or EntiteEvent.EntiteRegistered or EntiteEvent.FinancementsForwarded => _ => true,
        _ => null,
    };

    /// <summary>What begins to wait with it.</summary>
    internal static Attente? BegunBy(object recorded) => recorded switch
    {
        SiteEvent.LignesHeld { Statement: var s } => new(PartOf(s), s.Lignes.Count, CountByFichier(s.Lignes)),
        EntiteEvent.FinancementsHeld { Statement: var s } => new("financements", s.Lignes.Count, CountByFichier(s.Lignes)),
        _ => null,
    };

    private static string PartOf(SiteCommand.StateLignes statement) => $"{statement.Entite}/{statement.Volet}";

    private static ImmutableDictionary<string, int> CountByFichier(IEnumerable<LigneStatement> lignes) => lignes
        .Select(l => l.Cause.Piece?.Sha256)
        .OfType<string>()
        .CountBy(sha256 => sha256)
        .ToImmutableDictionary(StringComparer.Ordinal);
}
