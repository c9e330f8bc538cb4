using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>What check.mjs prints.</summary>
/// <param name="Findings">What Kubernetes would refuse, object by object.</param>
public sealed record Rendering([property: JsonPropertyName("objects")] IReadOnlyList<JsonObject> Json, IReadOnlyList<string> Findings)
{
    [JsonIgnore]
    public IReadOnlyList<Manifest> Objects { get; } = [.. Json.Select(json => new Manifest(json))];
}

/// <summary>What an operator applies, as kubectl renders it.</summary>
internal static class Manifests
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Rendering>>> Rendered = new(StringComparer.Ordinal);

    /// <summary>Folders of whole installations.</summary>
    public static IReadOnlyList<string> Overlays { get; } =
        [.. Directory.GetDirectories(Repository.At("deploy/k8s/overlays")).Select(folder => $"deploy/k8s/overlays/{Path.GetFileName(folder)}").Order(StringComparer.Ordinal)];

    /// <summary>Folders of what is applied beside an installation, now and then.</summary>
    public static IReadOnlyList<string> Jobs { get; } =
        [.. Directory.GetDirectories(Repository.At("deploy/k8s/jobs")).Select(folder => $"deploy/k8s/jobs/{Path.GetFileName(folder)}").Order(StringComparer.Ordinal)];

    /// <param name="folder">From the root.</param>
    public static Task<Rendering> Of(string folder) =>
        Rendered.GetOrAdd(folder, _ => new(async () => await Tools.Read(await Tools.Kubectl(["kustomize", folder])))).Value;

    /// <summary>An overlay with what is applied beside it.</summary>
    public static async Task<IReadOnlyList<Manifest>> Whole(string overlay)
    {
        var renderings = await Task.WhenAll(Jobs.Prepend(overlay).Select(Of));
        return [.. renderings.SelectMany(rendering => rendering.Objects)];
    }

    /// <summary>The findings of a check on every overlay.</summary>
    public static async Task<IReadOnlyList<string>> Check(Func<IReadOnlyList<Manifest>, IEnumerable<string>> check)
    {
        var findings = new List<string>();
        foreach (var overlay in Overlays)
        {
            findings.AddRange(check(await Whole(overlay)).Select(finding => $"{overlay}: {finding}"));
        }

        return findings;
    }
}

/// <summary>One object of Kubernetes.</summary>
public sealed record Manifest(JsonObject Json)
{
    public string Kind => Json["kind"]!.GetValue<string>();

    public string Name => Json["metadata"]!["name"]!.GetValue<string>();

    public JsonNode? Spec => Json["spec"];

    public IReadOnlyDictionary<string, string> Labels => Texts(Json["metadata"]?["labels"]);

    /// <summary>The template of the pods that it makes, or null.</summary>
    public JsonNode? Template => Kind == "CronJob" ? Spec?["jobTemplate"]?["spec"]?["template"] : Spec?["template"];

    public IReadOnlyDictionary<string, string> PodLabels => Texts(Template?["metadata"]?["labels"]);

    public JsonNode? Pod => Template?["spec"];

    public IReadOnlyList<Container> Containers => [.. Items(Pod?["containers"]).Concat(Items(Pod?["initContainers"])).Select(json => new Container(json))];

    public override string ToString() => $"{Kind} {Name}";

    public static IEnumerable<JsonNode> Items(JsonNode? list) => list is JsonArray array ? array.Select(item => item!) : [];

    public static IReadOnlyDictionary<string, string> Texts(JsonNode? map) =>
        map is JsonObject texts ? texts.ToDictionary(p => p.Key, p => p.Value!.ToString(), StringComparer.Ordinal) : new Dictionary<string, string>();
}

/// <summary>One container of a pod's template.</summary>
public sealed record Container(JsonNode Json)
{
    public string Name => Json["name"]!.GetValue<string>();

    /// <summary>Without its tag.</summary>
    public string Image => Json["image"]!.GetValue<string>().Split(':')[0];

    public string Tag => Json["image"]!.GetValue<string>().Split(':')[^1];

    /// <summary>The platform's own program, of which the code is here.</summary>
    public bool IsOurs => Image == "cpom";

    public IReadOnlyList<string> Args => [.. Manifest.Items(Json["args"]).Select(arg => arg.GetValue<string>())];

    public IReadOnlyList<JsonNode> Env => [.. Manifest.Items(Json["env"])];

    /// <summary>Its ports by name.</summary>
    public IReadOnlyDictionary<string, int> Ports => Manifest.Items(Json["ports"]).ToDictionary(port => port["name"]!.GetValue<string>(), port => port["containerPort"]!.GetValue<int>(), StringComparer.Ordinal);

    public JsonNode? Probe(string kind) => Json[$"{kind}Probe"];
}
