namespace Cpom.Sample.Fond;

/// <summary>
/// The background of the country: pharmacies, homes, schools, which no contrat concerns and no day changes, and which the
/// national files hold all the same (nine legal entities in ten). Each entity is a pure function of its rank, so it is
/// made, written and forgotten; the background fills the country up to the totals of the scale.
/// </summary>
internal sealed class FondCountry
{
    // Where no real number reaches: identifiers of FINESS+ have six digits, those of activities and events seven at most.
    private const int FirstEntiteId = 20_000_000;
    private const int FirstSiteId = 30_000_000;
    private const int FirstActiviteId = 40_000_000;
    private const int FirstSiren = 991_000_000;
    private const int ClosedPercent = 40;
    private const int WithPlacesPercent = 60;

    private readonly ulong _seed;
    private readonly DateOnly _baseDate;
    private readonly FondShares _sites;
    private readonly FondShares _activites;
    private readonly int _perDepartement;

    public FondCountry(SampleScale scale, ulong seed, DateOnly baseDate, RegionModel region)
    {
        _seed = seed;
        _baseDate = baseDate;
        var known = region.Entites.SelectMany(e => e.Sites).ToList();
        Count = Math.Max(0, scale.EntitesInAll - region.Entites.Count);
        Sites = Math.Max(0, scale.SitesInAll - known.Count);
        Activites = Math.Max(0, scale.ActivitesInAll - known.Sum(s => s.Autorisations.Count));
        _sites = new FondShares(Sites, Count, [.. FondKind.Cycle.Select(k => k.SiteWeight)]);
        _activites = new FondShares(Activites, Count, [.. FondKind.Cycle.Select(k => k.SiteWeight * k.ActiviteWeight)]);
        _perDepartement = Count / Territoires.Departements.Count + 1;
    }

    /// <summary>Legal entities of the background; 0 where the scale is a region alone.</summary>
    public int Count { get; }

    public int Sites { get; }

    public int Activites { get; }

    /// <summary>How many sites the entity of a rank has.</summary>
    public int SitesOf(int index) => _sites.Before(index + 1) - _sites.Before(index);

    public EntiteModel Entite(int index)
    {
        var kind = FondKind.Cycle[index % FondKind.Cycle.Count];
        var random = SampleRandom.For(_seed, "fond", index);
        var departement = Territoires.Departements[index / _perDepartement];
        var created = _baseDate.AddDays(-random.Between(1500, 18000));
        var nom = random.Pick(kind.Profile.NomEntite) + " " + Names.Lieu(random) + Names.Quartier(random);
        var entite = new EntiteModel
        {
            Id = FirstEntiteId + index,
            Finess = Sequences.Numbered(departement, Sequences.FinessRankMax + 1 + index % _perDepartement),
            Nom = Text.Cut(nom, 38),
            NomLong = nom,
            Siren = Text.Number(FirstSiren + index),
            Profile = kind.Profile,
            Statut = random.Pick(kind.Profile.Statuts),
            Departement = departement,
            Adresse = Names.Adresse(random, departement),
            Created = created,
            Updated = _baseDate.AddDays(-random.Between(30, 1200)),
        };
        AddSites(entite, kind, random, index);
        if (kind.SiteWeight == 0 || (entite.Sites.Count > 0 && entite.Sites.All(s => s.Closed is not null)))
        {
            entite.Closed = entite.Updated;
        }

        return entite;
    }

    private void AddSites(EntiteModel entite, FondKind kind, SampleRandom random, int index)
    {
        var first = _sites.Before(index);
        var count = SitesOf(index);
        var ofDepartement = _sites.Before(index / _perDepartement * _perDepartement);
        for (var rank = 1; rank <= count; rank++)
        {
            var nom = rank == 1 ? entite.NomLong : random.Pick(kind.Profile.NomSite) + " " + Names.Lieu(random) + Names.Quartier(random);
            var opened = entite.Created.AddDays(random.Below(400));
            var number = first + rank - 1;
            var site = new SiteModel
            {
                Id = FirstSiteId + number,
                Finess = Sequences.Numbered(entite.Departement, Sequences.FinessRankMax + 1 + _perDepartement + number - ofDepartement),
                Nom = Text.Cut(nom, 38),
                NomLong = nom,
                Categorie = kind.Categorie,
                Tarif = kind.Profile.Tarif,
                Siret = Text.Invariant($"{entite.Siren}{rank:00000}"),
                Adresse = rank == 1 ? entite.Adresse : Names.Adresse(random, entite.Departement),
                MedicoSocial = true,
                Opened = opened,
                Updated = entite.Updated,
                Closed = random.Chance(ClosedPercent) ? entite.Updated : null,
            };
            AddEngagements(site, kind, random);
            entite.Sites.Add(site);
        }

        AddActivites(entite, kind, random, index);
    }

    // Homes and services live on arrêtés and conventions: 77,260 for 174,508 sites in the files.
    private static void AddEngagements(SiteModel site, FondKind kind, SampleRandom random)
    {
        if (kind.ActiviteWeight == 0 || kind.Profile.Secteur != Secteur.NonLucratif)
        {
            return;
        }

        string[] sousTypes = ["ARR", "ASE", "ASD", "QAL", "CPM"];
        for (var n = random.Below(3); n > 0; n--)
        {
            var sousType = random.Pick(sousTypes);
            site.Engagements.Add(new EngagementFinessModel(site.Id * 10 + n, sousType == "ARR" ? "ARRT" : "CONV", sousType, site.Opened, site.Opened, null, null, null, null));
        }
    }

    // In turn over the sites; what a closed site did ended with it.
    private void AddActivites(EntiteModel entite, FondKind kind, SampleRandom random, int index)
    {
        var first = _activites.Before(index);
        var count = entite.Sites.Count == 0 ? 0 : _activites.Before(index + 1) - first;
        for (var n = 0; n < count; n++)
        {
            var site = entite.Sites[n % entite.Sites.Count];
            var (nature, codes) = kind.Activites[(n / entite.Sites.Count + index) % kind.Activites.Count];
            site.Autorisations.Add(new AutorisationModel
            {
                Id = FirstActiviteId + 2 * (first + n),
                Nature = nature,
                Codes = codes,
                Arhgos = null,
                Start = site.Opened.AddDays(random.Below(900)),
                End = null,
                Recorded = _baseDate.AddDays(-random.Between(60, 90)),
                Ended = site.Closed,
                Places = random.Chance(WithPlacesPercent) ? random.Between(1, 90) : 0,
            });
        }
    }
}
