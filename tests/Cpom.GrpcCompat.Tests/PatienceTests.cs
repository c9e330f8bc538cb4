using System.Net;
using Cpom.Test.V1;
using Grpc.Core;

namespace Cpom.GrpcCompat.Tests;

/// <summary>Deadlines, cancellation, backpressure, the host's stop.</summary>
public sealed class PatienceTests
{
#if !GRPC_PACKAGES
    [Fact]
    public async Task The_server_ends_a_call_at_its_deadline_by_its_own_clock()
    {
        var time = new ManualTime();
        await using var host = await ProbeHost.Start(time: time);
        var call = Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Act = "wait" }), ("grpc-timeout", "3S"));
        await host.Gates.Entered;
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await host.Gates.Cancelled;
        Assert.Equal("4", (await call).Header("grpc-status"));
    }

    [Fact]
    public async Task The_client_gives_up_at_its_deadline_by_its_own_clock()
    {
        var time = new ManualTime();
        await using var host = await ProbeHost.Start();
        using var channel = CpomGrpcChannel.ForAddress(host.Http2, new() { TimeProvider = time });
        using var call = new Probe.ProbeClient(channel).EchoAsync(new Ask { Act = "wait" }, deadline: time.GetUtcNow().UtcDateTime.AddHours(1));
        await host.Gates.Entered;
        time.Advance(TimeSpan.FromHours(1));
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.DeadlineExceeded, failed.StatusCode);
        await host.Gates.Cancelled;
    }
#endif

    [Fact]
    public async Task A_deadline_ends_the_call_by_the_clock_of_the_system_too()
    {
        await using var host = await ProbeHost.Start();
        using var call = host.Client.EchoAsync(new Ask { Act = "wait" }, deadline: DateTime.UtcNow.AddMilliseconds(200));
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.DeadlineExceeded, failed.StatusCode);
    }

    [Fact]
    public async Task A_deadline_in_the_past_never_reaches_the_server()
    {
        await using var host = await ProbeHost.Start();
        using var call = host.Client.EchoAsync(new Ask(), deadline: DateTime.UtcNow.AddSeconds(-1));
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.DeadlineExceeded, failed.StatusCode);
    }

    [Fact]
    public async Task The_service_sees_the_deadline()
    {
        await using var host = await ProbeHost.Start();
        Assert.Equal("none", (await host.Client.EchoAsync(new Ask { Act = "deadline" })).Text);
        Assert.Equal("some", (await host.Client.EchoAsync(new Ask { Act = "deadline" }, deadline: DateTime.UtcNow.AddHours(1))).Text);
    }

    [Fact]
    public async Task A_cancelled_call_reaches_the_service()
    {
        await using var host = await ProbeHost.Start();
        using var cancellation = new CancellationTokenSource();
        using var call = host.Client.EchoAsync(new Ask { Act = "wait" }, cancellationToken: cancellation.Token);
        await host.Gates.Entered;
        await cancellation.CancelAsync();
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, failed.StatusCode);
        await host.Gates.Cancelled;
        Assert.Empty(host.Log.Errors);
    }

    [Fact]
    public async Task A_disposed_stream_reaches_the_service()
    {
        await using var host = await ProbeHost.Start();
        var call = host.Client.Count(new Ask { Number = 1, Act = "wait" });
        Assert.True(await call.ResponseStream.MoveNext());
        call.Dispose();
        await host.Gates.Cancelled;
        Assert.Empty(host.Log.Errors);
    }

    /// <summary>Found by <c>make fuzz</c>: the transport tells it by an exception of its own, before it says that the call is aborted.</summary>
    [Fact]
    public async Task A_caller_who_leaves_in_the_middle_of_a_message_is_no_error()
    {
        await using var host = await ProbeHost.Start();
        for (var n = 0; n < 50; n++)
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Http2, Raw.Echo))
            {
                Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new Unfinished(),
            };
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.SendAsync(request));
        }

        Assert.Equal("some", (await host.Client.EchoAsync(new Ask { Act = "deadline" }, deadline: DateTime.UtcNow.AddHours(1))).Text);
        Assert.Empty(host.Log.Errors);
    }

    /// <summary>Half a frame, then the sender fails.</summary>
    private sealed class Unfinished : HttpContent
    {
        public Unfinished() => Headers.ContentType = new("application/grpc");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0 });
            await stream.FlushAsync();
            throw new IOException("Gone.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    [Fact]
    public async Task A_stream_waits_for_its_reader()
    {
        await using var host = await ProbeHost.Start();
        using var call = host.Client.Count(new Ask { Act = "flood" });

        // Nothing is read: the only way to this gate is a write that did not complete at once.
        await host.Gates.Entered;
        Assert.True(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task A_stop_lets_a_plain_call_finish_and_ends_a_stream_with_unavailable()
    {
        await using var host = await ProbeHost.Start();
        using var plain = host.Client.EchoAsync(new Ask { Text = "finished", Act = "gate" });
        await host.Gates.Entered;
        using var stream = host.Client.Count(new Ask { Number = 1, Act = "wait" });
        Assert.True(await stream.ResponseStream.MoveNext());
        await host.Gates.Entered;

        var stop = host.Stop();
        var ended = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        Assert.False(stop.IsCompleted);

        host.Gates.Open();
        Assert.Equal("finished", (await plain).Text);
        await stop;
    }
}
