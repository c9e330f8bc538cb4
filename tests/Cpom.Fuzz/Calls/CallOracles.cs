using System.Collections;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Cpom.Fuzz;

/// <summary>What must hold of every answer.</summary>
internal static class CallOracles
{
    /// <summary>What gRPC itself prescribes INTERNAL for: frames and messages that no client sends. The sentences are those of the framing.</summary>
    private static readonly string[] Malformed =
    [
        "The stream ends in the middle of a message.", "The message is missing.", "Only one message was expected.", "The message is compressed but no encoding was announced.",
        "The message has unknown flags.", "The compressed message is not valid gzip.", "The message cannot be parsed.",
    ];

    /// <summary>Refusals by the domain and by what reads a request: always explained.</summary>
    private static readonly StatusCode[] Explained =
        [StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.FailedPrecondition, StatusCode.Aborted, StatusCode.ResourceExhausted, StatusCode.OutOfRange];

    /// <summary>Said by the transport, before any service.</summary>
    private const string TooLarge = "Received message exceeds";

    /// <summary>They say nothing of what a repeated call would be answered.</summary>
    private static readonly StatusCode[] Passing = [StatusCode.DeadlineExceeded, StatusCode.Unavailable, StatusCode.Cancelled];

    public static Finding? Check(WireCall call, CallAnswer answer)
    {
        var status = (StatusCode?)answer.Status;
        if (status is StatusCode.Unknown or StatusCode.Internal && !(status == StatusCode.Internal && call.Mutation is not null && Malformed.Contains(answer.Message)))
        {
            return Found("no status is UNKNOWN or INTERNAL", call, answer);
        }

        if (call.Mutation is not null)
        {
            return (int)answer.Http is 500 or 502 && !Malformed.Any(m => System.Text.Encoding.UTF8.GetString(answer.Body).Contains(m, StringComparison.Ordinal))
                ? Found("no answer is an internal error", call, answer)
                : null;
        }

        if (status is null)
        {
            return Found("an answer is a gRPC status", call, answer);
        }

        return call.IsOurs && Explained.Contains(status.Value) && !answer.Message.StartsWith(TooLarge, StringComparison.Ordinal) && !IsExplained(answer)
            ? Found("a refusal carries its details", call, answer)
            : null;
    }

    /// <summary>The same command with the same request_id again: a refusal is the same, what was done is done.</summary>
    public static Finding? CheckAgain(WireCall call, CallAnswer first, CallAnswer second)
    {
        var (before, after) = ((StatusCode)first.Status!, (StatusCode?)second.Status);
        if (Passing.Contains(before) || after is null || Passing.Contains(after.Value) || IsRetriable(first))
        {
            return null;
        }

        if (before != after || (before != StatusCode.OK && !Equals(first.Details, second.Details)))
        {
            return Found("the same request gets the same answer", call, first, second);
        }

        return before == StatusCode.OK && !Repeats(call.Method.OutputType.Parser.ParseFrom(first.Single()), call.Method.OutputType.Parser.ParseFrom(second.Single()))
            ? Found("the same request changes nothing more", call, first, second)
            : null;
    }

    private static bool IsExplained(CallAnswer answer) => answer.Details is { Details.Count: > 0 } rich
        && rich.Code == answer.Status
        && rich.Details[0] is var any
        && (Said(any, V1.RefusalDetail.Descriptor, d => ((V1.RefusalDetail)d).Detail) || Said(any, V1.CallProblemDetail.Descriptor, d => ((V1.CallProblemDetail)d).Detail));

    private static bool Said(Any any, Google.Protobuf.Reflection.MessageDescriptor type, Func<IMessage, string> sentence) =>
        any.Is(type) && !string.IsNullOrWhiteSpace(sentence(type.Parser.ParseFrom(any.Value)));

    private static bool IsRetriable(CallAnswer answer) =>
        answer.Details?.Details.FirstOrDefault() is { } any && any.TryUnpack(out V1.RefusalDetail refusal) && refusal.Retriable;

    private static bool Repeats(IMessage first, IMessage second) => (first, second) switch
    {
        (V1.SubmitActsResponse a, V1.SubmitActsResponse b) => a.Answers.Count == b.Answers.Count && a.Answers.Zip(b.Answers).All(p => Repeats(p.First, p.Second)),
        _ => first.Descriptor.Fields.InDeclarationOrder().All(f => f.Accessor.GetValue(second) is V1.Recorded recorded
            ? !recorded.Changed
            : Equals(f.Accessor.GetValue(first), f.Accessor.GetValue(second))),
    };

    private static bool Repeats(V1.ActAnswer first, V1.ActAnswer second) => first.LigneId == second.LigneId && (first.Outcome, second.Outcome) switch
    {
        (V1.ActOutcome.Busy, _) or (_, V1.ActOutcome.Busy) => true,
        (V1.ActOutcome.Recorded, V1.ActOutcome.NothingNew) => true,
        _ => first.Outcome == second.Outcome && first.Outcome != V1.ActOutcome.Recorded,
    };

    private static Finding Found(string oracle, WireCall call, params IEnumerable<CallAnswer> answers) =>
        new($"{oracle} ({call.Method.Name})", $"{call}\n{string.Join("\nthen\n", answers)}");
}
