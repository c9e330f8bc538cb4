using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cpom.Deploy.Tests;

/// <summary>Policies are about pods that there are, by ports that those have; and what is not said is closed.</summary>
internal static class Network
{
    /// <param name="documented">The text that tells operators which labels of their own open the platform.</param>
    public static IEnumerable<string> Check(IReadOnlyList<Manifest> objects, string documented)
    {
        var policies = objects.Where(o => o.Kind == "NetworkPolicy").ToList();
        return
        [
            .. policies.SelectMany(policy => OfPolicy(policy, objects, documented)),
            .. objects.Where(o => o.Template is not null).SelectMany(pod => Closed(pod, policies)),
        ];
    }

    private static IEnumerable<string> OfPolicy(Manifest policy, IReadOnlyList<Manifest> objects, string documented)
    {
        var own = Selectors.Pods(policy.Spec!["podSelector"]!["matchLabels"], objects);
        if (own.Count == 0)
        {
            yield return $"{policy}: it is about no pods";
        }

        foreach (var (kind, rules, peers) in new[] { ("Ingress", "ingress", "from"), ("Egress", "egress", "to") })
        {
            foreach (var rule in Manifest.Items(policy.Spec[rules]))
            {
                if (!Manifest.Items(policy.Spec["policyTypes"]).Any(type => type.GetValue<string>() == kind))
                {
                    yield return $"{policy}: it has rules for {kind}, which is not among its policyTypes";
                }

                foreach (var finding in OfRule(rule, peers, kind == "Ingress" ? own : null, objects, documented))
                {
                    yield return $"{policy}: {finding}";
                }
            }
        }
    }

    /// <param name="own">Whose ports are meant; null for those of the peers.</param>
    private static IEnumerable<string> OfRule(JsonNode rule, string peers, IReadOnlyList<Manifest>? own, IReadOnlyList<Manifest> objects, string documented)
    {
        var reached = new List<Manifest>(own ?? []);
        foreach (var peer in Manifest.Items(rule[peers]))
        {
            var labels = peer["podSelector"]?["matchLabels"];
            var pods = peer["namespaceSelector"] is null ? Selectors.Pods(labels, objects) : [];
            reached.AddRange(own is null ? pods : []);
            var isTold = Manifest.Texts(peer["namespaceSelector"]?["matchLabels"] ?? labels).All(label => documented.Contains($"{label.Key}={label.Value}", StringComparison.Ordinal));
            if (pods.Count == 0 && !isTold && peer["namespaceSelector"]?["matchLabels"]?["kubernetes.io/metadata.name"] is null)
            {
                yield return $"nothing has the labels {(peer["namespaceSelector"] ?? labels)!.ToJsonString()}, and no document tells of them";
            }
        }

        foreach (var port in Manifest.Items(rule["ports"]).Select(port => port["port"]!).Where(port => port.GetValueKind() == JsonValueKind.String).Select(port => port.GetValue<string>()))
        {
            foreach (var pod in reached.Where(pod => pod.Containers.Any(container => container.Ports.Count > 0) && !pod.Containers.Any(container => container.Ports.ContainsKey(port))))
            {
                yield return $"{pod} has no port {port}";
            }
        }
    }

    /// <summary>A pod about which a policy says nothing is open to all.</summary>
    private static IEnumerable<string> Closed(Manifest pod, IReadOnlyList<Manifest> policies)
    {
        foreach (var type in new[] { "Ingress", "Egress" })
        {
            var isClosed = policies.Any(policy => Selectors.Pods(policy.Spec!["podSelector"]!["matchLabels"], [pod]).Count == 1
                && Manifest.Items(policy.Spec["policyTypes"]).Any(t => t.GetValue<string>() == type));
            if (!isClosed)
            {
                yield return $"{pod}: no policy closes its {type}";
            }
        }
    }
}
