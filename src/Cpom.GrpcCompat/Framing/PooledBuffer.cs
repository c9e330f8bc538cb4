using System.Buffers;

namespace Cpom.GrpcCompat.Framing;

/// <summary>A growing buffer over rented arrays. It gives them back on <see cref="Dispose"/> and can then be used again.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int CapacityMin = 4096;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    public void Dispose()
    {
        Replace([], 0);
        Length = 0;
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - Length >= size)
        {
            return;
        }

        var capacity = Math.Max(CapacityMin, Math.Max(checked(Length + size), (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        Replace(ArrayPool<byte>.Shared.Rent(capacity), Length);
    }

    private void Replace(byte[] bytes, int kept)
    {
        _bytes.AsSpan(0, kept).CopyTo(bytes);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = bytes;
    }
}
