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
    };

    /// <summary>Every scale there is, by <see cref="Name"/>.</summary>
    public static IReadOnlyList<SampleScale> All { get; } = [Mini, Idf];
}
