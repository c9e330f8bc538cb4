using System.Net;
using Cpom.Test.V1;
using Google.Protobuf;

namespace Cpom.GrpcCompat.Tests;

/// <summary>gRPC over HTTP/2, byte by byte.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task An_answer_is_a_frame_and_its_status_a_trailer()
    {
        await using var host = await ProbeHost.Start();
        var answer = await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Text = "a" }));
        Assert.Equal(HttpStatusCode.OK, answer.Http);
        Assert.Equal("application/grpc", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal("a", Answer.Parser.ParseFrom(Assert.Single(Raw.Frames(answer.Body)).Body).Text);
        Assert.Equal("0", answer.Trailer("grpc-status"));
        Assert.Null(answer.Header("grpc-status"));
    }

    [Fact]
    public async Task A_refusal_before_any_message_is_trailers_only()
    {
        await using var host = await ProbeHost.Start();
        var answer = await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Act = "refuse" }));
        Assert.Equal(HttpStatusCode.OK, answer.Http);
        Assert.Equal("5", answer.Header("grpc-status"));
        Assert.Equal("Rien %C3%A0 100 %25 ici", answer.Header("grpc-message"));
        Assert.NotNull(answer.Header("grpc-status-details-bin"));
        Assert.Empty(answer.Body);
        Assert.Null(answer.Trailer("grpc-status"));
    }

    [Fact]
    public async Task A_refusal_after_a_message_is_in_the_trailers()
    {
        await using var host = await ProbeHost.Start();
        var answer = await Raw.Grpc(host, Raw.Count, Raw.Frame(new Ask { Number = 2, Act = "refuse" }));
        Assert.Equal(2, Raw.Frames(answer.Body).Count);
        Assert.Equal("5", answer.Trailer("grpc-status"));
        Assert.Null(answer.Header("grpc-status"));
    }

    [Theory]
    [InlineData("/cpom.test.v1.Probe/Nothing")]
    [InlineData("/cpom.test.v1.Nobody/Echo")]
    public async Task An_unknown_method_is_unimplemented(string path)
    {
        await using var host = await ProbeHost.Start();
        Assert.Equal("12", (await Raw.Grpc(host, path, Raw.Frame(new Ask()))).Header("grpc-status"));
    }

    [Fact]
    public async Task An_unknown_path_of_another_kind_is_not_found()
    {
        await using var host = await ProbeHost.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await Raw.Post(host.Http2, "/some/page", "text/plain", [])).Http);
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(host.Http1, "/some/page"))).StatusCode);
    }

    [Fact]
    public async Task A_strange_content_type_is_unsupported()
    {
        await using var host = await ProbeHost.Start();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Raw.Post(host.Http2, Raw.Echo, "text/plain", [])).Http);
    }

    [Fact]
    public async Task Gzip_is_read_and_written()
    {
        await using var host = await ProbeHost.Start(options => options.CompressResponses = true);
        var request = Raw.Frame(Raw.Gzip(new Ask { Act = "big", Number = 5000 }.ToByteArray()), flags: 1);
        var answer = await Raw.Grpc(host, Raw.Echo, request, ("grpc-encoding", "gzip"), ("grpc-accept-encoding", "identity,gzip"));
        Assert.Equal("gzip", answer.Header("grpc-encoding"));
        var (flags, body) = Assert.Single(Raw.Frames(answer.Body));
        Assert.Equal(1, flags);
        Assert.True(body.Length < 1000);
        Assert.Equal(5000, Answer.Parser.ParseFrom(Raw.Gunzip(body)).Text.Length);
    }

    [Fact]
    public async Task The_own_client_reads_gzip()
    {
        await using var host = await ProbeHost.Start(options => options.CompressResponses = true);
        Assert.Equal(5000, (await host.Client.EchoAsync(new Ask { Act = "big", Number = 5000 })).Text.Length);
    }

    [Fact]
    public async Task A_caller_that_does_not_accept_gzip_gets_none()
    {
        await using var host = await ProbeHost.Start(options => options.CompressResponses = true);
        var answer = await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Text = "a" }));
        Assert.Null(answer.Header("grpc-encoding"));
        Assert.Equal(0, Assert.Single(Raw.Frames(answer.Body)).Flags);
    }

    [Fact]
    public async Task An_uncompressed_message_may_come_under_an_announced_encoding()
    {
        await using var host = await ProbeHost.Start();
        var answer = await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Text = "a" }), ("grpc-encoding", "gzip"));
        Assert.Equal("0", answer.Trailer("grpc-status"));
    }

    [Fact]
    public async Task An_unknown_encoding_is_unimplemented_and_told_what_is_not()
    {
        await using var host = await ProbeHost.Start();
        var answer = await Raw.Grpc(host, Raw.Echo, Raw.Frame([1, 2, 3], flags: 1), ("grpc-encoding", "brotli"));
        Assert.Equal("12", answer.Header("grpc-status"));
        Assert.Contains("gzip", answer.Header("grpc-accept-encoding"), StringComparison.Ordinal);
    }

    /// <summary>The first code is this host's; the packages may answer one of the others.</summary>
    public static TheoryData<string, byte[], string[], string> Malformed => new()
    {
        { "no message", [], [], "13" },
        { "half a prefix", [0, 0, 0], [], "13" },
        { "half a message", Raw.Frame(new Ask { Text = "abcdef" })[..^2], [], "13" },
        { "a length past the limit", [0, 0x7F, 0xFF, 0xFF, 0xFF], [], "8" },
        { "a length past any limit", [0, 0xFF, 0xFF, 0xFF, 0xFF], [], "8 13 2" },
        { "not a protobuf", Raw.Frame([0xFF, 0xFF, 0xFF]), [], "13 2" },
        { "compressed without encoding", Raw.Frame(Raw.Gzip([1]), flags: 1), [], "13" },
        { "bad gzip", Raw.Frame([1, 2, 3, 4], flags: 1), ["grpc-encoding", "gzip"], "13 2" },
        { "cut gzip", Raw.Frame(Raw.Gzip(new Ask { Text = "abcdef" }.ToByteArray())[..12], flags: 1), ["grpc-encoding", "gzip"], "13 2" },
        { "two messages", [.. Raw.Frame(new Ask()), .. Raw.Frame(new Ask())], [], "13" },
        { "a bomb", Raw.Frame(Raw.Gzip(new byte[64 * 1024 * 1024]), flags: 1), ["grpc-encoding", "gzip"], "8 2" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_request_gets_a_clean_status_and_the_host_lives_on(string what, byte[] body, string[] header, string codes)
    {
        await using var host = await ProbeHost.Start();
        (string, string)[] headers = header is [var name, var value] ? [(name, value)] : [];
        var answer = await Raw.Grpc(host, Raw.Echo, body, headers);
#if GRPC_PACKAGES
        var allowed = codes.Split(' ');
#else
        var allowed = codes.Split(' ')[..1];
        Assert.Empty(host.Log.Errors);
#endif
        Assert.True(allowed.Contains(answer.Header("grpc-status")), $"{what}: {answer.Header("grpc-status")} {answer.Header("grpc-message")}");
        Assert.Equal("0", (await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask()))).Trailer("grpc-status"));
    }

    [Fact]
    public async Task Limits_hold_to_the_byte()
    {
        await using var host = await ProbeHost.Start(options => (options.MaxReceiveMessageSize, options.MaxSendMessageSize) = (1000, 1000));
        var fits = new Ask { Text = new string('x', 997) };
        Assert.Equal(1000, fits.CalculateSize());
        Assert.Equal("0", (await Raw.Grpc(host, Raw.Echo, Raw.Frame(fits))).Trailer("grpc-status"));
        Assert.Equal("8", (await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Text = new string('x', 998) }))).Header("grpc-status"));
        var tooLong = await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Act = "big", Number = 998 }));
        Assert.Equal("8", tooLong.Header("grpc-status") ?? tooLong.Trailer("grpc-status"));
        Assert.Empty(tooLong.Body);
    }

    [Fact]
    public async Task The_default_limit_is_four_mebibytes()
    {
        await using var host = await ProbeHost.Start();
        Assert.Equal("0", (await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Text = new string('x', 4_000_000) }))).Trailer("grpc-status"));
        Assert.Equal("8", (await Raw.Grpc(host, Raw.Echo, Raw.Frame(new Ask { Text = new string('x', 4_200_000) }))).Header("grpc-status"));
    }

    [Fact]
    public async Task Grpc_over_http1_is_told_to_upgrade()
    {
        await using var host = await ProbeHost.Start();
        Assert.Equal(HttpStatusCode.UpgradeRequired, (await Raw.PostHttp1(host.Http1, Raw.Echo, "application/grpc", Raw.Frame(new Ask()))).Http);
    }
}
