using Cpom.Domain;
using Cpom.GrpcCompat;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>What is not done, as callers see it. The one place where refusals and problems become gRPC statuses; the table is errors.proto itself.</summary>
public static class Errors
{
    /// <summary>Header of the details, by the gRPC specification.</summary>
    private const string Details = "grpc-status-details-bin";

    /// <summary>
    /// Signs of a sentence. One that quotes what was sent could be as long as that, and a status travels in headers: clients refuse more than
    /// 8 KiB of them, and would see a broken connection instead of the reason.
    /// </summary>
    private const int SentenceLengthMax = 500;

    /// <summary>How long a caller that met a full mailbox should wait at least.</summary>
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(200);

    private static readonly Dictionary<V1.RefusalCode, V1.RefusalRule> Rules = V1.ErrorsReflection.Descriptor
        .FindTypeByName<EnumDescriptor>(nameof(V1.RefusalCode)).Values
        .Where(value => value.Number != 0)
        .ToDictionary(value => (V1.RefusalCode)value.Number, value => value.GetOptions().GetExtension(V1.ErrorsExtensions.Refusal));

    /// <summary>The gRPC status that errors.proto gives a refusal.</summary>
    public static StatusCode StatusOf(RefusalCode code) =>
        System.Enum.Parse<StatusCode>(Rules[(V1.RefusalCode)code].Status.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true);

    public static V1.RefusalDetail DetailOf(Refusal refusal) => new()
    {
        Code = (V1.RefusalCode)refusal.Code,
        Rule = refusal.Rule,
        Detail = Bounded(refusal.Detail),
        Retriable = Rules[(V1.RefusalCode)refusal.Code].Retriable,
    };

    public static RpcException Of(Refusal refusal) => Build(StatusOf(refusal.Code), Bounded(refusal.Detail), DetailOf(refusal));

    /// <summary>UNAVAILABLE, with the pause to make.</summary>
    public static RpcException Busy() => Build(
        StatusCode.Unavailable,
        "Trop de demandes attendent : renvoyez la même dans un instant.",
        new V1.CallProblemDetail { Problem = V1.CallProblem.Busy, Detail = "Trop de demandes attendent : renvoyez la même dans un instant.", Retriable = true },
        new RetryInfo { RetryDelay = Duration.FromTimeSpan(BusyPause) });

    /// <summary>UNAVAILABLE here: another node, of the version that wrote the event, can answer.</summary>
    public static RpcException Newer() => new(new(
        StatusCode.Unavailable,
        "Ce nœud exécute une version trop ancienne du programme pour le journal qu'il lit : adressez-vous à un autre nœud, et mettez celui-ci à jour."));

    /// <summary>ABORTED, with the etag that is now true.</summary>
    public static RpcException Stale(long version)
    {
        const string Detail = "La fiche a changé depuis que vous l'avez lue : relisez-la, puis décidez de nouveau.";
        return Build(StatusCode.Aborted, Detail, new V1.CallProblemDetail
        {
            Problem = V1.CallProblem.EtagStale,
            Field = "etag",
            Detail = Detail,
            CurrentEtag = Text.Etag(version),
        });
    }

    public static RpcException Argument(string field, string detail) => Problem(StatusCode.InvalidArgument, V1.CallProblem.Argument, field, detail);

    public static RpcException PageToken() => Problem(
        StatusCode.InvalidArgument, V1.CallProblem.PageToken, "page_token", "Ce jeton n'est pas d'une page de cette demande : reprenez à la première page.");

    public static RpcException NotFound(string name) => Problem(StatusCode.NotFound, V1.CallProblem.NotFound, "name", $"Rien ne porte le nom « {name} ».");

    public static RpcException File(string detail) => Problem(StatusCode.InvalidArgument, V1.CallProblem.File, "chunk", detail);

    public static RpcException Limit(string field, string detail) => Problem(StatusCode.ResourceExhausted, V1.CallProblem.Limit, field, detail);

    private static RpcException Problem(StatusCode status, V1.CallProblem problem, string field, string detail) =>
        Build(status, Bounded(detail), new V1.CallProblemDetail { Problem = problem, Field = field, Detail = Bounded(detail) });

    /// <summary>Never between the two halves of a sign.</summary>
    private static string Bounded(string sentence) => sentence.Length <= SentenceLengthMax
        ? sentence
        : $"{sentence[..(SentenceLengthMax - (char.IsHighSurrogate(sentence[SentenceLengthMax - 1]) ? 1 : 0))]}…";

    private static RpcException Build(StatusCode status, string message, params IEnumerable<IMessage> details)
    {
        var rich = new Google.Rpc.Status { Code = (int)status, Message = message };
        rich.Details.AddRange(details.Select(Any.Pack));
        return new(new(status, message), new Metadata { { Details, rich.ToByteArray() } });
    }
}
