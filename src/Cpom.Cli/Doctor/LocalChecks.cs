using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Cpom.Cli.Doctor;

/// <summary>What can be seen from this machine alone.</summary>
internal static class LocalChecks
{
    private static readonly string[] Variables =
        ["CPOM_SERVER", "CPOM_DATA", "CPOM_POSTGRES", "CPOM_LISTEN", "CPOM_HTTP_PORT", "CPOM_GRPC_PORT", "CPOM_ORIGINS", "CPOM_UPLOAD_MAX", "CPOM_UPLOADS",
            "CPOM_HOST", "CPOM_CLUSTER", "CPOM_SILO_ADDRESS", "CPOM_SILO_PORT", "CPOM_SILO_CLIENT_PORT", "CPOM_SILOS_WANTED", "CPOM_LOG", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "NO_COLOR"];

    public static IEnumerable<Check> All(string dataFolder, CliEnvironment environment) =>
    [
        new("cpom", CheckState.Fine, $"version {typeof(LocalChecks).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"),
        Grpc(),
        Cluster(),
        Normalisation(),
        StrictGzip(),
        DataFolder(dataFolder),
        Configuration(environment),
    ];

    private static Check Grpc() => new(
        "gRPC",
        CheckState.Note,
#if GRPC_PACKAGES
        "paquets Grpc.AspNetCore et Grpc.Net.Client"
#else
        "Cpom.GrpcCompat tient lieu des paquets Grpc.AspNetCore et Grpc.Net.Client, que la source de paquets ne donnait pas à la compilation"
#endif
    );

    private static Check Cluster() =>
#if ORLEANS
        new("Orleans", CheckState.Fine, "compris dans cette version");
#else
        new("Orleans", CheckState.Note, "laissé de côté ; des nœuds embarqués sur un même PostgreSQL s'étendent sans lui");
#endif

    // R-034 counts an accented letter once, however it was typed: without ICU, 450 characters are counted wrongly.
    private static Check Normalisation() => "e\u0301".Normalize(NormalizationForm.FormC) == "é"
        ? new Check("ICU", CheckState.Fine, "les textes sont mis en forme composée (R-034)")
        : new Check("ICU", CheckState.Broken, "absente : les textes ne peuvent pas être comptés (R-034) ; installer libicu, et laisser DOTNET_SYSTEM_GLOBALIZATION_INVARIANT à false");

    private static Check StrictGzip()
    {
        try
        {
            using var cut = new GZipStream(new MemoryStream(TruncatedGzip()), CompressionMode.Decompress);
            cut.CopyTo(Stream.Null);
            return new Check("gzip", CheckState.Broken, "un fichier tronqué passe pour entier : System.IO.Compression.UseStrictValidation n'est pas en vigueur");
        }
        catch (InvalidDataException)
        {
            return new Check("gzip", CheckState.Fine, "un fichier tronqué est refusé");
        }
    }

    private static byte[] TruncatedGzip()
    {
        using var whole = new MemoryStream();
        using (var zip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write("un contenu qui sera coupé avant sa fin"u8);
        }

        return whole.ToArray()[..^8];
    }

    private static Check DataFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new Check("dossier de données", CheckState.Note, $"{folder} n'existe pas encore ; « cpom serve » le crée");
        }

        var probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Check("dossier de données", CheckState.Fine, $"{folder} est inscriptible, {Render.Words.Bytes(new DriveInfo(folder).AvailableFreeSpace)} libres");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Check("dossier de données", CheckState.Broken, $"{folder} n'est pas inscriptible : {failure.Message}");
        }
    }

    // A connection string holds a password: it is said to be there, never shown.
    private static Check Configuration(CliEnvironment environment)
    {
        var set = Variables.Where(name => !string.IsNullOrEmpty(environment.Variables(name))).Select(name => name == "CPOM_POSTGRES" ? name : $"{name}={environment.Variables(name)}").ToList();
        return new Check("variables", CheckState.Fine, set.Count > 0 ? string.Join(' ', set) : "aucune : valeurs par défaut");
    }
}
