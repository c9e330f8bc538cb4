using System.Net;
using System.Net.Sockets;

namespace Cpom.Cli.Tests;

public sealed class PortTests
{
    [Fact(DisplayName = "Un port déjà pris se dit en une phrase, avec son numéro")]
    public async Task Taken()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = $"{((IPEndPoint)other.LocalEndpoint).Port}";

        var run = await CommandRun.Of("serve", "--data", folder.Path, "--http", port, "--grpc", "0");

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.StartsWith($"Le port {port} est déjà pris", run.Error, StringComparison.Ordinal);
    }
}
