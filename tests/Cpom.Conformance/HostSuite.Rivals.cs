using System.Security.Cryptography;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Conformance;

/// <summary>
/// Two hosts over one log that both believe an actor to be theirs, under random commands. Which of them comes to the log next is drawn too and held by
/// hand, so that a seed plays the same races again. The model is the decider itself, folded over what the log holds.
/// </summary>
public abstract partial class HostSuite
{
    private const int RivalHistories = 30;
    private const int RivalCommands = 14;

    [SuiteFact]
    public async Task Two_hosts_that_both_hold_an_actor_come_to_what_one_alone_comes_to()
    {
        var rivals = new[] { new Rival(Store, Open), new Rival(Store, Open) };
        await using var other = new HandStore();
        var alone = Open(other, new DirectAppender(other));
        for (var n = 0; n < RivalHistories; n++)
        {
            var (seed, id) = (RandomNumberGenerator.GetInt32(int.MaxValue), $"7502{n:00000}");
            try
            {
                var told = await Race(rivals, id, new Random(seed));
                var history = (await Store.ReadLog(0, int.MaxValue, default)).Where(stored => stored.Actor == $"site-{id}").ToList();
                AssertAnswered(history, told);
                await AssertAlone(alone, other, id, history, told);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}.", failure);
            }
        }
    }

    /// <summary>A command, what it was answered, and how long the history was when it was told and when it was answered.</summary>
    private sealed record Answered(Order Order, Outcome Outcome, int From, int To);

    /// <summary>Until every command is answered: by lot one of the two is told the next one, or has its turn at the log.</summary>
    private async Task<List<Answered>> Race(Rival[] rivals, string id, Random random)
    {
        var answered = new List<Answered>();
        for (var left = RivalCommands; left > 0 || rivals.Any(rival => rival.IsBusy);)
        {
            var index = random.Next(rivals.Length);
            var (rival, opponent) = (rivals[index], rivals[1 - index]);
            if (rival.IsBusy)
            {
                answered.AddRange(await rival.Go());
            }
            else if (left > 0)
            {
                left--;
                answered.AddRange(await rival.Tell(id, Draw(id, left, random, opponent.Newest)));
            }
        }

        return answered;
    }

    /// <summary>
    /// Another name or entity for the site, whatever its version or only at one; or lines that nobody has told of; or those that the other host was told of last, as
    /// whoever had no answer sends them again.
    /// </summary>
    private static Order[] Draw(string id, int left, Random random, Order[] newest)
    {
        if (random.Next(4) == 0 && newest is [{ Command: SiteCommand.StateLignes { Finess: var told } }, ..] && told == id)
        {
            return newest;
        }

        var by = By with { Cause = new(Request: $"{id}-{left}") };
        var named = Register($"Nom {random.Next(3)}", id) with { Entite = random.Next(4) == 0 ? "750000002" : Ej };
        object RcOf(int n) => new SiteCommand.StateLignes(
            id, Ej, Volet.A2V2, Complete: false, Jour, [new([new(Jour, new Ligne.Rc(id, $"{left}-{n}", "R4", "01", "02", n))], null, by.Cause)], by.Cause);
        return random.Next(4) switch
        {
            0 => [new(named, by)],
            1 => [new(new IfVersion(named, random.Next(8)), by)],
            2 => [new(RcOf(0), by)],
            _ => [new(RcOf(1), by), new(RcOf(2), by)],
        };
    }

    /// <summary>Each answer is what the decider says of the history at one moment while it was waited for; each event is of one answer.</summary>
    private static void AssertAnswered(List<StoredEvent> history, List<Answered> told)
    {
        Assert.Equal(Enumerable.Range(1, history.Count).Select(version => (long)version), history.Select(stored => stored.Version));
        var facts = history.Select(EventCodec.Decode).Cast<SiteEvent>().ToList();
        var states = facts.Aggregate(new List<SiteState> { Site.Initial }, (all, fact) => [.. all, Site.Evolve(all[^1], fact)]);
        Assert.Equal(history.Count, told.Sum(t => (t.Outcome as Outcome.Done)?.Events.Count ?? 0));
        Assert.All(told, t =>
        {
            var guarded = t.Order.Command as IfVersion;
            Decision<SiteEvent> At(long version) => Site.Decide(states[(int)version], (SiteCommand)(guarded?.Command ?? t.Order.Command));
            switch (t.Outcome)
            {
                case Outcome.Done done:
                    var before = done.Version - done.Events.Count;
                    Assert.InRange(before, t.From, t.To);
                    Assert.Equal(((Decision<SiteEvent>.Accepted)At(before)).Events, done.Events.Cast<SiteEvent>());
                    Assert.Equal(facts[(int)before..(int)done.Version], done.Events.Cast<SiteEvent>());
                    Assert.True(done.Events.Count == 0 || guarded is null || guarded.Version == before);
                    break;
                case Outcome.Stale stale:
                    Assert.InRange(stale.Version, t.From, t.To);
                    Assert.NotEqual(guarded!.Version, stale.Version);
                    Assert.NotEmpty(((Decision<SiteEvent>.Accepted)At(stale.Version)).Events);
                    break;
                case Outcome.Refused refused:
                    Assert.Contains(Enumerable.Range(t.From, t.To - t.From + 1), version => At(version) is Decision<SiteEvent>.Refused r && r.Refusal == refused.Refusal);
                    break;
                default:
                    Assert.IsType<Outcome.Busy>(t.Outcome); // Too many races lost: nothing was done, as the count above says.
                    break;
            }
        });
        Assert.All(facts.OfType<SiteEvent.RcRecognised>().GroupBy(rc => rc.LigneId), line => Assert.Single(line)); // However often it was sent.
    }

    /// <summary>One host that is told the same in the order of the log stores the same.</summary>
    private static async Task AssertAlone(IActors alone, HandStore store, string id, List<StoredEvent> history, List<Answered> told)
    {
        foreach (var t in told.Where(t => t.Outcome is Outcome.Done).OrderBy(t => ((Outcome.Done)t.Outcome).Version))
        {
            await Done(alone.Execute(id, t.Order.Command, t.Order.Provenance, default));
        }

        var stored = (await store.ReadLog(0, int.MaxValue, default)).Where(e => e.Actor == $"site-{id}");
        Assert.Equal(history.Select(Histories.LineOf), stored.Select(Histories.LineOf));
    }

    /// <summary>A host that waits for its turn at the log, each time that it wants to append.</summary>
    private sealed class Rival : IAppender
    {
        private readonly DirectAppender _appender;
        private readonly HandStore _store;
        private readonly IActors _host;
        private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task<IReadOnlyList<Outcome>>? _told;
        private string _actor = "";
        private int _from;

        public Rival(HandStore store, Func<IEventStore, IAppender, IActors> open) => (_appender, _store, _host) = (new(store), store, open(store, this));

        /// <summary>It waits for its turn.</summary>
        public bool IsBusy => _told is not null;

        /// <summary>What it was told last.</summary>
        public Order[] Newest { get; private set; } = [];

        public async Task<AppendResult> Append(Append decision, CancellationToken cancellation)
        {
            _arrived.SetResult();
            await _turn.Task;
            return await _appender.Append(decision, cancellation);
        }

        /// <returns>The answers, where it has not stopped to wait for its turn.</returns>
        public async Task<IReadOnlyList<Answered>> Tell(string id, Order[] orders)
        {
            (Newest, _actor, _from) = (orders, $"site-{id}", await Length($"site-{id}"));
            _told = orders is [var one] ? Alone(_host.Execute(id, one.Command, one.Provenance, default)) : _host.ExecuteAll(id, orders, default);
            return await Answers();
        }

        /// <summary>Its turn: what it has decided is stored, or has lost its race and is decided again.</summary>
        public async Task<IReadOnlyList<Answered>> Go()
        {
            var turn = _turn;
            (_arrived, _turn) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
            turn.SetResult();
            return await Answers();
        }

        private async Task<IReadOnlyList<Answered>> Answers()
        {
            if (await Task.WhenAny(_told!, _arrived.Task).WaitAsync(Patience) != _told)
            {
                return [];
            }

            var outcomes = await _told;
            _told = null;
            var to = await Length(_actor);
            return [.. Newest.Zip(outcomes, (order, outcome) => new Answered(order, outcome, _from, to))];
        }

        private async Task<int> Length(string actor) => (await _store.ReadLog(0, int.MaxValue, default)).Count(stored => stored.Actor == actor);

        private static async Task<IReadOnlyList<Outcome>> Alone(Task<Outcome> told) => [await told];
    }
}
