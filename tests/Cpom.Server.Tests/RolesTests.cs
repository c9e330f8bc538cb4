using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>A role told beside a call is held to, and its perimeter to what the registers say.</summary>
public sealed class RolesTests
{
    [Fact(DisplayName = "R-119 Un rôle et son périmètre voyagent avec l'appel ; le département est celui que disent les registres")]
    public async Task Told_in_metadata()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() }, As("delegue-departemental", "departement/75"));
        await server.Settle(opened.Recorded.LogPosition);
        var request = new V1.AddEngagementRequest { Contrat = opened.Name, Engagement = RunningServer.Engagement() };

        var elsewhere = await Refused(async () => await server.Contrats.AddEngagementAsync(request, As("delegue-departemental", "departement/92")));
        Assert.Equal((V1.RefusalCode.PerimetreForeign, "R-119"), (elsewhere.Code, elsewhere.Rule));
        var expert = await Refused(async () => await server.Contrats.AddEngagementAsync(request, As("expert", "region")));
        Assert.Equal((V1.RefusalCode.RoleNotAllowed, "R-121"), (expert.Code, expert.Rule));
        var misheld = await Refused(async () => await server.Contrats.AddEngagementAsync(request, As("negociateur", "region")));
        Assert.Equal(V1.RefusalCode.HabilitationInvalid, misheld.Code);
        Assert.True((await server.Contrats.AddEngagementAsync(request, As("negociateur", "dossier/75-C1"))).Recorded.Changed);
        Assert.False((await server.Contrats.AddEngagementAsync(request)).Recorded.Changed);
    }

    [Theory(DisplayName = "Un rôle inconnu, un périmètre illisible sont des arguments refusés")]
    [InlineData("directeur", "region", "cpom-role")]
    [InlineData("siege", "departement", "cpom-perimetre")]
    [InlineData("siege", "region/1", "cpom-perimetre")]
    [InlineData("siege", "ville/Paris", "cpom-perimetre")]
    public async Task Unreadable(string role, string perimetre, string field)
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() }, As(role, perimetre)));
        Assert.Equal(field, RunningServer.DetailOf<V1.CallProblemDetail>(thrown).Field);
    }

    private static Metadata As(string role, string perimetre) => new() { { "cpom-role", role }, { "cpom-perimetre", perimetre } };

    private static async Task<V1.RefusalDetail> Refused(Func<Task> call) => RunningServer.DetailOf<V1.RefusalDetail>(await Assert.ThrowsAsync<RpcException>(call));
}
