using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Cpom.Intake;

/// <summary>
/// Produces on a task of its own what is consumed here, so many items ahead at most: a file is decompressed, read as JSON and compared by several
/// processors at once. What the producer throws is thrown here in its place; who stops consuming ends the producer, and waits for its end.
/// </summary>
internal static class ReadAhead
{
    /// <param name="aheadMax">Items that may wait for the consumer.</param>
    public static async IAsyncEnumerable<T> Ahead<T>(this IAsyncEnumerable<T> source, int aheadMax, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(aheadMax) { SingleReader = true, SingleWriter = true });
        var producing = Task.Run(() => Produce(source, waiting.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (await waiting.Reader.WaitToReadAsync(cancellation))
            {
                while (waiting.Reader.TryRead(out var item))
                {
                    yield return item;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await producing;
        }
    }

    /// <summary>The content of a stream, a block after another. A block is the consumer's, to give back to the shared pool.</summary>
    public static async IAsyncEnumerable<ArraySegment<byte>> Blocks(this Stream content, int blockBytes, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var block = ArrayPool<byte>.Shared.Rent(blockBytes);
            var count = await content.ReadAtLeastAsync(block.AsMemory(0, blockBytes), blockBytes, throwOnEndOfStream: false, cancellation);
            if (count > 0)
            {
                yield return new(block, 0, count);
            }

            if (count < blockBytes)
            {
                yield break;
            }
        }
    }

    /// <summary>Ends with the source, with its failure, or with cancellation; the consumer is told which, and this never throws.</summary>
    private static async Task Produce<T>(IAsyncEnumerable<T> source, ChannelWriter<T> waiting, CancellationToken cancellation)
    {
        try
        {
            await foreach (var item in source.WithCancellation(cancellation))
            {
                await waiting.WriteAsync(item, cancellation);
            }

            waiting.Complete();
        }
#pragma warning disable CA1031 // Whatever it is, it is the consumer's to handle.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            waiting.Complete(failure);
        }
    }
}

/// <summary>A stream that is read on a task of its own, some blocks ahead of whoever reads this. It owns the stream under it.</summary>
internal sealed class ReadAheadStream(Stream inner, CancellationToken cancellation) : ReadThrough(inner)
{
    private readonly IAsyncEnumerator<ArraySegment<byte>> _blocks =
        inner.Blocks(IntakeLimits.BlockBytes, cancellation).Ahead(IntakeLimits.BlocksAheadMax, cancellation).GetAsyncEnumerator(cancellation);

    private ArraySegment<byte> _block;
    private int _used;
    private bool _isEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_used == _block.Count)
        {
            GiveBack();
            if (_isEnded || !await _blocks.MoveNextAsync())
            {
                _isEnded = true;
                return 0;
            }

            _block = _blocks.Current;
        }

        var count = Math.Min(buffer.Length, _block.Count - _used);
        _block.AsSpan(_used, count).CopyTo(buffer.Span);
        _used += count;
        return count;
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("What is read ahead is awaited.");

    public override async ValueTask DisposeAsync()
    {
        GiveBack();
        await _blocks.DisposeAsync(); // Its producer reads the stream that is closed next.
        await base.DisposeAsync();
    }

    protected override void Observe(ReadOnlySpan<byte> passed)
    {
    }

    private void GiveBack()
    {
        if (_block.Array is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        (_block, _used) = (default, 0);
    }
}
