using System.Net;
using Cpom.GrpcCompat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Cpom.Benchmarks;

/// <summary>The two servers of P8, each alone in its process until killed: the gRPC host, and an endpoint that only sends its bytes.</summary>
internal static class Hosts
{
    public const string Path = "/grpc.health.v1.Health/Check";

    /// <summary>What Health.Check answers: a frame of five bytes, then field 1 = SERVING.</summary>
    private static readonly byte[] Answer = [0, 0, 0, 0, 2, 8, 1];

    public static Task Grpc()
    {
        var builder = Builder();
        builder.Services.AddCpomGrpc();
        var app = builder.Build();
        app.UseRouting();
        app.MapCpomGrpcHealth();
        app.Services.GetRequiredService<GrpcHealth>().Set(string.Empty, ServingStatus.Serving);
        return Serve(app);
    }

    public static Task Bare()
    {
        var app = Builder().Build();
        app.Run(async context =>
        {
            while (await context.Request.BodyReader.ReadAsync() is { } read)
            {
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            context.Response.ContentType = "application/grpc";
            await context.Response.BodyWriter.WriteAsync(Answer);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        return Serve(app);
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRoutingCore();
        return builder;
    }

    private static async Task Serve(WebApplication app)
    {
        await app.StartAsync();
        Child.Say("port", new Uri(app.Urls.First()).Port);
        Child.Say("process", Environment.ProcessId);
        await app.WaitForShutdownAsync();
    }
}
