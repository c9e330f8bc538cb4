using Cpom.Domain.Contrats;
using Cpom.Domain.Ghts;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See contrats_uniques.proto.</summary>
internal sealed class ContratsUniquesService(Gateway gateway) : V1.ContratsUniquesService.ContratsUniquesServiceBase
{
    public override async Task<V1.AskContratUniqueResponse> AskContratUnique(V1.AskContratUniqueRequest request, ServerCallContext context)
    {
        var command = new GhtCommand.AskContratUnique(
            ReadEntite(request.Entite), request.Directeur, MappingEngagements.OrNone(request.Deliberation), gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Ght, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AnswerContratUniqueResponse> AnswerContratUnique(V1.AnswerContratUniqueRequest request, ServerCallContext context)
    {
        var command = new GhtCommand.AnswerContratUnique(request.Granted, MappingEngagements.OrNone(request.Reason), gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Ght, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RecordGhtAvisResponse> RecordGhtAvis(V1.RecordGhtAvisRequest request, ServerCallContext context)
    {
        var asked = request.Avis ?? throw Errors.Argument("avis", "Donnez l'avis.");
        var avis = new GhtAvis(
            (GhtInstance)asked.Instance,
            gateway.Day(asked.On, "avis.on"),
            MappingEngagements.OrNone(asked.Reference),
            MappingEngagements.OrNone(asked.Motifs),
            MappingApprobations.ToDomain(asked.Piece));
        return new() { Recorded = await Record(request.Ght, new GhtCommand.RecordAvis(avis), request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AcquirePersonnaliteResponse> AcquirePersonnalite(V1.AcquirePersonnaliteRequest request, ServerCallContext context)
    {
        var on = gateway.Day(request.On, "on");
        var deliberations = request.Deliberations.Select(d => new Deliberation(d.Entite, d.Reference, Text.ReadDay(d.On, "deliberations.on", on)));
        var command = new GhtCommand.AcquirePersonnalite(request.Entite, (PersonnaliteForme)request.Forme, Domain.ValueList.ToValueList(deliberations), on);
        return new() { Recorded = await Record(request.Ght, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.NotifyRetraitResponse> NotifyRetrait(V1.NotifyRetraitRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.NotifyRetrait(ReadEntite(request.Entite), MappingEngagements.OrNone(request.Reference), gateway.Day(request.On, "on"));
        return new() { Recorded = await RecordContrat(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.FixRetraitResponse> FixRetrait(V1.FixRetraitRequest request, ServerCallContext context)
    {
        var modalites = new RetraitModalites(request.Modalites, MappingApprobations.ToDomain(request.Piece), gateway.Day(request.On, "on"));
        var command = new ContratCommand.FixRetrait(ReadEntite(request.Entite), modalites);
        return new() { Recorded = await RecordContrat(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.GetContratUniqueResponse> GetContratUnique(V1.GetContratUniqueRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var code = Names.Read(request.Name, "ghts", "name");
        var state = ContratsUniques.Of(read.View, code) ?? throw Errors.NotFound(request.Name);
        return new() { ContratUnique = MappingContratsUniques.ToProto(code, state, read), LogPosition = read.View.Position };
    }

    private static string ReadEntite(string name) => Names.Read(name, "entites", "entite");

    private Task<V1.Recorded> Record(string ght, GhtCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.Read(ght, "ghts", "ght"), command, requestId, etag, context);

    private Task<V1.Recorded> RecordContrat(string contrat, ContratCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.ReadContrat(contrat, "contrat"), command, requestId, etag, context);
}
