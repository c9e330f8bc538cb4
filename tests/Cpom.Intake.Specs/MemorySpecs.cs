using System.IO.Compression;
using System.Text;

namespace Cpom.Intake.Specs;

/// <summary>Run alone: what lives in the process is what is measured.</summary>
[CollectionDefinition(nameof(MemorySpecs), DisableParallelization = true)]
[Collection(nameof(MemorySpecs))]
public sealed class MemorySpecs
{
    /// <summary>One site and its activities are held; the buffers and the code table weigh under 1 MB.</summary>
    private const long GrowthBytesMax = 4 * 1024 * 1024;

    private const int SitesPerEntite = 5;
    private const int ActivitesPerSite = 20;

    [Fact(DisplayName = "Lire un fichier d'activités ne garde en mémoire que le site en cours")]
    public async Task Activites()
    {
        using var file = Given.File("finess-activites.json.gz", []);
        var contentBytes = Write(file.Path, entites: 600);
        var valid = await Given.Valid(file.Path);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (sites, activites, most) = (0, 0, 0L);
        await foreach (var item in FinessActivitesReader.Read(valid))
        {
            activites += Assert.IsType<SourceItem<SiteActivites>.Row>(item).Value.Rows.Count;
            if (++sites % 500 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal((600 * SitesPerEntite, 600 * SitesPerEntite * ActivitesPerSite), (sites, activites));
        Assert.True(contentBytes > 8 * GrowthBytesMax, $"The file is too small to show anything: {contentBytes} bytes.");
        Assert.True(most < GrowthBytesMax, $"{most} bytes more were alive while reading {contentBytes} bytes.");
    }

    /// <summary>Generated straight into the compressor: the content is never whole in memory here either.</summary>
    private static long Write(string path, int entites)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest), new UTF8Encoding(false));
        var chars = 0L;
        Put("{\"schemaVersion\":\"1\",\"pmej\":[");
        for (var entite = 0; entite < entites; entite++)
        {
            Put($"{(entite == 0 ? "" : ",")}{{\"numFiness\":\"99{entite:D7}\",\"activitesAutorisees\":[],\"ege\":[");
            for (var site = 0; site < SitesPerEntite; site++)
            {
                var activites = Enumerable.Range(0, ActivitesPerSite).Select(n => Activite((((entite * SitesPerEntite) + site) * ActivitesPerSite) + n));
                Put($"{(site == 0 ? "" : ",")}{{\"numFinessEge\":\"98{(entite * SitesPerEntite) + site:D7}\",\"activitesExercees\":[{string.Join(',', activites)}]}}");
            }
            Put("]}");
        }
        Put("]}");
        return chars;

        void Put(string text)
        {
            chars += text.Length;
            writer.Write(text);
        }
    }

    private static string Activite(int id) =>
        $"{{\"caracteristiquesGeneriques\":{{\"activiteAeId\":\"{id}\",\"etatObjet\":\"A\",\"identifiantAutorisation\":\"{id}\",\"numAutorisationArhgos\":\"99-99-{id}\","
        + "\"dateDebutActiviteAutorisee\":\"2024-05-09\",\"dateFinActiviteAutorisee\":\"2031-05-09\",\"dateFinEffectiveActivite\":null},\"nature\":{\"codeNature\":\"AMM\","
        + "\"caracteristiquesSpecifiques\":{\"aaSoinAmmId\":\"18814\",\"appareil\":[],\"typeActiviteAMM\":{\"activiteAMM\":\"QA002\",\"modaliteAMM\":\"MO006\",\"mentionAMM\":\"ME000\","
        + "\"ptsAMM\":\"PTS19\",\"declarationAMM\":\"DE022\"}}},\"evenement\":[{\"evenementId\":\"1\",\"dateEnregistrement\":\"2026-07-16 13:38:45\",\"dateEvenement\":\"2025-05-09\"}],"
        + "\"engagement\":[],\"capacite\":[],\"zoneIntervention\":null}";
}
