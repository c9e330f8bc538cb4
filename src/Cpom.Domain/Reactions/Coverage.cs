using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Sites;

namespace Cpom.Domain.Reactions;

/// <summary>
/// Which contrat covers which site or entity, from when to when, folded from the log in its order. The one copy of this logic: the relay of
/// every host uses it. It decides nothing; the reactions beside it read it.
/// </summary>
public sealed partial class Coverage
{
    private static readonly HashSet<Type> ReadTypes =
    [
        typeof(SiteEvent.SiteDeclared), typeof(SiteEvent.SiteRegistered), typeof(SiteEvent.SiteTransferred), typeof(SiteEvent.LignesRefused),
        typeof(EntiteEvent.EntiteRegistered), typeof(EntiteEvent.EntiteIdentiteChanged), typeof(EntiteEvent.EntiteClosed), typeof(EntiteEvent.EntiteReopened),
        typeof(EntiteEvent.FinancementsHeld), typeof(EntiteEvent.FinancementsForwarded), typeof(EntiteEvent.ContratRequired),
        typeof(EntiteEvent.ContratRequirementMet), typeof(ContratEvent.ContratOpened), typeof(ContratEvent.SiteLeft), typeof(ContratEvent.ContratEnteredIntoForce),
        typeof(ContratEvent.EcheanceReached),
        typeof(ContratEvent.ContratTerminated), typeof(ContratEvent.ContratReplaced), typeof(ContratEvent.ContratAbandoned), typeof(ContratEvent.MembreWithdrawn), typeof(ManquementsEvent.SanctionDecided), typeof(EntiteEvent.HorsContratWithdrawn),
        typeof(EntiteEvent.EntiteNiveauSet),
        .. NegociationFacts,
    ];

    private readonly Dictionary<string, SiteCover> _sites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntiteCover> _entites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContratCover> _contrats = new(StringComparer.Ordinal);

    /// <summary>False for the types of fact that neither change coverage nor ask anything of another actor: most of a log, and nobody need decode them.</summary>
    public static bool Reads(Type fact) => ReadTypes.Contains(fact) || typeof(ILigneFact).IsAssignableFrom(fact);

    /// <summary>As it was when the shape was taken.</summary>
    public static Coverage From(CoverageShape shape)
    {
        var coverage = new Coverage();
        foreach (var e in shape.Entites)
        {
            coverage._entites[e.Id] = new(e);
        }

        foreach (var s in shape.Sites)
        {
            coverage._sites[s.Id] = new(s);
            if (s.Entite is { } entite)
            {
                coverage.Entite(entite).Sites.Add(s.Id);
            }
        }

        foreach (var c in shape.Contrats)
        {
            coverage.Add(new(c.Id, c.Fiche, c.Sites, c.Membres) { InForce = c.InForce, EndedOn = c.EndedOn, Renews = c.Renews, Abandoned = c.Abandoned });
            foreach (var (entite, lastDay) in c.Left ?? [])
            {
                coverage._contrats[c.Id].Left[entite] = lastDay;
            }
        }

        foreach (var n in shape.Negociations)
        {
            coverage._negociations[n.Id] = new(n.Entite, n.Dossiers.ToDictionary(d => d.Entite, d => d.Dossier, StringComparer.Ordinal));
        }

        foreach (var a in shape.Avenants)
        {
            coverage._avenants[(a.Contrat, a.Numero)] = a.Negociation;
        }

        return coverage;
    }

    public CoverageShape ToShape() => new(
        [.. _sites.Values.Select(s => s.ToShape())],
        [.. _entites.Select(e => e.Value.ToShape(e.Key))],
        [.. _contrats.Values.Select(c => c.ToShape())],
        [.. _negociations.Select(n => new CoverageShape.NegociationShape(n.Key, n.Value.Entite, [.. n.Value.Dossiers.Select(d => new CoverageShape.DossierShape(d.Key, d.Value))]))],
        [.. _avenants.Select(a => new CoverageShape.AvenantShape(a.Key.Contrat, a.Key.Numero, a.Value))]);

    /// <param name="id">The actor's id, without its category.</param>
    public void Apply(string id, IFact fact)
    {
        switch (fact)
        {
            case SiteEvent.SiteDeclared e:
                Attach(Site(id), e.Entite);
                break;
            case SiteEvent.SiteRegistered e:
                Attach(Site(id), e.Entite);
                Site(id).Known = true;
                break;
            case SiteEvent.SiteTransferred e:
                Attach(Site(id), e.To);
                break;
            case SiteEvent and ILigneFact ligne:
                Site(id).Count(ligne);
                break;
            case EntiteEvent.EntiteRegistered e:
                (Entite(id).Known, Entite(id).Statut) = (true, e.Identite.Statut);
                Entite(id).Held.Clear();
                break;
            case EntiteEvent.EntiteIdentiteChanged e:
                Entite(id).Statut = e.Identite.Statut;
                break;
            case EntiteEvent.EntiteClosed:
                Entite(id).Closed = true;
                break;
            case EntiteEvent.EntiteReopened:
                Entite(id).Closed = false;
                break;
            case EntiteEvent.FinancementsHeld e:
                Entite(id).Held.Add(e.Statement);
                break;
            case EntiteEvent.FinancementsForwarded:
                Entite(id).Held.Clear();
                break;
            case EntiteEvent.ContratRequirementMet:
                Entite(id).Required = false; // Its contrat ends one day.
                break;
            case EntiteEvent.ContratRequired:
                Entite(id).Required = true;
                break;
            case EntiteEvent and ILigneFact { After: Ligne.Financement { Enveloppe: "FIR" or "MIGAC" } }:
                Entite(id).FirOrMigac = true;
                break;
            case ContratEvent.ContratOpened e:
                Add(new(id, e.Fiche, e.Sites, e.Groupe?.Membres) { Renews = e.Reconduction?.Contrat });
                break;
            case ContratEvent.SiteLeft e:
                _contrats[id].Sites.Remove(e.Site);
                break;
            case ContratEvent.ContratEnteredIntoForce:
                _contrats[id].InForce = true;
                break;
            case EntiteEvent.HorsContratWithdrawn:
                Entite(id).Required = false;
                break;
            case EntiteEvent.EntiteNiveauSet e:
                Entite(id).Niveau = new(e.Niveau, e.Motif, e.ValidOn, e.Revision);
                break;
            default:
                ApplyCloture(id, fact);
                ApplyNegociation(id, fact);
                break;
        }
    }

    public bool IsKnown(string entite) => _entites.TryGetValue(entite, out var found) && found.Known;

    /// <summary>True for a site that is known, and not only declared.</summary>
    public bool IsKnownSite(string finess) => _sites.TryGetValue(finess, out var found) && found.Known;

    public string? EntiteOf(string site) => _sites.TryGetValue(site, out var found) ? found.Entite : null;

    /// <summary>Sites that a flow declared under an entity, and that wait for it.</summary>
    public IEnumerable<string> SitesWaitingFor(string entite) => Entite(entite).Sites.Where(s => !Site(s).Known).Order(StringComparer.Ordinal);

    /// <summary>Movements that wait under a number that is not known to be an entity's.</summary>
    public IReadOnlyList<EntiteCommand.StateFinancements> HeldUnder(string finess) => _entites.TryGetValue(finess, out var found) ? found.Held : [];

    public IEnumerable<string> SitesOf(string entite) => Entite(entite).Sites.Where(s => Site(s).Known).Order(StringComparer.Ordinal);

    /// <summary>The contrats of an entity that cover all of its sites, also those to come.</summary>
    public IEnumerable<string> WholeContratsOf(string entite) => ContratsOf(entite).Where(c => c.Fiche.WholeEntite && c.Has(entite)).Select(c => c.Id);

    /// <summary>R-118: the contrats that are negotiated with an entity; of a contrat for a GHT that is the entity of its fiche.</summary>
    public IEnumerable<string> ContratsOfFiche(string entite) => ContratsOf(entite).Where(c => c.Fiche.Entite == entite).Select(c => c.Id);

    /// <summary>R-118: null while nothing was said of it.</summary>
    public NiveauEntite? NiveauOf(string entite) => _entites.TryGetValue(entite, out var found) ? found.Niveau : null;

    /// <summary>Whose contrat it is: one entity, or the members of a GHT that have not left it (L-05).</summary>
    public IEnumerable<string> EntitesIn(string contrat) => _contrats[contrat].Entites.Where(_contrats[contrat].Has);

    /// <summary>False for the number of another contract, of which procedures may be as well.</summary>
    public bool IsContrat(string numero) => _contrats.ContainsKey(numero);

    public DateOnly LastDayOf(string contrat) => _contrats[contrat].LastDay;

    public Fiche FicheOf(string contrat) => _contrats[contrat].Fiche;

    /// <summary>The contrat that one renews; null where it renews none.</summary>
    public string? RenewedBy(string contrat) => _contrats[contrat].Renews;

    /// <summary>The sites whose acts a contrat takes: its entity's, or those it names.</summary>
    public IReadOnlyList<string> SitesIn(string contrat) =>
        _contrats[contrat] is { Fiche.WholeEntite: true } whole
            ? [.. EntitesIn(contrat).SelectMany(SitesOf)]
            : [.. _contrats[contrat].Sites.Order(StringComparer.Ordinal)];

    /// <summary>The contrats that an act concerns: they cover its FINESS number, and their days meet the days of its effect.</summary>
    public IReadOnlyList<string> ContratsFor(string entite, ILigneFact fact) =>
        [.. ContratsOf(entite).Where(c => c.Takes(entite, fact) && Covers(c, fact, c.LastDayOf(entite))).Select(c => c.Id)];

    public IReadOnlyList<string> ContratsCovering(string entite, string site) =>
        [.. ContratsOf(entite).Where(c => c.Has(entite) && (c.Fiche.WholeEntite || c.Sites.Contains(site))).Select(c => c.Id)];

    /// <summary>True when a contrat takes a fact of its own entity, wherever in time the fact was learned.</summary>
    public bool Covers(string contrat, ILigneFact fact) => Covers(_contrats[contrat], fact, _contrats[contrat].LastDay);

    /// <summary>
    /// The act as a contrat that it concerns is to be told it: a content that ends before the contrat begins is none there. So a right renewed
    /// late begins with the contrat, and one cut short before it leaves.
    /// </summary>
    public Act ActFor(string contrat, ILigneFact fact)
    {
        var (act, fiche) = (Act.From(fact), _contrats[contrat].Fiche);
        return act.Volet == Volet.A2V4
            ? act
            : act with { Before = Reaches(act.Before, fiche) ? act.Before : null, After = Reaches(act.After, fiche) ? act.After : null };
    }

    /// <summary>What an entity without a contrat in force, for which no alert was raised, holds; null when there is nothing to look at.</summary>
    public (string? Statut, Holdings Holdings)? UncoveredHoldings(string entite, DateOnly today)
    {
        var found = Entite(entite);
        if (!found.Known || found.Closed || found.Required || found.Contrats.Any(c => _contrats[c] is { InForce: true } contrat && contrat.LastDayOf(entite) >= today))
        {
            return null;
        }

        var sites = found.Sites.Select(Site).ToList();
        return (found.Statut, new(sites.Any(s => s.Autorisations > 0), sites.Any(s => s.Eml > 0), sites.Any(s => s.Rc > 0), found.FirOrMigac));
    }

    private static bool Covers(ContratCover contrat, ILigneFact fact, DateOnly lastDay)
    {
        var ligne = (fact.After ?? fact.Before)!;
        var (fiche, finess) = (contrat.Fiche, ligne.Finess);
        if (!Champ.Concerns(ligne) || !(fiche.WholeEntite || finess == fiche.Entite || contrat.Sites.Contains(finess)))
        {
            return false;
        }

        // Money belongs to its campaign; a right to every day from its effect to its end.
        return ligne is Ligne.Financement money
            ? Ligne.Financement.IsOfYears(money.Campagne, fiche.DateEffet, lastDay)
            : fact.ValidOn <= lastDay && (Reaches(fact.Before, fiche) || Reaches(fact.After, fiche));
    }

    /// <summary>A right that has not ended by its own terms when the contrat begins.</summary>
    private static bool Reaches(Ligne? ligne, Fiche fiche) => ligne is not null && (ligne.LastDay is not { } last || last >= fiche.DateEffet);

    private IEnumerable<ContratCover> ContratsOf(string entite) => Entite(entite).Contrats.Select(c => _contrats[c]);

    private void Add(ContratCover contrat)
    {
        _contrats[contrat.Id] = contrat;
        foreach (var entite in contrat.Abandoned ? [] : contrat.Entites)
        {
            Entite(entite).Contrats.Add(contrat.Id);
        }
    }

    private void Leave(ContratCover contrat, string entite, DateOnly lastDay)
    {
        contrat.Left[entite] = lastDay;
        Entite(entite).Required = false; // It may have to be told again.
    }

    private SiteCover Site(string id) => _sites.TryGetValue(id, out var found) ? found : _sites[id] = new(id);

    private EntiteCover Entite(string id) => _entites.TryGetValue(id, out var found) ? found : _entites[id] = new();

    private void Attach(SiteCover site, string entite)
    {
        if (site.Entite is { } former)
        {
            Entite(former).Sites.Remove(site.Id);
        }

        site.Entite = entite;
        Entite(entite).Sites.Add(site.Id);
    }

    private sealed class SiteCover(string id)
    {
        public SiteCover(CoverageShape.SiteShape shape)
            : this(shape.Id) =>
            (Entite, Known, Autorisations, Eml, Rc) = (shape.Entite, shape.Known, shape.Autorisations, shape.Eml, shape.Rc);

        public string Id { get; } = id;

        public string? Entite { get; set; }

        public bool Known { get; set; }

        public int Autorisations { get; private set; }

        public int Eml { get; private set; }

        public int Rc { get; private set; }

        public CoverageShape.SiteShape ToShape() => new(Id, Entite, Known, Autorisations, Eml, Rc);

        public void Count(ILigneFact fact)
        {
            var ligne = (fact.After ?? fact.Before)!;
            var step = fact switch
            {
                { Before: null, After: not null } => 1,
                { After: null } => -1,
                _ => 0,
            };
            if (!Champ.Concerns(ligne))
            {
                return;
            }

            Autorisations += ligne is Ligne.Autorisation { Nature: not "EML" } ? step : 0;
            Eml += ligne is Ligne.Autorisation { Nature: "EML" } ? step : 0;
            Rc += ligne is Ligne.Rc ? step : 0;
        }
    }

    private sealed class EntiteCover
    {
        public EntiteCover()
        {
        }

        public EntiteCover(CoverageShape.EntiteShape shape) =>
            (Known, Closed, Required, FirOrMigac, Statut, Held, Niveau) = (shape.Known, shape.Closed, shape.Required, shape.FirOrMigac, shape.Statut, [.. shape.Held], shape.Niveau);

        public bool Known { get; set; }

        public bool Closed { get; set; }

        public bool Required { get; set; }

        public bool FirOrMigac { get; set; }

        public string? Statut { get; set; }

        public NiveauEntite? Niveau { get; set; }

        public HashSet<string> Sites { get; } = new(StringComparer.Ordinal);

        public List<EntiteCommand.StateFinancements> Held { get; } = [];

        public SortedSet<string> Contrats { get; } = new(StringComparer.Ordinal);

        public CoverageShape.EntiteShape ToShape(string id) => new(id, Known, Closed, Required, FirOrMigac, Statut, [.. Held], Niveau);
    }
}
