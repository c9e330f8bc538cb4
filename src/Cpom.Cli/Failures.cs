using Google.Protobuf;

namespace Cpom.Cli;

/// <summary>What a failed call means: a sentence for people and an exit code. errors.proto says what comes in the details.</summary>
internal static class Failures
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    public static int Report(RpcException failure, TextWriter error)
    {
        error.WriteLine(Describe(failure));
        return CodeOf(failure);
    }

    public static int CodeOf(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.Cancelled => ExitCodes.Interrupted,
        StatusCode.Unavailable or StatusCode.DeadlineExceeded when RefusalOf(failure) is null && ProblemOf(failure) is null => ExitCodes.Unreachable,
        _ => ExitCodes.Refused,
    };

    public static string Describe(RpcException failure)
    {
        if (RefusalOf(failure) is { } refusal)
        {
            var rule = refusal.Rule.Length > 0 ? $"règle {refusal.Rule}, " : "";
            return $"Refusé ({rule}refus n° {(int)refusal.Code}) : {refusal.Detail}{Retry(refusal.Retriable)}";
        }

        if (ProblemOf(failure) is { } problem)
        {
            var field = problem.Field.Length > 0 && problem.Problem != CallProblem.File ? $" ({problem.Field})" : "";
            var etag = problem.CurrentEtag.Length > 0 ? $" Version actuelle : {problem.CurrentEtag}." : "";
            return $"Refusé{field} : {problem.Detail}{etag}{Retry(problem.Retriable)}";
        }

        return failure.StatusCode switch
        {
            StatusCode.Cancelled => "Interrompu.",
            StatusCode.Unavailable =>
                $"Le serveur ne répond pas : {failure.Status.Detail}{Environment.NewLine}Le démarrer par « cpom serve », ou donner son adresse par --server (ou la variable CPOM_SERVER).",
            StatusCode.DeadlineExceeded => "Le serveur n'a pas répondu dans le délai.",
            StatusCode.Unimplemented => $"Le serveur ne connaît pas cet appel ; il est peut-être plus ancien que cette commande. {failure.Status.Detail}",
            _ => $"Échec ({failure.StatusCode}) : {failure.Status.Detail}",
        };
    }

    public static RefusalDetail? RefusalOf(RpcException failure) => Detail<RefusalDetail>(failure);

    public static CallProblemDetail? ProblemOf(RpcException failure) => Detail<CallProblemDetail>(failure);

    public static string Describe(ActAnswer answer) => answer switch
    {
        { Refusal: { } refusal } => $"{(refusal.Rule.Length > 0 ? refusal.Rule + " : " : "")}{refusal.Detail}",
        { Problem: { } problem } => $"{problem.Field} : {problem.Detail}",
        _ => "",
    };

    private static string Retry(bool retriable) => retriable ? " La même demande peut réussir plus tard." : "";

    private static T? Detail<T>(RpcException failure)
        where T : class, IMessage<T>, new()
    {
        var bytes = failure.Trailers.FirstOrDefault(entry => entry.Key == DetailsTrailer)?.ValueBytes;
        return bytes is null
            ? null
            : Google.Rpc.Status.Parser.ParseFrom(bytes).Details.Select(any => any.TryUnpack<T>(out var detail) ? detail : null).FirstOrDefault(d => d is not null);
    }
}
