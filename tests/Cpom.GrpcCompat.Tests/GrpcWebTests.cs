using System.Net;
using System.Text;
using Cpom.Test.V1;

namespace Cpom.GrpcCompat.Tests;

/// <summary>What browsers send, over HTTP/1.1 and HTTP/2, in binary and in base64.</summary>
public sealed class GrpcWebTests
{
    public static TheoryData<string, bool> Forms => new()
    {
        { "application/grpc-web+proto", true },
        { "application/grpc-web+proto", false },
        { "application/grpc-web", true },
        { "application/grpc-web-text", true },
        { "application/grpc-web-text+proto", false },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Unary_answers_with_its_trailers_in_the_last_frame(string type, bool isHttp1)
    {
        await using var host = await ProbeHost.Start();
        var frames = await Call(host, Raw.Echo, new Ask { Text = "été", Number = 7 }, type, isHttp1);
        Assert.Equal(2, frames.Count);
        Assert.Equal(new Answer { Text = "été", Number = 7 }, Answer.Parser.ParseFrom(frames[0].Body));
        Assert.Equal(0x80, frames[1].Flags);
        Assert.Contains("grpc-status: 0\r\n", Trailers(frames), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_server_stream_ends_with_its_trailers(string type, bool isHttp1)
    {
        await using var host = await ProbeHost.Start();
        var frames = await Call(host, Raw.Count, new Ask { Number = 20, Text = "ligne", Act = "refuse" }, type, isHttp1);
        Assert.Equal(21, frames.Count);
        Assert.Equal(19, Answer.Parser.ParseFrom(frames[19].Body).Number);
        Assert.Contains("grpc-status: 5\r\n", Trailers(frames), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Rien %C3%A0 100 %25 ici", Trailers(frames), StringComparison.Ordinal);
    }

#if !GRPC_PACKAGES
    [Fact]
    public async Task A_refusal_is_in_the_last_frame_too()
    {
        await using var host = await ProbeHost.Start();
        var frames = await Call(host, Raw.Echo, new Ask { Act = "refuse" }, "application/grpc-web-text", isHttp1: true);
        Assert.Contains("grpc-status: 5\r\n", Trailers(frames), StringComparison.Ordinal);
    }

    /// <summary>The second was found by <c>make fuzz</c>: a stream of messages is read by another way.</summary>
    [Theory]
    [InlineData(Raw.Echo)]
    [InlineData("/cpom.test.v1.Probe/Sum")]
    public async Task A_text_that_is_not_base64_is_refused_cleanly(string method)
    {
        await using var host = await ProbeHost.Start();
        var answer = await Raw.PostHttp1(host.Http1, method, "application/grpc-web-text", "!!!!"u8.ToArray());
        Assert.Contains("grpc-status: 13", Trailers(Decode(answer.Body)), StringComparison.Ordinal);
        Assert.Empty(host.Log.Errors);
    }
#endif

    [Fact]
    public async Task An_allowed_origin_may_call_and_read_the_status()
    {
        await using var host = await ProbeHost.Start(options => options.AllowedOrigins.Add("https://console.example"));
        var preflight = await Raw.Send(HttpVersion.Version11, HttpMethod.Options, new Uri(host.Http1, Raw.Echo), "text/plain", [],
            ("Origin", "https://console.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-grpc-web,content-type"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.Http);
        Assert.Equal("https://console.example", preflight.Header("Access-Control-Allow-Origin"));
        Assert.Contains("x-grpc-web", preflight.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);

        var answer = await Raw.PostHttp1(host.Http1, Raw.Echo, "application/grpc-web+proto", Raw.Frame(new Ask()), ("Origin", "https://console.example"));
        Assert.Equal("https://console.example", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("grpc-status", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_origin_is_not_allowed()
    {
        await using var host = await ProbeHost.Start(options => options.AllowedOrigins.Add("https://console.example"));
        var answer = await Raw.PostHttp1(host.Http1, Raw.Echo, "application/grpc-web+proto", Raw.Frame(new Ask()), ("Origin", "https://elsewhere.example"));
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }

    private static async Task<List<(byte Flags, byte[] Body)>> Call(ProbeHost host, string path, Ask ask, string type, bool isHttp1)
    {
        var isText = type.Contains("text", StringComparison.Ordinal);
        var body = isText ? Encoding.ASCII.GetBytes(Convert.ToBase64String(Raw.Frame(ask))) : Raw.Frame(ask);
        var answer = isHttp1
            ? await Raw.PostHttp1(host.Http1, path, type, body, ("x-grpc-web", "1"), ("accept", type))
            : await Raw.Post(host.Http2, path, type, body, ("x-grpc-web", "1"), ("accept", type));
        Assert.Equal(HttpStatusCode.OK, answer.Http);
        Assert.StartsWith(isText ? "application/grpc-web-text" : "application/grpc-web", answer.ContentHeaders.ContentType!.ToString(), StringComparison.Ordinal);
        return isText ? Decode(answer.Body) : Raw.Frames(answer.Body);
    }

    /// <summary>A row of base64 texts, each with its own padding, read four characters at a time.</summary>
    private static List<(byte Flags, byte[] Body)> Decode(byte[] body) =>
        Raw.Frames([.. Encoding.ASCII.GetString(body).Chunk(4).SelectMany(four => Convert.FromBase64CharArray(four, 0, four.Length))]);

    private static string Trailers(List<(byte Flags, byte[] Body)> frames) => Encoding.ASCII.GetString(frames[^1].Body);
}
