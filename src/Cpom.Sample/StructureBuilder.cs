namespace Cpom.Sample;

/// <summary>Legal entities, their sites and the GHT.</summary>
internal sealed class StructureBuilder(SampleScale scale, ulong seed, DateOnly baseDate, Sequences sequences)
{
    public void Build(RegionModel region)
    {
        foreach (var (key, count) in scale.Entites)
        {
            for (var i = 0; i < count; i++)
            {
                var random = SampleRandom.For(seed, "entite " + key, i);
                region.Entites.Add(NewEntite(random, EntiteProfile.Of(key), key == "geant" ? "75" : random.Pick(scale.Departements)));
            }
        }

        var counts = CountSites(region.Entites);
        for (var i = 0; i < region.Entites.Count; i++)
        {
            AddSites(region.Entites[i], counts[i], SampleRandom.For(seed, "sites", i));
        }

        AddMedicoSocial(region.Entites);
        AddGhts(region);
    }

    public EntiteModel NewEntite(SampleRandom random, EntiteProfile profile, string departement, DateOnly? created = null)
    {
        var nom = random.Pick(profile.NomEntite) + " " + Names.Lieu(random);
        var date = created ?? baseDate.AddDays(-random.Between(1500, 14000));
        return new EntiteModel
        {
            Id = sequences.Entite(),
            Finess = sequences.Finess(departement),
            Nom = Text.Cut(nom, 38),
            NomLong = nom,
            Siren = sequences.Siren(),
            Profile = profile,
            Statut = random.Pick(profile.Statuts),
            Departement = departement,
            Adresse = Names.Adresse(random, departement),
            Created = date,
            Updated = created ?? baseDate.AddDays(-random.Between(30, 900)),
        };
    }

    public SiteModel NewSite(SampleRandom random, EntiteModel entite, string departement, int rank, DateOnly? opened = null)
    {
        var nom = random.Pick(entite.Profile.NomSite) + " " + Names.Lieu(random);
        return NewSite(random, entite, departement, rank, nom, entite.Profile.Categorie, entite.Profile.Tarif, medicoSocial: false, opened);
    }

    private SiteModel NewSite(SampleRandom random, EntiteModel entite, string departement, int rank, string nom, string categorie, string tarif, bool medicoSocial, DateOnly? opened = null) => new()
    {
        Id = sequences.Site(),
        Finess = sequences.Finess(departement),
        Nom = Text.Cut(nom, 38),
        NomLong = nom,
        Categorie = categorie,
        Tarif = tarif,
        Siret = Text.Invariant($"{entite.Siren}{rank:00000}"),
        Adresse = Names.Adresse(random, departement),
        MedicoSocial = medicoSocial,
        Opened = opened ?? baseDate.AddDays(-random.Between(1200, 12000)),
        Updated = opened ?? baseDate.AddDays(-random.Between(30, 900)),
    };

    // One site each, the giant's share, then the rest over the multi-site entities: one each first, then by chance.
    private List<int> CountSites(List<EntiteModel> entites)
    {
        var random = SampleRandom.For(seed, "site counts");
        var counts = Enumerable.Repeat(1, entites.Count).ToList();
        var candidates = new List<int>();
        for (var i = 0; i < entites.Count; i++)
        {
            if (entites[i].Profile.Key == "geant")
            {
                counts[i] = scale.GiantSites;
            }
            else if (entites[i].Profile.Key is not ("imagerie" or "gcs-prive" or "gcs-public"))
            {
                candidates.Add(i);
            }
        }

        random.Shuffle(candidates);
        var multi = candidates.Take(scale.MultiSites - 1).ToList();
        var left = scale.Sites - counts.Sum();
        for (var n = 0; n < left; n++)
        {
            counts[n < multi.Count ? multi[n] : random.Pick(multi)]++;
        }

        return counts;
    }

    private void AddSites(EntiteModel entite, int count, SampleRandom random)
    {
        // The giant spreads over the region; others cross a border of département now and then.
        var abroad = entite.Profile.Key == "geant" ? 60 : 30;
        for (var rank = 1; rank <= count; rank++)
        {
            var departement = rank > 1 && random.Chance(abroad) ? random.Pick(scale.Departements) : entite.Departement;
            entite.Sites.Add(NewSite(random, entite, departement, rank, opened: null));
        }
    }

    private void AddMedicoSocial(List<EntiteModel> entites)
    {
        (string Categorie, string Tarif, string Nom)[] kinds = [("500", "45", "EHPAD"), ("354", "54", "SSIAD"), ("183", "05", "IME")];
        var random = SampleRandom.For(seed, "medico-social");
        var owners = entites.Where(e => e.Profile.Key is "ch" or "espic-smr" or "espic-mco").ToList();
        for (var i = 0; i < scale.MedicoSocialSites; i++)
        {
            var owner = random.Pick(owners);
            var (categorie, tarif, nom) = random.Pick(kinds);
            owner.Sites.Add(NewSite(random, owner, owner.Departement, owner.Sites.Count + 1, nom + " " + Names.Lieu(random), categorie, tarif, medicoSocial: true));
        }
    }

    // Public establishments by turns, département by département, so that a GHT is mostly a neighbourhood.
    private void AddGhts(RegionModel region)
    {
        var members = region.Entites.Where(e => e.Profile.PeutEtreMembreGht).OrderBy(e => e.Departement, StringComparer.Ordinal).ThenBy(e => e.Id).ToList();
        for (var g = 0; g < scale.Ghts; g++)
        {
            var from = members.Count * g / scale.Ghts;
            var to = members.Count * (g + 1) / scale.Ghts;
            var random = SampleRandom.For(seed, "ght", g);
            region.Ghts.Add(new GhtModel(9_900 + g, Names.Ght(random, members[from].Departement), Text.Invariant($"499999{g + 1:00000}"), members[from..to]));
        }
    }
}
