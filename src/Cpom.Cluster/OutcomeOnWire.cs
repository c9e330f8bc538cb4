using System.Diagnostics;
using Cpom.Domain;
using Cpom.Runtime;

namespace Cpom.Cluster;

/// <summary>What became of a command. The numbers are for ever.</summary>
[GenerateSerializer]
[Alias("cpom.outcome-kind")]
internal enum OutcomeKind
{
    Done = 1,
    Refused = 2,
    Stale = 3,
    Busy = 4,
}

/// <summary>An outcome between two processes: the members that its kind has. Numbers of members are for ever.</summary>
[GenerateSerializer]
[Alias("cpom.outcome")]
internal struct OutcomeOnWire
{
    [Id(0)]
    public OutcomeKind Kind;

    [Id(1)]
    public long Version;

    [Id(2)]
    public long Position;

    /// <summary>What was recorded: stored names, and beside each its stored form.</summary>
    [Id(3)]
    public string[] Names;

    [Id(4)]
    public byte[][] Payloads;

    /// <summary>The published number of a refusal.</summary>
    [Id(5)]
    public int Code;

    [Id(6)]
    public string Rule;

    [Id(7)]
    public string Detail;

    public static OutcomeOnWire Of(Outcome outcome) => outcome switch
    {
        Outcome.Done { Events.Count: 0 } done => new() { Kind = OutcomeKind.Done, Version = done.Version, Position = done.Position },
        Outcome.Done done => Of(done, [.. done.Events.Select(EventCodec.Encode)]),
        Outcome.Refused { Refusal: var refusal } => new() { Kind = OutcomeKind.Refused, Code = (int)refusal.Code, Rule = refusal.Rule, Detail = refusal.Detail },
        Outcome.Stale stale => new() { Kind = OutcomeKind.Stale, Version = stale.Version },
        Outcome.Busy => new() { Kind = OutcomeKind.Busy },
        _ => throw new UnreachableException(),
    };

    public readonly Outcome ToOutcome() => Kind switch
    {
        OutcomeKind.Done => new Outcome.Done(Version, Position, [.. (Names ?? []).Zip(Payloads ?? [], (name, payload) => EventCodec.Decode(name, payload))]),
        OutcomeKind.Refused => new Outcome.Refused(new((RefusalCode)Code, Rule, Detail)),
        OutcomeKind.Stale => new Outcome.Stale(Version),
        OutcomeKind.Busy => new Outcome.Busy(),
        _ => throw new NotSupportedException($"An outcome of kind {(int)Kind}, which this version does not know."),
    };

    private static OutcomeOnWire Of(Outcome.Done done, NewEvent[] events) => new()
    {
        Kind = OutcomeKind.Done,
        Version = done.Version,
        Position = done.Position,
        Names = [.. events.Select(e => e.Name)],
        Payloads = [.. events.Select(e => e.Payload.ToArray())],
    };
}

[GenerateSerializer]
[Alias("cpom.outcomes")]
internal struct OutcomesOnWire
{
    [Id(0)]
    public OutcomeOnWire[] Outcomes;
}

[RegisterConverter]
internal sealed class AnswerConverter : IConverter<Answer, OutcomeOnWire>
{
    public OutcomeOnWire ConvertToSurrogate(in Answer value) => OutcomeOnWire.Of(value.Outcome);

    public Answer ConvertFromSurrogate(in OutcomeOnWire surrogate) => new(surrogate.ToOutcome());
}

[RegisterConverter]
internal sealed class AnswersConverter : IConverter<Answers, OutcomesOnWire>
{
    public OutcomesOnWire ConvertToSurrogate(in Answers value) => new() { Outcomes = [.. value.Outcomes.Select(OutcomeOnWire.Of)] };

    public Answers ConvertFromSurrogate(in OutcomesOnWire surrogate) => new([.. surrogate.Outcomes.Select(outcome => outcome.ToOutcome())]);
}
