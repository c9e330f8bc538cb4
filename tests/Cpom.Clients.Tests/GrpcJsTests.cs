using System.Text.Json;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>The calls of grpc-js, made once for all facts: its imports add to the portfolio.</summary>
public sealed class GrpcJsCalls(Platform platform)
{
    private readonly Lazy<Task<Checks>> _checks = new(() => ClientScript.Node("grpc-js/calls.mjs", new
    {
        address = platform.Address,
        protos = Repository.At("protos"),
        manyFilter = Platform.ManyFilter,
        watchFilter = $"NOT {Platform.ManyFilter}",
        upload = Platform.Only(platform.NextDay, "MEN_HAPI_*"),
        import = Platform.Only(platform.NextDay, "finess_cs1600102_*"),
    }));

    public async Task<JsonElement> Line(string check) => (await _checks.Value)[check];
}

/// <summary>Node's own gRPC client (@grpc/grpc-js) against the published files.</summary>
[Collection(nameof(Platform))]
public sealed class GrpcJsTests(Platform platform, GrpcJsTests.Calls calls) : IClassFixture<GrpcJsTests.Calls>
{
    /// <summary>xunit gives a class fixture no other fixture: the platform comes with the first fact.</summary>
    public sealed class Calls
    {
        private GrpcJsCalls? _calls;

        public GrpcJsCalls Of(Platform platform) => _calls ??= new(platform);
    }

    [ToolFact(Tool.Node)]
    public async Task Unary()
    {
        var line = await Line("unary");
        Assert.Equal((5, platform.Contrats + Platform.Many), (line.Int("rows"), line.Int("total")));
        Assert.NotEmpty(line.Text("first"));
    }

    [ToolFact(Tool.Node, DisplayName = "grpc-js: 1 100 contrats en deux pages, chacun une fois")]
    public async Task Pages()
    {
        var line = await Line("pages");
        Assert.Equal((2, Platform.Many, Platform.Many), (line.Int("pages"), line.Int("seen"), line.Int("total")));
    }

    [ToolFact(Tool.Node)]
    public async Task Refusal_with_its_detail()
    {
        var line = await Line("refusal");
        Assert.Equal("NOT_FOUND", line.Text("code"));
        var detail = Assert.Single(line.GetProperty("details").EnumerateArray());
        Assert.Equal(("RefusalDetail", "REFUSAL_CODE_CONTRAT_UNKNOWN"), (detail.Text("type"), detail.Text("code")));
        Assert.Equal(line.Text("message"), detail.Text("detail"));
    }

    [ToolFact(Tool.Node)]
    public async Task Problem_with_its_field()
    {
        var line = await Line("problem");
        Assert.Equal("INVALID_ARGUMENT", line.Text("code"));
        var detail = Assert.Single(line.GetProperty("details").EnumerateArray());
        Assert.Equal(("CallProblemDetail", "filter"), (detail.Text("type"), detail.Text("field")));
    }

    [ToolFact(Tool.Node)]
    public async Task Deadline() => Assert.Equal("DEADLINE_EXCEEDED", (await Line("deadline")).Text("code"));

    [ToolFact(Tool.Node)]
    public async Task Cancellation() => Assert.Equal("CANCELLED", (await Line("cancellation")).Text("code"));

    [ToolFact(Tool.Node)]
    public async Task Server_stream()
    {
        var line = await Line("watch");
        Assert.Equal(platform.Contrats, line.GetProperty("names").EnumerateArray().Select(name => name.GetString()).Distinct().Count());
        Assert.True(line.Int("position") > 0);
    }

    [ToolFact(Tool.Node)]
    public async Task Client_stream()
    {
        var line = await Line("upload");
        Assert.Equal("HapiNotifications", line.Text("kind"));
        Assert.True(line.Int("new") > 0, line.ToString());
    }

    [ToolFact(Tool.Node, DisplayName = "grpc-js: un fichier dans les deux sens, avec son avancement")]
    public async Task Both_ways()
    {
        var line = await Line("import");
        Assert.Contains("IMPORT_PHASE_RECORDING", line.GetProperty("phases").EnumerateArray().Select(phase => phase.GetString()));
        Assert.True(line.Int("read") > 0, line.ToString());
    }

    [ToolFact(Tool.Node)]
    public async Task The_same_file_again_changes_nothing()
    {
        var line = await Line("again");
        Assert.True(line.GetProperty("already").GetBoolean());
        Assert.Equal((0, 0, 0), (line.Int("new"), line.Int("changed"), line.Int("ended")));
    }

    private Task<JsonElement> Line(string check) => calls.Of(platform).Line(check);
}
