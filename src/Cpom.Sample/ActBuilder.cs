namespace Cpom.Sample;

/// <summary>Authorisations and RC of a site, as the regional and national registers would have numbered them.</summary>
internal sealed class ActBuilder(SampleScale scale, ulong seed, DateOnly baseDate, Sequences sequences)
{
    public void Build(RegionModel region)
    {
        foreach (var entite in region.Entites)
        {
            foreach (var site in entite.Sites.Where(s => !s.MedicoSocial))
            {
                AddAutorisations(entite, site);
                AddRcs(entite, site);
            }
        }

        CompleteRcs(region);
    }

    /// <summary>A code combination of the entity's families that the site does not hold yet, or null when it holds all.</summary>
    public AutorisationModel? NewAutorisation(SampleRandom random, EntiteModel entite, SiteModel site, DateOnly start)
    {
        var free = entite.Profile.Familles.SelectMany(Nomenclatures.Family).Where(c => !Holds(site, c)).ToList();
        return free.Count == 0 ? null : Issue(site, random.Pick(free), start, start, start.AddYears(7));
    }

    public RcModel NewRc(SampleRandom random, SiteModel site, DateOnly effet)
    {
        var free = Nomenclatures.Rcs.Where(k => site.Rcs.All(r => r.Kind != k)).ToList();
        var kind = random.Pick(free.Count == 0 ? Nomenclatures.Rcs : free);
        var numero = sequences.Rc();
        return new RcModel
        {
            Numero = numero,
            Arhgos = Text.Invariant($"{Territoires.Region(site.Finess)}-{site.Finess[..2]}-RC{numero % 100_000:00000}"),
            Kind = kind,
            Effet = effet,
            Updated = effet,
            Capacite = kind.AvecCapacite ? random.Between(kind.CapaciteMin, kind.CapaciteMax) : null,
        };
    }

    private static bool Holds(SiteModel site, (string Nature, string[] Codes) c) =>
        site.Autorisations.Any(a => (a.Nature == c.Nature && a.Codes.SequenceEqual(c.Codes)) || a.Successeurs.Any(s => s.SequenceEqual(c.Codes)));

    /// <summary>The number that ARHGOS gave before the reform: region of today, region of then, and the rank alone.</summary>
    public static string AncienArhgos(string arhgos, string finess)
    {
        var rank = arhgos.Split('-', '_')[2];
        return Text.Invariant($"{Territoires.Region(finess)}-{Territoires.Region(finess)}-{rank}");
    }

    private void AddAutorisations(EntiteModel entite, SiteModel site)
    {
        var random = SampleRandom.For(seed, "autorisations " + site.Finess);
        var choices = entite.Profile.Familles.SelectMany(Nomenclatures.Family).ToList();
        random.Shuffle(choices);
        var count = Math.Min(choices.Count, random.Between(entite.Profile.AutorisationsMin, entite.Profile.AutorisationsMax));
        foreach (var choice in choices.Take(count))
        {
            // Seven years from a day in the last six and a half: in force on the base date, for some not much longer.
            var start = baseDate.AddDays(-random.Between(20, 2370));
            site.Autorisations.Add(Issue(site, choice, start, start.AddDays(random.Between(1, 15)), start.AddYears(7)));
        }
    }

    public AutorisationModel Issue(SiteModel site, (string Nature, string[] Codes) choice, DateOnly start, DateOnly recorded, DateOnly end)
    {
        var numero = sequences.Arhgos();
        return new AutorisationModel
        {
            Id = sequences.Autorisation(),
            Nature = choice.Nature,
            Codes = choice.Codes,
            Arhgos = choice.Nature == "AMM" ? Text.Invariant($"{Territoires.Arhgos(site.Finess)}-{choice.Codes[0]}-{numero}_{numero % 16 + 1:00}") : Text.Invariant($"{Territoires.Region(site.Finess)}-{Territoires.Region(site.Finess)}-{numero}"),
            Start = start,
            End = end,
            Recorded = recorded,
        };
    }

    private void AddRcs(EntiteModel entite, SiteModel site)
    {
        var random = SampleRandom.For(seed, "rc " + site.Finess);
        var count = entite.Profile.RcMax == 0 ? 0 : random.Between(entite.Profile.RcMin, entite.Profile.RcMax);
        for (var i = 0; i < Math.Min(count, Nomenclatures.Rcs.Count); i++)
        {
            var rc = NewRc(random, site, baseDate.AddDays(-random.Between(60, 2500)));
            site.Rcs.Add(rc);
            if (rc.Capacite is not null && random.Chance(15))
            {
                AddPastAvenant(random, rc);
            }

            if (random.Chance(3))
            {
                rc.Withdrawn = true;
                rc.Updated = rc.Effet.AddDays(random.Between(1, 50));
            }
        }
    }

    // What chance left out of the number that the scale asks for.
    private void CompleteRcs(RegionModel region)
    {
        var random = SampleRandom.For(seed, "rc en complément");
        var sites = region.SitesOpen().Where(p => p.Entite.Profile.RcMax > 0).Select(p => p.Site).ToList();
        for (var left = scale.Rcs - sites.Sum(s => s.Rcs.Count); left > 0; left--)
        {
            var site = random.Pick(sites);
            site.Rcs.Add(NewRc(random, site, baseDate.AddDays(-random.Between(60, 2500))));
        }
    }

    private static void AddPastAvenant(SampleRandom random, RcModel rc)
    {
        var ancienne = rc.Capacite!.Value;
        var date = rc.Effet.AddDays(random.Between(10, 50));
        rc.Capacite = ancienne + random.Between(1, 6);
        rc.Avenants.Add(new RcAvenantModel(1, date, ancienne, rc.Capacite.Value));
        rc.Updated = date;
    }
}
