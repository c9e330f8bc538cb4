using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cpom.Deploy.Tests;

/// <summary>What Kubernetes takes may still be wrong: a name that nothing has, a port of another, a variable that nobody reads.</summary>
public sealed class ManifestTests
{
    private const string Nodes = "deploy/k8s/overlays/embedded-nodes";
    private const string Region = "deploy/k8s/overlays/region";
    private const string Dev = "deploy/k8s/overlays/dev";

    [ManifestFact]
    public async Task Selectors_find_what_they_mean() => Findings.None(await Manifests.Check(Selectors.Check));

    [ManifestFact]
    public async Task What_is_named_exists() => Findings.None(await Manifests.Check(objects => References.Check(objects, Operations.Secrets)));

    [ManifestFact]
    public async Task Every_pod_is_closed_and_opened_by_what_there_is() => Findings.None(await Manifests.Check(objects => Network.Check(objects, Operations.Text)));

    [ManifestFact]
    public async Task No_pod_may_more_than_it_needs() => Findings.None(await Manifests.Check(Hardening.Check));

    [ManifestFact(DisplayName = "Every flag and variable is read by the code, and ports, folders and the time to stop are those that it will have")]
    public async Task The_code_reads_it() => Findings.None(await Manifests.Check(objects => Settings.Check(objects, Operations.GraceBeyondDrain)));

    [ManifestTheory]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.metadata.labels.app.kubernetes.io/component=nodes", "its selector does not find its own pods")]
    [InlineData(Nodes, "Service", "cpom", "spec.selector.cpom/serves=yes", "Service cpom: its selector finds no pods")]
    [InlineData(Nodes, "Service", "cpom", "spec.ports.0.targetPort=web", "Deployment cpom-node has no port web")]
    [InlineData(Region, "PodDisruptionBudget", "cpom-silo", "spec.selector.matchLabels.app.kubernetes.io/component=silos", "it is about 0 workloads")]
    [InlineData(Nodes, "ServiceMonitor", "cpom", "spec.endpoints.0.port=metrics", "Service cpom has no port metrics")]
    [InlineData(Region, "ServiceMonitor", "cpom", "spec.selector.matchLabels.cpom/metrics=yes", "it should find Deployment cpom-silo by one service")]
    public async Task A_wrong_selector_is_seen(string overlay, string kind, string name, string spoilt, string finding) =>
        Findings.Some(Selectors.Check(await Spoilt(overlay, kind, name, spoilt)), finding);

    [ManifestTheory]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.containers.0.env.0.valueFrom.secretKeyRef.key=url", "nobody makes the secret cpom-postgres with its key url")]
    [InlineData(Dev, "Secret", "cpom-postgres", "data.connection=", "nobody makes the secret")]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.containers.0.envFrom.0.configMapRef.name=cpom", "there is no ConfigMap cpom")]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.containers.0.env.3.value=http://$(POD_IP):5081", "CPOM_SERVER uses POD_IP, which is not told before it")]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.containers.0.env.2.name=CPOM_LISTEN", "CPOM_LISTEN is told twice")]
    [InlineData(Nodes, "Job", "cpom-restore", "spec.template.spec.containers.0.args.1=$(FILE)", "its arguments use FILE, which is not told")]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.containers.0.readinessProbe.httpGet.port=web", "a probe asks at the port web")]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.serviceAccountName=default", "there is no ServiceAccount default")]
    [InlineData(Nodes, "CronJob", "cpom-backup", "spec.jobTemplate.spec.template.spec.volumes.0.persistentVolumeClaim.claimName=backups", "there is no PersistentVolumeClaim backups")]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.volumes.0.name=files", "no volume is called data")]
    [InlineData(Nodes, "HorizontalPodAutoscaler", "cpom-node", "spec.scaleTargetRef.name=cpom", "there is no Deployment cpom")]
    [InlineData(Dev, "StatefulSet", "cpom-postgres", "spec.serviceName=postgres", "there is no Service postgres")]
    public async Task A_wrong_name_is_seen(string overlay, string kind, string name, string spoilt, string finding) =>
        Findings.Some(References.Check(await Spoilt(overlay, kind, name, spoilt), Operations.Secrets), finding);

    [ManifestTheory]
    [InlineData(Region, "NetworkPolicy", "cpom-silo", "spec.podSelector.matchLabels.app.kubernetes.io/component=silos", "it is about no pods")]
    [InlineData(Region, "NetworkPolicy", "cpom-silo", "spec.ingress.0.ports.0.port=silos", "Deployment cpom-silo has no port silos")]
    [InlineData(Region, "NetworkPolicy", "cpom-gateway", "spec.egress.0.ports.0.port=grpc", "Deployment cpom-silo has no port grpc")]
    [InlineData(Region, "NetworkPolicy", "cpom-silo", "spec.policyTypes.1=Ingress", "it has rules for Egress")]
    [InlineData(Region, "NetworkPolicy", "cpom-calls", "spec.ingress.0.from.1.podSelector.matchLabels.cpom/calls=yes", "nothing has the labels")]
    [InlineData(Dev, "NetworkPolicy", "cpom-nothing", "spec.podSelector.matchLabels.app.kubernetes.io/part-of=other", "StatefulSet cpom-postgres: no policy closes its Egress")]
    public async Task A_hole_in_the_network_is_seen(string overlay, string kind, string name, string spoilt, string finding) =>
        Findings.Some(Network.Check(await Spoilt(overlay, kind, name, spoilt), Operations.Text), finding);

    [ManifestTheory]
    [InlineData("Deployment", "cpom-node", "spec.template.spec.automountServiceAccountToken=true", "it has a token")]
    [InlineData("Deployment", "cpom-node", "spec.template.spec.enableServiceLinks=true", "services write variables")]
    [InlineData("Deployment", "cpom-node", "spec.template.spec.securityContext.runAsNonRoot=false", "it may be root")]
    [InlineData("Deployment", "cpom-node", "spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem=false", "cpom may write to its image")]
    [InlineData("Deployment", "cpom-node", "spec.template.spec.containers.0.securityContext.capabilities.drop.0=NET_RAW", "cpom keeps capabilities")]
    [InlineData("CronJob", "cpom-backup", "spec.jobTemplate.spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation=true", "cpom may gain privileges")]
    [InlineData("ServiceAccount", "cpom", "automountServiceAccountToken=true", "it gives its token to pods")]
    [InlineData("ServiceMonitor", "cpom", "kind=ClusterRole", "nobody here needs a right")]
    public async Task A_pod_that_may_more_is_seen(string kind, string name, string spoilt, string finding) =>
        Findings.Some(Hardening.Check(await Spoilt(Nodes, kind, name, spoilt)), finding);

    [ManifestTheory]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.containers.0.env.3.name=CPOM_SERVERS", "the code does not read CPOM_SERVERS")]
    [InlineData(Nodes, "Deployment", "cpom-node", "spec.template.spec.containers.0.args.0=server", "cpom server:")]
    [InlineData(Nodes, "CronJob", "cpom-backup", "spec.jobTemplate.spec.template.spec.containers.0.args.3=--keeps", "--keeps")]
    [InlineData(Nodes, "ConfigMap", "cpom-settings-", "data.CPOM_LOG=Verbose", "CPOM_LOG")]
    [InlineData(Nodes, "ConfigMap", "cpom-settings-", "data.CPOM_HTTP_PORT=8080", "it listens at 8080 for http, and its port http is 5080")]
    [InlineData(Region, "Deployment", "cpom-silo", "spec.template.spec.containers.0.ports.2.containerPort=30001", "it listens at 30000 for silo-client")]
    [InlineData(Nodes, "ConfigMap", "cpom-settings-", "data.CPOM_DRAIN_DELAY=30", "it is given 60 s to stop, and takes up to 70 s")]
    [InlineData(Nodes, "ConfigMap", "cpom-settings-", "data.CPOM_DRAIN_DELAY=5", "it drains for 5 s, and is looked at every 5 s")]
    [InlineData(Nodes, "ConfigMap", "cpom-settings-", "data.CPOM_DATA=/var/lib/cpom", "it writes to /var/lib/cpom, where no volume is")]
    public async Task A_wrong_setting_is_seen(string overlay, string kind, string name, string spoilt, string finding) =>
        Findings.Some(Settings.Check(await Spoilt(overlay, kind, name, spoilt), Operations.GraceBeyondDrain), finding);

    /// <summary>The objects of an overlay, but for one value of one of them.</summary>
    /// <param name="name">Or how it begins, where its end is a fingerprint.</param>
    /// <param name="spoilt">path=value; the last step of a path may hold dots, numbers are places in lists, and no value is none.</param>
    private static async Task<IReadOnlyList<Manifest>> Spoilt(string overlay, string kind, string name, string spoilt)
    {
        var objects = (await Manifests.Whole(overlay)).Select(o => new Manifest((JsonObject)o.Json.DeepClone())).ToList();
        var found = objects.Single(o => o.Kind == kind && (o.Name == name || (name.EndsWith('-') && o.Name.StartsWith(name, StringComparison.Ordinal))));
        var (path, value) = (spoilt.Split('=', 2)[0], spoilt.Split('=', 2)[1]);
        JsonNode node = found.Json;
        while (Next(node, path) is { Left.Length: > 0 } step)
        {
            (node, path) = (step.Node, step.Left);
        }

        Set(node, path, Like(node, path, value));
        return objects;
    }

    /// <summary>Of the kind of what it replaces.</summary>
    private static JsonNode? Like(JsonNode node, string step, string value) => (node is JsonObject map ? map[step]?.GetValueKind() : null) switch
    {
        _ when value.Length == 0 => null,
        JsonValueKind.Number => int.Parse(value, CultureInfo.InvariantCulture),
        JsonValueKind.True or JsonValueKind.False => bool.Parse(value),
        _ => value,
    };

    private static (JsonNode Node, string Left) Next(JsonNode node, string path)
    {
        if (node is JsonObject map && map.ContainsKey(path))
        {
            return (map, string.Empty);
        }

        var (step, rest) = (path.Split('.', 2)[0], path.Contains('.') ? path.Split('.', 2)[1] : string.Empty);
        return rest.Length == 0 ? (node, rest) : (node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!, rest);
    }

    private static void Set(JsonNode node, string step, JsonNode? value)
    {
        if (node is JsonArray list)
        {
            Assert.InRange(int.Parse(step, CultureInfo.InvariantCulture), 0, list.Count - 1);
            list[int.Parse(step, CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            Assert.True(((JsonObject)node).ContainsKey(step), $"There is no {step} to spoil.");
            node[step] = value;
        }
    }
}
