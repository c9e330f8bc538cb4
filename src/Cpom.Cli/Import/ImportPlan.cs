using Cpom.Intake;

namespace Cpom.Cli.Import;

/// <summary>A file found, and what it was recognised as by its content.</summary>
/// <param name="Kind">Null when it was not recognised.</param>
/// <param name="Refusal">Why it was not.</param>
/// <param name="Size">Bytes.</param>
internal sealed record FoundFile(string Path, FileKind? Kind, FileRefusal? Refusal, long Size)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public static FoundFile Of(string path)
    {
        var size = new FileInfo(path).Length;
        return FileSource.Open(path) switch
        {
            FileOpening.Opened opened => new FoundFile(path, opened.Source.Kind, null, size),
            FileOpening.Refused refused => new FoundFile(path, null, refused.Refusal, size),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

/// <summary>One upload to make.</summary>
/// <param name="Sign">The pass over the contrats that signs them, once their lines and engagements are in.</param>
/// <param name="Force">What it says is taken even where a later file has spoken of the same.</param>
internal sealed record ImportTask(FoundFile File, bool Complete, bool Sign, bool Force = false);

/// <summary>In which order files go in.</summary>
internal static class ImportPlan
{
    /// <summary>
    /// Nomenclatures, then structures, since all else names them; then the acts, so that the socle commun of the contrats that follow is complete; then the
    /// contrats and their engagements; last the signatures, because a signed text takes no more engagements. A contrat already in force gets the
    /// acts as pending items whatever the order.
    /// </summary>
    /// <param name="files">Of one folder, or named together.</param>
    public static IReadOnlyList<ImportTask> Of(IEnumerable<FoundFile> files, bool complete, bool sign, bool force = false)
    {
        var ordered = files.OrderBy(RankOf).ThenBy(file => file.Name, StringComparer.Ordinal).ToList();
        var tasks = ordered.Select(file => new ImportTask(file, complete, Sign: false, force)).ToList();
        if (sign)
        {
            tasks.AddRange(ordered.Where(file => file.Kind == FileKind.ContratsCsv).Select(file => new ImportTask(file, complete, Sign: true)));
        }

        return tasks;
    }

    private static int RankOf(FoundFile file) => file.Kind switch
    {
        FileKind.NomenclatureAmm or FileKind.NomenclatureRc => -1, // So that what follows is checked against them.
        FileKind.FinessStructures or FileKind.EjXml => 0,
        FileKind.FinessActivites => 1,
        FileKind.RcXml => 2,
        FileKind.HapiNotifications or FileKind.HapiEngagements => 3,
        FileKind.ContratsCsv => 4,
        FileKind.EngagementsCsv => 5,
        _ => 6, // The server says what is wrong with it.
    };
}
