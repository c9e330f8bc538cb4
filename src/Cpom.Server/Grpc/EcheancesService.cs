using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See echeances.proto.</summary>
internal sealed class EcheancesService(Gateway gateway) : V1.EcheancesService.EcheancesServiceBase
{
    public override async Task<V1.ListEcheancesResponse> ListEcheances(V1.ListEcheancesRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var until = Text.ReadDay(request.Until, "until", DateOnly.MaxValue);
        var found = Rows(request, read)
            .SelectMany(row => ContratEcheances.Of(row.Dossier.State).Where(e => e.DueOn <= until && IsAsked(request, e, read.ValidOn)).Select(e => (Key: KeyOf(row, e), Row: row, Echeance: e)))
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListEcheancesRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, e => e.Key, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListEcheancesResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Echeances.AddRange(page.Select(e => MappingEcheances.ToProto(e.Echeance, e.Row, read.ValidOn)));
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
        var command = new ContratCommand.RecordEvaluation(request.Number, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    private static IEnumerable<ContratRow> Rows(V1.ListEcheancesRequest request, ReadView read)
    {
        IEnumerable<ContratRow> rows = request.Contrat.Length > 0
            ? [read.View.Row(ContratsService.Find(read, request.Contrat, "contrat"), read.ValidOn)]
            : read.View.Rows(read.ValidOn);
        return rows.Where(r => Registers.Is(request.Departement, r.Entite?.Identite.Departement) && (request.Ght.Length == 0 || r.Ghts.Contains(request.Ght)));
    }

    private static bool IsAsked(V1.ListEcheancesRequest request, Echeance echeance, DateOnly day)
    {
        var stade = MappingEcheances.StadeOf(echeance, day);
        return (request.Kinds.Count == 0 || request.Kinds.Contains((V1.EcheanceKind)echeance.Kind))
            && (request.Stades.Count == 0 ? stade != V1.EcheanceStade.Faite : request.Stades.Contains(stade));
    }

    private static string KeyOf(ContratRow row, Echeance echeance) => $"{Text.Day(echeance.DueOn)} {row.Dossier.Numero} {(int)echeance.Kind:D3} {echeance.Numero:D9}";

    private Task<V1.Recorded> Record(string contrat, ContratCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.ReadContrat(contrat, "contrat"), command, requestId, etag, context);
}
