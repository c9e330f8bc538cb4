using Cpom.Cli;
using Cpom.Server;

namespace Cpom.Deploy.Tests;

/// <summary>Every flag and variable of a manifest is one that the code reads, and means there what the manifest says elsewhere.</summary>
internal static class Settings
{
    private const string PodIP = "192.0.2.1";

    /// <param name="graceBeyondDrain">Seconds that whatever stops a server must give it beyond its drain delay, by docs/operations.md.</param>
    public static IEnumerable<string> Check(IReadOnlyList<Manifest> objects, int graceBeyondDrain) =>
        from owner in objects.Where(o => o.Template is not null)
        from container in owner.Containers.Where(container => container.IsOurs)
        from finding in OfContainer(owner, container, objects, graceBeyondDrain)
        select $"{owner}: {finding}";

    private static IEnumerable<string> OfContainer(Manifest owner, Container container, IReadOnlyList<Manifest> objects, int graceBeyondDrain)
    {
        var (arguments, variables) = Started.From(container, objects, PodIP, "Host=192.0.2.2");
        var inArguments = container.Args.SelectMany(arg => variables.Keys.Where(name => arg.Contains($"$({name})", StringComparison.Ordinal)));
        foreach (var unread in variables.Keys.Except(ReadVariables.All).Except(inArguments))
        {
            yield return $"the code does not read {unread}";
        }

        foreach (var error in CommandLine.Build(new(Terminal.Plain(TextWriter.Null, TextWriter.Null), TimeProvider.System, _ => null)).Parse(arguments).Errors)
        {
            yield return $"cpom {string.Join(' ', arguments)}: {error.Message}";
        }

        ServerOptions? options = null;
        string? unreadable = null;
        try
        {
            options = ServerOptions.FromEnvironment(variables.GetValueOrDefault);
        }
        catch (FormatException refused)
        {
            unreadable = refused.Message;
        }

        foreach (var finding in options is null ? [unreadable!] : arguments is ["serve", ..] ? OfServer(owner, container, options, graceBeyondDrain) : [])
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> OfServer(Manifest owner, Container container, ServerOptions options, int graceBeyondDrain)
    {
        var listened = new Dictionary<string, int> { ["http"] = options.HttpPort };
        if (options.Host == HostRole.Silo)
        {
            (listened["silo"], listened["silo-client"]) = (options.SiloPort, options.SiloClientPort);
        }
        else
        {
            listened["grpc"] = options.GrpcPort;
        }

        foreach (var (name, port) in listened.Where(p => container.Ports.GetValueOrDefault(p.Key) != p.Value))
        {
            yield return $"it listens at {port} for {name}, and its port {name} is {container.Ports.GetValueOrDefault(name)}";
        }

        var grace = owner.Pod!["terminationGracePeriodSeconds"]?.GetValue<int>() ?? 30;
        if (grace < options.DrainDelay.TotalSeconds + graceBeyondDrain)
        {
            yield return $"it is given {grace} s to stop, and takes up to {options.DrainDelay.TotalSeconds + graceBeyondDrain} s";
        }

        // The balancer looks at least twice.
        var looks = container.Probe("readiness")!["periodSeconds"]!.GetValue<int>();
        if (looks * 2 > options.DrainDelay.TotalSeconds)
        {
            yield return $"it drains for {options.DrainDelay.TotalSeconds} s, and is looked at every {looks} s";
        }

        if (!Manifest.Items(container.Json["volumeMounts"]).Any(mount => mount["mountPath"]!.GetValue<string>() == options.DataFolder))
        {
            yield return $"it writes to {options.DataFolder}, where no volume is";
        }
    }
}
