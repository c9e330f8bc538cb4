using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Conformance;

public abstract partial class HostSuite
{
    [SuiteFact]
    public async Task Commands_given_together_are_decided_each_on_the_ones_before_it()
    {
        var outcomes = await TellAll(Open(), Register("Un"), Register("Un"), Register("Deux"), Register("Un"));
        Assert.Equal([1, 0, 1, 1], outcomes.Select(done => done.Events.Count));
        Assert.Equal(3, (await History()).Count);
    }

    /// <summary>
    /// The other writer has brought the actor to just the version that the second command would expect: stored each on its own, the second would be
    /// stored although the first was not.
    /// </summary>
    [SuiteFact]
    public async Task Commands_given_together_that_lose_a_race_are_decided_again_in_their_order()
    {
        var (left, right) = (Open(), Open());
        await Done(Tell(left, Register("Un")));
        await Done(Tell(right, Register("Deux")));

        Assert.Equal([3, 4], (await TellAll(left, Register("Trois"), Register("Quatre"))).Select(done => done.Version));
        Assert.Equal(4, (await History()).Count);
    }

    [SuiteFact]
    public async Task Answers_given_together_that_store_nothing_are_checked_again_when_others_can_append()
    {
        var (left, right) = (Open(), Open());
        await Done(Tell(left, Register("Un")));
        await Done(Tell(right, Register("Deux")));

        // Left still believes in "Un": both would be nothing to do.
        Assert.Equal([1, 0], (await TellAll(left, Register("Un"), Register("Un"))).Select(done => done.Events.Count));
        Assert.Equal(3, (await History()).Count);
    }

    [SuiteFact]
    public async Task Commands_given_together_are_stored_by_one_append_each_with_its_own_provenance()
    {
        var orders = new[] { Ordered("Un"), Ordered("Deux"), Ordered("Deux"), Ordered("Trois") };
        var outcomes = await TellAll(Open(), orders);

        Assert.Equal(3, Assert.Single(Store.Appended).Events.Count);
        Assert.Equal([orders[0].Provenance, orders[1].Provenance, orders[3].Provenance], (await History()).Select(e => e.Provenance));
        Assert.Equal([(1L, 1L, 1), (2, 2, 1), (2, 2, 0), (3, 3, 1)], outcomes.Cast<Outcome.Done>().Select(d => (d.Version, d.Position, d.Events.Count)));
    }

    [SuiteFact]
    public async Task Commands_given_together_come_to_what_they_come_to_one_by_one()
    {
        object[] commands = [Register("Un"), Lignes("750000002"), Register("Deux"), Register("Deux"), Lignes(Ej), Register("Un")];
        var together = await TellAll(Open(), [.. commands.Select(Ordered)]);
        var history = await History();

        await using var other = new HandStore();
        var (host, alone) = (Open(other, new DirectAppender(other)), new List<Outcome>());
        foreach (var order in commands.Select(Ordered))
        {
            alone.Add(await host.Execute(Id, order.Command, order.Provenance, default).WaitAsync(Patience));
        }

        Assert.Equal(alone.Select(Told), together.Select(Told));
        Assert.Equal((await other.ReadLog(0, 100, default)).Select(Recorded), history.Select(Recorded));
        Assert.IsType<Outcome.Refused>(together[1]); // Its site is another's; what comes after it is done.
    }

    [SuiteFact]
    public async Task Of_two_hosts_that_race_with_many_commands_one_stores_its_own_and_then_the_other()
    {
        var (left, right) = (Open(), Open());
        await Done(Tell(left, Register("Un")));
        await Done(Tell(right, Register("Un")));
        Store.CloseAppends();
        var told = new[] { TellAll(left, Ordered("A"), Ordered("B"), Ordered("C")), TellAll(right, Ordered("X"), Ordered("Y"), Ordered("Z")) };
        await Store.AppendBegun();
        await Store.AppendBegun(); // Both have decided on the same history.
        Store.OpenAll();
        await Task.WhenAll(told);

        var noms = string.Concat((await History()).Skip(1).Select(e => ((SiteEvent.SiteIdentiteChanged)EventCodec.Decode(e)).Identite.Nom));
        Assert.Contains(noms, new[] { "ABCXYZ", "XYZABC" });
        var (first, second) = noms[0] == 'A' ? (told[0], told[1]) : (told[1], told[0]);
        Assert.Equal([2, 3, 4], (await first).Select(VersionOf));
        Assert.Equal([5, 6, 7], (await second).Select(VersionOf));
    }

    [SuiteFact]
    public async Task Commands_given_together_that_lose_every_race_are_all_busy_and_none_is_done()
    {
        var (rival, won) = (Open(), 0);
        var host = Open(Store, new BeatenAppender(Store, () => Done(Tell(rival, Register($"R{++won}")))));

        Assert.Equal([new Outcome.Busy(), new Outcome.Busy()], await TellAll(host, Ordered("Un"), Ordered("Deux")));
        Assert.True(won > 1);
        Assert.Equal(won, (await History()).Count);
    }

    [SuiteFact]
    public async Task Commands_given_together_twice_are_done_once()
    {
        var host = Open();
        Order[] orders = [Ordered("Un"), Ordered(Lignes(Ej, Ligne("1"))), Ordered(Lignes(Ej, Ligne("2")))];
        await TellAll(host, orders);
        Assert.All(await TellAll(host, orders), outcome => Assert.Empty(((Outcome.Done)outcome).Events));
        Assert.All(await TellAll(Open(), orders), outcome => Assert.Empty(((Outcome.Done)outcome).Events));
        Assert.Equal(3, (await History()).Count);
    }

    [SuiteFact]
    public async Task After_an_append_that_failed_commands_given_together_can_be_sent_again()
    {
        Store.Exclusive = true; // Nothing but the failure itself makes the actor look.
        var host = Open();
        Order[] orders = [Ordered("Un"), Ordered(Lignes(Ej, Ligne("1"))), Ordered(Lignes(Ej, Ligne("2")))];
        Store.FailNext(stored: false);
        await Assert.ThrowsAsync<IOException>(() => TellAll(host, orders));
        Assert.Empty(await History());

        Store.FailNext(stored: true);
        await Assert.ThrowsAsync<IOException>(() => TellAll(host, orders));
        Assert.Equal(3, (await History()).Count);

        Assert.All(await TellAll(host, orders), outcome => Assert.Equal((3, 0), (VersionOf(outcome), ((Outcome.Done)outcome).Events.Count)));
        Assert.Equal(3, (await History()).Count);

        // To who has not looked, "Un" is still so.
        Store.FailNext(stored: true);
        await Assert.ThrowsAsync<IOException>(() => TellAll(host, Ordered("Deux")));
        Assert.Equal(5, VersionOf(Assert.Single(await TellAll(host, Ordered("Un")))));
    }

    [SuiteFact]
    public async Task One_append_of_commands_given_together_is_bounded_in_events()
    {
        var count = TogetherLimits.EventsMax + 1;
        var many = Lignes(Ej, [.. Enumerable.Range(0, count).Select(n => Ligne($"L{n}"))]);
        var outcomes = await TellAll(Open(), [.. Enumerable.Range(1, count).Select(n => Ordered($"N{n}")), Ordered(many), Ordered("Fin")]);

        // What alone is too large goes alone.
        Assert.Equal([TogetherLimits.EventsMax, 1, count, 1], Store.Appended.Select(a => a.Events.Count));
        Assert.Equal((2 * count) + 1, outcomes.Select(VersionOf).Last());
        Assert.Equal(Enumerable.Range(1, count).Select(n => (long)n), outcomes.Take(count).Select(VersionOf));
    }

    [SuiteFact]
    public async Task One_append_of_commands_given_together_is_bounded_in_bytes()
    {
        var nom = new string('é', Limits.NomLengthMax - 10);
        var outcomes = await TellAll(Open(), [.. Enumerable.Range(1, TogetherLimits.EventsMax).Select(n => Ordered($"{nom} {n}"))]);

        Assert.Equal(TogetherLimits.EventsMax, outcomes.Select(VersionOf).Last());
        Assert.True(Store.Appended.Count > 1);
        Assert.All(Store.Appended, a => Assert.InRange(a.Events.Sum(e => e.Payload.Length), 1, TogetherLimits.BytesMax));
    }

    [SuiteFact]
    public async Task Commands_given_together_to_a_full_mailbox_are_all_busy_and_not_done()
    {
        var host = Open();
        Store.CloseAppends();
        var inside = await FillMailbox(host);
        Assert.All(await TellAll(host, Ordered("De trop"), Ordered("Aussi")), outcome => Assert.IsType<Outcome.Busy>(outcome));
        Store.OpenAll();
        await Versions([.. inside]);
        Assert.Equal(MailboxMax, (await History()).Count);
    }

    private static async Task<IEnumerable<Outcome.Done>> TellAll(IActors host, params object[] commands) =>
        (await TellAll(host, [.. commands.Select(command => new Order(command, By))])).Cast<Outcome.Done>();

    private static Task<IReadOnlyList<Outcome>> TellAll(IActors host, params Order[] orders) => host.ExecuteAll(Id, orders, default).WaitAsync(Patience);

    private static Order Ordered(string nom) => Ordered(Register(nom));

    /// <summary>With a provenance of its own: what is asked for is what says why.</summary>
    private static Order Ordered(object command) =>
        new(command, By with { RecordedAt = By.RecordedAt.AddSeconds(Asked(command).Length), Cause = new(Request: Asked(command)) });

    private static string Asked(object command) => command is SiteCommand.Register register ? register.Identite.Nom[^Math.Min(register.Identite.Nom.Length, 9)..] : "lignes";

    private static SiteCommand.StateLignes Lignes(string entite, params LigneStatement[] lignes) => Lignes(entite) with { Lignes = lignes.ToValueList() };

    private static LigneStatement Ligne(string numero) => new([new(Jour, new Ligne.Rc(Id, numero, "R4", "01", "02", null))], null, Cause.Unknown);

    private static string Told(Outcome outcome) => outcome is Outcome.Done done ? $"{done.Version} at {done.Position}: {string.Join(", ", done.Events)}" : $"{outcome}";

    private static string Recorded(StoredEvent stored) => $"{stored.Position} {stored.Version} {stored.Provenance.RecordedAt} {Histories.LineOf(stored)}";

    private static long VersionOf(Outcome outcome) => ((Outcome.Done)outcome).Version;
}
