using Cpom.Domain;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Conformance;

/// <summary>
/// What every host of actors must do, over a store whose reads and appends the test lets through by hand: nothing here depends on how fast
/// anything runs. A host derives one near-empty class. Facts about commands given together are in <c>HostSuite.Together.cs</c>.
/// </summary>
public abstract partial class HostSuite : IAsyncLifetime
{
    protected const int ResidentsMax = 4;
    protected const int MailboxMax = 3;

    private const string Ej = "750000001";
    private const string Id = "750100001";
    private const string Actor = $"site-{Id}";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // Evidence is missing after this; nothing is measured by it.
    private static readonly DateOnly Jour = new(2026, 3, 1);
    private static readonly Provenance By = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), "essai", Cause.Unknown);

    /// <summary>Its own log, but shared: several hosts may append to it.</summary>
    private HandStore Store { get; } = new();

    /// <summary>A host on a store, with <see cref="ResidentsMax"/> and <see cref="MailboxMax"/>.</summary>
    protected abstract IActors Open(IEventStore store, IAppender appender);

    /// <summary>Actors that the host keeps in memory.</summary>
    protected abstract int ResidentsOf(IActors host);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Store.OpenAll();
        await Store.DisposeAsync();
    }

    [SuiteFact]
    public async Task Commands_to_one_actor_are_decided_one_at_a_time()
    {
        var host = Open();
        Store.CloseAppends();
        var first = Tell(host, Register("Un"));
        await Store.AppendBegun();
        var second = Tell(host, Register("Deux"));
        var third = Tell(host, Register("Deux"));

        Assert.Equal(1, Store.AppendsBegun); // The second waits for what the first decides.
        Store.OpenAll();
        Assert.Equal([1, 2, 2], await Versions(first, second, third));
        Assert.Equal([0, 1], (await Task.WhenAll(Done(second), Done(third))).Select(d => d.Events.Count).Order()); // They may overtake one another on their way.
        Assert.Equal(["site-registered.1", "site-identite-changed.1"], await Names());
    }

    [SuiteFact]
    public async Task An_actor_that_waits_does_not_stop_another()
    {
        var host = Open();
        Store.CloseAppends(Actor);
        var waits = Tell(host, Register("Un"));
        await Store.AppendBegun();
        Assert.Equal(1, await Version(host.Execute("750100002", Register("Autre", "750100002"), By, default)));
        Assert.False(waits.IsCompleted);
        Store.OpenAll();
        Assert.Equal(1, await Version(waits));
    }

    [SuiteFact]
    public async Task A_lost_race_is_caught_up_and_decided_on_the_truth()
    {
        var (left, right) = (Open(), Open());
        await Done(Tell(left, Register("Un")));
        await Done(Tell(right, Register("Deux"))); // Right has read the first, and is now ahead of left.

        var done = await Done(Tell(left, Register("Trois")));
        Assert.Equal(3, done.Version);
        Assert.Equal(new SiteEvent.SiteIdentiteChanged(Jour, Identite("Trois")), Assert.Single(done.Events));
        Assert.Equal(4, await Version(Tell(right, Register("Quatre"))));
        Assert.Equal([1, 2, 3, 4], (await History()).Select(e => e.Version));
    }

    [SuiteFact]
    public async Task Two_hosts_that_decide_at_once_store_one_fact()
    {
        var (left, right) = (Open(), Open());
        Store.CloseAppends();
        var both = new[] { Tell(left, Register("Un")), Tell(right, Register("Un")) };
        await Store.AppendBegun();
        await Store.AppendBegun(); // Both decided on an empty history.
        Store.OpenAll();

        Assert.Equal([1, 1], await Versions(both));
        Assert.Equal([0, 1], (await Task.WhenAll(both.Select(Done))).Select(d => d.Events.Count).Order());
        Assert.Equal(["site-registered.1"], await Names());
    }

    [SuiteFact]
    public async Task An_answer_that_stores_nothing_is_checked_again_when_others_can_append()
    {
        var (left, right) = (Open(), Open());
        await Done(Tell(left, Register("Un")));
        await Done(Tell(right, Register("Deux")));

        // Left still believes "Un": to it this is nothing to do. The truth says otherwise.
        Assert.Single((await Done(Tell(left, Register("Un")))).Events);

        // A refusal too: left believes that the site is its first entity's.
        await Done(Tell(right, Register("Un") with { Entite = "750000002" }));
        Assert.Empty((await Done(Tell(left, Lignes("750000002")))).Events);
    }

    [SuiteFact]
    public async Task A_store_that_is_its_own_is_not_read_again_for_an_answer()
    {
        Store.Exclusive = true;
        var host = Open();
        await Done(Tell(host, Register("Un")));
        var reads = Store.Reads;
        Assert.Empty((await Done(Tell(host, Register("Un")))).Events);
        Assert.Equal(reads, Store.Reads);
    }

    [SuiteFact]
    public async Task A_full_mailbox_answers_busy_and_does_nothing()
    {
        var host = Open();
        Store.CloseAppends();
        var inside = await FillMailbox(host);
        Store.OpenAll();
        await Versions([.. inside]);
        Assert.Equal(MailboxMax, (await History()).Count);
        Assert.Equal(MailboxMax + 1, await Version(Tell(host, Register("Maintenant"))));
    }

    [SuiteFact]
    public async Task The_least_recently_used_idle_actors_leave_and_nothing_is_lost()
    {
        var host = Open();
        var ids = Enumerable.Range(1, 12).Select(n => $"7501{n:00000}").ToList();
        foreach (var id in ids)
        {
            Assert.Equal(1, await Version(host.Execute(id, Register("Un", id), By, default)));
            Assert.True(ResidentsOf(host) <= ResidentsMax);
        }

        // The newest are still here: they need no read. The oldest have left: they are read again, and know what they were told.
        Store.Exclusive = true;
        var reads = Store.Reads;
        Assert.Empty((await Done(host.Execute(ids[^1], Register("Un", ids[^1]), By, default))).Events);
        Assert.Equal(reads, Store.Reads);
        Assert.Empty((await Done(host.Execute(ids[0], Register("Un", ids[0]), By, default))).Events);
        Assert.Equal(reads + 1, Store.Reads);
    }

    [SuiteFact]
    public async Task An_actor_at_work_is_not_sent_away_and_idle_ones_leave_in_its_place()
    {
        var host = Open();
        Store.CloseAppends("site-750100001", "site-750100002");
        var working = new[] { "750100001", "750100002" }.Select(id => host.Execute(id, Register("Un", id), By, default)).ToList();
        await Store.AppendBegun();
        await Store.AppendBegun();
        for (var n = 3; n <= 12; n++)
        {
            var id = $"7501{n:00000}";
            await Done(host.Execute(id, Register("Un", id), By, default));
            Assert.True(ResidentsOf(host) <= ResidentsMax);
        }

        Store.OpenAll();
        Assert.Equal([1, 1], await Versions([.. working]));
    }

    [SuiteFact]
    public async Task A_failed_append_leaves_the_actor_usable()
    {
        var host = Open();
        await Done(Tell(host, Register("Un")));
        Store.FailNext(stored: false);
        await Assert.ThrowsAsync<IOException>(() => Tell(host, Register("Deux")).WaitAsync(Patience));
        Assert.Equal(2, await Version(Tell(host, Register("Deux"))));
    }

    [SuiteFact]
    public async Task An_append_that_failed_after_it_was_stored_is_read_again()
    {
        Store.Exclusive = true; // Nothing but the failure itself makes the actor look.
        var host = Open();
        await Done(Tell(host, Register("Un")));
        Store.FailNext(stored: true);
        await Assert.ThrowsAsync<IOException>(() => Tell(host, Register("Deux")).WaitAsync(Patience));
        var again = await Done(Tell(host, Register("Deux")));
        Assert.Empty(again.Events);
        Assert.Equal(2, again.Version);
    }

    [SuiteFact]
    public async Task A_caller_that_gives_up_while_waiting_is_not_served_and_stops_nobody()
    {
        var host = Open();
        Store.CloseAppends();
        using var stop = new CancellationTokenSource();
        var first = Tell(host, Register("Un"));
        await Store.AppendBegun();
        var gone = host.Execute(Id, Register("Jamais"), By, stop.Token);
        var last = Tell(host, Register("Deux"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.WaitAsync(Patience));
        Store.OpenAll();
        Assert.Equal([1, 2], await Versions(first, last));
        Assert.Equal(2, (await History()).Count);
    }

    [SuiteFact]
    public async Task A_caller_that_gives_up_during_the_append_does_not_undo_it()
    {
        var host = Open();
        Store.CloseAppends();
        using var stop = new CancellationTokenSource();
        var told = host.Execute(Id, Register("Un"), By, stop.Token);
        await Store.AppendBegun();
        await stop.CancelAsync();
        Store.OpenAll();
        Assert.Equal(1, await Version(told));
        Assert.Equal(2, await Version(Tell(host, Register("Deux"))));
    }

    [SuiteFact]
    public async Task A_guarded_command_is_done_at_its_version_and_stale_at_another()
    {
        var (left, right) = (Open(), Open());
        await Done(Tell(left, Register("Un")));
        Assert.Equal(2, await Version(Tell(right, new IfVersion(Register("Deux"), 1))));

        // Left still is at version 1 and finds out.
        Assert.Equal(2, Assert.IsType<Outcome.Stale>(await Tell(left, new IfVersion(Register("Trois"), 1)).WaitAsync(Patience)).Version);
        Assert.Equal(2, Assert.IsType<Outcome.Stale>(await Tell(left, new IfVersion(Register("Trois"), 7)).WaitAsync(Patience)).Version);
        Assert.Equal(3, await Version(Tell(left, new IfVersion(Register("Trois"), 2))));
        Assert.Equal(3, (await History()).Count);
    }

    [SuiteFact]
    public async Task A_guarded_command_that_asks_for_what_is_so_is_never_stale()
    {
        var host = Open();
        await Done(Tell(host, Register("Un")));
        Assert.Empty((await Done(Tell(host, new IfVersion(Register("Un"), 0)))).Events);
    }

    private IActors Open() => Open(Store, new DirectAppender(Store));

    private static SiteCommand.Register Register(string nom, string id = Id) => new(id, Ej, Identite(nom), Jour, null, Jour);

    private static SiteIdentite Identite(string nom) => new(nom, null, null, "75");

    private static SiteCommand.StateLignes Lignes(string entite) => new(Id, entite, Volet.A2V2, Complete: false, Jour, [], Cause.Unknown);

    private static Task<Outcome> Tell(IActors host, object command) => host.Execute(Id, command, By, default);

    private static async Task<Outcome.Done> Done(Task<Outcome> told) => Assert.IsType<Outcome.Done>(await told.WaitAsync(Patience));

    private static async Task<long> Version(Task<Outcome> told) => (await Done(told)).Version;

    private static async Task<IEnumerable<long>> Versions(params Task<Outcome>[] told) => (await Task.WhenAll(told.Select(Done))).Select(d => d.Version);

    /// <summary>
    /// One command more than the mailbox takes, which is answered busy: whichever of them comes last, for on their way they may overtake one another. The
    /// others wait for the store.
    /// </summary>
    private static async Task<List<Task<Outcome>>> FillMailbox(IActors host)
    {
        var told = Enumerable.Range(0, MailboxMax + 1).Select(n => Tell(host, Register($"N{n}"))).ToList();
        var refused = await Task.WhenAny(told).WaitAsync(Patience);
        Assert.IsType<Outcome.Busy>(await refused);
        told.Remove(refused);
        return told;
    }

    private Task<IReadOnlyList<StoredEvent>> History() => Store.ReadLog(0, 100, default);

    private async Task<IEnumerable<string>> Names() => (await History()).Select(e => e.Name);
}
