using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server.Tests;

public sealed class PortfolioTests
{
    private const int Many = 1_050;

    [Fact(DisplayName = "Plus de mille contrats se lisent par pages, chacun une fois, même quand le portefeuille bouge")]
    public async Task More_than_a_thousand_rows_by_pages()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await OpenMany(server);
        var request = new V1.QueryRequest { OrderBy = "numero desc", PageSize = 5_000, Filter = "statut = projet" };
        var first = await server.Portfolio.QueryAsync(request);
        Assert.Equal((1_000, Many), (first.Rows.Count, first.TotalSize));
        await server.Settle(await Open(server, "P-2000")); // Before the place where the next page begins: it neither shows nor repeats.

        request.PageToken = first.NextPageToken;
        var second = await server.Portfolio.QueryAsync(request);
        Assert.Empty(second.NextPageToken);
        var numeros = first.Rows.Concat(second.Rows).Select(r => r.Numero).ToList();
        Assert.Equal(Enumerable.Range(0, Many).Select(n => $"P-{n:D4}").Reverse(), numeros);

        request.Filter = string.Empty;
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Portfolio.QueryAsync(request));
        Assert.Equal(V1.CallProblem.PageToken, RunningServer.DetailOf<V1.CallProblemDetail>(thrown).Problem);
    }

    [Fact]
    public async Task A_mask_keeps_the_fields_asked_for()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        var request = new V1.QueryRequest { ReadMask = new() { Paths = { "numero", "figures.pending" } } };
        var row = Assert.Single((await server.Portfolio.QueryAsync(request)).Rows);
        Assert.Equal(("75-C1", "", 0), (row.Numero, row.Nom, row.Figures.Engagements));
        request.ReadMask.Paths.Add("nothing");
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Portfolio.QueryAsync(request));
        Assert.Equal("read_mask", RunningServer.DetailOf<V1.CallProblemDetail>(thrown).Field);
    }

    [Fact(DisplayName = "Totaux par GHT, et l'ensemble")]
    public async Task Totals_by_group()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        await server.Submit(RunningServer.Rc("RC-1", 8), RunningServer.Money("1000", "A"));
        var summary = await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Ght });
        var total = Assert.Single(summary.Totals);
        Assert.Equal((RunningServer.Ght, "Paris Nord", 1, 2, "1000.00"), (total.Key, total.Label, total.EnVigueur, total.Pending, total.PendingAmount));
        Assert.Equal(1, summary.Overall.Contrats);
        var none = await server.Portfolio.SummarizeAsync(new() { GroupBy = V1.SummaryGroup.Statut, Filter = "pending > 2" });
        Assert.Equal(0, none.Overall.Contrats);
        var ungrouped = await Assert.ThrowsAsync<RpcException>(async () => await server.Portfolio.SummarizeAsync(new()));
        Assert.Equal("group_by", RunningServer.DetailOf<V1.CallProblemDetail>(ungrouped).Field);
    }

    [Fact(DisplayName = "Une veille reprend où elle en était, sans rien manquer, et finit UNAVAILABLE à l'arrêt")]
    public async Task A_watch_resumes()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await server.OpenAndSign();
        long seen;
        using (var watch = server.Portfolio.Watch(new() { Filter = "pending <= 1" }))
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal("75-C1", Assert.Single(watch.ResponseStream.Current.Rows).Numero);
            seen = watch.ResponseStream.Current.LogPosition;
            Assert.True(seen > 0);
        }

        await server.Submit(RunningServer.Rc("RC-1", 8));
        using var resumed = server.Portfolio.Watch(new() { AfterLogPosition = seen, Filter = "pending <= 1" });
        Assert.True(await resumed.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(1, Assert.Single(resumed.ResponseStream.Current.Rows).Figures.Pending);
        Assert.True(resumed.ResponseStream.Current.LogPosition > seen);

        await server.Submit(RunningServer.Rc("RC-2", 4));
        Assert.True(await resumed.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal([RunningServer.Contrat], resumed.ResponseStream.Current.Removed);

        var stopping = server.Stop();
        var thrown = await Assert.ThrowsAsync<RpcException>(() => resumed.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, thrown.StatusCode);
        await stopping;
    }

    [Fact]
    public async Task A_large_first_message_is_cut_and_only_its_end_can_be_resumed()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        await OpenMany(server);
        using var watch = server.Portfolio.Watch(new());
        var messages = new List<V1.WatchResponse>();
        while (messages.Sum(m => m.Rows.Count) < Many)
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
            messages.Add(watch.ResponseStream.Current);
        }

        Assert.Equal([0, 0], messages.SkipLast(1).Select(m => m.LogPosition));
        Assert.True(messages[^1].LogPosition > 0);
    }

    private static async Task OpenMany(RunningServer server)
    {
        var positions = await Task.WhenAll(Enumerable.Range(0, Many).Select(n => Open(server, $"P-{n:D4}")));
        await server.Settle(positions.Max());
    }

    private static Task<long> Open(RunningServer server, string numero) => server.Send(numero, new ContratCommand.Open(
        new(numero, RunningServer.Entite, PartieKind.Eps, false, new(2026, 1, 1), new(2030, 12, 31), "2026", null),
        [RunningServer.Site],
        [RunningServer.Site],
        new(2026, 1, 1)));
}
