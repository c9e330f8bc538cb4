using Cpom.Sample;
using Cpom.TestKit;

namespace Cpom.Soak;

/// <summary>
/// The entities that the clients own. They are in départements that the imported region does not have: no file of that region tells of them,
/// so that what is recorded of them comes in the order in which their one client acts.
/// </summary>
internal static class SoakRegion
{
    public static IReadOnlyList<string> Departements { get; } = ["13", "31", "44"];

    /// <param name="folder">Receives the files.</param>
    /// <returns>The structures file.</returns>
    public static Delivery Write(string folder)
    {
        var scale = SampleScale.Mini with
        {
            Name = "soak",
            Entites = [("ch", 6), ("clinique", 4), ("espic-mco", 2)],
            Departements = Departements,
            Sites = 20,
            MultiSites = 5,
            GiantSites = 0,
            MedicoSocialSites = 0,
            Ghts = 0,
            Contrats = 0,
            WithoutContrat = 0,
        };
        var summary = SampleRegion.Write(new() { Directory = folder, Scale = scale, Seed = 2 });
        return new(Directory.GetFiles(summary.Days[0].Directory, "finess-structures-*").Single());
    }

    /// <summary>The entities of the file and their sites, as the platform knows them, in one order.</summary>
    public static async Task<IReadOnlyList<Holding>> Holdings(Connection connection, CancellationToken cancellation)
    {
        var holdings = new List<Holding>();
        foreach (var departement in Departements)
        {
            var entites = await connection.Entites.ListEntitesAsync(new() { Departement = departement, PageSize = 1000 }, cancellationToken: cancellation);
            foreach (var entite in entites.Entites)
            {
                var known = await connection.Entites.GetEntiteAsync(new() { Name = entite.Name }, cancellationToken: cancellation);
                if (known.Entite.Sites.Count > 0)
                {
                    holdings.Add(new(entite.Finess, [.. known.Entite.Sites.Select(site => site.Finess)]));
                }
            }
        }

        return holdings.Count >= SoakLimits.ContratClients
            ? holdings
            : throw new InvalidOperationException($"Only {holdings.Count} entities for {SoakLimits.ContratClients} clients.");
    }
}
