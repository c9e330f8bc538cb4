namespace Cpom.Cli.Run;

/// <summary>The demonstration's own folder: made anew each time, so that the same command shows the same thing.</summary>
internal static class DemoFolder
{
    private const string Name = "demo";

    /// <summary>Only what an earlier demonstration left there is deleted, never the folder given.</summary>
    public static string Prepare(DirectoryInfo work)
    {
        var folder = Path.Combine(work.FullName, Name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return folder;
    }
}
