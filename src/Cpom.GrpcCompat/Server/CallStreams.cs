using Grpc.Core;

namespace Cpom.GrpcCompat.Server;

/// <summary>The caller's messages, as the service reads them.</summary>
internal sealed class RequestStream<T>(Wire wire, Marshaller<T> marshaller, CallContext context) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;

    public T Current => _current ?? throw new InvalidOperationException("No message has been read.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        using var linked = Linked(cancellationToken);
        try
        {
            _current = await wire.Read(marshaller, linked?.Token ?? context.CancellationToken).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            throw CallerGone(broken);
        }

        return _current is not null;
    }

    public async ValueTask<T> ReadSingle()
    {
        try
        {
            return await wire.ReadSingle(marshaller, context.CancellationToken).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            throw CallerGone(broken);
        }
    }

    /// <summary>The transport may say so before it says that the call is aborted. It is no failure of the service, and nobody is left to be told.</summary>
    private static RpcException CallerGone(IOException broken) =>
        new(new Status(StatusCode.Cancelled, "The caller left before the end of its request.", broken));

    private CancellationTokenSource? Linked(CancellationToken other) =>
        other.CanBeCanceled && other != context.CancellationToken
            ? CancellationTokenSource.CreateLinkedTokenSource(other, context.CancellationToken)
            : null;
}

/// <summary>The answer, as the service writes it. One write at a time, none after the end.</summary>
internal sealed class ResponseStream<T>(Wire wire, Marshaller<T> marshaller, CallContext context) : IServerStreamWriter<T>
    where T : class
{
    private const int Idle = 0;
    private const int Writing = 1;
    private const int Ended = 2;

    private int _state = Idle;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        context.CancellationToken.ThrowIfCancellationRequested();
        cancellationToken.ThrowIfCancellationRequested();
        Enter();
        try
        {
            await wire.Write(message, marshaller, MayCompress, cancellationToken.CanBeCanceled ? cancellationToken : context.CancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            Interlocked.CompareExchange(ref _state, Idle, Writing);
        }
    }

    public ValueTask WriteSingle(T message) => wire.WriteSingle(message, marshaller, MayCompress);

    /// <summary>Writes after this one are refused: the transport no longer belongs to the call.</summary>
    public void End() => Volatile.Write(ref _state, Ended);

    private bool MayCompress => ((WriteOptions ?? context.WriteOptions)?.Flags & WriteFlags.NoCompress) is null or 0;

    private void Enter()
    {
        var state = Interlocked.CompareExchange(ref _state, Writing, Idle);
        if (state != Idle)
        {
            throw new InvalidOperationException(state == Writing
                ? "Can't write the message because the previous write is in progress."
                : "Can't write the message because the request is complete.");
        }
    }
}
