using System.Text;
using System.Text.Json;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Runtime;

namespace Cpom.Fuzz;

/// <summary>Sequences of any commands, straight into the deciders of every kind of actor.</summary>
internal sealed class CommandTarget : FuzzTarget
{
    private static readonly Player[] Players = [.. ActorKinds.All.Select(PlayerOf)];

    /// <summary>Known ids that the commands of one case may name: few, so that they meet.</summary>
    private const int IdsMax = 40;

    public override string Name => "commands";

    public override int StepsMax => 60;

    /// <summary>From nothing, or from an actor of the region as its history made it.</summary>
    public override async Task<Finding?> Play(FuzzCase played)
    {
        var setting = played.Setting();
        var player = setting.Pick(Players);
        var actors = (await Region.Get).Log.Where(e => e.Actor.StartsWith($"{player.Category}-", StringComparison.Ordinal)).GroupBy(e => e.Actor).Select(g => g.ToList()).ToList();
        List<StoredEvent> history = actors.Count > 0 && setting.Chance(70) ? setting.Pick(actors) : [];
        string[] ids = [.. history.SelectMany(e => TextsOf(e.Payload)).Distinct().Order(StringComparer.Ordinal).OrderBy(_ => setting.Next()).Take(IdsMax)];
        return player.Play(history, played.Steps.Select(step => new CommandMaker(played.Step(step), ids).Make(player.CommandType)));
    }

    private static List<string> TextsOf(ReadOnlyMemory<byte> payload)
    {
        var texts = new List<string>();
        var reader = new Utf8JsonReader(payload.Span);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and < 80 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private static Player PlayerOf(ActorKind kind)
    {
        var decider = typeof(IFact).Assembly.GetTypes().Single(t => t.GetInterfaces().Any(i =>
            i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDecider<,,>) && i.GetGenericArguments()[1] == kind.CommandType));
        var arguments = decider.GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDecider<,,>)).GetGenericArguments();
        return (Player)Activator.CreateInstance(typeof(Player<,,,>).MakeGenericType([decider, .. arguments]))!;
    }

    internal abstract class Player
    {
        public abstract Type CommandType { get; }

        public abstract string Category { get; }

        public abstract Finding? Play(IReadOnlyList<StoredEvent> before, IEnumerable<object> commands);
    }

    internal sealed class Player<TDecider, TState, TCommand, TEvent> : Player
        where TDecider : IDecider<TState, TCommand, TEvent>
        where TEvent : class, IFact
    {
        public override Type CommandType => typeof(TCommand);

        public override string Category => TDecider.Category;

        public override Finding? Play(IReadOnlyList<StoredEvent> before, IEnumerable<object> commands)
        {
            var state = before.Select(e => (TEvent)EventCodec.Decode(e)).Aggregate(TDecider.Initial, TDecider.Evolve);
            List<StoredEvent> history = [.. before];
            foreach (var command in commands)
            {
                var (name, content) = CommandCodec.Encode(command);
                if (!command.Equals(CommandCodec.Decode(name, content)))
                {
                    return new("a command reaches another process as it is", $"{Short(command)}\n{Short(Encoding.UTF8.GetString(content))}");
                }

                switch (TDecider.Decide(state, (TCommand)command))
                {
                    case Decision<TEvent>.Refused { Refusal: var refusal }:
                        if (string.IsNullOrWhiteSpace(refusal.Detail) || !Enum.IsDefined(refusal.Code))
                        {
                            return new("a refusal has its number and its sentence", $"{command}\n{refusal}");
                        }

                        break;
                    case Decision<TEvent>.Accepted { Events: var events }:
                        state = events.Aggregate(state, TDecider.Evolve);
                        history.AddRange(events.Select(e => Store(e, history.Count)));
                        if (TDecider.Decide(state, (TCommand)command) is Decision<TEvent>.Accepted { Events.Count: > 0 } again)
                        {
                            return new($"twice gives nothing new ({typeof(TDecider).Name} {command.GetType().Name})", $"{Short(command)}\n{string.Join('\n', events.Select(Short))}\nagain:\n{string.Join('\n', again.Events.Select(Short))}");
                        }

                        break;
                }
            }

            return state is ContratState.Ouvert contrat && NodeOracles.OnePlace("x", contrat) is { } misplaced ? misplaced : Kept(state, history);
        }

        /// <summary>What was stored and read back makes the same state, and is stored the same again.</summary>
        private static Finding? Kept(TState state, List<StoredEvent> history)
        {
            var read = history.Select(e => (TEvent)EventCodec.Decode(e)).ToList();
            foreach (var (stored, fact) in history.Zip(read))
            {
                var again = EventCodec.Encode(fact);
                if (again.Name != stored.Name || again.ValidOn != stored.ValidOn || !again.Payload.Span.SequenceEqual(stored.Payload.Span))
                {
                    return new("the codec round-trips", $"{stored.Name}\n{Short(Encoding.UTF8.GetString(stored.Payload.Span))}\n{Short(Encoding.UTF8.GetString(again.Payload.Span))}");
                }
            }

            var (before, after) = (Shape.Of(state), Shape.Of(read.Aggregate(TDecider.Initial, TDecider.Evolve)));
            var at = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
            return before == after ? null : new("a state is what its events say", $"{Short(before[Math.Max(0, at - 100)..])}\n{Short(after[Math.Max(0, at - 100)..])}");
        }

        private static StoredEvent Store(TEvent fact, int version)
        {
            var encoded = EventCodec.Encode(fact);
            return new(version + 1, $"{TDecider.Category}-x", version + 1, encoded.Name, encoded.Payload, encoded.ValidOn, new(default, "fuzz", Cause.Unknown));
        }

        private static string Short(object? value) => $"{value}" is { Length: > 1_500 } text ? $"{text[..1_500]}…" : $"{value}";
    }
}
