using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Cpom.GrpcCompat.Framing;

namespace Cpom.GrpcCompat.Server;

/// <summary>Encodes what is written before each flush as one padded base64 text: gRPC-Web readers take a row of such texts.</summary>
internal sealed class Base64PipeWriter(PipeWriter output) : PipeWriter
{
    private readonly PooledBuffer _plain = new();

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _plain.Length;

    public override void Advance(int bytes) => _plain.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _plain.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _plain.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var encoded = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(_plain.Length));
        Base64.EncodeToUtf8(_plain.Written.Span, encoded, out _, out var length);
        output.Advance(length);
        _plain.Dispose();
        return output.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);
}
