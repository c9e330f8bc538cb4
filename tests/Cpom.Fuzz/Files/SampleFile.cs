using Cpom.Intake;
using Cpom.Intake.Specs;

namespace Cpom.Fuzz;

/// <summary>A file as an agency would send it.</summary>
internal sealed record SampleFile(string Name, byte[] Content)
{
    /// <summary>Larger real extracts cost more than they bring.</summary>
    private const int SharedBytesMax = 64 * 1024;

    public bool IsGzip => Content is [0x1F, 0x8B, ..];

    /// <summary>The real extracts of the folder beside the project, where it is there.</summary>
    public static IEnumerable<SampleFile> Shared()
    {
        if (SharedData.Folder is null)
        {
            return [];
        }

        return Directory.EnumerateFiles(SharedData.Folder, "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length <= SharedBytesMax)
            .Order(StringComparer.Ordinal)
            .Where(path => FileSource.Open(path) is FileOpening.Opened)
            .Select(path => new SampleFile(Path.GetFileName(path), File.ReadAllBytes(path)))
            .ToList();
    }
}
