using System.Text.Json;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>buf as a client without code (buf curl), and as the judge of the published files.</summary>
[Collection(nameof(Platform))]
public sealed class BufTests(Platform platform)
{
    private const string Query = "cpom.v1.PortfolioService/Query";

    private static string Baseline => Path.Combine(Repository.At("protos"), "baseline", "cpom.v1.binpb");

    [ToolFact(Tool.Node, DisplayName = "buf curl trouve le service par la réflexion du serveur")]
    public async Task Curl_by_reflection()
    {
        var answer = JsonElement.Parse((await Curl(Query, """{"pageSize": 1}""")).Output);
        Assert.Equal(platform.Contrats + Platform.Many, answer.Int("totalSize"));
    }

    [ToolFact(Tool.Node)]
    public async Task Curl_by_descriptors()
    {
        var answer = JsonElement.Parse((await Curl(Query, """{"pageSize": 1}""", "--schema", platform.Descriptors)).Output);
        Assert.Equal(platform.Contrats + Platform.Many, answer.Int("totalSize"));
    }

    [ToolFact(Tool.Node)]
    public async Task Curl_shows_a_refusal()
    {
        var ended = await Curl("cpom.v1.ContratsService/GetContrat", """{"name": "contrats/NULLE-PART"}""");
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Equal("not_found", JsonElement.Parse(ended.Errors).Text("code"));
    }

    [ToolFact(Tool.Node, DisplayName = "Les fichiers publiés passent buf lint")]
    public async Task Lint()
    {
        var ended = await Script.Run(Tools.Buf, ["lint"], Repository.At("protos"));
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    [ToolFact(Tool.Node, DisplayName = "Rien de ce qui a été publié ne casse (buf breaking contre protos/baseline)")]
    public async Task Nothing_published_breaks()
    {
        var ended = await Script.Run(Tools.Buf, ["breaking", "--against", Baseline], Repository.At("protos"));
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    [ToolFact(Tool.Node)]
    public async Task A_breaking_change_is_seen()
    {
        var copy = Directory.CreateDirectory(platform.File("broken")).FullName;
        foreach (var file in Directory.GetFiles(Repository.At("protos"), "*", SearchOption.AllDirectories).Where(file => file.EndsWith(".proto", StringComparison.Ordinal) || file.EndsWith("buf.yaml", StringComparison.Ordinal)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Repository.At("protos"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, File.ReadAllText(file).Replace("string next_page_token = 2;", "bytes next_page_token = 2;", StringComparison.Ordinal));
        }

        var ended = await Script.Run(Tools.Buf, ["breaking", "--against", Baseline], copy);
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("next_page_token", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    private Task<Ended> Curl(string method, string json, params string[] options) => Script.Run(
        Tools.Buf,
        ["curl", "--protocol", "grpc", "--http2-prior-knowledge", .. options, "--data", json, new Uri(platform.Server.Grpc, method).ToString()],
        platform.File(string.Empty));
}
