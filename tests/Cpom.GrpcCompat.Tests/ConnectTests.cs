using System.Net;
using System.Text;
using System.Text.Json;
using Cpom.Test.V1;
using Google.Protobuf;

namespace Cpom.GrpcCompat.Tests;

/// <summary>The same methods for curl and for Connect clients.</summary>
public sealed class ConnectTests : IAsyncLifetime
{
    private ProbeHost _host = null!;

    public async Task InitializeAsync() => _host = await ProbeHost.Start();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public async Task Json_in_json_out(string type)
    {
        var answer = await Json(Raw.Echo, """{"text":"été","number":7,"unknownField":1}""", type);
        Assert.Equal(HttpStatusCode.OK, answer.Http);
        Assert.Equal("application/json", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal(answer.Body.Length, answer.ContentHeaders.ContentLength);
        using var json = JsonDocument.Parse(answer.Text);
        Assert.Equal(("été", 7), (json.RootElement.GetProperty("text").GetString(), json.RootElement.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Proto_in_proto_out_over_http2()
    {
        var answer = await Raw.Post(_host.Http2, Raw.Echo, "application/proto", new Ask { Text = "a" }.ToByteArray(), ("Connect-Protocol-Version", "1"));
        Assert.Equal("application/proto", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal("a", Answer.Parser.ParseFrom(answer.Body).Text);
    }

    [Fact]
    public async Task A_refusal_is_json_with_its_code_details_and_http_status()
    {
        var answer = await Json(Raw.Echo, """{"act":"refuse"}""");
        Assert.Equal(HttpStatusCode.NotFound, answer.Http);
        Assert.Equal("application/json", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal("because", answer.Header("trailer-x-why"));
        using var json = JsonDocument.Parse(answer.Text);
        Assert.Equal(("not_found", ProbeService.Refusal), (json.RootElement.GetProperty("code").GetString(), json.RootElement.GetProperty("message").GetString()));
        var detail = json.RootElement.GetProperty("details")[0];
        Assert.Equal("google.rpc.ResourceInfo", detail.GetProperty("type").GetString());
        Assert.Equal("R-001", detail.GetProperty("debug").GetProperty("resourceName").GetString());
        var value = detail.GetProperty("value").GetString()!;
        Assert.DoesNotContain('=', value);
        var bytes = Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '='));
        Assert.Equal("R-001", Google.Rpc.ResourceInfo.Parser.ParseFrom(bytes).ResourceName);
    }

    [Theory]
    [InlineData("""{"act":"crash"}""", 500, "unknown")]
    [InlineData("""{"act":"status"}""", 400, "failed_precondition")]
    [InlineData("""{"text":""", 400, "invalid_argument")]
    [InlineData("""{"number":"many"}""", 400, "invalid_argument")]
    [InlineData("", 400, "invalid_argument")]
    public async Task An_error_has_its_code_and_http_status(string body, int http, string code)
    {
        var answer = await Json(Raw.Echo, body);
        Assert.Equal(http, (int)answer.Http);
        using var json = JsonDocument.Parse(answer.Text);
        Assert.Equal(code, json.RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_protocol_version_and_a_bad_timeout_are_refused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Json(Raw.Echo, "{}", headers: ("Connect-Protocol-Version", "2"))).Http);
        Assert.Equal(HttpStatusCode.BadRequest, (await Json(Raw.Echo, "{}", headers: ("Connect-Timeout-Ms", "soon"))).Http);
    }

    [Fact]
    public async Task A_timeout_is_a_deadline()
    {
        var answer = await Json(Raw.Echo, """{"act":"wait"}""", headers: ("Connect-Timeout-Ms", "100"));
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.Http);
    }

    [Fact]
    public async Task Headers_and_trailers_come_as_headers()
    {
        var answer = await Json(Raw.Echo, """{"act":"metadata"}""", headers: ("x-asked", "oui"));
        Assert.Equal(("premier", "AP8H", "dernier"), (answer.Header("x-first"), answer.Header("x-bytes-bin"), answer.Header("trailer-x-last")));
        Assert.Contains("oui", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_is_read_and_written()
    {
        await using var host = await ProbeHost.Start(options => options.CompressResponses = true);
        var body = Raw.Gzip("""{"act":"big","number":5000}"""u8.ToArray());
        var answer = await Raw.PostHttp1(host.Http1, Raw.Echo, "application/json", body, ("Content-Encoding", "gzip"), ("Accept-Encoding", "br, gzip"));
        Assert.Equal("gzip", answer.ContentHeaders.ContentEncoding.Single());
        Assert.Contains(new string('x', 5000), Encoding.UTF8.GetString(Raw.Gunzip(answer.Body)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotImplemented, (await Raw.PostHttp1(host.Http1, Raw.Echo, "application/json", body, ("Content-Encoding", "br"))).Http);
    }

    [Fact]
    public async Task The_limit_holds()
    {
        await using var host = await ProbeHost.Start(options => options.MaxReceiveMessageSize = 1000);
        var text = JsonSerializer.Serialize(new { text = new string('x', 1000) });
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Raw.PostHttp1(host.Http1, Raw.Echo, "application/json", Encoding.UTF8.GetBytes(text))).Http);
    }

    [Fact]
    public async Task A_stream_of_json_ends_with_its_status()
    {
        var body = Raw.Frame("""{"number":3,"act":"refuse"}"""u8.ToArray());
        var answer = await Raw.PostHttp1(_host.Http1, Raw.Count, "application/connect+json", body);
        Assert.Equal(HttpStatusCode.OK, answer.Http);
        var frames = Raw.Frames(answer.Body);
        Assert.Equal(["{ }", """{ "number": 1 }""", """{ "number": 2 }"""], frames[..3].Select(frame => Encoding.UTF8.GetString(frame.Body)));
        Assert.Equal(2, frames[3].Flags);
        using var end = JsonDocument.Parse(frames[3].Body);
        Assert.Equal("not_found", end.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("because", end.RootElement.GetProperty("metadata").GetProperty("x-why")[0].GetString());
    }

    [Fact]
    public async Task A_stream_that_went_well_ends_with_an_empty_object()
    {
        var answer = await Raw.Post(_host.Http2, "/cpom.test.v1.Probe/Sum", "application/connect+proto",
            [.. Raw.Frame(new Ask { Number = 2 }), .. Raw.Frame(new Ask { Number = 3 })]);
        var frames = Raw.Frames(answer.Body);
        Assert.Equal(5, Answer.Parser.ParseFrom(frames[0].Body).Number);
        Assert.Equal((2, "{}"), (frames[1].Flags, Encoding.UTF8.GetString(frames[1].Body)));
    }

    private Task<RawAnswer> Json(string path, string body, string type = "application/json", params (string, string)[] headers) =>
        Raw.PostHttp1(_host.Http1, path, type, Encoding.UTF8.GetBytes(body), headers);
}
