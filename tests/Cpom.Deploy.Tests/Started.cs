using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cpom.TestKit;

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

    /// <summary>The same texts, but for what lies on a volume: there a folder of this machine stands for it.</summary>
    /// <param name="folder">For the name of a volume.</param>
    public static string OnVolumes(Container container, string text, Func<string, string> folder)
    {
        foreach (var mount in Manifest.Items(container.Json["volumeMounts"]))
        {
            var path = mount["mountPath"]!.GetValue<string>();
            if (text == path || text.StartsWith(path + "/", StringComparison.Ordinal))
            {
                return Directory.CreateDirectory(folder(mount["name"]!.GetValue<string>())).FullName + text[path.Length..];
            }
        }

        return text;
    }

    /// <inheritdoc cref="OnVolumes(Container, string, Func{string, string})"/>
    public static IReadOnlyDictionary<string, string> OnVolumes(Container container, IReadOnlyDictionary<string, string> variables, Func<string, string> folder) =>
        variables.ToDictionary(p => p.Key, p => OnVolumes(container, p.Value, folder), StringComparer.Ordinal);

    /// <summary>What env starts: the image's entry point, with these variables and no others of this process's but those by which the runtime is found.</summary>
    public static IReadOnlyList<string> Line(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var entry = JsonNode.Parse(Entry().Match(File.ReadAllText(Repository.At("Containerfile"))).Groups[1].Value)!
            .AsArray().Select(word => word!.GetValue<string>().Replace("/app/", AppContext.BaseDirectory, StringComparison.Ordinal));
        var machine = new[] { "PATH", "HOME", "DOTNET_ROOT" }.Where(name => Environment.GetEnvironmentVariable(name) is not null).Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}");
        return ["-i", .. machine, .. variables.Select(p => $"{p.Key}={p.Value}"), .. entry, .. arguments];
    }

    private static string Value(JsonNode variable, string podIP, string secret) => variable["valueFrom"] switch
    {
        null => variable["value"]!.GetValue<string>(),
        { } from when from["secretKeyRef"] is not null => secret,
        { } from when from["fieldRef"]?["fieldPath"]?.GetValue<string>() == "status.podIP" => podIP,
        { } from => throw new InvalidOperationException($"Nobody here knows what {from.ToJsonString()} is."),
    };

    private static string Expand(string text, Dictionary<string, string> variables) => Expansion().Replace(text, match => variables[match.Groups[1].Value]);

    [GeneratedRegex("^ENTRYPOINT (.+)$", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\$\(([^)]+)\)")]
    private static partial Regex Expansion();
}
