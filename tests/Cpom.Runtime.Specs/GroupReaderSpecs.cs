using Cpom.TestKit;

namespace Cpom.Runtime.Specs;

/// <summary>Actors asked for while the database answers share the next question.</summary>
public sealed class GroupReaderSpecs
{
    [Fact(DisplayName = "Une question seule part aussitôt ; celles qui arrivent pendant la réponse partent ensemble")]
    public async Task Questions_share()
    {
        var store = new Gated(new InMemoryEventStore());
        var reader = new GroupReader(store, groupMax: 3, atOnceMax: 1);
        var answers = Enumerable.Range(1, 6).Select(n => reader.Read(new($"site-{n}", null, "f"), default)).ToList();

        for (var question = 0; question < 3; question++)
        {
            store.Answer();
        }

        await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal([1, 3, 2], store.Groups);
        Assert.All(answers, a => Assert.Empty(a.Result.Events));
    }

    [Fact(DisplayName = "Un échec de la base est rendu à ceux de la même question et à personne d'autre")]
    public async Task Failure_is_shared_by_its_group()
    {
        var store = new Gated(new InMemoryEventStore()) { FailOn = "site-2" };
        var reader = new GroupReader(store, groupMax: 2, atOnceMax: 1);
        var answers = Enumerable.Range(1, 5).Select(n => reader.Read(new($"site-{n}", null, "f"), default)).ToList();
        Enumerable.Range(0, 3).ToList().ForEach(_ => store.Answer());

        await Assert.ThrowsAsync<IOException>(() => answers[1]);
        await Assert.ThrowsAsync<IOException>(() => answers[2]);
        await Task.WhenAll(answers[0], answers[3], answers[4]).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact(DisplayName = "Qui renonce ne retient pas les autres")]
    public async Task Giving_up()
    {
        var store = new Gated(new InMemoryEventStore());
        var reader = new GroupReader(store, groupMax: 8, atOnceMax: 1);
        using var impatient = new CancellationTokenSource();
        var first = reader.Read(new("site-1", null, "f"), impatient.Token);
        var second = reader.Read(new("site-2", null, "f"), default);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        store.Answer();
        store.Answer();
        Assert.Empty((await second.WaitAsync(TimeSpan.FromSeconds(60))).Events);
    }

    private sealed class Gated(IEventStore inner) : StoreDouble(inner), IEventStore
    {
        private readonly SemaphoreSlim _gate = new(0);

        public List<int> Groups { get; } = [];

        public string? FailOn { get; init; }

        public void Answer() => _gate.Release();

        async Task<IReadOnlyList<ActorHistory>> IEventStore.ReadActors(IReadOnlyList<ActorRead> reads, CancellationToken cancellation)
        {
            Groups.Add(reads.Count);
            await _gate.WaitAsync(cancellation);
            return reads.Any(r => r.Actor == FailOn) ? throw new IOException("The connection died.") : [.. reads.Select(_ => new ActorHistory(null, [], IsWhole: true))];
        }
    }
}
