using Cpom.Sample.Writing;

namespace Cpom.Sample;

/// <summary>
/// Writes a believable fictional region in the agency's own formats (formats.md sections 1, 3, 4 and 5), for tests and
/// first trials: no name and no number in it is real. The stock goes to jour-0, each day played to jour-1, jour-2 …
/// </summary>
public static class SampleRegion
{
    /// <summary>
    /// Writes the files. Equal options give equal bytes on every machine. Nothing is printed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Days outside 0 to <see cref="SampleOptions.DaysMax"/>.</exception>
    /// <exception cref="IOException">The folder holds an earlier sample and <see cref="SampleOptions.Replace"/> is false, or the disk refuses.</exception>
    public static SampleSummary Write(SampleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Days, SampleOptions.DaysMax);
        PrepareDirectory(options);
        var sequences = new Sequences();
        var region = Build(options, sequences);
        var stock = WriteDay(options, region, 0);
        WriteFile(stock, "contrats.csv", target => CsvWriters.WriteContrats(target, region.Contrats));
        WriteFile(stock, "engagements.csv", target => CsvWriters.WriteEngagements(target, region.Contrats));
        var mouvements = region.Mouvements.Count;
        var days = new List<SampleDay> { new(0, options.BaseDate, stock, ["Stock de départ"]) };
        var play = new DayPlay(region, options.Scale, options.Seed, options.BaseDate, sequences);
        for (var day = 1; day <= options.Days; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changes = play.Play(day);
            days.Add(new SampleDay(day, options.BaseDate.AddDays(day), WriteDay(options, region, day), changes));
            mouvements += region.Mouvements.Count;
        }

        return Summarize(options, region, mouvements, days);
    }

    private static RegionModel Build(SampleOptions options, Sequences sequences)
    {
        var region = new RegionModel();
        new StructureBuilder(options.Scale, options.Seed, options.BaseDate, sequences).Build(region);
        new ActBuilder(options.Seed, options.BaseDate, sequences).Build(region);
        new ContratBuilder(options.Scale, options.Seed, options.BaseDate).Build(region);
        new FinancementBuilder(options.Seed, options.BaseDate).Build(region);
        return region;
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
    }

    private static string WriteDay(SampleOptions options, RegionModel region, int day)
    {
        var date = options.BaseDate.AddDays(day);
        var directory = Path.Combine(options.Directory, Text.Invariant($"jour-{day}"));
        Directory.CreateDirectory(directory);
        WriteFile(directory, $"finess-structures-journalier-{Text.Compact(date)}.json.gz", target => Zip(target, zip => StructuresWriter.Write(zip, region, date)));
        WriteFile(directory, $"finess-activites-journalier-{Text.Compact(date)}.json.gz", target => Zip(target, zip => ActivitesWriter.Write(zip, region, date)));
        WriteFile(directory, $"finess_cs1600102_stock_{Text.Compact(date)}-0417.xml", target => RcWriter.Write(target, region, date, day));
        WriteFile(directory, Text.Invariant($"MEN_HAPI_{date.Year:0000}_{date.Month:00}_{date.Day:00}.CSV"), target => CsvWriters.WriteHapi(target, region.Mouvements));
        return directory;
    }

    private static void WriteFile(string directory, string name, Action<Stream> write)
    {
        using var file = File.Create(Path.Combine(directory, name));
        write(file);
    }

    private static void Zip(Stream target, Action<Stream> write)
    {
        using var zip = new SteadyGzipStream(target);
        write(zip);
    }

    private static SampleSummary Summarize(SampleOptions options, RegionModel region, int mouvements, IReadOnlyList<SampleDay> days)
    {
        var sites = region.Entites.SelectMany(e => e.Sites).ToList();
        return new SampleSummary(
            options.Scale.Name,
            options.Seed,
            options.BaseDate,
            region.Entites.Count,
            sites.Count(s => !s.MedicoSocial),
            sites.Count(s => s.MedicoSocial),
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
