using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>As whom a caller acts, from the metadata of the call. Believed, not checked: there is no identity yet (decision 0034).</summary>
internal static class RoleHeaders
{
    public const string Role = "cpom-role";

    /// <summary>"region", "departement/75", "dossier/NUMERO", "entite/FINESS".</summary>
    public const string Perimetre = "cpom-perimetre";

    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().ToDictionary(NameOf, StringComparer.Ordinal);

    private static readonly Dictionary<string, PerimetreKind> Kinds = Enum.GetValues<PerimetreKind>().ToDictionary(k => k.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <returns>Null where the caller says no role.</returns>
    public static Habilitation? Read(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue(Role) is not { Length: > 0 } role)
        {
            return null;
        }

        return Roles.TryGetValue(role, out var known)
            ? new(known, PerimetreOf(context.RequestHeaders.GetValue(Perimetre) ?? "region"))
            : throw Errors.Argument(Role, $"Ce rôle n'est pas connu. Les rôles : {string.Join(", ", Roles.Keys)}.");
    }

    /// <summary>With what is known of the entities that a command is about: one département, and the level (R-118, R-119).</summary>
    public static AuteurCommand Prove(PortfolioView view, string id, AuteurCommand command)
    {
        var entites = EntitesOf(view, id, command).ToHashSet(StringComparer.Ordinal);
        var departements = entites.Select(f => view.Entites.GetValueOrDefault(f)?.Identite.Departement).Distinct().ToList();
        var regional = entites.Any(f => view.Entites.GetValueOrDefault(f)?.Niveau?.Niveau == Niveau.Regional);
        return command with
        {
            Territoire = departements is [{ } one] ? one : null,
            NiveauOfEntites = regional ? Niveau.Regional : Niveau.Departemental,
        };
    }

    private static IEnumerable<string> EntitesOf(PortfolioView view, string id, AuteurCommand command) => command switch
    {
        ContratCommand.Open open => [open.Fiche.Entite],
        ContratCommand => view.Contrats.GetValueOrDefault(id) is { } contrat ? [contrat.State.Fiche.Entite] : [],
        CampagneCommand campagne => CampagneDroits.EntitesOf(campagne),
        ManquementsCommand or EntiteCommand => [id],
        GhtCommand => ContratsUniques.Of(view, id) is { } ght && ContratsUniques.SupportOf(ght) is { } support ? [support] : [],
        NegociationCommand.Open open => open.Fiche.Structures.Select(s => s.Entite),
        _ => [], // A négociation that is open has its own, and what is the same for all has none.
    };

    /// <summary>"delegue-departemental".</summary>
    private static string NameOf(Role role) => Text.Snake(role).Replace('_', '-');

    private static Perimetre PerimetreOf(string text)
    {
        var cut = text.IndexOf('/', StringComparison.Ordinal);
        var (kind, valeur) = cut < 0 ? (text, null) : (text[..cut], text[(cut + 1)..]);
        return Kinds.TryGetValue(kind, out var known) && (known == PerimetreKind.Region) == string.IsNullOrEmpty(valeur)
            ? new(known, known == PerimetreKind.Region ? null : valeur)
            : throw Errors.Argument(Perimetre, "Un périmètre s'écrit region, departement/CODE, dossier/NUMERO ou entite/FINESS.");
    }
}
