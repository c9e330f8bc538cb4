using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cpom.Cli;
using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>What docs/operations.md tells an operator is what the code and the manifests have.</summary>
public sealed partial class DocumentedTests
{
    [Fact]
    public void The_table_of_variables_has_what_the_code_reads() => Assert.Equal(ReadVariables.All.Order(StringComparer.Ordinal), Operations.Variables.Order(StringComparer.Ordinal));

    [Fact(DisplayName = "Every variable that a file of src names is one that the program was seen to read")]
    public void No_variable_is_read_elsewhere()
    {
        var named = Directory.GetFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Named().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct();
        Assert.Empty(named.Except(ReadVariables.All));
    }

    [Fact]
    public void A_drain_that_the_program_allows_is_documented_with_its_end() => Assert.True(Operations.GraceBeyondDrain > 0);

    [ManifestFact(DisplayName = "Chaque commande du chapitre « On Kubernetes » nomme des fichiers, des objets et des verbes qui existent")]
    public async Task Its_commands_are_about_what_there_is()
    {
        Assert.NotEmpty(Operations.Commands);
        Findings.None(await Check(Operations.Commands));
    }

    [ManifestFact(DisplayName = "Le fichier d'une installation, tel qu'il est documenté, donne l'image et les réglages qu'il dit")]
    public async Task Its_file_of_an_installation_renders()
    {
        using var folder = new TemporaryFolder();
        var root = Path.GetRelativePath(folder.Path, Repository.Root);
        await File.WriteAllTextAsync(folder.File("kustomization.yaml"), string.Concat(Operations.Files).Replace("../cpom/", root + "/", StringComparison.Ordinal));
        var rendering = await Tools.Read(await Tools.Kubectl(["kustomize", folder.Path]));
        Findings.None(rendering.Findings);
        Findings.None(References.Check(rendering.Objects, Operations.Secrets));
        Findings.None(Settings.Check([.. rendering.Objects.Select(Named)], Operations.GraceBeyondDrain));
        Assert.All(rendering.Objects.Where(o => o.Kind == "Deployment").SelectMany(o => o.Containers), container => Assert.Equal("images.example.fr/cpom", container.Image));
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", rendering.Objects.Single(o => o.Kind == "ConfigMap").Json["data"]!.ToJsonString(), StringComparison.Ordinal);

        // Of a registry or not, the image is ours.
        static Manifest Named(Manifest o) => new((JsonObject)JsonNode.Parse(o.Json.ToJsonString().Replace("images.example.fr/", string.Empty, StringComparison.Ordinal))!);
    }

    [ManifestTheory]
    [InlineData("kubectl apply -k deploy/k8s/overlays/prod", "deploy/k8s/overlays/prod")]
    [InlineData("kubectl -n cpom rollout status deployment/cpom-nodes", "deployment/cpom-nodes")]
    [InlineData("kubectl -n cpom exec deployment/cpom-node -- dotnet /app/cpom.dll doctors", "doctors")]
    public async Task A_wrong_command_is_seen(string command, string finding) => Findings.Some(await Check([command]), finding);

    private static async Task<IEnumerable<string>> Check(IReadOnlyList<string> commands)
    {
        var objects = await Task.WhenAll(Manifests.Overlays.Select(Manifests.Whole));
        var names = objects.SelectMany(o => o).Select(o => $"{o.Kind.ToLowerInvariant()}/{o.Name}").Append("job/cpom-backup-now").ToHashSet(StringComparer.Ordinal);
        return
            from command in commands
            from finding in Folder().Matches(command).Select(match => match.Value.Trim()).Where(path => !Path.Exists(Repository.At(path))).Select(path => $"there is no {path}")
                .Concat(Object().Matches(command).Select(match => match.Value).Where(name => !names.Contains(name)).Select(name => $"there is no {name}"))
                .Concat(InPod().Match(command) is { Success: true } verb ? Errors(verb.Groups[1].Value) : [])
            select $"{command}: {finding}";
    }

    private static IEnumerable<string> Errors(string arguments) =>
        CommandLine.Build(new(Terminal.Plain(TextWriter.Null, TextWriter.Null), TimeProvider.System, _ => null)).Parse(arguments.Split('|')[0].Trim()).Errors.Select(error => error.Message);

    [GeneratedRegex("\"(CPOM_[A-Z_]+)\"")]
    private static partial Regex Named();

    [GeneratedRegex(@"deploy/k8s/[\w./-]+")]
    private static partial Regex Folder();

    [GeneratedRegex(@"\b(deployment|cronjob|job|statefulset|horizontalpodautoscaler|service)/[\w-]+")]
    private static partial Regex Object();

    [GeneratedRegex(@"-- dotnet /app/cpom\.dll (.+)$")]
    private static partial Regex InPod();
}
