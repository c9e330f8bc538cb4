using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cpom.Deploy.Tests;

/// <summary>What Kubernetes starts for a container: its arguments and its environment, with every reference followed.</summary>
internal static partial class Started
{
    /// <param name="objects">Where config maps and secrets are.</param>
    /// <param name="podIP">What the downward API tells.</param>
    /// <param name="secret">What a secret holds that is none of the objects.</param>
    public static (IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Variables) From(
        Container container, IReadOnlyList<Manifest> objects, string podIP, string secret)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var map in Manifest.Items(container.Json["envFrom"]).Select(from => from["configMapRef"]!["name"]!.GetValue<string>()))
        {
            foreach (var (name, value) in Manifest.Texts(objects.Single(o => o.Kind == "ConfigMap" && o.Name == map).Json["data"]))
            {
                variables[name] = value;
            }
        }

        foreach (var variable in container.Env)
        {
            variables[variable["name"]!.GetValue<string>()] = Expand(Value(variable, podIP, secret), variables);
        }

        return ([.. container.Args.Select(arg => Expand(arg, variables))], variables);
    }

    private static string Value(JsonNode variable, string podIP, string secret) => variable["valueFrom"] switch
    {
        null => variable["value"]!.GetValue<string>(),
        { } from when from["secretKeyRef"] is not null => secret,
        { } from when from["fieldRef"]?["fieldPath"]?.GetValue<string>() == "status.podIP" => podIP,
        { } from => throw new InvalidOperationException($"Nobody here knows what {from.ToJsonString()} is."),
    };

    private static string Expand(string text, Dictionary<string, string> variables) => Expansion().Replace(text, match => variables[match.Groups[1].Value]);

    [GeneratedRegex(@"\$\(([^)]+)\)")]
    private static partial Regex Expansion();
}
