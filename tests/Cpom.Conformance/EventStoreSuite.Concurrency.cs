using Cpom.Runtime;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Conformance;

public abstract partial class EventStoreSuite
{
    [SuiteFact]
    public async Task Waiting_for_what_is_there_ends_at_once()
    {
        await Append(Decision("site-1", 0, "a.1"));
        Assert.True(Store.WaitForAppend(0, default).IsCompletedSuccessfully);
    }

    [SuiteFact]
    public async Task Waiting_ends_when_something_is_appended()
    {
        await Append(Decision("site-1", 0, "a.1"));
        var waits = Enumerable.Range(0, 3).Select(_ => Store.WaitForAppend(1, default)).ToList();
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        await Append(Decision("site-1", 1, "b.1"));
        await Task.WhenAll(waits).WaitAsync(Patience);
    }

    [SuiteFact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var wait = Store.WaitForAppend(0, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience));
    }

    [SuiteFact]
    public async Task Waiting_ends_when_the_store_is_disposed()
    {
        var wait = Store.WaitForAppend(0, default);
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait.WaitAsync(Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.WaitForAppend(0, default).WaitAsync(Patience));
    }

    [SuiteFact]
    public async Task Waiting_ends_when_another_store_on_the_same_database_appends()
    {
        var other = await OpenAnother();
        var wait = Store.WaitForAppend(0, default);
        await other.Append([Decision("site-1", 0, "a.1")], default);
        await wait.WaitAsync(Patience); // The polling interval of the suite's stores is longer than this.
        Assert.Single(await Store.ReadLog(0, 10, default));

        wait = Store.WaitForAppend(1, default);
        await other.Append([.. Enumerable.Range(2, 300).Select(n => Decision($"site-{n}", 0, "a.1"))], default);
        await wait.WaitAsync(Patience);
        Assert.Equal(300, (await Store.ReadLog(1, 1_000, default)).Count);
    }

    [SuiteFact]
    public async Task Of_many_who_race_for_a_version_one_wins()
    {
        IEventStore[] stores = [Store, await SameDatabase()];
        for (var version = 0; version < 20; version++)
        {
            var racing = Enumerable.Range(0, 8).Select(n => Task.Run(() => stores[n % 2].Append([Decision("site-1", version, $"n{n}.1")], default)));
            var results = await Task.WhenAll(racing);
            Assert.Single(results, result => result[0] is AppendResult.Appended);
        }

        Assert.Equal(20, (await History("site-1")).Count);
    }

    [SuiteFact]
    public async Task Of_two_appends_of_many_events_that_race_one_is_stored_whole_and_nothing_of_the_other()
    {
        IEventStore[] stores = [Store, await SameDatabase()];
        for (var (round, version) = (0, 0); round < 12; round++)
        {
            // Few events and many: a store may have a way for each.
            var count = round % 2 == 0 ? 5 : 200;
            var racing = Enumerable.Range(0, 4).Select(n => Task.Run(() => stores[n % 2].Append([Many(n, version, count)], default)));
            var results = await Task.WhenAll(racing);
            var won = Assert.Single(Enumerable.Range(0, 4), n => results[n][0] is AppendResult.Appended);
            var stored = await History("site-1", version);
            Assert.Equal(Many(won, version, count).Events.Select(e => (e.Name, e.Provenance!)), stored.Select(e => (e.Name, e.Provenance)));
            version += count;
            Assert.Equal(version, stored[^1].Version);
            Assert.Equal(stored[0].Position + count - 1, stored[^1].Position); // Next to one another.
        }

        static Append Many(int racer, int version, int count) => new(
            "site-1",
            version,
            [.. Enumerable.Range(0, count).Select(n => Event($"r{racer}-{n}.1", "{}") with { Provenance = Provenance with { Cause = new(Request: $"{racer}-{n}") } })],
            Provenance);
    }

    [SuiteFact]
    public async Task A_follower_never_meets_a_smaller_position_later()
    {
        const int Writers = 6;
        const int BatchesPerWriter = 40;
        IEventStore[] stores = [Store, await SameDatabase()];
        using var done = new CancellationTokenSource();
        var following = Task.Run(() => Follow(Store, Writers * BatchesPerWriter * 2, done.Token));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var batch = 0; batch < BatchesPerWriter; batch++)
            {
                // Two actors per batch, one of them large: transactions overlap where nothing keeps them apart.
                await stores[writer % 2].Append([Decision($"a-{writer}-{batch}", 0, "a.1"), Decision($"b-{writer}-{batch}", 0, "b.1")], default);
            }
        })));

        var followed = await following.WaitAsync(Patience);
        Assert.Equal((await Log()).Select(stored => stored.Position), followed);
        Assert.Equal(followed.Order().Distinct(), followed);
    }

    [SuiteFact]
    public async Task Grouped_appends_of_many_callers_are_all_stored()
    {
        await using var appender = new GroupAppender(Store);
        var results = await Task.WhenAll(Enumerable.Range(0, 1_024).Select(async n =>
        {
            await appender.Append(Decision($"site-{n}", 0, "a.1", "b.1"), default);
            return await appender.Append(Decision($"site-{n}", 2, "c.1"), default);
        }));

        Assert.All(results, result => Assert.Equal(3, Assert.IsType<AppendResult.Appended>(result).Version));
        Assert.Equal(3 * 1_024, (await Log()).Count);
        foreach (var n in new[] { 0, 511, 1_023 })
        {
            Assert.Equal(["a.1", "b.1", "c.1"], (await History($"site-{n}")).Select(stored => stored.Name));
        }
    }

    /// <summary>Reads as a follower does: what comes after the last position seen. What appears behind its back it never sees.</summary>
    private static async Task<List<long>> Follow(IEventStore store, int count, CancellationToken cancellation)
    {
        var seen = new List<long>();
        var position = 0L;
        while (seen.Count < count)
        {
            // Stops short when the log is complete and events were missed; the comparison then says which.
            var page = await store.ReadLog(position, 7, cancellation);
            if (page.Count == 0 && await store.LastPosition(cancellation) >= count)
            {
                page = await store.ReadLog(position, 7, cancellation);
                if (page.Count == 0)
                {
                    return seen;
                }
            }

            seen.AddRange(page.Select(stored => stored.Position));
            position = page.Count == 0 ? position : page[^1].Position;
        }

        return seen;
    }

    /// <summary>A second store on this test's database where there can be one, else the same.</summary>
    private async Task<IEventStore> SameDatabase() => Store.IsExclusive ? Store : await OpenAnother();
}
