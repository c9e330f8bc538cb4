using Cpom.TestKit;

namespace Cpom.Deploy.Tests;

/// <summary>Every overlay renders, and Kubernetes would take what it renders: no unknown field, nothing missing, no wrong type.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Folders => [.. Manifests.Overlays.Concat(Manifests.Jobs)];

    /// <summary>File of tests/deploy/planted → what is wrong in it.</summary>
    public static TheoryData<string, string> Planted => new()
    {
        { "unknown-field.yaml", "Deployment cpom: spec.template.spec.containers[0].readinessProbe.periodSecond: unknown field" },
        { "wrong-type.yaml", "Deployment cpom: spec.replicas: \"3\" is no number" },
        { "missing-selector.yaml", "Deployment cpom: /spec: must have required property selector" },
        { "wrong-kind.yaml", "no HorizontalPodAutoscaler in autoscaling v3" },
        { "service-monitor.yaml", "ServiceMonitor cpom: spec.endpoints[0].intervall: unknown field" },
        { "prometheus-rule.yaml", "PrometheusRule cpom: spec.groups[0].rules[0]: no expr" },
    };

    [ManifestTheory]
    [MemberData(nameof(Folders))]
    public async Task Renders_and_is_valid(string folder)
    {
        var rendering = await Manifests.Of(folder);
        Assert.NotEmpty(rendering.Objects);
        Findings.None(rendering.Findings);
    }

    [ManifestTheory]
    [MemberData(nameof(Planted))]
    public async Task A_planted_error_is_seen(string file, string finding) =>
        Findings.Some((await Tools.Read(await File.ReadAllTextAsync(Repository.At($"tests/deploy/planted/{file}")))).Findings, finding);

    [Fact]
    public void Every_planted_file_is_looked_at() =>
        Assert.Equal(Directory.GetFiles(Repository.At("tests/deploy/planted")).Select(Path.GetFileName).Order(), Planted.Select(row => (string)row[0]).Order());
}
