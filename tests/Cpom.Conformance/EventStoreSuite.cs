using System.Text;
using Cpom.Domain;
using Cpom.Runtime;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Conformance;

/// <summary>
/// What every store must do. Memory, SQLite and PostgreSQL each derive one near-empty class, with a database of its own per test.
/// Facts about concurrent use are in <c>EventStoreSuite.Concurrency.cs</c>.
/// </summary>
public abstract partial class EventStoreSuite : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // Evidence is missing after this; nothing is measured by it.

    private readonly List<IEventStore> _opened = [];

    protected IEventStore Store { get; private set; } = null!;

    /// <summary>Opens a store on this test's database. Called again, another one on the same database, where the store allows two.</summary>
    protected abstract Task<IEventStore> Open();

    public async Task InitializeAsync() => Store = await OpenAnother();

    public virtual async Task DisposeAsync()
    {
        foreach (var store in _opened)
        {
            await store.DisposeAsync();
        }
    }

    [SuiteFact]
    public async Task Append_at_a_stale_version_conflicts_and_writes_nothing()
    {
        await Append(Decision("site-1", 0, "a.1"));
        Assert.IsType<AppendResult.Conflict>(await Append(Decision("site-1", 0, "b.1")));
        Assert.Equal("a.1", Assert.Single(await Log()).Name);
    }

    [SuiteFact]
    public async Task Append_ahead_of_the_version_conflicts_and_writes_nothing()
    {
        await Append(Decision("site-1", 0, "a.1"));
        Assert.IsType<AppendResult.Conflict>(await Append(Decision("site-1", 2, "b.1")));
        Assert.IsType<AppendResult.Conflict>(await Append(Decision("site-2", 1, "b.1")));
        Assert.Equal("a.1", Assert.Single(await Log()).Name);
    }

    [SuiteFact]
    public async Task Actors_do_not_share_versions()
    {
        Assert.Equal(new AppendResult.Appended(2, 2), await Append(Decision("site-1", 0, "a.1", "b.1")));
        Assert.Equal(new AppendResult.Appended(1, 3), await Append(Decision("site-2", 0, "a.1")));
        Assert.Equal(new AppendResult.Appended(3, 4), await Append(Decision("site-1", 2, "c.1")));
    }

    [SuiteFact]
    public async Task A_decision_that_lost_its_race_does_not_stop_the_others()
    {
        await Append(Decision("site-2", 0, "a.1"));
        var results = await Store.Append(
            [Decision("site-3", 0, "x.1"), Decision("site-2", 0, "lost.1", "lost.1"), Decision("site-1", 0, "y.1", "z.1")], default);

        Assert.Equal([new AppendResult.Appended(1, 2), new AppendResult.Conflict(), new AppendResult.Appended(2, 4)], results);
        Assert.Equal(["a.1", "x.1", "y.1", "z.1"], (await Log()).Select(stored => stored.Name));
    }

    [SuiteFact]
    public async Task Decisions_of_one_actor_in_one_batch_follow_one_another()
    {
        var results = await Store.Append(
            [
                Decision("site-1", 0, "a.1", "b.1"),
                Decision("site-2", 0, "other.1"),
                Decision("site-1", 1, "lost.1"),
                Decision("site-1", 2, "c.1"),
                Decision("site-1", 2, "lost.1"),
                Decision("site-1", 3, "d.1"),
            ],
            default);

        Assert.Equal(
            [
                new AppendResult.Appended(2, 2), new AppendResult.Appended(1, 3), new AppendResult.Conflict(),
                new AppendResult.Appended(3, 4), new AppendResult.Conflict(), new AppendResult.Appended(4, 5),
            ],
            results);
        Assert.Equal([(1L, "a.1"), (2, "b.1"), (3, "c.1"), (4, "d.1")], (await History("site-1")).Select(stored => (stored.Version, stored.Name)));
    }

    /// <summary>A store may append many events in another way than a few: the same is true of both.</summary>
    [SuiteFact]
    public async Task A_large_batch_is_judged_decision_by_decision()
    {
        await Append(Decision("site-1", 0, "a.1"));
        var batch = Enumerable.Range(1, 300).Select(n => Decision($"site-{n}", 0, "x.1", "y.1")).Append(Decision("site-300", 2, "z.1")).Append(Decision("site-300", 2, "lost.1")).ToList();
        var results = await Store.Append(batch, default);

        Assert.IsType<AppendResult.Conflict>(results[0]);
        Assert.Equal(Enumerable.Range(1, 299).Select(n => new AppendResult.Appended(2, 1 + (2 * n))), results.Skip(1).Take(299));
        Assert.Equal([new AppendResult.Appended(3, 600), new AppendResult.Conflict()], results.Skip(300));
        var log = await Log();
        Assert.Equal(Enumerable.Range(1, 600).Select(n => (long)n), log.Select(stored => stored.Position));
        Assert.DoesNotContain(log, stored => stored.Name == "lost.1");
        Assert.Equal([new AppendResult.Conflict(), new AppendResult.Conflict()], await Store.Append([Decision("site-1", 0, "lost.1"), Decision("site-2", 1, "lost.1")], default));
    }

    [SuiteFact]
    public async Task A_broken_rule_is_a_bug_and_nothing_of_its_batch_is_stored()
    {
        var good = Decision("site-1", 0, "a.1");
        Append[] broken =
        [
            good with { Actor = "site-2", Events = [] },
            good with { Actor = "site-\0" },
            good with { Actor = "site-\ud800" },
            good with { Actor = new string('é', AppendRules.ActorBytesMax) },
            good with { Actor = "site-2", ExpectedVersion = -1 },
            good with { Actor = "site-2", Events = [Event("a.1", "{")] },
            good with { Actor = "site-2", Events = [new("a.1", new byte[] { (byte)'"', 0xFF, (byte)'"' }, Day)] },
            good with { Actor = "site-2", Events = [Event("a.1", Json(AppendRules.PayloadBytesMax + 1))] },
            good with { Actor = "site-2", Events = [Event("a.1", "{}"), Event("a.1", "{}") with { Provenance = Provenance with { Author = "\0" } }] },
            good with { Actor = "site-2", Events = [Event("a.1", "{}") with { Provenance = Provenance with { Cause = new(Request: new string('é', AppendRules.CauseBytesMax)) } }] },
        ];
        foreach (var decision in broken)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Append([good, decision], default));
        }

        Assert.Empty(await Log());
    }

    [SuiteFact]
    public async Task A_batch_cancelled_before_it_starts_is_not_stored()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Append([Decision("site-1", 0, "a.1")], new(canceled: true)));
        Assert.Empty(await Log());
    }

    [SuiteFact]
    public async Task An_empty_batch_is_answered_with_nothing() => Assert.Empty(await Store.Append([], default));

    [SuiteFact]
    public async Task Read_log_starts_after_the_position_and_stops_at_the_limit()
    {
        Assert.Equal(0, await Store.LastPosition(default));
        await Append(Decision("site-1", 0, "a.1", "b.1", "c.1"));
        await Append(Decision("site-2", 0, "d.1"));

        Assert.Equal(["b.1", "c.1"], (await Store.ReadLog(1, 2, default)).Select(stored => stored.Name));
        Assert.Equal(["d.1"], (await Store.ReadLog(3, 10, default)).Select(stored => stored.Name));
        Assert.Empty(await Store.ReadLog(4, 10, default));
        Assert.Empty(await Store.ReadLog(400, 10, default));
        Assert.Equal(4, await Store.LastPosition(default));
    }

    [SuiteFact]
    public async Task Read_actor_starts_after_the_version_and_goes_on_over_many_pages()
    {
        var names = Enumerable.Range(1, 600).Select(n => $"n{n}.1").ToArray();
        await Append(Decision("site-1", 0, names));
        await Append(Decision("site-10", 0, "other.1")); // A name that begins alike is another actor.

        Assert.Equal(names, (await History("site-1")).Select(stored => stored.Name));
        Assert.Equal(names[597..], (await History("site-1", after: 597)).Select(stored => stored.Name));
        Assert.Empty(await History("site-1", after: 600));
        Assert.Empty(await History("site-9"));
    }

    [SuiteFact]
    public async Task Many_actors_are_read_at_once_each_from_where_it_is_asked()
    {
        await Append(Decision("site-1", 0, "a.1", "b.1"));
        await Append(Decision("site-2", 0, "c.1"));
        await Append(Decision("site-1", 2, "d.1"));
        await Store.WriteSnapshot("site-1", new("f", 2, new byte[] { 7 }), default);
        await Store.WriteSnapshot("site-2", new("old", 1, new byte[] { 8 }), default);

        var found = await Store.ReadActors([new("site-2", null, "f"), new("site-9", null, "f"), new("site-1", null, "f"), new("site-1", 1, "f")], default);

        Assert.Equal([["c.1"], [], ["d.1"], ["b.1", "d.1"]], found.Select(h => h.Events.Select(e => e.Name).ToArray()));
        Assert.Equal([null, null, 2L, null], found.Select(h => h.Snapshot?.Position));
        Assert.Equal([7], found[2].Snapshot!.Content.ToArray());
        Assert.All(found, h => Assert.True(h.IsWhole));
        Assert.Empty(await Store.ReadActors([], default));
    }

    [SuiteFact]
    public async Task A_long_history_read_with_others_says_whether_it_is_whole()
    {
        var names = Enumerable.Range(1, 600).Select(n => $"n{n}.1").ToArray();
        await Append(Decision("site-1", 0, names));
        await Append(Decision("site-2", 0, "other.1"));

        var found = await Store.ReadActors([new("site-1", null, "f"), new("site-2", null, "f")], default);
        var rest = found[0].IsWhole ? [] : await History("site-1", found[0].Events[^1].Version);
        Assert.Equal(names, found[0].Events.Concat(rest).Select(e => e.Name));
        Assert.Equal(["other.1"], found[1].Events.Select(e => e.Name));
    }

    [SuiteFact]
    public async Task Every_field_comes_back_as_it_went_in()
    {
        var cause = new Cause(
            new Acte("arrêté", "2026-ÎDF-n° 12", new(2026, 2, 28), "ARS Île-de-France « DOS »"),
            new Piece("flux/cs1600102 été.xml", new string('a', 64), "/pmej[3]/ege[0]/activitesExercees[7]"),
            "requête-1");
        var provenance = new Provenance(new(2026, 3, 1, 12, 34, 56, 789, 123, TimeSpan.Zero), "agent é \"x\" 🏥", cause) { Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" };
        await Append(new("site-É'1", 0, [new("a.1", """{ "b" : "é\u00e9🏥", "n":1.50 }"""u8.ToArray(), new(2026, 12, 31))], provenance));
        await Append(new("site-2", 0, [new("b.1", "null"u8.ToArray(), DateOnly.MinValue), new("c.1", "[]"u8.ToArray(), DateOnly.MaxValue)], new(DateTimeOffset.UnixEpoch, "", Cause.Unknown)));

        var log = await Log();
        AssertSame(new(1, "site-É'1", 1, "a.1", """{ "b" : "é\u00e9🏥", "n":1.50 }"""u8.ToArray(), new(2026, 12, 31), provenance), log[0]);
        AssertSame(new(2, "site-2", 1, "b.1", "null"u8.ToArray(), DateOnly.MinValue, new(DateTimeOffset.UnixEpoch, "", Cause.Unknown)), log[1]);
        AssertSame(new(3, "site-2", 2, "c.1", "[]"u8.ToArray(), DateOnly.MaxValue, new(DateTimeOffset.UnixEpoch, "", Cause.Unknown)), log[2]);
        AssertSame(log[0], Assert.Single(await History("site-É'1")));
    }

    /// <summary>Few events and many: a store may have a way for each.</summary>
    [SuiteFact]
    public async Task Events_of_one_append_may_each_have_a_provenance_of_their_own()
    {
        foreach (var (actor, count) in new[] { ("site-1", 3), ("site-2", 300) })
        {
            var own = Enumerable.Range(1, count).Select(n => new Provenance(Now.AddSeconds(n), $"agent {n}", new(Request: $"requête-{n}"))).ToArray();
            var common = Provenance with { Author = "en commun" };
            var decision = Decision(actor, 0, [.. own.Select((_, n) => $"n{n}.1")]);
            decision = decision with { Events = [.. decision.Events.Zip(own, (e, p) => e with { Provenance = p }), Event("commun.1", "{}")], Provenance = common };
            Assert.Equal(count + 1, Assert.IsType<AppendResult.Appended>(await Append(decision)).Version);
            Assert.Equal([.. own, common], (await History(actor)).Select(stored => stored.Provenance));
        }

        Assert.Equal(await History("site-2"), (await Log()).Where(stored => stored.Actor == "site-2"), (left, right) => left with { Payload = default } == right with { Payload = default });
    }

    [SuiteFact]
    public async Task The_instant_is_kept_in_utc_cut_to_the_microsecond()
    {
        var paris = new DateTimeOffset(2026, 7, 1, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        await Append(Decision("site-1", 0, "a.1") with { Provenance = Provenance with { RecordedAt = paris.AddTicks(9) } });

        var kept = Assert.Single(await Log()).Provenance.RecordedAt;
        Assert.Equal(paris, kept);
        Assert.Equal(TimeSpan.Zero, kept.Offset);
    }

    [SuiteFact]
    public async Task The_largest_fields_come_back()
    {
        var actor = new string('é', AppendRules.ActorBytesMax / 2);
        var author = new string('é', AppendRules.AuthorBytesMax / 2);
        var payload = Json(AppendRules.PayloadBytesMax);
        var cause = new Cause(Request: new string('r', AppendRules.CauseBytesMax - """{"request":""}""".Length));
        await Append(new(actor, 0, [Event(new string('n', AppendRules.NameBytesMax), payload)], new(Now, author, cause)));

        var stored = Assert.Single(await History(actor));
        AssertSame(new(1, actor, 1, new string('n', AppendRules.NameBytesMax), Encoding.UTF8.GetBytes(payload), Day, new(Now, author, cause)), stored);
    }

    [SuiteFact]
    public async Task The_largest_decision_is_stored()
    {
        var names = Enumerable.Repeat("n.1", AppendRules.EventsPerDecisionMax).ToArray();
        Assert.Equal(new AppendResult.Appended(names.Length, names.Length), await Append(Decision("site-1", 0, names)));
        Assert.Equal(Enumerable.Range(1, names.Length).Select(n => (long)n), (await History("site-1")).Select(stored => stored.Version));
    }

    [SuiteFact]
    public async Task What_is_stored_does_not_change_with_the_callers_buffer()
    {
        var buffer = "[1]"u8.ToArray();
        await Append(Decision("site-1", 0, "a.1") with { Events = [new("a.1", buffer, Day)] });
        await Store.WriteSnapshot("k", new("f", 1, buffer), default);
        buffer[1] = (byte)'2';

        Assert.Equal("[1]", Encoding.UTF8.GetString(Assert.Single(await Log()).Payload.Span));
        Assert.Equal("[1]", Encoding.UTF8.GetString((await Store.ReadSnapshot("k", default))!.Content.Span));
    }

    [SuiteFact]
    public async Task Checkpoints_only_move_forward_each_on_its_own()
    {
        Assert.Equal(0, await Store.ReadCheckpoint("relais", default));
        await Store.WriteCheckpoint("relais", 7, default);
        await Store.WriteCheckpoint("relais", 5, default);
        await Store.WriteCheckpoint("autre", 2, default);
        Assert.Equal(7, await Store.ReadCheckpoint("relais", default));
        Assert.Equal(2, await Store.ReadCheckpoint("autre", default));
        await Store.WriteCheckpoint("relais", 8, default);
        Assert.Equal(8, await Store.ReadCheckpoint("relais", default));
    }

    [SuiteFact]
    public async Task Several_checkpoints_are_written_and_read_together_each_as_if_alone()
    {
        await Store.WriteCheckpoint("b", 9, default);
        await Store.WriteCheckpoints(["c", "a", "b"], 5, default);
        Assert.Equal([5, 9, 0, 5], await Store.ReadCheckpoints(["a", "b", "unknown", "c"], default));
        await Store.WriteCheckpoints([], 6, default);
        Assert.Empty(await Store.ReadCheckpoints([], default));
    }

    [SuiteFact]
    public async Task Snapshots_replace_one_another()
    {
        Assert.Null(await Store.ReadSnapshot("contrat-1", default));
        await Store.WriteSnapshot("contrat-1", new("contrat.1", 12, new byte[] { 0, 1, 255 }), default);
        await Store.WriteSnapshot("contrat-2", new("contrat.1", 1, Array.Empty<byte>()), default);
        await Store.WriteSnapshot("contrat-1", new("contrat.2", 3, new byte[] { 255, 0 }), default);

        var snapshot = await Store.ReadSnapshot("contrat-1", default);
        Assert.Equal(("contrat.2", 3L), (snapshot!.Format, snapshot.Position));
        Assert.Equal([255, 0], snapshot.Content.ToArray());
        Assert.True((await Store.ReadSnapshot("contrat-2", default))!.Content.IsEmpty);
    }

    [SuiteFact]
    public async Task A_store_opened_again_holds_what_the_last_one_stored()
    {
        await Append(Decision("site-1", 0, "a.1", "b.1"));
        await Store.WriteCheckpoint("relais", 2, default);
        await Store.DisposeAsync();

        var again = await OpenAnother();
        Assert.Equal(2, await again.LastPosition(default));
        Assert.Equal(2, await again.ReadCheckpoint("relais", default));
        Assert.Equal([new AppendResult.Conflict(), new AppendResult.Appended(3, 3)], await again.Append([Decision("site-1", 0, "x.1"), Decision("site-1", 2, "c.1")], default));
        await again.WaitForAppend(2, default).WaitAsync(Patience); // At once: it is there.
    }

    protected async Task<IEventStore> OpenAnother()
    {
        var store = await Open();
        _opened.Add(store);
        return store;
    }
}
