using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cpom.Test.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpom.GrpcCompat.Tests;

/// <summary>With TLS one port serves gRPC over HTTP/2 and the web's wires over HTTP/1.1.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task One_port_speaks_every_wire()
    {
        using var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Services.AddSingleton<Gates>();
        builder.Services.AddCpomGrpc();
        await using var app = builder.Build();
        app.MapCpomGrpcService<ProbeService>();
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        using var channel = CpomGrpcChannel.ForAddress(address, new() { HttpHandler = Trusting(certificate) });
        Assert.Equal("a", (await new Probe.ProbeClient(channel).EchoAsync(new Ask { Text = "a" })).Text);

        using var http = new HttpClient(Trusting(certificate));
        using var json = new StringContent("""{"text":"b"}""", null, "application/json");
        using var answer = await http.PostAsync(new Uri(address, Raw.Echo), json);
        Assert.Equal(HttpVersion.Version11, answer.Version);
        Assert.Contains("\"b\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) => new()
    {
        SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
    };

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }
}
