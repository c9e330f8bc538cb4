using System.Buffers;
using System.Net;
using Cpom.GrpcCompat.Framing;
using Grpc.Core;

namespace Cpom.GrpcCompat.Client;

/// <summary>A request body of one message.</summary>
internal sealed class MessageContent<T> : HttpContent
{
    private readonly ArrayBufferWriter<byte> _frame = new();

    public MessageContent(T message, Marshaller<T> marshaller, int? lengthMax) =>
        new FrameWriter(_frame, lengthMax, isGzip: false).Write(message, marshaller, mayCompress: false);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_frame.WrittenMemory).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _frame.WrittenCount;
        return true;
    }
}

/// <summary>A request body that stays open: it hands the transport's stream out and waits to be told that nothing follows.</summary>
internal sealed class PushContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Stream> Opened => _opened.Task;

    public bool IsEnded => _ended.Task.IsCompleted;

    public void End() => _ended.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        // The server may answer before it has read anything: it must see the headers now.
        await stream.FlushAsync().ConfigureAwait(false);
        _opened.TrySetResult(stream);
        await _ended.Task.ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        End();
        base.Dispose(disposing);
    }
}

/// <summary>Writes the messages of a streamed request, one at a time.</summary>
internal sealed class RequestWriter<T>(PushContent content, Marshaller<T> marshaller, int? lengthMax, IClientCall call) : IClientStreamWriter<T>
{
    private readonly ArrayBufferWriter<byte> _frame = new();
    private int _isWriting;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (content.IsEnded && !call.Ended.IsCompleted)
        {
            throw new InvalidOperationException("Request stream has already been completed.");
        }

        if (Interlocked.Exchange(ref _isWriting, 1) != 0)
        {
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        }

        try
        {
            using var cancels = cancellationToken.Register(call.Dispose);
            await Write(message).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    public Task CompleteAsync()
    {
        content.End();
        return Task.CompletedTask;
    }

    private async Task Write(T message)
    {
        if (await Task.WhenAny(content.Opened, call.Ended).ConfigureAwait(false) == call.Ended)
        {
            throw await call.Failure().ConfigureAwait(false);
        }

        _frame.ResetWrittenCount();
        new FrameWriter(_frame, lengthMax, isGzip: false).Write(message, marshaller, mayCompress: false);
        try
        {
            var stream = await content.Opened.ConfigureAwait(false);
            await stream.WriteAsync(_frame.WrittenMemory, call.Cancellation).ConfigureAwait(false);
            await stream.FlushAsync(call.Cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException or HttpRequestException)
        {
            throw await call.Failure().ConfigureAwait(false);
        }
    }
}
