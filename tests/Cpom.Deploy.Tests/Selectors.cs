using System.Text.Json.Nodes;

namespace Cpom.Deploy.Tests;

/// <summary>What selects by labels finds what it means to.</summary>
internal static class Selectors
{
    public static IEnumerable<string> Check(IReadOnlyList<Manifest> objects) =>
    [
        .. objects.Where(o => o.Kind is "Deployment" or "StatefulSet").SelectMany(OfWorkload),
        .. objects.Where(o => o.Kind == "Service").SelectMany(service => OfService(service, objects)),
        .. objects.Where(o => o.Kind == "PodDisruptionBudget").SelectMany(budget => OfBudget(budget, objects)),
        .. objects.Where(o => o.Kind == "ServiceMonitor").SelectMany(monitor => OfMonitor(monitor, objects)),
    ];

    /// <summary>Whose pods a selector finds.</summary>
    public static IReadOnlyList<Manifest> Pods(JsonNode? matchLabels, IReadOnlyList<Manifest> objects) =>
        [.. objects.Where(o => o.Template is not null && Matches(matchLabels, o.PodLabels))];

    private static bool Matches(JsonNode? matchLabels, IReadOnlyDictionary<string, string> labels) =>
        Manifest.Texts(matchLabels).All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    private static IEnumerable<string> OfWorkload(Manifest workload)
    {
        if (!Matches(workload.Spec!["selector"]!["matchLabels"], workload.PodLabels))
        {
            yield return $"{workload}: its selector does not find its own pods";
        }
    }

    private static IEnumerable<string> OfService(Manifest service, IReadOnlyList<Manifest> objects)
    {
        var pods = Pods(service.Spec!["selector"], objects);
        if (pods.Count == 0)
        {
            yield return $"{service}: its selector finds no pods";
        }

        foreach (var port in Manifest.Items(service.Spec["ports"]).Select(port => port["targetPort"]!.GetValue<string>()))
        {
            foreach (var pod in pods.Where(pod => !pod.Containers.Any(container => container.Ports.ContainsKey(port))))
            {
                yield return $"{service}: {pod} has no port {port}";
            }
        }
    }

    private static IEnumerable<string> OfBudget(Manifest budget, IReadOnlyList<Manifest> objects)
    {
        var pods = Pods(budget.Spec!["selector"]!["matchLabels"], objects);
        if (pods.Count != 1)
        {
            yield return $"{budget}: it is about {pods.Count} workloads, and should be about one";
        }
    }

    private static IEnumerable<string> OfMonitor(Manifest monitor, IReadOnlyList<Manifest> objects)
    {
        var services = objects.Where(o => o.Kind == "Service" && Matches(monitor.Spec!["selector"]!["matchLabels"], o.Labels)).ToList();
        foreach (var port in Manifest.Items(monitor.Spec!["endpoints"]).Select(endpoint => endpoint["port"]!.GetValue<string>()))
        {
            foreach (var service in services.Where(service => !Manifest.Items(service.Spec!["ports"]).Any(p => p["name"]!.GetValue<string>() == port)))
            {
                yield return $"{monitor}: {service} has no port {port}";
            }
        }

        foreach (var workload in objects.Where(o => o.Kind == "Deployment" && o.Containers.Any(container => container.IsOurs)))
        {
            if (services.Count(service => Matches(service.Spec!["selector"], workload.PodLabels)) != 1)
            {
                yield return $"{monitor}: it should find {workload} by one service";
            }
        }
    }
}
