using System.Text.Json;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>Debian's Python gRPC, with stubs that protoc generates for the run.</summary>
[Collection(nameof(Platform))]
public sealed class PythonTests(Platform platform)
{
    /// <summary>All of the protocol: a file that one of them imports is then there.</summary>
    private static readonly IEnumerable<string> Files = Directory.GetFiles(Repository.At("protos/cpom/v1"), "*.proto").Select(file => $"cpom/v1/{Path.GetFileName(file)}");

    [ToolFact(Tool.Python, DisplayName = "Python : appels simples, flux, échéance et refus détaillé")]
    public async Task Every_kind_of_call()
    {
        var stubs = Directory.CreateDirectory(platform.File("stubs")).FullName;
        var generated = await Script.Run("protoc", [
            $"--descriptor_set_in={platform.Descriptors}", $"--plugin=protoc-gen-grpc_python={Tools.Find("grpc_python_plugin")}",
            $"--python_out={stubs}", $"--grpc_python_out={stubs}", .. Files,
        ]);
        Assert.True(generated.ExitCode == 0, generated.ToString());

        var given = new { address = platform.Address, stubs, upload = Platform.Only(platform.Stock, "MEN_HAPI_*") };
        var checks = new Checks(await Script.Run(Tools.Python, [Repository.At("tests/clients/python/calls.py"), JsonSerializer.Serialize(given)]));

        Assert.Equal((5, platform.Contrats + Platform.Many), (checks["unary"].Int("rows"), checks["unary"].Int("total")));
        Assert.Equal((platform.Contrats + Platform.Many, "CANCELLED"), (checks["watch"].Int("rows"), checks["watch"].Text("code")));
        Assert.True(checks["upload"].GetProperty("already").GetBoolean());
        Assert.Contains("IMPORT_PHASE_RECORDING", checks["import"].GetProperty("phases").EnumerateArray().Select(phase => phase.GetString()));
        Assert.Equal(checks["upload"].Int("read"), checks["import"].Int("read"));
        Assert.Equal("NOT_FOUND", checks["refusal"].Text("code"));
        var detail = Assert.Single(checks["refusal"].GetProperty("details").EnumerateArray());
        Assert.Equal(("REFUSAL_CODE_CONTRAT_UNKNOWN", checks["refusal"].Text("message")), (detail.Text("code"), detail.Text("detail")));
        Assert.Equal("DEADLINE_EXCEEDED", checks["deadline"].Text("code"));
    }
}
