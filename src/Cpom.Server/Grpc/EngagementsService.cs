using Cpom.Domain;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See engagements.proto.</summary>
internal sealed class EngagementsService(Gateway gateway) : V1.EngagementsService.EngagementsServiceBase
{
    public override async Task<V1.RecordValeurResponse> RecordValeur(V1.RecordValeurRequest request, ServerCallContext context)
    {
        var numero = Names.ReadContrat(request.Contrat, "contrat");
        var command = new ContratCommand.RecordValeur(
            request.Engagement, request.Indicateur, request.Annee, request.Valeur, request.Source, gateway.Day(request.On, "on"), MappingEngagements.OrNone(request.RequestId));
        var done = await gateway.Execute(numero, command, request.RequestId, request.Etag, context);
        var state = (await gateway.Fresh(context)).Contrats[numero].State;
        return new() { Recorded = MappingCommon.ToProto(done), Statut = StatutOf(state, request) };
    }

    public override async Task<V1.ListEngagementsResponse> ListEngagements(V1.ListEngagementsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var found = Rows(request, read)
            .SelectMany(row => row.Dossier.State.Engagements.Values.Where(e => IsAsked(request, row, e)).Select(e => (Key: $"{row.Dossier.Numero} {e.Number:D9}", Row: row, Engagement: e)))
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListEngagementsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, e => e.Key, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListEngagementsResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Engagements.AddRange(page.Select(e => MappingExecution.ToProto(e.Engagement, e.Row)));
        return response;
    }

    public override async Task<V1.RecordRapportFinalResponse> RecordRapportFinal(V1.RecordRapportFinalRequest request, ServerCallContext context)
    {
        var bilan = MappingExecution.ToDomain(request.Bilan) ?? throw Errors.Argument("bilan", "Donnez le contenu du rapport final : son document, et une ligne par engagement.");
        var command = new ContratCommand.RecordRapportFinal(bilan, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(Names.ReadContrat(request.Contrat, "contrat"), command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.PublishBibliothequeResponse> PublishBibliotheque(V1.PublishBibliothequeRequest request, ServerCallContext context)
    {
        var volet = MappingEngagements.Defined((Volet)request.Volet, "volet");
        var command = new BibliothequeCommand.Publish(volet, request.Version, request.Generiques.Select(MappingExecution.ToDomain).ToValueList(), gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(Bibliotheque.IdOf(volet, request.Version), command, request.RequestId, string.Empty, context) };
    }

    public override async Task<V1.ListBibliothequesResponse> ListBibliotheques(V1.ListBibliothequesRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var response = new V1.ListBibliothequesResponse { LogPosition = read.View.Position };
        response.Bibliotheques.AddRange(read.View.Bibliotheques.Values
            .Where(b => (request.Volet == V1.Volet.Unspecified || b.Volet == (Volet)request.Volet) && (request.Version.Length == 0 || b.Version == request.Version))
            .Select(b => MappingExecution.ToProto(b, read.View)));
        return response;
    }

    private static IEnumerable<ContratRow> Rows(V1.ListEngagementsRequest request, ReadView read)
    {
        IEnumerable<ContratRow> rows = request.Contrat.Length > 0
            ? [read.View.Row(ContratsService.Find(read, request.Contrat, "contrat"), read.ValidOn)]
            : read.View.Rows(read.ValidOn);
        return rows.Where(r => r.Dossier.State.Phase == ContratPhase.EnVigueur
            && Registers.Is(request.Departement, r.Entite?.Identite.Departement) && (request.Ght.Length == 0 || r.Ghts.Contains(request.Ght)));
    }

    private static bool IsAsked(V1.ListEngagementsRequest request, ContratRow row, Engagement engagement) =>
        (!request.OnlyAtRisk || MappingExecution.IsAtRisk(row, engagement))
        && (request.Statuts.Count == 0 || request.Statuts.Contains((V1.EngagementStatut)(
            request.Annee == 0 ? EngagementStatuts.Newest(row.Dossier.State, engagement).Statut : EngagementStatuts.In(row.Dossier.State, engagement, request.Annee))));

    private static V1.EngagementStatut StatutOf(ContratState.Ouvert state, V1.RecordValeurRequest request) =>
        state.Engagements.TryGetValue(request.Engagement, out var engagement)
            ? (V1.EngagementStatut)EngagementStatuts.In(state, engagement, request.Annee)
            : V1.EngagementStatut.Unspecified;
}
