namespace Cpom.Deploy.Tests;

/// <summary>Pods have what Kubernetes calls the restricted profile, no root file system to write to, no token, and no right to use one with.</summary>
internal static class Hardening
{
    public static IEnumerable<string> Check(IReadOnlyList<Manifest> objects) =>
    [
        .. objects.Where(o => o.Kind.EndsWith("Role", StringComparison.Ordinal) || o.Kind.EndsWith("RoleBinding", StringComparison.Ordinal)).Select(o => $"{o}: nobody here needs a right on the Kubernetes API"),
        .. objects.Where(o => o.Kind == "ServiceAccount" && !Is(o.Json["automountServiceAccountToken"], "false")).Select(o => $"{o}: it gives its token to pods"),
        .. objects.Where(o => o.Template is not null).SelectMany(OfPod),
    ];

    private static IEnumerable<string> OfPod(Manifest owner)
    {
        var pod = owner.Pod!;
        var context = pod["securityContext"];
        string?[] wrong =
        [
            Is(pod["automountServiceAccountToken"], "false") ? null : "it has a token",
            Is(pod["enableServiceLinks"], "false") ? null : "services write variables into it, and a service's name can make one that the code reads",
            Is(context?["runAsNonRoot"], "true") && context?["runAsUser"] is not null ? null : "it may be root",
            Is(context?["seccompProfile"]?["type"], "RuntimeDefault") ? null : "it has no seccompProfile",
            .. new[] { "hostNetwork", "hostPID", "hostIPC" }.Select(host => pod[host] is null ? null : $"it has {host}"),
            .. Manifest.Items(pod["volumes"]).Select(volume => volume["hostPath"] is null ? null : $"its volume {volume["name"]} is the host's"),
            .. owner.Containers.SelectMany(OfContainer),
        ];
        return wrong.OfType<string>().Select(finding => $"{owner}: {finding}");
    }

    private static IEnumerable<string?> OfContainer(Container container)
    {
        var context = container.Json["securityContext"];
        yield return Is(context?["allowPrivilegeEscalation"], "false") ? null : $"{container.Name} may gain privileges";
        yield return Is(context?["readOnlyRootFilesystem"], "true") ? null : $"{container.Name} may write to its image";
        yield return context?["capabilities"]?["drop"]?.ToJsonString() == """["ALL"]""" && context["capabilities"]!["add"] is null ? null : $"{container.Name} keeps capabilities";
        yield return context?["privileged"] is null ? null : $"{container.Name} is privileged";
        var resources = container.Json["resources"];
        yield return resources?["requests"]?["memory"] is not null && resources["requests"]!["cpu"] is not null && resources["limits"]?["memory"] is not null
            ? null
            : $"{container.Name} does not say what it needs";
    }

    private static bool Is(object? value, string expected) => value?.ToString() == expected;
}
