using System.Text.Json;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>What a web page uses: gRPC-Web and Connect over HTTP/1.1, by connect-web, and by curl alone.</summary>
[Collection(nameof(Platform))]
public sealed class ConnectTests(Platform platform)
{
    [ToolFact(Tool.Node, DisplayName = "connect : gRPC-Web, Connect JSON et binaire, gRPC ; appel simple, flux, refus, échéance")]
    public async Task Every_wire()
    {
        // From the files: what generated code embeds has lost the names of fields in JSON.
        var descriptors = platform.File("connect.binpb");
        var built = await Script.Run(Tools.Buf, ["build", "--as-file-descriptor-set", "--output", descriptors], Repository.At("protos"));
        Assert.True(built.ExitCode == 0, built.ToString());

        var checks = await ClientScript.Node("connect/calls.mjs", new { http = platform.Server.Http, grpc = platform.Server.Grpc, descriptors });
        foreach (var wire in new[] { "grpc-web", "connect-json", "connect-binary", "grpc" })
        {
            var unary = checks[$"{wire} unary"];
            Assert.Equal((3, platform.Contrats + Platform.Many), (unary.Int("rows"), unary.Int("total")));
            var refusal = checks[$"{wire} refusal"];
            Assert.Equal("NotFound", refusal.Text("code"));
            var detail = Assert.Single(refusal.GetProperty("details").EnumerateArray());
            Assert.Equal((1, refusal.Text("message")), (detail.Int("code"), detail.Text("detail")));
            Assert.Equal((platform.Contrats + Platform.Many, "Canceled"), (checks[$"{wire} watch"].Int("rows"), checks[$"{wire} watch"].Text("code")));
            Assert.Equal("DeadlineExceeded", checks[$"{wire} deadline"].Text("code"));
        }
    }

    [ToolFact(Tool.Curl, DisplayName = "curl : une réponse et une erreur de Connect JSON")]
    public async Task Plain_json()
    {
        var (status, answer) = await Post("cpom.v1.PortfolioService/Query", """{"pageSize": 2, "orderBy": "numero"}""");
        Assert.Equal((200, platform.Contrats + Platform.Many), (status, answer.Int("totalSize")));
        Assert.Equal(2, answer.GetProperty("rows").GetArrayLength());

        (status, answer) = await Post("cpom.v1.ContratsService/GetContrat", """{"name": "contrats/NULLE-PART"}""");
        Assert.Equal((404, "not_found"), (status, answer.Text("code")));
        Assert.NotEmpty(answer.Text("message"));
        Assert.NotEmpty(answer.GetProperty("details").EnumerateArray());

        (status, answer) = await Post("cpom.v1.PortfolioService/Query", """{"pageSize": """);
        Assert.Equal((400, "invalid_argument"), (status, answer.Text("code")));
    }

    private async Task<(int Status, JsonElement Answer)> Post(string method, string json)
    {
        var ended = await Script.Run("curl", [
            "--silent", "--show-error", "--header", "Content-Type: application/json", "--data", json, "--write-out", "\n%{http_code}", new Uri(platform.Server.Http, method).ToString(),
        ]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        var lines = ended.Output.Split('\n');
        return (int.Parse(lines[^1], System.Globalization.CultureInfo.InvariantCulture), JsonElement.Parse(string.Join('\n', lines[..^1])));
    }
}
