using System.Text;
using Cpom.Sample.Events;
using Cpom.Sample.Faults;
using Cpom.Sample.Fond;
using Cpom.Sample.Writing;

namespace Cpom.Sample;

/// <summary>
/// Writes a believable fictional region, or the whole country, in the agency's own formats (formats.md sections 1, 3, 4
/// and 5), for tests and first trials: no name and no number in it is real. The stock goes to jour-0, what is played
/// after it to jour-1, jour-2 …
/// </summary>
public static class SampleRegion
{
    /// <summary>
    /// Writes the files. Equal options give equal bytes on every machine. Nothing is printed. What is held is the holders of
    /// sanitary acts; the rest of a country is written as a stream.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of <see cref="SampleOptions"/> is outside its bounds.</exception>
    /// <exception cref="ArgumentException">A fault on a day that is not written.</exception>
    /// <exception cref="IOException">The folder holds an earlier sample and <see cref="SampleOptions.Replace"/> is false, or the disk refuses.</exception>
    public static SampleSummary Write(SampleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        PrepareDirectory(options);
        File.WriteAllBytes(Path.Combine(options.Directory, SampleSocle.FileName), Encoding.UTF8.GetBytes(SampleSocle.Json));
        SampleNomenclatures.Write(options);
        var country = new SampleCountry(options);
        using var fond = FondFiles.Write(country.Fond, options.Directory, cancellationToken);
        var manifest = new FaultManifest();
        var folders = new RoundWriter(options, country.Region, fond, manifest);
        var days = new List<SampleDay>();
        var changes = new List<string> { "Stock de départ" };
        var mouvements = 0;
        for (var day = 0; day <= options.Days; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (day > 0)
            {
                changes.AddRange(country.Play(day));
            }

            if (day >= options.From && (day - options.From) % options.Every == 0)
            {
                days.Add(new SampleDay(day, options.BaseDate.AddDays(day), folders.Write(day), changes));
                mouvements += country.Region.Mouvements.Count;
            }

            // The next folder tells of the days after this one, whether this one was written or stands before the first.
            if ((day - options.From) % options.Every == 0)
            {
                changes = [];
                country.Region.StartRound();
            }
        }

        manifest.Write(options);
        return Summarize(options, country, mouvements, days);
    }

    private static void PrepareDirectory(SampleOptions options)
    {
        Directory.CreateDirectory(options.Directory);
        var old = Directory.GetDirectories(options.Directory, "jour-*").Where(d => Path.GetFileName(d).AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0).Order(StringComparer.Ordinal).ToList();
        if (old.Count > 0 && !options.Replace)
        {
            throw new IOException($"Le dossier {options.Directory} contient déjà un échantillon ({Path.GetFileName(old[0])}).");
        }

        foreach (var directory in old)
        {
            Directory.Delete(directory, recursive: true);
        }

        // Named by their day: those of another base date would go in beside the new ones.
        foreach (var list in Directory.GetFiles(options.Directory, SampleNomenclatures.Pattern))
        {
            File.Delete(list);
        }

        File.Delete(FaultManifest.PathOf(options));
    }

    private static SampleSummary Summarize(SampleOptions options, SampleCountry country, int mouvements, IReadOnlyList<SampleDay> days)
    {
        var region = country.Region;
        var sites = region.Entites.SelectMany(e => e.Sites).ToList();
        return new SampleSummary(
            options.Scale.Name,
            options.Seed,
            options.BaseDate,
            region.Entites.Count,
            sites.Count(s => !s.MedicoSocial),
            sites.Count(s => s.MedicoSocial),
            region.Entites.Count + country.Fond.Count,
            sites.Count + country.Fond.Sites,
            sites.Sum(s => s.Autorisations.Count) + country.Fond.Activites,
            region.Ghts.Count,
            region.Contrats.Count,
            region.Contrats.Count(c => c.Effet >= ContratBuilder.Regime2025Start),
            region.Contrats.Sum(c => c.Engagements.Count),
            region.Contrats.SelectMany(c => c.Engagements).Sum(e => e.Indicateurs.Count),
            sites.Sum(s => s.Autorisations.Count),
            sites.Sum(s => s.Rcs.Count),
            mouvements,
            days);
    }
}
