using System.Globalization;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>The proxies that stand before such servers: what passes straight must pass through them, errors without a body above all.</summary>
[Collection(nameof(Platform))]
public sealed class ProxyTests(Platform platform)
{
    [ToolFact(Tool.Node, Tool.Nginx, DisplayName = "À travers nginx (grpc_pass) : appel simple, refus détaillé, flux")]
    public async Task Nginx()
    {
        var folder = Directory.CreateDirectory(platform.File("nginx")).FullName;
        var port = ServerProcess.FreePort();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            {{(Environment.UserName == "root" ? "user root root;" : string.Empty)}}
            daemon off;
            master_process off;
            pid {{folder}}/pid;
            error_log stderr notice;
            events { }
            http {
                access_log off;
                client_body_temp_path {{folder}};
                proxy_temp_path {{folder}};
                fastcgi_temp_path {{folder}};
                uwsgi_temp_path {{folder}};
                scgi_temp_path {{folder}};
                server {
                    listen 127.0.0.1:{{port}} http2;
                    location / {
                        grpc_pass grpc://{{platform.Address}};
                    }
                }
            }
            """));
        using var nginx = await Proxy.Started(Tools.Find("nginx")!, ["-e", "stderr", "-c", configuration], "using the \"epoll\" event method");
        await PassesThrough(port);
    }

    [ToolFact(Tool.Node, Tool.Haproxy, DisplayName = "À travers haproxy (proto h2) : appel simple, refus détaillé, flux")]
    public async Task Haproxy()
    {
        var folder = Directory.CreateDirectory(platform.File("haproxy")).FullName;
        var port = ServerProcess.FreePort();
        var configuration = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            global
                maxconn 100
            defaults
                mode http
                timeout connect 10s
                timeout client 60s
                timeout server 60s
            frontend grpc
                bind 127.0.0.1:{port} proto h2
                default_backend cpom
            backend cpom
                server node {platform.Address} proto h2

            """));
        using var haproxy = await Proxy.Haproxy(configuration);
        await PassesThrough(port);
    }

    private async Task PassesThrough(int port)
    {
        var checks = await ClientScript.Node("grpc-js/proxied.mjs", new { address = $"127.0.0.1:{port}", protos = Repository.At("protos") });
        Assert.Equal(platform.Contrats + Platform.Many, checks["unary"].Int("total"));
        Assert.Equal("NOT_FOUND", checks["refusal"].Text("code"));
        Assert.Equal("REFUSAL_CODE_CONTRAT_UNKNOWN", Assert.Single(checks["refusal"].GetProperty("details").EnumerateArray()).Text("code"));
        Assert.Equal(platform.Contrats + Platform.Many, checks["watch"].Int("rows"));
    }
}
