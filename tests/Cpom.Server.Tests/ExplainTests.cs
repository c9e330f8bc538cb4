using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>What can be done next, as a caller of the whole server reads it.</summary>
public sealed class ExplainTests
{
    [Fact(DisplayName = "Explain dit ce qui peut se faire, par qui, et la règle qui empêche le reste ; avec un rôle, ce que ce rôle peut")]
    public async Task Explained()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        await server.Settle(opened.Recorded.LogPosition);

        var answer = await server.Contrats.ExplainAsync(new() { Contrat = opened.Name });
        var sign = Assert.Single(answer.Demarches, d => d.Libelle == "signer pour la structure");
        Assert.Equal((V1.DemarcheGroupe.Signature, "R-091", V1.RefusalCode.ConsultationMissing), (sign.Groupe, sign.Refusal.Rule, sign.Refusal.Code));
        Assert.Contains(V1.Role.RepresentantLegal, sign.Roles);
        var validate = Assert.Single(answer.Demarches, d => d.Libelle == "valider le contenu");
        Assert.Null(validate.Refusal);
        Assert.Equal([V1.Role.DelegueDepartemental], validate.Roles);

        var negociateur = await server.Contrats.ExplainAsync(new() { Contrat = opened.Name }, new Metadata { { "cpom-role", "negociateur" }, { "cpom-perimetre", "dossier/75-C1" } });
        Assert.Equal("R-090", Assert.Single(negociateur.Demarches, d => d.Libelle == "valider le contenu").Refusal.Rule);
        Assert.Null(Assert.Single(negociateur.Demarches, d => d.Libelle == "ajouter un engagement").Refusal);
        Assert.Equal(answer.Etag, negociateur.Etag);

        await server.OpenAndSign();
        var signed = await server.Contrats.ExplainAsync(new() { Contrat = opened.Name });
        Assert.DoesNotContain(signed.Demarches, d => d.Libelle == "signer pour la structure");
        Assert.Null(Assert.Single(signed.Demarches, d => d.Libelle == "informer la caisse pivot").Refusal);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.ExplainAsync(new() { Contrat = "contrats/NULLE-PART" }));
        Assert.Equal(V1.RefusalCode.ContratUnknown, RunningServer.DetailOf<V1.RefusalDetail>(unknown).Code);
    }
}
