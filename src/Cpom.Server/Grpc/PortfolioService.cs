using Cpom.Runtime.Projections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See portfolio.proto.</summary>
internal sealed class PortfolioService(Gateway gateway, Answers answers) : V1.PortfolioService.PortfolioServiceBase
{
    /// <summary>Rows in one message of a watch.</summary>
    private const int WatchRowsMax = 500;

    public override async Task<V1.QueryResponse> Query(V1.QueryRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var question = request.AsOf is null ? request : new V1.QueryRequest(request) { AsOf = null };
        return Answer(read, question, IsOfTheHour(request.Filter, request.OrderBy), () => Query(request, read));
    }

    public override async Task<V1.SummarizeResponse> Summarize(V1.SummarizeRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var question = request.AsOf is null ? request : new V1.SummarizeRequest(request) { AsOf = null };
        return Answer(read, question, IsOfTheHour(request.Filter), () => Summarize(request, read));
    }

    /// <summary>Ends only with its caller or with the server (the host then answers UNAVAILABLE).</summary>
    public override async Task Watch(V1.WatchRequest request, IServerStreamWriter<V1.WatchResponse> responseStream, ServerCallContext context)
    {
        var predicate = Compile("filter", request.Filter, Filter.Compile);
        var position = request.AfterLogPosition;
        if (position == 0)
        {
            var view = gateway.Node.Portfolio.Current;
            await Send(Rows(view, view.Contrats.Keys), predicate, view.Position, isFirst: true, responseStream, context);
            position = view.Position;
        }

        while (true)
        {
            var (changed, until) = await gateway.Node.Portfolio.ChangesAfter(position, context.CancellationToken);
            await Send(Rows(gateway.Node.Portfolio.Current, changed), predicate, until, isFirst: false, responseStream, context);
            position = until;
        }
    }

    public override async Task<V1.ListAlertsResponse> ListAlerts(V1.ListAlertsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var alerts = read.View.Entites.Values
            .Where(e => Registers.Is(request.Departement, e.Identite.Departement) && Registers.IsIn(request.Ght, read.View, e.Finess))
            .Where(e => e.RequiredBy is not null || read.View.FirSansContratOf(e).Count > 0)
            .OrderBy(AlertKey, StringComparer.Ordinal)
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListAlertsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(alerts, AlertKey, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListAlertsResponse { NextPageToken = next, TotalSize = alerts.Count, LogPosition = read.View.Position };
        response.Alerts.AddRange(page.Select(e => MappingPortfolio.Alert(e, read.View)));
        return response;
    }

    /// <summary>Those without the contrat that they must have come first.</summary>
    private static string AlertKey(EntiteRow entite) => (entite.RequiredBy is null ? "1" : "0") + entite.Finess;

    /// <summary>The same question of the same view, unless its answer changes with the hour.</summary>
    private T Answer<T>(ReadView read, object question, bool isOfTheHour, Func<T> answer)
        where T : class =>
        isOfTheHour ? answer() : answers.Of(read.View, (question, read.ValidOn), answer);

    private static bool IsOfTheHour(string filter, string orderBy = "") => PortfolioFields.DependsOnNow(filter) || PortfolioFields.DependsOnNow(orderBy);

    private V1.QueryResponse Query(V1.QueryRequest request, ReadView read)
    {
        var size = Paging.Size(request.PageSize);
        if (request.ReadMask is { } mask && !FieldMask.IsValid(V1.PortfolioRow.Descriptor, mask))
        {
            throw Errors.Argument("read_mask", "Un champ de read_mask n'est pas d'une ligne du portefeuille.");
        }

        var predicate = Compile("filter", request.Filter, Filter.Compile);
        var order = Compile("order_by", request.OrderBy, Order.Read);
        var fingerprint = Paging.Fingerprint(new V1.QueryRequest(request) { PageSize = 0, PageToken = string.Empty, ReadMask = null });
        var after = Paging.Read(request.PageToken, fingerprint);
        if (after is not null && !order.Fits(after))
        {
            throw Errors.PageToken();
        }

        var rows = Answer(read, (request.Filter, request.OrderBy), IsOfTheHour(request.Filter, request.OrderBy), () => Sorted(read, predicate, order));
        var page = rows.SkipWhile(r => after is not null && order.Compare(r.Key, after) <= 0).Take(size + 1).ToList();
        var response = new V1.QueryResponse { TotalSize = rows.Count, LogPosition = read.View.Position };
        response.Rows.AddRange(page.Take(size).Select(r => MappingPortfolio.Masked(MappingPortfolio.ToProto(r.Row), request.ReadMask)));
        response.NextPageToken = page.Count > size ? Paging.Write(fingerprint, page[size - 1].Key) : string.Empty;
        return response;
    }

    private List<(IReadOnlyList<string> Key, ContratRow Row)> Sorted(ReadView read, Func<RowAt, bool> predicate, Order order)
    {
        var rows = Matching(read, predicate).Select(at => (Key: order.KeyOf(at), at.Row)).ToList();
        rows.Sort((x, y) => order.Compare(x.Key, y.Key));
        return rows;
    }

    private V1.SummarizeResponse Summarize(V1.SummarizeRequest request, ReadView read)
    {
        var group = MappingEngagements.Defined((PortfolioGroup)request.GroupBy, "group_by");
        var rows = Matching(read, Compile("filter", request.Filter, Filter.Compile)).Select(at => at.Row).ToList();
        var (groups, all) = PortfolioSummary.Of(group, read.View, rows);
        var response = new V1.SummarizeResponse { Overall = MappingPortfolio.ToProto(all), LogPosition = read.View.Position };
        response.Totals.AddRange(groups.Select(MappingPortfolio.ToProto));
        return response;
    }

    private IEnumerable<RowAt> Matching(ReadView read, Func<RowAt, bool> predicate)
    {
        var now = read.KnownAt ?? gateway.Node.Time.GetUtcNow();
        return read.View.Rows(read.ValidOn).Select(row => new RowAt(row, now)).Where(predicate);
    }

    private IEnumerable<RowAt> Rows(PortfolioView view, IEnumerable<string> contrats)
    {
        var (day, now) = (gateway.Node.Today, gateway.Node.Time.GetUtcNow());
        return contrats.Select(numero => new RowAt(view.Row(view.Contrats[numero], day), now));
    }

    /// <summary>In messages of bounded size; only the last one says from where to resume.</summary>
    private static async Task Send(
        IEnumerable<RowAt> rows,
        Func<RowAt, bool> predicate,
        long position,
        bool isFirst,
        IServerStreamWriter<V1.WatchResponse> responses,
        ServerCallContext context)
    {
        var message = new V1.WatchResponse();
        foreach (var row in rows)
        {
            if (predicate(row))
            {
                message.Rows.Add(MappingPortfolio.ToProto(row.Row));
            }
            else if (!isFirst)
            {
                message.Removed.Add(Names.Contrat(row.Row.Dossier.Numero));
            }

            if (message.Rows.Count + message.Removed.Count == WatchRowsMax)
            {
                await responses.WriteAsync(message, context.CancellationToken);
                message = new();
            }
        }

        message.LogPosition = position;
        await responses.WriteAsync(message, context.CancellationToken);
    }

    private static T Compile<T>(string field, string text, Func<string, T> compile)
    {
        try
        {
            return compile(text);
        }
        catch (QueryException unreadable)
        {
            throw Errors.Argument(field, unreadable.Message);
        }
    }
}
