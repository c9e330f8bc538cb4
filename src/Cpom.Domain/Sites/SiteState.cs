using System.Collections.Immutable;
using Cpom.Domain.Acts;

namespace Cpom.Domain.Sites;

/// <summary>Only what a later decision needs. What screens need is projected elsewhere.</summary>
public abstract record SiteState
{
    private SiteState() { }

    /// <summary>Unknown, or declared by a flow under an entity that is not known yet; its facts wait.</summary>
    public sealed record Waiting(SiteEvent.SiteDeclared? Declared, ImmutableList<SiteCommand.StateLignes> Held) : SiteState;

    public sealed record Known(
        string Finess, string Entite, SiteIdentite Identite, DateOnly? ClosedOn, Registre Registre) : SiteState;
}
