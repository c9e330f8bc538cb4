using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Microsoft.Extensions.DependencyInjection;
using Alpha = Grpc.Reflection.V1Alpha;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Cpom.GrpcCompat.Tests;

/// <summary>What probes and explorers ask every gRPC server.</summary>
public sealed class HealthAndReflectionTests : IAsyncLifetime
{
    private ProbeHost _host = null!;

    public async Task InitializeAsync() => _host = await ProbeHost.Start();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Health_tells_what_was_set()
    {
        var client = new Grpc.Health.V1.Health.HealthClient(_host.Channel);
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest())).Status);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await client.CheckAsync(new HealthCheckRequest { Service = "cpom.v1.Contrats" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        _host.Services.GetRequiredService<GrpcHealth>().Set("cpom.v1.Contrats", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest { Service = "cpom.v1.Contrats" })).Status);
    }

    [Fact]
    public async Task A_mapped_service_is_in_the_servers_state()
    {
        var (client, mapped) = (new Grpc.Health.V1.Health.HealthClient(_host.Channel), new HealthCheckRequest { Service = "cpom.test.v1.Probe" });
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(mapped)).Status);
        _host.Services.GetRequiredService<GrpcHealth>().SetAll(ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(mapped)).Status);
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest())).Status);
    }

    [Fact]
    public async Task Health_is_watched_through_its_changes()
    {
        var health = _host.Services.GetRequiredService<GrpcHealth>();
        using var watch = new Grpc.Health.V1.Health.HealthClient(_host.Channel).Watch(new HealthCheckRequest { Service = "cpom" });
        Assert.Equal(ServingStatus.ServiceUnknown, await Next(watch));
        health.Set("cpom", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await Next(watch));
        health.Set("another", ServingStatus.NotServing);
        health.Set("cpom", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await Next(watch));
    }

    [Fact]
    public async Task Reflection_lists_every_mapped_service()
    {
        var answer = await Ask(new ServerReflectionRequest { ListServices = "" });
        Assert.Equal(
            ["cpom.test.v1.Probe", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"],
            answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("cpom.test.v1.Probe")]
    [InlineData("cpom.test.v1.Probe.Echo")]
    [InlineData("cpom.test.v1.Ask")]
    public async Task Reflection_finds_the_file_of_a_name(string symbol)
    {
        var answer = await Ask(new ServerReflectionRequest { FileContainingSymbol = symbol });
        var file = Assert.Single(answer.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal("probe.proto", FileDescriptorProto.Parser.ParseFrom(file).Name);
        answer = await Ask(new ServerReflectionRequest { FileByFilename = "probe.proto" });
        Assert.Equal(file, Assert.Single(answer.FileDescriptorResponse.FileDescriptorProto));
    }

    [Fact]
    public async Task Reflection_says_what_it_does_not_know()
    {
        Assert.Equal(5, (await Ask(new ServerReflectionRequest { FileContainingSymbol = "cpom.Nothing" })).ErrorResponse.ErrorCode);
        Assert.Equal(5, (await Ask(new ServerReflectionRequest { FileByFilename = "nothing.proto" })).ErrorResponse.ErrorCode);
        Assert.Equal(3, (await Ask(new ServerReflectionRequest())).ErrorResponse.ErrorCode);
        Assert.Empty((await Ask(new ServerReflectionRequest { AllExtensionNumbersOfType = "cpom.test.v1.Ask" })).AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public async Task Older_tools_are_answered_the_same()
    {
        using var call = new Alpha.ServerReflection.ServerReflectionClient(_host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { FileContainingSymbol = "cpom.test.v1.Ask" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Single(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    private static async Task<ServingStatus> Next(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext());
        return watch.ResponseStream.Current.Status;
    }

    private async Task<ServerReflectionResponse> Ask(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(_host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }
}
