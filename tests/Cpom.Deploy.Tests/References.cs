using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cpom.Deploy.Tests;

/// <summary>What is named exists: in the installation, or among what the operator is told to make.</summary>
internal static partial class References
{
    /// <param name="external">Secrets that the operator makes: name → keys.</param>
    public static IEnumerable<string> Check(IReadOnlyList<Manifest> objects, IReadOnlyDictionary<string, string> external) =>
    [
        .. objects.Where(o => o.Template is not null).SelectMany(o => OfPods(o, objects, external)),
        .. objects.Where(o => o.Kind == "StatefulSet").SelectMany(set => Exists(set, "Service", set.Spec!["serviceName"]!.GetValue<string>(), objects)),
        .. objects.Where(o => o.Kind == "HorizontalPodAutoscaler").SelectMany(scaler => OfScaler(scaler, objects)),
    ];

    private static IEnumerable<string> OfPods(Manifest owner, IReadOnlyList<Manifest> objects, IReadOnlyDictionary<string, string> external) =>
    [
        .. owner.Pod!["serviceAccountName"] is { } account ? Exists(owner, "ServiceAccount", account.GetValue<string>(), objects) : [],
        .. Manifest.Items(owner.Pod["volumes"]).Select(v => v["persistentVolumeClaim"]?["claimName"]).OfType<JsonNode>().SelectMany(claim => Exists(owner, "PersistentVolumeClaim", claim.GetValue<string>(), objects)),
        .. owner.Containers.SelectMany(container => OfContainer(owner, container, objects, external)),
        .. OfVolumes(owner),
    ];

    private static IEnumerable<string> OfContainer(Manifest owner, Container container, IReadOnlyList<Manifest> objects, IReadOnlyDictionary<string, string> external)
    {
        foreach (var map in Manifest.Items(container.Json["envFrom"]).Select(from => from["configMapRef"]).OfType<JsonNode>())
        {
            foreach (var finding in Exists(owner, "ConfigMap", map["name"]!.GetValue<string>(), objects))
            {
                yield return finding;
            }
        }

        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in container.Env)
        {
            var name = variable["name"]!.GetValue<string>();
            if (variable["valueFrom"]?["secretKeyRef"] is { } reference && !Has(reference, objects, external))
            {
                yield return $"{owner}: nobody makes the secret {reference["name"]} with its key {reference["key"]}";
            }

            foreach (var unknown in Expansions(variable["value"]).Where(used => !told.Contains(used)))
            {
                yield return $"{owner}: {name} uses {unknown}, which is not told before it";
            }

            if (!told.Add(name))
            {
                yield return $"{owner}: {name} is told twice";
            }
        }

        foreach (var unknown in container.Args.SelectMany(arg => Expansions(arg)).Where(used => !told.Contains(used)))
        {
            yield return $"{owner}: its arguments use {unknown}, which is not told";
        }

        foreach (var port in new[] { "startup", "liveness", "readiness" }.Select(kind => container.Probe(kind)?["httpGet"]?["port"]).OfType<JsonNode>())
        {
            if (!container.Ports.ContainsKey(port.ToString()))
            {
                yield return $"{owner}: a probe asks at the port {port}, which {container.Name} has not";
            }
        }
    }

    private static bool Has(JsonNode reference, IReadOnlyList<Manifest> objects, IReadOnlyDictionary<string, string> external)
    {
        var (name, key) = (reference["name"]!.GetValue<string>(), reference["key"]!.GetValue<string>());
        return objects.SingleOrDefault(o => o.Kind == "Secret" && o.Name == name) is { } secret ? secret.Json["data"]?[key] is not null : external.TryGetValue(name, out var made) && made == key;
    }

    private static IEnumerable<string> OfVolumes(Manifest owner)
    {
        var claimed = owner.Kind == "StatefulSet" ? Manifest.Items(owner.Spec!["volumeClaimTemplates"]).Select(claim => claim["metadata"]!["name"]!.GetValue<string>()) : [];
        var volumes = Manifest.Items(owner.Pod!["volumes"]).Select(volume => volume["name"]!.GetValue<string>()).Concat(claimed).ToHashSet(StringComparer.Ordinal);
        var mounted = owner.Containers.SelectMany(c => Manifest.Items(c.Json["volumeMounts"])).Select(mount => mount["name"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return mounted.Except(volumes).Select(name => $"{owner}: no volume is called {name}")
            .Concat(volumes.Except(mounted).Select(name => $"{owner}: the volume {name} is mounted nowhere"));
    }

    private static IEnumerable<string> OfScaler(Manifest scaler, IReadOnlyList<Manifest> objects)
    {
        var target = scaler.Spec!["scaleTargetRef"]!;
        var (kind, name) = (target["kind"]!.GetValue<string>(), target["name"]!.GetValue<string>());
        foreach (var finding in Exists(scaler, kind, name, objects))
        {
            yield return finding;
        }

        if (objects.Any(o => o.Kind == kind && o.Name == name && o.Spec!["replicas"] is not null))
        {
            yield return $"{scaler}: {kind} {name} says how many replicas it has, so that every apply undoes the scaling";
        }
    }

    private static IEnumerable<string> Exists(Manifest owner, string kind, string name, IReadOnlyList<Manifest> objects) =>
        objects.Any(o => o.Kind == kind && o.Name == name) ? [] : [$"{owner}: there is no {kind} {name}"];

    private static IEnumerable<string> Expansions(JsonNode? text) => text is null ? [] : Expansion().Matches(text.ToString()).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\$\(([^)]+)\)")]
    private static partial Regex Expansion();
}
