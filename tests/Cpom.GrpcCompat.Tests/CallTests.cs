using Cpom.Test.V1;
using Grpc.Core;

namespace Cpom.GrpcCompat.Tests;

/// <summary>The four kinds of call, by generated client and generated service base.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private ProbeHost _host = null!;

    public async Task InitializeAsync() => _host = await ProbeHost.Start();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Unary_echoes()
    {
        using var call = _host.Client.EchoAsync(new Ask { Text = "bonjour", Number = 3 });
        Assert.Equal(new Answer { Text = "bonjour", Number = 3 }, await call);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public void Blocking_unary_echoes() => Assert.Equal(4, _host.Client.Echo(new Ask { Number = 4 }).Number);

    [Fact]
    public async Task An_empty_message_is_a_message() => Assert.Equal(new Answer(), await _host.Client.EchoAsync(new Ask()));

    [Fact]
    public async Task Server_stream_keeps_order_and_ends()
    {
        using var call = _host.Client.Count(new Ask { Number = 1000 });
        var numbers = new List<int>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
        {
            numbers.Add(answer.Number);
        }

        Assert.Equal(Enumerable.Range(0, 1000), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task An_empty_server_stream_ends_with_OK()
    {
        using var call = _host.Client.Count(new Ask());
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_server_stream_may_fail_after_its_messages()
    {
        using var call = _host.Client.Count(new Ask { Number = 2, Act = "refuse" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.True(await call.ResponseStream.MoveNext());
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal((StatusCode.NotFound, ProbeService.Refusal), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Client_stream_is_read_to_its_end()
    {
        using var call = _host.Client.Sum();
        for (var i = 1; i <= 100; i++)
        {
            await call.RequestStream.WriteAsync(new Ask { Number = i });
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(5050, (await call).Number);
    }

    [Fact]
    public async Task A_client_stream_refused_midway_tells_the_writer()
    {
        using var call = _host.Client.Sum();
        // The server may refuse what it reads before the client's own write has ended: that write then says so already.
        var early = await Record.ExceptionAsync(() => call.RequestStream.WriteAsync(new Ask { Act = "refuse" }));
        Assert.True(early is null or RpcException { StatusCode: StatusCode.NotFound }, $"{early}");
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        refused = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new Ask()));
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Duplex_answers_each_message_before_the_next()
    {
        using var call = _host.Client.Chat();
        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new Ask { Number = i });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(i, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Metadata_travels_both_ways()
    {
        var headers = new Metadata { { "x-asked", "oui" }, { "x-raw-bin", [1, 2, 3, 250] } };
        using var call = _host.Client.EchoAsync(new Ask { Act = "metadata" }, headers);
        Assert.Equal(new Answer { Text = "oui", Number = 4 }, await call);
        var first = await call.ResponseHeadersAsync;
        Assert.Equal("premier", first.GetValue("x-first"));
        Assert.Equal([0, 255, 7], first.GetValueBytes("x-bytes-bin")!);
        Assert.Equal("dernier", call.GetTrailers().GetValue("x-last"));
    }

    [Fact]
    public async Task A_refusal_keeps_its_message_and_details()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.EchoAsync(new Ask { Act = "refuse" }));
        Assert.Equal((StatusCode.NotFound, ProbeService.Refusal), (refused.StatusCode, refused.Status.Detail));
        Assert.Equal("because", refused.Trailers.GetValue("x-why"));
        var details = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal("R-001", details.Details[0].Unpack<Google.Rpc.ResourceInfo>().ResourceName);
    }

    [Fact]
    public async Task A_crash_is_logged_and_its_text_stays_inside()
    {
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.EchoAsync(new Ask { Act = "crash" }));
        Assert.Equal(StatusCode.Unknown, failed.StatusCode);
        Assert.DoesNotContain("secret", failed.ToString(), StringComparison.Ordinal);
        Assert.Contains(_host.Log.Errors, line => line.Contains("the secret of the house", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_status_set_by_the_service_is_the_status()
    {
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.EchoAsync(new Ask { Act = "status" }));
        Assert.Equal((StatusCode.FailedPrecondition, "not now"), (failed.StatusCode, failed.Status.Detail));
    }

    [Fact]
    public async Task The_context_knows_its_call()
    {
        var answer = await _host.Client.EchoAsync(new Ask { Act = "context" });
        Assert.Equal("/cpom.test.v1.Probe/Echo|ipv4|POST", answer.Text);
    }

    [Fact]
    public async Task A_dead_server_is_unavailable()
    {
        await _host.Stop();
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.EchoAsync(new Ask()));
        Assert.Equal(StatusCode.Unavailable, failed.StatusCode);
    }

    [Fact]
    public async Task The_client_refuses_answers_past_its_own_limit()
    {
        using var channel = CpomGrpcChannel.ForAddress(_host.Http2, new() { MaxReceiveMessageSize = 1000 });
        var client = new Probe.ProbeClient(channel);
        Assert.Equal(900, (await client.EchoAsync(new Ask { Act = "big", Number = 900 })).Text.Length);
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await client.EchoAsync(new Ask { Act = "big", Number = 1001 }));
        Assert.Equal(StatusCode.ResourceExhausted, failed.StatusCode);
    }

    [Fact]
    public async Task Many_calls_at_once_keep_apart()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i => (await _host.Client.EchoAsync(new Ask { Number = i })).Number));
        Assert.Equal(Enumerable.Range(0, 500), answers);
    }
}
