using Cpom.Sample.Faults;
using Cpom.Sample.Fond;
using Cpom.Sample.Writing;

namespace Cpom.Sample;

/// <summary>Writes the folder of one day, with the faults that were asked for on it.</summary>
internal sealed class RoundWriter(SampleOptions options, RegionModel region, FondFiles fond, FaultManifest manifest)
{
    private string? _before;

    /// <summary>Returns the folder.</summary>
    public string Write(int day)
    {
        var date = options.BaseDate.AddDays(day);
        var directory = Path.Combine(options.Directory, Text.Invariant($"jour-{day}"));
        Directory.CreateDirectory(directory);
        var files = new RoundFiles(directory, date);
        var faults = new FaultPlay(options, region, manifest, day);
        faults.Before();
        WriteFile(files.Structures, target => SteadyGzip.Write(target, zip => StructuresWriter.Write(zip, region, date, fond.Structures)));
        WriteFile(files.Activites, target => SteadyGzip.Write(target, zip => ActivitesWriter.Write(zip, region, date, fond.Activites)));
        WriteFile(files.Rc, target => RcWriter.Write(target, region, date, day));
        WriteFile(files.Hapi, target => CsvWriters.WriteHapi(target, region.Mouvements));
        var contrats = day == 0 ? region.Contrats : region.NewContrats;
        if (contrats.Count > 0)
        {
            WriteFile(files.Contrats, target => CsvWriters.WriteContrats(target, contrats));
            WriteFile(files.Engagements, target => CsvWriters.WriteEngagements(target, contrats));
        }

        faults.After(files, _before);
        _before = directory;
        return directory;
    }

    private static void WriteFile(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024);
        write(file);
    }
}

/// <summary>The files of one folder, by their full paths; those of contrats are there only when there are new ones.</summary>
internal sealed record RoundFiles(string Directory, DateOnly Date)
{
    public string Structures => Path.Combine(Directory, $"finess-structures-journalier-{Text.Compact(Date)}.json.gz");

    public string Activites => Path.Combine(Directory, $"finess-activites-journalier-{Text.Compact(Date)}.json.gz");

    public string Rc => Path.Combine(Directory, $"finess_cs1600102_stock_{Text.Compact(Date)}-0417.xml");

    public string Hapi => Path.Combine(Directory, Text.Invariant($"MEN_HAPI_{Date.Year:0000}_{Date.Month:00}_{Date.Day:00}.CSV"));

    public string Contrats => Path.Combine(Directory, "contrats.csv");

    public string Engagements => Path.Combine(Directory, "engagements.csv");
}
