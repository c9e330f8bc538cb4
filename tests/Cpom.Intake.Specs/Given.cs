using System.IO.Compression;
using System.Text;

namespace Cpom.Intake.Specs;

/// <summary>Writes a sample to a temporary file, opens it as the platform would, and reads it to the end.</summary>
internal static class Given
{
    public static TempFile File(string name, string content, Encoding? encoding = null) =>
        new(name, (encoding ?? new UTF8Encoding(false)).GetBytes(content));

    public static TempFile File(string name, byte[] content) => new(name, content);

    public static byte[] Gzip(string content)
    {
        using var whole = new MemoryStream();
        using (var writer = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            writer.Write(Encoding.UTF8.GetBytes(content));
        }
        return whole.ToArray();
    }

    public static FileSource Open(string path) => FileSource.Open(path) switch
    {
        FileOpening.Opened opened => opened.Source,
        FileOpening.Refused refused => throw new Xunit.Sdk.XunitException($"Refused: {refused.Refusal}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static FileRefusal OpenRefused(string path) => Assert.IsType<FileOpening.Refused>(FileSource.Open(path)).Refusal;

    public static async Task<ValidFile> Valid(string path) => await Open(path).Validate() switch
    {
        FileValidation.Valid valid => valid.File,
        FileValidation.Refused refused => throw new Xunit.Sdk.XunitException($"Refused: {refused.Refusal}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static async Task<FileRefusal> ValidateRefused(string path) =>
        Assert.IsType<FileValidation.Refused>(await Open(path).Validate()).Refusal;

    public static async Task<Items<TRow>> Items<TRow>(string path, Func<ValidFile, IAsyncEnumerable<SourceItem<TRow>>> read)
        where TRow : ISourceRow
    {
        List<SourceItem<TRow>> items = [];
        await foreach (var item in read(await Valid(path)))
        {
            items.Add(item);
        }
        return new Items<TRow>(items);
    }
}

internal sealed record Items<TRow>(List<SourceItem<TRow>> All)
    where TRow : ISourceRow
{
    public TRow[] Rows => [.. All.OfType<SourceItem<TRow>.Row>().Select(item => item.Value)];

    public LineFault[] Faults => [.. All.OfType<SourceItem<TRow>.Fault>().Select(item => item.Value)];

    public LineWarning[] Warnings => [.. All.OfType<SourceItem<TRow>.Warning>().Select(item => item.Value)];

    public SourceItem<TRow>.OutOfScope[] OutOfScope => [.. All.OfType<SourceItem<TRow>.OutOfScope>()];
}

internal sealed class TempFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cpom-intake-").FullName;

    public TempFile(string name, byte[] content)
    {
        Path = System.IO.Path.Combine(_folder, name);
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
