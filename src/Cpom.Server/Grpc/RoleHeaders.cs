using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
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

    /// <summary>The département of the entity that a command is about, by the registers.</summary>
    public static string? TerritoireOf(PortfolioView view, string numero, ContratCommand command)
    {
        var entite = command is ContratCommand.Open open ? open.Fiche.Entite : view.Contrats.GetValueOrDefault(numero)?.State.Fiche.Entite;
        return entite is null ? null : view.Entites.GetValueOrDefault(entite)?.Identite.Departement;
    }

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
