namespace Cpom.Sample;

/// <summary>
/// How big the fictional region is. Data only: another scale is another value, not another code path. The counts
/// of <see cref="Idf"/> follow SAE 2023 and formats.md section 7.
/// </summary>
public sealed record SampleScale
{
    /// <summary>The name used on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Legal entities per profile, in writing order.</summary>
    public required IReadOnlyList<(string Profile, int Count)> Entites { get; init; }

    /// <summary>Départements the region is made of.</summary>
    public required IReadOnlyList<string> Departements { get; init; }

    /// <summary>Health sites in all, médico-social ones not counted.</summary>
    public required int Sites { get; init; }

    /// <summary>Legal entities with more than one health site, the giant one included.</summary>
    public required int MultiSites { get; init; }

    /// <summary>Health sites of the one giant legal entity.</summary>
    public required int GiantSites { get; init; }

    public required int MedicoSocialSites { get; init; }
    public required int Ghts { get; init; }
    public required int Contrats { get; init; }

    /// <summary>Legal entities that must have a contrat and have none, on purpose: they raise alerts.</summary>
    public required int WithoutContrat { get; init; }

    /// <summary>How many of each ordinary change one day brings.</summary>
    public required int DailyVolume { get; init; }

    /// <summary>RC of the stock, topped up by chance to this number; 0 leaves it to the profiles.</summary>
    public int Rcs { get; init; }

    /// <summary>Financing lines of one campaign in the stock; 0 leaves it to the profiles.</summary>
    public int LignesCampagne { get; init; }

    /// <summary>Lines that a budget circular notifies in all (<see cref="SampleEventKind.Circulaire"/>).</summary>
    public required int LignesCirculaire { get; init; }

    /// <summary>Legal entities in the national files: the background fills up to it; 0 for a region alone.</summary>
    public int EntitesInAll { get; init; }

    /// <summary>Sites in the national files.</summary>
    public int SitesInAll { get; init; }

    /// <summary>Activities in the national files, each counted once (it stands under the EJ and under the ET).</summary>
    public int ActivitesInAll { get; init; }

    /// <summary>A dozen legal entities, for tests and quick demonstrations.</summary>
    public static SampleScale Mini { get; } = new()
    {
        Name = "mini",
        Entites = [("geant", 1), ("ch", 3), ("epsm", 1), ("clinique", 2), ("clinique-smr", 1), ("imagerie", 1), ("espic-mco", 1), ("espic-smr", 1), ("gcs-prive", 1)],
        Departements = ["75", "77", "93"],
        Sites = 20,
        MultiSites = 5,
        GiantSites = 4,
        MedicoSocialSites = 2,
        Ghts = 2,
        Contrats = 14,
        WithoutContrat = 1,
        DailyVolume = 1,
        LignesCirculaire = 120,
    };

    /// <summary>A region of the size of Île-de-France.</summary>
    public static SampleScale Idf { get; } = new()
    {
        Name = "idf",
        Entites =
        [
            ("geant", 1), ("ch", 34), ("epsm", 12), ("proximite", 2), ("gcs-public", 2),
            ("clinique", 60), ("clinique-smr", 45), ("clinique-psy", 22), ("dialyse", 12), ("laboratoire", 14), ("imagerie", 12),
            ("espic-mco", 15), ("espic-smr", 30), ("espic-psy", 14), ("had", 8), ("espic-dialyse", 10), ("cancer", 4), ("gcs-prive", 3),
        ],
        Departements = ["75", "77", "78", "91", "92", "93", "94", "95"],
        Sites = 500,
        MultiSites = 68,
        GiantSites = 34,
        MedicoSocialSites = 24,
        Ghts = 16,
        Contrats = 325,
        WithoutContrat = 6,
        DailyVolume = 4,
        LignesCirculaire = 3_000,
    };

    /// <summary>
    /// The country: the holders of sanitary acts as the region has them, and all the others that the national files hold
    /// (FINESS+ census of July 2026: 98,168 EJ, 174,508 sites, 292,873 activities).
    /// </summary>
    public static SampleScale France { get; } = new()
    {
        Name = "france",
        Entites =
        [
            ("geant", 1), ("ch", 420), ("epsm", 100), ("proximite", 300), ("gcs-public", 60),
            ("clinique", 420), ("clinique-smr", 540), ("clinique-psy", 280), ("dialyse", 240), ("laboratoire", 800), ("imagerie", 540),
            ("espic-mco", 120), ("espic-smr", 340), ("espic-psy", 160), ("had", 140), ("espic-dialyse", 130), ("cancer", 20), ("gcs-prive", 89),
        ],
        Departements = Territoires.Departements,
        Sites = 6_400,
        MultiSites = 800,
        GiantSites = 34,
        MedicoSocialSites = 1_600,
        Ghts = 135,
        Contrats = 5_000,
        WithoutContrat = 60,
        DailyVolume = 8,
        Rcs = 20_000,
        LignesCampagne = 100_000,
        LignesCirculaire = 50_000,
        EntitesInAll = 98_000,
        SitesInAll = 174_000,
        ActivitesInAll = 293_000,
    };

    /// <summary>The code path of <see cref="France"/> at a hundredth of its size, for tests.</summary>
    public static SampleScale Pays { get; } = new()
    {
        Name = "pays",
        Entites = [("geant", 1), ("ch", 8), ("epsm", 2), ("proximite", 4), ("clinique", 8), ("clinique-smr", 8), ("laboratoire", 8), ("imagerie", 4), ("espic-mco", 4), ("gcs-prive", 1)],
        Departements = Territoires.Departements,
        Sites = 70,
        MultiSites = 12,
        GiantSites = 6,
        MedicoSocialSites = 10,
        Ghts = 3,
        Contrats = 50,
        WithoutContrat = 2,
        DailyVolume = 1,
        Rcs = 400,
        LignesCampagne = 1_000,
        LignesCirculaire = 500,
        EntitesInAll = 980,
        SitesInAll = 1_740,
        ActivitesInAll = 2_930,
    };

    /// <summary>Every scale there is, by <see cref="Name"/>.</summary>
    public static IReadOnlyList<SampleScale> All { get; } = [Mini, Idf, Pays, France];
}
