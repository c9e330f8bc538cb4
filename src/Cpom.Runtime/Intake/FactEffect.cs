using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sites;

namespace Cpom.Runtime.Intake;

/// <summary>What a fact does to what is known, as an import counts it.</summary>
public enum FactEffect
{
    None = 0,
    New = 1,
    Changed = 2,
    Ended = 3,

    /// <summary>Waits for an entity or a site to become known.</summary>
    Held = 4,
}

public static class FactEffects
{
    public static FactEffect Of(IFact fact) => fact switch
    {
        ILigneFact { After: null } => FactEffect.Ended,
        ILigneFact { Before: null } => FactEffect.New,
        ILigneFact => FactEffect.Changed,
        SiteEvent.LignesHeld or EntiteEvent.FinancementsHeld => FactEffect.Held,
        EntiteEvent.EntiteRegistered or SiteEvent.SiteRegistered or GhtEvent.GhtRegistered
            or ContratEvent.ContratOpened or ContratEvent.EngagementAdded or NomenclatureEvent.CodePublished => FactEffect.New,
        EntiteEvent.EntiteIdentiteChanged or EntiteEvent.EntiteClosed or EntiteEvent.EntiteReopened
            or SiteEvent.SiteIdentiteChanged or SiteEvent.SiteTransferred or SiteEvent.SiteClosed or SiteEvent.SiteReopened
            or GhtEvent.GhtRenamed or GhtEvent.MembreJoined or GhtEvent.MembreLeft
            or NomenclatureEvent.CodeRelabelled or NomenclatureEvent.CodeRevised => FactEffect.Changed,
        NomenclatureEvent.CodeRetired => FactEffect.Ended,
        _ => FactEffect.None,
    };

    /// <summary>Facts that a held statement keeps.</summary>
    public static int HeldBy(IFact fact) => fact switch
    {
        SiteEvent.LignesHeld e => e.Statement.Lignes.Count,
        EntiteEvent.FinancementsHeld e => e.Statement.Lignes.Count,
        _ => 0,
    };
}
