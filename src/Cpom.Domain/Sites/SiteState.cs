using System.Collections.Immutable;
using Cpom.Domain.Acts;

namespace Cpom.Domain.Sites;

/// <summary>Only what a later decision needs. What screens need is projected elsewhere.</summary>
public abstract record SiteState
{
    private SiteState() { }

    /// <summary>Unknown, or declared by a flow under an entity that is not known yet; its facts wait.</summary>
    /// <param name="Lignes">How many lines wait.</param>
    /// <param name="Registres">What waits, folded by entity and volet (<see cref="KeyOf"/>): each new statement is compared with it, not with all that wait.</param>
    public sealed record Waiting(
        SiteEvent.SiteDeclared? Declared, ImmutableList<SiteCommand.StateLignes> Held, int Lignes, ImmutableDictionary<string, Registre> Registres) : SiteState
    {
        internal static string KeyOf(SiteCommand.StateLignes stated) => $"{stated.Entite}/{stated.Volet}";
    }

    public sealed record Known(
        string Finess, string Entite, SiteIdentite Identite, DateOnly? ClosedOn, Registre Registre) : SiteState;
}
