using Cpom.Test.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Cpom.GrpcCompat.Tests;

/// <summary>Barriers between a test and the service it calls.</summary>
public sealed class Gates
{
    private readonly SemaphoreSlim _entered = new(0);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Entered => _entered.WaitAsync(TimeSpan.FromSeconds(30));

    public Task Cancelled => _cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Enter() => _entered.Release();

    public void Open() => _open.TrySetResult();

    public Task Opened() => _open.Task;

    /// <summary>Waits for nothing but the call's own cancellation, and says that it came.</summary>
    public async Task WaitForCancellation(CancellationToken cancellation)
    {
        Enter();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        finally
        {
            _cancelled.TrySetResult();
        }
    }
}

/// <summary>Does what the request's <c>act</c> says.</summary>
public sealed class ProbeService(Gates gates) : Probe.ProbeBase
{
    public const string Refusal = "Rien à 100 % ici";

    public override async Task<Answer> Echo(Ask request, ServerCallContext context)
    {
        switch (request.Act)
        {
            case "refuse":
                throw Refused();
            case "crash":
                throw new InvalidOperationException("the secret of the house");
            case "wait":
                await gates.WaitForCancellation(context.CancellationToken);
                break;
            case "gate":
                gates.Enter();
                await gates.Opened();
                break;
            case "status":
                context.Status = new Status(StatusCode.FailedPrecondition, "not now");
                break;
            case "metadata":
                await context.WriteResponseHeadersAsync(new Metadata { { "x-first", "premier" }, { "x-bytes-bin", [0, 255, 7] } });
                context.ResponseTrailers.Add("x-last", "dernier");
                return new Answer { Text = context.RequestHeaders.GetValue("x-asked") ?? "", Number = context.RequestHeaders.GetValueBytes("x-raw-bin")?.Length ?? 0 };
            case "big":
                return new Answer { Text = new string('x', request.Number) };
            case "kept":
                return new Answer { Text = request.Text, Encoded = new Answer { Text = "kept" }.ToByteArray() };
            case "deadline":
                return new Answer { Text = context.Deadline == DateTime.MaxValue ? "none" : "some" };
            case "context":
                return new Answer { Text = $"{context.Method}|{context.Peer.Split(':')[0]}|{context.GetHttpContext().Request.Method}" };
        }

        return new Answer { Text = request.Text, Number = request.Number };
    }

    public override async Task Count(Ask request, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Number; i++)
        {
            await responseStream.WriteAsync(new Answer { Number = i, Text = request.Text });
        }

        switch (request.Act)
        {
            case "refuse":
                throw Refused();
            case "wait":
                await gates.WaitForCancellation(context.CancellationToken);
                break;
            case "flood":
                await Flood(responseStream, context);
                break;
        }
    }

    public override async Task<Answer> Sum(IAsyncStreamReader<Ask> requestStream, ServerCallContext context)
    {
        var sum = 0;
        await foreach (var ask in requestStream.ReadAllAsync(context.CancellationToken))
        {
            sum += ask.Number;
            if (ask.Act == "refuse")
            {
                throw Refused();
            }
        }

        return new Answer { Number = sum };
    }

    public override async Task Chat(IAsyncStreamReader<Ask> requestStream, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        await foreach (var ask in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new Answer { Text = ask.Text, Number = ask.Number });
        }
    }

    /// <summary>Writes until the transport has no more room, and says so through the gate: the answer must wait for its reader.</summary>
    private async Task Flood(IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        var answer = new Answer { Text = new string('x', 64 * 1024) };
        while (!context.CancellationToken.IsCancellationRequested)
        {
            var write = responseStream.WriteAsync(answer);
            if (!write.IsCompleted)
            {
                gates.Enter();
            }

            await write;
        }
    }

    private static RpcException Refused()
    {
        var details = new Google.Rpc.Status
        {
            Code = (int)StatusCode.NotFound,
            Message = Refusal,
            Details = { Any.Pack(new ResourceInfo { ResourceName = "R-001" }) },
        };
        var trailers = new Metadata { { "grpc-status-details-bin", details.ToByteArray() }, { "x-why", "because" } };
        return new RpcException(new Status(StatusCode.NotFound, Refusal), trailers);
    }
}
