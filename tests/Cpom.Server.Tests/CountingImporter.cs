using Cpom.Domain.Flux;
using Cpom.Runtime.Intake;

namespace Cpom.Server.Tests;

/// <summary>Stands in for the importer: reads the file, says so, and refuses one that begins with "bad".</summary>
internal sealed class CountingImporter : IFileImporter
{
    public string? Path { get; private set; }

    public ImportOptions? Options { get; private set; }

    public async Task<ImportReport> Import(
        string path, string fileName, ImportOptions options, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        (Path, Options) = (path, options);
        var content = await File.ReadAllBytesAsync(path, cancellation);
        progress.Report(new(ImportPhase.Recording, content.Length, content.Length, 3));
        var refused = content.AsSpan().StartsWith("bad"u8) ? new LigneRejetee("ligne 1", "I-01", "Fichier illisible.", "Renvoyez-le.") : null;
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        return new("test", sha256, new(2026, 3, 1), false, refused, new(content.Length, 1, 0, 0, 0, 1, 0, 0), [new("ligne 2", "R-050", "RC incomplète.", "Complétez-la.")], 4, 7);
    }
}
