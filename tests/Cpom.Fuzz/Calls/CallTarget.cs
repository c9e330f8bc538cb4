using Google.Protobuf;

namespace Cpom.Fuzz;

/// <summary>Calls of every method of every service, over a socket, to a server that holds the region.</summary>
internal sealed class CallTarget : FuzzTarget
{
    public override string Name => "calls";

    public override int StepsMax => 60;

    /// <summary>Asked after every call that was out of order: the server still serves others.</summary>
    private static readonly WireCall Plain = new(
        CallWorld.Methods.Single(m => m.FullName == "cpom.v1.PortfolioService.Summarize"), [], WireCall.Frame(new V1.SummarizeRequest { GroupBy = V1.SummaryGroup.Ght }));

    public override async Task<Finding?> Play(FuzzCase played)
    {
        await using var served = await ServedRegion.Start();
        var world = CallWorld.Of(served.Node.Portfolio.Current, await Region.Get);
        foreach (var step in played.Steps)
        {
            if (await Play(new CallMaker(played.Step(step), world).Make(), served) is { } finding)
            {
                return finding;
            }
        }

        return await AtEnd(served);
    }

    private static async Task<Finding?> Play(WireCall call, ServedRegion served)
    {
        var (answer, thrown) = await Answer(call, served);
        if (answer is null && (call.Mutation is null || thrown is OperationCanceledException { InnerException: TimeoutException }))
        {
            return new($"every call is answered ({call.Method.Name})", $"{call}\n{thrown}");
        }

        if (served.Errors.FirstOrDefault() is { } line)
        {
            return new("the log has no error", $"{call}\n{line}");
        }

        if (answer is not null && CallOracles.Check(call, answer) is { } wrong)
        {
            return wrong;
        }

        if (call is { Mutation: null, IsCommand: true })
        {
            await served.Settle();
            if (served.Errors.FirstOrDefault() is { } late)
            {
                return new("the log has no error", $"{call}\n{late}");
            }

            var (again, _) = await Answer(call, served);
            return again is null ? new("every call is answered, again", $"{call}") : CallOracles.CheckAgain(call, answer!, again);
        }

        if (call.Mutation is null)
        {
            return null;
        }

        var (plain, failure) = await Answer(Plain, served);
        return plain is { Status: 0 } ? null : new($"the server answers a plain call afterwards ({call.Mutation})", $"{call}\n{plain}\n{failure}");
    }

    private static async Task<(CallAnswer? Answer, Exception? Thrown)> Answer(WireCall call, ServedRegion served)
    {
        try
        {
            return (await call.Send(served.Client), null);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            return (null, broken);
        }
    }

    /// <summary>The node is as sound as after a file, and nothing went wrong where nobody looked.</summary>
    private static async Task<Finding?> AtEnd(ServedRegion served)
    {
        await served.Settle();
        GC.Collect(); // A task that nobody awaits tells its exception when it is collected.
        GC.WaitForPendingFinalizers();
        return served.Errors.FirstOrDefault() is { } line ? new("the log has no error", line)
            : served.Forgotten.FirstOrDefault() is { } forgotten ? new("no task's exception is forgotten", forgotten)
            : await NodeOracles.Check(served.Node);
    }
}
