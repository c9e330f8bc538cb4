using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Cpom.Domain.Specs;

/// <summary>Given facts, when a command, then exactly these facts or one refusal. Every spec also proves what must hold for all.</summary>
public static class Spec<TDecider, TState, TCommand, TEvent>
    where TDecider : IDecider<TState, TCommand, TEvent>
    where TEvent : class, IFact
{
    public static Scenario Given(params IEnumerable<TEvent> history) => new([.. history]);

    public sealed record Scenario(TEvent[] History)
    {
        public Verdict When(TCommand command) => new(Fold(TDecider.Initial, History), command);
    }

    public sealed record Verdict(TState State, TCommand Command)
    {
        public void Then(params TEvent[] expected)
        {
            var decision = TDecider.Decide(State, Command);
            var accepted = Assert.IsType<Decision<TEvent>.Accepted>(decision);
            Assert.Equal(expected, accepted.Events);
            Witness.Saw(accepted.Events);

            // Holds for every accepted command: its events survive storage, fold, and the same command again adds nothing.
            var stored = accepted.Events.Select(Storage.RoundTrip).ToArray();
            Assert.Equal(expected, stored);
            Assert.Empty(Assert.IsType<Decision<TEvent>.Accepted>(TDecider.Decide(Fold(State, stored), Command)).Events);
        }

        public void ThenNothing() => Then();

        /// <summary>Where the display name of the spec begins with a rule number, the refusal must name that rule to the person who asked.</summary>
        public void ThenRefused(RefusalCode code, [CallerMemberName] string member = "", [CallerFilePath] string file = "")
        {
            var refusal = Assert.IsType<Decision<TEvent>.Refused>(TDecider.Decide(State, Command)).Refusal;
            Assert.Equal(code, refusal.Code);
            Assert.True(refusal.Detail.Length > 20 && refusal.Detail.TrimEnd().EndsWith('.'), $"Not a sentence: « {refusal.Detail} »");
            if (SpecNames.RuleOf(SpecNames.DisplayNameOf(file, member)) is { } rule)
            {
                Assert.Equal(rule, refusal.Rule);
            }

            Witness.Saw(refusal);
        }

        /// <summary>As <see cref="ThenRefused"/>, and the person reads this.</summary>
        public void ThenRefusedSaying(RefusalCode code, string part, [CallerMemberName] string member = "", [CallerFilePath] string file = "")
        {
            ThenRefused(code, member, file);
            Assert.Contains(part, ((Decision<TEvent>.Refused)TDecider.Decide(State, Command)).Refusal.Detail, StringComparison.Ordinal);
        }
    }

    private static TState Fold(TState state, IEnumerable<TEvent> events) => events.Aggregate(state, TDecider.Evolve);
}

/// <summary>Finds the display name of a spec from where it is written: a file is named after its class.</summary>
internal static partial class SpecNames
{
    public static string DisplayNameOf(string file, string member)
    {
        var name = Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
        var type = typeof(SpecNames).Assembly.GetTypes().Single(t => t.Name == name && t.DeclaringType is null);
        var method = type.GetMethod(member, BindingFlags.Public | BindingFlags.Instance)
            ?? throw new InvalidOperationException($"{name}.{member} must be the spec itself, not a helper.");
        return method.GetCustomAttribute<FactAttribute>()?.DisplayName ?? "";
    }

    public static string? RuleOf(string displayName) => Rule().Match(displayName) is { Success: true } match ? match.Value : null;

    [GeneratedRegex("^(R-\\d{3}|[DL]-\\d{2})")]
    private static partial Regex Rule();
}
