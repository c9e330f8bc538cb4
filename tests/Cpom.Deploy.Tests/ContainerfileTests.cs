using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>The image, as far as it can be judged where no engine is.</summary>
public sealed class ContainerfileTests
{
    /// <summary>What the build reads beside the projects.</summary>
    private static readonly string[] Needed = ["global.json", "Directory.Build.props", "Directory.Packages.props", ".editorconfig", "build/env.sh", "build/feed.sh", "protos/", "src/"];

    private static string Text => File.ReadAllText(Repository.At("Containerfile"));

    [Fact]
    public void It_builds_from_what_there_is() => Findings.None(Check(Text));

    [Fact(DisplayName = "Its runtime is the one that comes with the SDK")]
    public void Runtime() => Findings.None(CheckRuntime(Text));

    [Theory]
    [InlineData("COPY src/", "COPY sources/ sources/\nCOPY src/", "it copies sources/, which is not there")]
    [InlineData("sdk:10.0.401", "sdk:10.0", "the SDK of global.json")]
    [InlineData("--from=build", "--from=publish", "there is no stage publish")]
    [InlineData("${REGISTRY}/dotnet/sdk", "registry.example/dotnet/sdk", "it names a registry")]
    [InlineData("ARG REGISTRY", "ARG REGISTRY=registry.example", "it names a registry")]
    [InlineData("USER 1654", "USER root", "its user is root")]
    [InlineData("\"/app/cpom.dll\"", "\"/app/cpom\"", "it starts")]
    [InlineData(".editorconfig ", "", "it does not copy .editorconfig")]
    public void A_wrong_line_is_seen(string line, string other, string finding) => Findings.Some(Check(Text.Replace(line, other, StringComparison.Ordinal)), finding);

    [Fact]
    public void Another_runtime_is_seen() => Findings.Some(CheckRuntime("FROM ${REGISTRY}/dotnet/aspnet:9.0.1-noble\n"), "9.0.1");

    /// <summary>Whose image the manifests run as this user, so that a volume's files are its own.</summary>
    [ManifestFact]
    public async Task The_pods_run_as_its_user() => Findings.None(await Manifests.Check(objects =>
        from owner in objects.Where(o => o.Containers.Any(container => container.IsOurs))
        from key in new[] { "runAsUser", "runAsGroup", "fsGroup" }
        where owner.Pod!["securityContext"]![key]!.ToString() != User(Text)
        select $"{owner}: its {key} is not the user of the image, {User(Text)}"));

    [ManifestFact(DisplayName = "Le nom de l'image est celui de la version que l'on construit")]
    public async Task The_tag_is_this_version()
    {
        var version = Regex.Match(File.ReadAllText(Repository.At("Directory.Build.props")), "<Version>(.+)</Version>").Groups[1].Value;
        Findings.None(await Manifests.Check(objects =>
            from owner in objects
            from container in owner.Containers.Where(container => container.IsOurs && container.Tag != version)
            select $"{owner}: its image is {container.Tag}, and this is {version}"));
    }

    private static IEnumerable<string> Check(string text)
    {
        var stages = Regex.Matches(text, @"^FROM (\S+?):(\S+)(?: AS (\w+))?$", RegexOptions.Multiline).ToList();
        var sdk = JsonNode.Parse(File.ReadAllText(Repository.At("global.json")))!["sdk"]!["version"]!.GetValue<string>();
        if (stages.Count != 2 || stages[0].Groups[1].Value.Split('/')[^1] != "sdk" || stages[0].Groups[2].Value != sdk)
        {
            yield return $"its first stage is not the SDK of global.json, {sdk}";
        }

        if (!text.Contains("\nARG REGISTRY\n", StringComparison.Ordinal) || stages.Any(stage => !stage.Groups[1].Value.StartsWith("${REGISTRY}/dotnet/", StringComparison.Ordinal)))
        {
            yield return "it names a registry: that is the operator's to give";
        }

        var copied = Regex.Matches(text, @"^COPY (?!--from)(.+) \S+$", RegexOptions.Multiline).SelectMany(match => match.Groups[1].Value.Split(' ')).ToList();
        foreach (var source in copied.Where(source => !Path.Exists(Repository.At(source))))
        {
            yield return $"it copies {source}, which is not there";
        }

        foreach (var needed in Needed.Except(copied))
        {
            yield return $"it does not copy {needed}, which the build reads";
        }

        foreach (var stage in Regex.Matches(text, @"--from=(\w+)").Select(match => match.Groups[1].Value).Where(name => stages.All(stage => stage.Groups[3].Value != name)))
        {
            yield return $"there is no stage {stage}";
        }

        if (!int.TryParse(User(text), out var user) || user == 0)
        {
            yield return $"its user is {User(text)}: Kubernetes must see by the number that it is not root";
        }

        var entry = JsonNode.Parse(Regex.Match(text, "^ENTRYPOINT (.+)$", RegexOptions.Multiline).Groups[1].Value)!.AsArray().Select(word => word!.GetValue<string>()).ToList();
        if (entry is not ["dotnet", { } program] || !text.Contains($"--output {Path.GetDirectoryName(program)} ", StringComparison.Ordinal) || !File.Exists(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(program))) || !program.EndsWith(".dll", StringComparison.Ordinal))
        {
            yield return $"it starts {string.Join(' ', entry)}, which is not what it publishes";
        }
    }

    private static IEnumerable<string> CheckRuntime(string text)
    {
        var told = typeof(ContainerfileTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        var runtime = Regex.Match(text, @"^FROM \S+/aspnet:([\d.]+)", RegexOptions.Multiline).Groups[1].Value;
        if (Text.Contains($"sdk:{told["Sdk"]}", StringComparison.Ordinal) && runtime != told["Runtime"])
        {
            yield return $"its runtime is {runtime}, and that of the SDK {told["Sdk"]} is {told["Runtime"]}";
        }
    }

    private static string User(string text) => Regex.Match(text, @"^USER (\S+)$", RegexOptions.Multiline).Groups[1].Value;
}
