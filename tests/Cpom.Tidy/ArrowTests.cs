using System.Xml.Linq;
using Xunit;

namespace Cpom.Tidy;

/// <summary>Which project may refer to which, and to which packages (docs/ARCHITECTURE.md). No arrow is ever reversed.</summary>
public sealed class ArrowTests
{
    /// <summary>One row per project of src: the projects it may refer to (and through them to theirs), and its packages.</summary>
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Table = new()
    {
        ["Cpom.Domain"] = ([], []),
        ["Cpom.Runtime"] = (["Cpom.Domain"], []),
        ["Cpom.Intake"] = (["Cpom.Domain"], []),
        ["Cpom.Storage"] = (["Cpom.Runtime"], ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core", "Npgsql"]),
        ["Cpom.Sample"] = ([], []), // Writes files in the published formats: it must not share code with what reads them.
        ["Cpom.GrpcCompat"] = ([], ["Google.Protobuf", "Google.Api.CommonProtos", "Grpc.Tools", "Grpc.AspNetCore", "Grpc.AspNetCore.Web", "Grpc.Net.Client"]),
        ["Cpom.Protocol"] = (["Cpom.GrpcCompat"], ["Google.Protobuf", "Google.Api.CommonProtos", "Grpc.Tools"]),
        ["Cpom.Cluster"] = (["Cpom.Runtime"], ["Microsoft.Orleans.Server", "Microsoft.Orleans.Streaming", "Npgsql"]), // The only one that may name Orleans; Npgsql for who is in the cluster.
        ["Cpom.Server"] = (["Cpom.Runtime", "Cpom.Storage", "Cpom.Intake", "Cpom.Protocol", "Cpom.GrpcCompat", "Cpom.Sample", "Cpom.Cluster"],
            ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "OpenTelemetry.Exporter.Prometheus.AspNetCore"]),
        ["Cpom.Cli"] = (["Cpom.Server", "Cpom.Protocol", "Cpom.GrpcCompat", "Cpom.Sample"], ["System.CommandLine", "Spectre.Console"]),
    };

    private static readonly string[] Projects = Repo.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).ToArray();

    [Fact(DisplayName = "Projects refer only to those that their row of the table allows")]
    public void ArrowsHold() => Findings.None(Projects.SelectMany(p => CheckArrows(p, Repo.Read(p))));

    [Fact(DisplayName = "Projects of src use only the packages of their row; the domain uses none")]
    public void PackagesHold() => Findings.None(Projects.SelectMany(p => CheckPackages(p, Repo.Read(p))));

    [Fact(DisplayName = "Every project is in the solution")]
    public void SolutionIsComplete() => Findings.None(CheckSolution(Projects, Repo.Read("Cpom.Orleans.sln")));

    [Theory(DisplayName = "A wrong arrow is seen")]
    [InlineData("src/Cpom.Domain/Cpom.Domain.csproj", "src/Cpom.Runtime", "Cpom.Runtime")]
    [InlineData("src/Cpom.Runtime/Cpom.Runtime.csproj", "src/Cpom.Storage", "Cpom.Storage")]
    [InlineData("src/Cpom.Server/Cpom.Server.csproj", "tests/Cpom.TestKit", "Cpom.TestKit")]
    [InlineData("src/Cpom.New/Cpom.New.csproj", "src/Cpom.Domain", "no row")]
    public void WrongArrowIsSeen(string project, string reference, string mention) => Findings.Some(
        CheckArrows(project, $"""<Project><ItemGroup><ProjectReference Include="../../{reference}/{reference.Split('/')[1]}.csproj" /></ItemGroup></Project>"""), mention);

    [Fact(DisplayName = "An arrow through an allowed one is allowed")]
    public void TransitiveArrowIsAllowed() => Findings.None(
        CheckArrows("src/Cpom.Storage/Cpom.Storage.csproj", """<Project><ItemGroup><ProjectReference Include="../Cpom.Domain/Cpom.Domain.csproj" /></ItemGroup></Project>"""));

    [Theory(DisplayName = "A package out of place is seen")]
    [InlineData("src/Cpom.Domain/Cpom.Domain.csproj", "Npgsql")]
    [InlineData("src/Cpom.Server/Cpom.Server.csproj", "Microsoft.Orleans.Server")]
    [InlineData("tests/Cpom.Conformance/Cpom.Conformance.csproj", "Microsoft.Orleans.Server")]
    public void WrongPackageIsSeen(string project, string package) => Findings.Some(
        CheckPackages(project, $"""<Project><ItemGroup><PackageReference Include="{package}" /></ItemGroup></Project>"""), package);

    [Fact(DisplayName = "A project outside the solution is seen")]
    public void ForgottenProjectIsSeen() => Findings.Some(CheckSolution(["src/Cpom.New/Cpom.New.csproj"], ""), "dotnet sln add");

    private static IEnumerable<string> CheckArrows(string path, string text)
    {
        if (!path.StartsWith("src/", StringComparison.Ordinal))
        {
            return []; // Tests may refer to anything.
        }

        var project = Path.GetFileNameWithoutExtension(path);
        if (!Table.ContainsKey(project))
        {
            return [$"{path}: {project} has no row in the table of ArrowTests.cs: give it one, and draw it in docs/ARCHITECTURE.md."];
        }

        var allowed = Reachable(project).ToHashSet();
        return References(text, "ProjectReference")
            .Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))
            .Where(target => !allowed.Contains(target))
            .Select(target => $"{path}: {project} may not refer to {target}: move what it needs to a project it may refer to, or take it as a parameter.");
    }

    private static IEnumerable<string> CheckPackages(string path, string text)
    {
        var project = Path.GetFileNameWithoutExtension(path);
        var inSource = path.StartsWith("src/", StringComparison.Ordinal);
        var allowed = inSource && Table.TryGetValue(project, out var row) ? row.Packages : [];
        foreach (var package in References(text, "PackageReference"))
        {
            if (package.StartsWith("Microsoft.Orleans", StringComparison.Ordinal) && !project.StartsWith("Cpom.Cluster", StringComparison.Ordinal))
            {
                yield return $"{path}: only Cpom.Cluster and its tests may refer to {package}: everything else builds without Orleans.";
            }
            else if (inSource && !allowed.Contains(package))
            {
                yield return $"{path}: {package} is not in the row of {project} in ArrowTests.cs: use it where it belongs, or add it there and say why in the change.";
            }
        }
    }

    private static IEnumerable<string> CheckSolution(IEnumerable<string> projects, string solution) => projects
        .Where(p => !solution.Replace('\\', '/').Contains(p, StringComparison.Ordinal))
        .Select(p => $"{p} is not in Cpom.Orleans.sln: dotnet sln add {p}");

    private static IEnumerable<string> Reachable(string project) =>
        Table[project].Projects.SelectMany(p => Reachable(p).Prepend(p));

    private static IEnumerable<string> References(string text, string element) => XDocument.Parse(text).Descendants(element)
        .Select(e => (string?)e.Attribute("Include"))
        .OfType<string>();
}
