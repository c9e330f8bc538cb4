using Cpom.Domain;
using Cpom.Domain.Contrats;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See avenants.proto.</summary>
internal sealed class AvenantsService(Gateway gateway) : V1.AvenantsService.AvenantsServiceBase
{
    public override async Task<V1.OpenAvenantResponse> OpenAvenant(V1.OpenAvenantRequest request, ServerCallContext context)
    {
        var contrat = Names.ReadContrat(request.Contrat, "contrat");
        var command = new ContratCommand.OpenAvenant(
            request.RequestId,
            Text.ReadDay(request.DateEffet, "date_effet"),
            MappingEngagements.Defined((AvenantMotif)request.Motif, "motif"),
            request.AllPending,
            request.Items.ToValueList(),
            request.AcceptConflicts,
            gateway.Day(request.On, "on"));
        var done = await gateway.Execute(contrat, command, request.RequestId, request.Etag, context);
        var number = done.Events.OfType<ContratEvent.AvenantOpened>().FirstOrDefault()?.Number ?? await NumberOf(contrat, request.RequestId, context);
        return new() { Recorded = MappingCommon.ToProto(done), Name = Names.Avenant(contrat, number), Number = number };
    }

    public override async Task<V1.ChangeEngagementResponse> ChangeEngagement(V1.ChangeEngagementRequest request, ServerCallContext context)
    {
        var (contrat, number) = Names.ReadAvenant(request.Name);
        var change = MappingEngagements.ToDomain(request.Change);
        var proof = change is EngagementChange.Add { Engagement.Generique: not null } named ? Bibliotheques.Find(await gateway.Fresh(context), named.Engagement) : null;
        change = change is EngagementChange.Add add ? new EngagementChange.Add(Bibliotheques.Filled(add.Engagement, proof)) : change;
        var command = new ContratCommand.ChangeEngagement(number, change, gateway.Day(request.On, "on"), proof);
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.SignAvenantResponse> SignAvenant(V1.SignAvenantRequest request, ServerCallContext context)
    {
        var (contrat, number) = Names.ReadAvenant(request.Name);
        var party = MappingEngagements.Defined((Signatory)request.Party, "party");
        var command = new ContratCommand.SignAvenant(
            number, party, request.SignedBy, gateway.Day(request.On, "on"), MappingEngagements.AnnexesOf(request.AnnexesParaphees));
        var proven = MappingAutresContrats.Prove(await gateway.Fresh(context), contrat, command);
        return new() { Recorded = await gateway.Record(contrat, proven, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.WithdrawAvenantSignatureResponse> WithdrawAvenantSignature(V1.WithdrawAvenantSignatureRequest request, ServerCallContext context)
    {
        var (contrat, number) = Names.ReadAvenant(request.Name);
        var command = new ContratCommand.WithdrawAvenantSignature(number, request.Reason, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.IntegrateAvenantResponse> IntegrateAvenant(V1.IntegrateAvenantRequest request, ServerCallContext context)
    {
        var (contrat, number) = Names.ReadAvenant(request.Name);
        var command = new ContratCommand.IntegrateAvenant(number, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AbandonAvenantResponse> AbandonAvenant(V1.AbandonAvenantRequest request, ServerCallContext context)
    {
        var (contrat, number) = Names.ReadAvenant(request.Name);
        var command = new ContratCommand.AbandonAvenant(number, request.Reason, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.GetAvenantResponse> GetAvenant(V1.GetAvenantRequest request, ServerCallContext context)
    {
        var (contrat, number) = Names.ReadAvenant(request.Name);
        var read = await gateway.Read(request.AsOf, context);
        var dossier = ContratsService.Find(read, Names.Contrat(contrat), "name");
        var avenant = dossier.State.Avenants.GetValueOrDefault(number) ?? throw Errors.Of(Refuse.AvenantUnknown(number));
        var fingerprint = Paging.Fingerprint(new V1.GetAvenantRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(avenant.Items.Index(), i => $"{i.Index:D9}", request.PageSize, request.PageToken, fingerprint);
        var response = new V1.GetAvenantResponse
        {
            Avenant = MappingContrats.ToProto(dossier, avenant),
            LogPosition = read.View.Position,
            NextPageToken = next,
            TotalSize = avenant.Items.Count,
        };
        response.Avenant.Items.AddRange(page.Select(i => MappingContrats.ToProto(dossier.State.Items[i.Item], dossier, read.View)));
        return response;
    }

    public override async Task<V1.ListAvenantsResponse> ListAvenants(V1.ListAvenantsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var dossier = ContratsService.Find(read, request.Contrat, "contrat");
        var fingerprint = Paging.Fingerprint(new V1.ListAvenantsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(dossier.State.Avenants.Values, a => $"{a.Number:D9}", request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListAvenantsResponse
        {
            NextPageToken = next,
            TotalSize = dossier.State.Avenants.Count,
            LogPosition = read.View.Position,
        };
        response.Avenants.AddRange(page.Select(avenant => MappingContrats.ToProto(dossier, avenant)));
        return response;
    }

    /// <summary>A repeated request records nothing: the avenant that the first one opened is in the replica, or soon will be.</summary>
    private async Task<int> NumberOf(string contrat, string requestId, ServerCallContext context) =>
        (await gateway.Fresh(context)).Contrats[contrat].State.Avenants.Values.First(a => a.Request.RequestId == requestId).Number;
}
