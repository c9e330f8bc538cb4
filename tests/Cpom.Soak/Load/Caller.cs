using System.Diagnostics;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>The platform has answered what it must never answer, or nothing at all.</summary>
internal sealed class ViolationException(string message) : Exception(message);

/// <summary>Sends a command until it is acknowledged, under one request id, across the deaths of the server; asks questions likewise.</summary>
internal sealed class Caller(IServed served, Journal journal, string author)
{
    private Metadata Author { get; } = new() { { "cpom-author", author } };

    /// <summary>Sends a command and notes its acknowledgement.</summary>
    /// <param name="expected">Everything but the answer's position and the number of attempts.</param>
    /// <param name="positionOf">Of the answer; throws <see cref="BusyException"/> where the answer is to be asked again.</param>
    public async Task<T> Acknowledge<T>(
        string requestId, string actor, IReadOnlyDictionary<string, int> expected, Func<Connection, CallOptions, AsyncUnaryCall<T>> send, Func<T, long> positionOf, CancellationToken cancellation)
    {
        var sent = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var connection = await served.Up(cancellation);
            try
            {
                var answer = await Call(connection, send, cancellation);
                journal.Add(new(requestId, actor, expected, positionOf(answer), attempt), Stopwatch.GetElapsedTime(sent));
                return answer;
            }
            catch (RpcException broken) when (Connection.IsBroken(broken) && !cancellation.IsCancellationRequested)
            {
                journal.AddBroken(requestId, broken.Status.ToString());
            }
            catch (BusyException)
            {
                journal.AddBroken(requestId, "busy");
            }
            catch (RpcException refused) when (!cancellation.IsCancellationRequested)
            {
                throw new ViolationException($"{requestId}, which no rule refuses, was answered {refused.Status} at attempt {attempt}.");
            }

            await served.BeforeAgain(connection, cancellation);
        }
    }

    /// <summary>Asks until there is an answer.</summary>
    public async Task<T> Ask<T>(Func<Connection, CallOptions, AsyncUnaryCall<T>> ask, CancellationToken cancellation)
    {
        while (true)
        {
            var connection = await served.Up(cancellation);
            try
            {
                return await Call(connection, ask, cancellation);
            }
            catch (RpcException broken) when (Connection.IsBroken(broken) && !cancellation.IsCancellationRequested)
            {
                await served.BeforeAgain(connection, cancellation);
            }
            catch (RpcException refused) when (!cancellation.IsCancellationRequested)
            {
                throw new ViolationException($"A question of {author} was answered {refused.Status}.");
            }
        }
    }

    private async Task<T> Call<T>(Connection connection, Func<Connection, CallOptions, AsyncUnaryCall<T>> send, CancellationToken cancellation)
    {
        try
        {
            using var call = send(connection, new(Author, DateTime.UtcNow + SoakLimits.CallMax, cancellation));
            return await call;
        }
        catch (ObjectDisposedException gone)
        {
            throw new RpcException(new(StatusCode.Unavailable, gone.Message)); // The server died between the question and its sending.
        }
    }
}

/// <summary>The answer says that nothing was done and that the same may be sent again.</summary>
internal sealed class BusyException : Exception;
