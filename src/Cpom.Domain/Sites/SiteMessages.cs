using System.Text.Json.Serialization;
using Cpom.Domain.Acts;

namespace Cpom.Domain.Sites;

/// <summary>What the registers say of a geographic site (FINESS ET), beyond its number.</summary>
public sealed record SiteIdentite(string Nom, string? Categorie, string? Commune, string? Departement);

/// <summary>A line that waited in vain, and where it was read.</summary>
public sealed record LigneRefusee(string LigneId, Cause Cause);

public abstract record SiteCommand
{
    private SiteCommand() { }

    /// <summary>The structures file describes the site under its legal entity.</summary>
    public sealed record Register(string Finess, string Entite, SiteIdentite Identite, DateOnly ValidOn, DateOnly? ClosedOn, DateOnly AsOf) : SiteCommand;

    /// <summary>Another flow names the site under an entity: enough to hold its facts, not to apply them until that entity is known.</summary>
    public sealed record Declare(string Finess, string Entite, string Nom, DateOnly ValidOn) : SiteCommand;

    /// <summary>The entity under which the site was declared is known.</summary>
    public sealed record ConfirmEntite(string Entite) : SiteCommand;

    /// <summary>A source's lines of one volet for this site.</summary>
    /// <param name="Complete">True for a snapshot: a known line that it does not state has ended on <paramref name="AsOf"/>.</param>
    /// <param name="Absence">The proof of such an end.</param>
    public sealed record StateLignes(
        string Finess, string Entite, Volet Volet, bool Complete, DateOnly AsOf, ValueList<LigneStatement> Lignes, Cause Absence) : SiteCommand;

    /// <summary>A snapshot whose lines came one by one has ended: a known line of the volet that is not among them ended with it.</summary>
    /// <param name="Stated">Ids of the lines that the snapshot has for this site.</param>
    public sealed record CloseMissing(Volet Volet, DateOnly AsOf, ValueList<string> Stated, Cause Absence) : SiteCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(SiteDeclared), "site-declared.1")]
[JsonDerivedType(typeof(SiteRegistered), "site-registered.1")]
[JsonDerivedType(typeof(SiteIdentiteChanged), "site-identite-changed.1")]
[JsonDerivedType(typeof(SiteTransferred), "site-transferred.1")]
[JsonDerivedType(typeof(SiteClosed), "site-closed.1")]
[JsonDerivedType(typeof(SiteReopened), "site-reopened.1")]
[JsonDerivedType(typeof(LignesHeld), "site-lignes-held.1")]
[JsonDerivedType(typeof(LignesRefused), "site-lignes-refused.1")]
[JsonDerivedType(typeof(AutorisationGranted), "autorisation-granted.1")]
[JsonDerivedType(typeof(AutorisationChanged), "autorisation-changed.1")]
[JsonDerivedType(typeof(AutorisationEnded), "autorisation-ended.1")]
[JsonDerivedType(typeof(RcRecognised), "rc-recognised.1")]
[JsonDerivedType(typeof(RcChanged), "rc-changed.1")]
[JsonDerivedType(typeof(RcWithdrawn), "rc-withdrawn.1")]
public abstract record SiteEvent(DateOnly ValidOn) : IFact
{
    public sealed record SiteDeclared(DateOnly ValidOn, string Finess, string Entite, string Nom) : SiteEvent(ValidOn);

    public sealed record SiteRegistered(DateOnly ValidOn, string Finess, string Entite, SiteIdentite Identite) : SiteEvent(ValidOn);

    public sealed record SiteIdentiteChanged(DateOnly ValidOn, SiteIdentite Identite) : SiteEvent(ValidOn);

    public sealed record SiteTransferred(DateOnly ValidOn, string Finess, string From, string To) : SiteEvent(ValidOn);

    public sealed record SiteClosed(DateOnly ValidOn) : SiteEvent(ValidOn);

    public sealed record SiteReopened(DateOnly ValidOn) : SiteEvent(ValidOn);

    /// <summary>Facts that wait in quarantine until the site or its entity becomes known.</summary>
    public sealed record LignesHeld(DateOnly ValidOn, SiteCommand.StateLignes Statement) : SiteEvent(ValidOn);

    /// <summary>Facts that waited under another entity than the one that turns out to be the site's: refused, as a known site refuses them .</summary>
    /// <param name="Entite">The site's.</param>
    /// <param name="Stated">The one that the facts name.</param>
    public sealed record LignesRefused(DateOnly ValidOn, string Entite, string Stated, ValueList<LigneRefusee> Lignes) : SiteEvent(ValidOn);

    public sealed record AutorisationGranted(DateOnly ValidOn, string LigneId, int Revision, Ligne After, Cause Cause)
        : SiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => null;

        Ligne? ILigneFact.After => After;
    }

    public sealed record AutorisationChanged(DateOnly ValidOn, string LigneId, int Revision, Ligne Before, Ligne After, Cause Cause)
        : SiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => Before;

        Ligne? ILigneFact.After => After;
    }

    public sealed record AutorisationEnded(DateOnly ValidOn, string LigneId, int Revision, Ligne Before, Cause Cause)
        : SiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => Before;

        Ligne? ILigneFact.After => null;
    }

    public sealed record RcRecognised(DateOnly ValidOn, string LigneId, int Revision, Ligne After, Cause Cause)
        : SiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => null;

        Ligne? ILigneFact.After => After;
    }

    public sealed record RcChanged(DateOnly ValidOn, string LigneId, int Revision, Ligne Before, Ligne After, Cause Cause)
        : SiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => Before;

        Ligne? ILigneFact.After => After;
    }

    public sealed record RcWithdrawn(DateOnly ValidOn, string LigneId, int Revision, Ligne Before, Cause Cause)
        : SiteEvent(ValidOn), ILigneFact
    {
        Ligne? ILigneFact.Before => Before;

        Ligne? ILigneFact.After => null;
    }
}
