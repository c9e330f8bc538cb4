namespace Cpom.Cli.Import;

/// <summary>Files that go in together.</summary>
/// <param name="Ignored">Found in a folder and recognised as nothing the platform reads; a file that was named is never ignored.</param>
internal sealed record FileBatch(IReadOnlyList<FoundFile> Files, IReadOnlyList<FoundFile> Ignored);

/// <summary>From what was typed to batches of files.</summary>
internal static class FileFinder
{
    /// <summary>
    /// The files that were named make one batch. Each folder below a folder that was named makes its own, in the order of their names with
    /// numbers counted as numbers: jour-2 is played before jour-10.
    /// </summary>
    /// <exception cref="CliException">A path does not exist.</exception>
    public static IReadOnlyList<FileBatch> Find(IReadOnlyList<string> paths)
    {
        var batches = new List<FileBatch>();
        var named = paths.Where(path => !Directory.Exists(path)).ToList();
        if (named.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw new CliException($"{missing} n'existe pas.");
        }

        if (named.Count > 0)
        {
            batches.Add(new FileBatch([.. named.Select(FoundFile.Of)], []));
        }

        batches.AddRange(paths.Where(Directory.Exists).SelectMany(FoldersOf).Select(BatchOf).Where(batch => batch.Files.Count + batch.Ignored.Count > 0));
        return batches;
    }

    private static IEnumerable<string> FoldersOf(string folder) =>
        Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder).Order(NaturalOrder.Instance);

    private static FileBatch BatchOf(string folder)
    {
        var found = Directory.EnumerateFiles(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal).Select(FoundFile.Of).ToList();
        return new FileBatch([.. found.Where(file => file.Kind is not null)], [.. found.Where(file => file.Kind is null)]);
    }
}
