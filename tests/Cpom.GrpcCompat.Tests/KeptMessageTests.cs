using System.Text.Json;
using Cpom.Test.V1;
using Google.Protobuf;

namespace Cpom.GrpcCompat.Tests;

/// <summary>An answer that is given again and again is written once. What is kept here says another thing than the message, so that it is seen which of them was sent.</summary>
public sealed class KeptMessageTests
{
    private static readonly Ask Kept = new() { Act = "kept", Text = "message" };

#if !GRPC_PACKAGES
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_kept_is_sent_as_it_is(bool compressed)
    {
        await using var host = await ProbeHost.Start(options => options.CompressResponses = compressed);
        Assert.Equal("kept", (await host.Client.EchoAsync(Kept)).Text);
    }

    [Fact]
    public async Task What_is_kept_is_bounded_as_any_message()
    {
        await using var host = await ProbeHost.Start(options => options.MaxSendMessageSize = 3);
        Assert.Equal("8", (await Raw.Grpc(host, Raw.Echo, Raw.Frame(Kept))).Trailer("grpc-status"));
    }
#endif

    [Fact]
    public async Task A_message_that_keeps_nothing_is_written_anew()
    {
        await using var host = await ProbeHost.Start();
        Assert.Equal("message", (await host.Client.EchoAsync(new Ask { Text = "message" })).Text);
    }

    [Fact]
    public async Task Json_is_of_the_message()
    {
        await using var host = await ProbeHost.Start();
        var answer = await Raw.PostHttp1(host.Http1, Raw.Echo, "application/json", """{"act":"kept","text":"message"}"""u8.ToArray());
        using var json = JsonDocument.Parse(answer.Text);
        Assert.Equal("message", json.RootElement.GetProperty("text").GetString());
    }
}
