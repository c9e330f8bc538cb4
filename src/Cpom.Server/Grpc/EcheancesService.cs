using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See echeances.proto.</summary>
internal sealed class EcheancesService(Gateway gateway) : V1.EcheancesService.EcheancesServiceBase
{
    public override async Task<V1.ListEcheancesResponse> ListEcheances(V1.ListEcheancesRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var until = Text.ReadDay(request.Until, "until", DateOnly.MaxValue);
        var found = Porteurs(request, read)
            .SelectMany(p => p.Echeances.Where(e => e.DueOn <= until && IsAsked(request, e, read.ValidOn)).Select(e => (Key: KeyOf(p, e), Porteur: p, Echeance: e)))
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListEcheancesRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, e => e.Key, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListEcheancesResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Echeances.AddRange(page.Select(e => MappingEcheances.ToProto(e.Echeance, e.Porteur, read.ValidOn)));
        return response;
    }

    public override async Task<V1.AskRenouvellementResponse> AskRenouvellement(V1.AskRenouvellementRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.AskRenouvellement(gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AnswerRenouvellementResponse> AnswerRenouvellement(V1.AnswerRenouvellementRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.AnswerRenouvellement(request.Granted, MappingEngagements.OrNone(request.Reason), gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RecordEvaluationResponse> RecordEvaluation(V1.RecordEvaluationRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.RecordEvaluation(request.Number, gateway.Day(request.On, "on"), MappingExecution.ToDomain(request.Bilan));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    private static IEnumerable<Porteur> Porteurs(V1.ListEcheancesRequest request, ReadView read)
    {
        IEnumerable<Porteur> all = request.Contrat.Length > 0
            ? [Porteur.Of(read.View.Row(ContratsService.Find(read, request.Contrat, "contrat"), read.ValidOn))]
            : Porteur.All(read.View, read.ValidOn);
        return all.Where(p => Registers.Is(request.Departement, p.Entite?.Identite.Departement) && (request.Ght.Length == 0 || p.Ghts.Contains(request.Ght)));
    }

    private static bool IsAsked(V1.ListEcheancesRequest request, Echeance echeance, DateOnly day)
    {
        var stade = MappingEcheances.StadeOf(echeance, day);
        return (request.Kinds.Count == 0 || request.Kinds.Contains((V1.EcheanceKind)echeance.Kind))
            && (request.Stades.Count == 0 ? stade != V1.EcheanceStade.Faite : request.Stades.Contains(stade));
    }

    private static string KeyOf(Porteur porteur, Echeance echeance) => $"{Text.Day(echeance.DueOn)} {porteur.Name} {(int)echeance.Kind:D3} {echeance.Numero:D9}";

    private Task<V1.Recorded> Record(string contrat, ContratCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.ReadContrat(contrat, "contrat"), command, requestId, etag, context);
}
