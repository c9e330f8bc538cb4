using System.Security.Cryptography;
using System.Text.Unicode;

namespace Cpom.Intake;

/// <summary>A read-only stream that looks at what passes. It owns the stream under it.</summary>
internal abstract class ReadThrough(Stream inner) : Stream
{
    protected abstract void Observe(ReadOnlySpan<byte> passed);

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Observe(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Observe(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Tells how many bytes of the file as received have been read, for a progress bar.</summary>
internal sealed class ProgressStream(Stream inner, IProgress<long> progress) : ReadThrough(inner)
{
    private long _bytes;

    protected override void Observe(ReadOnlySpan<byte> passed)
    {
        _bytes += passed.Length;
        progress.Report(_bytes);
    }
}

/// <summary>Computes the SHA-256 of the bytes as received.</summary>
internal sealed class HashingStream(Stream inner) : ReadThrough(inner)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    protected override void Observe(ReadOnlySpan<byte> passed) => _hash.AppendData(passed);

    /// <summary>Lowercase hexadecimal. Ask once, after the last byte.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Watches the decompressed content: its size, whether it is UTF-8, whether it holds zero bytes.</summary>
internal sealed class ContentWatch(Stream inner) : ReadThrough(inner)
{
    private readonly byte[] _tail = new byte[4];
    private int _tailLength;
    private long _bytes;

    /// <summary>False from the first byte that UTF-8 does not allow.</summary>
    public bool IsUtf8 { get; private set; } = true;

    public bool HasZero { get; private set; }

    /// <summary>Ask after the last byte: a sequence cut by the end of the file is not UTF-8 either.</summary>
    public bool EndsWhole => _tailLength == 0;

    protected override void Observe(ReadOnlySpan<byte> passed)
    {
        _bytes += passed.Length;
        if (_bytes > IntakeLimits.ContentBytesMax)
        {
            throw new MalformedContentException(new FileRefusal(
                IntakeRules.Limit,
                $"Le fichier décompressé dépasse {IntakeLimits.ContentBytesMax / (1 << 30)} Gio.",
                "Vérifier le fichier : aucune extraction connue n'atteint cette taille."));
        }
        HasZero = HasZero || passed.Contains((byte)0);
        if (IsUtf8)
        {
            Check(passed);
        }
    }

    /// <summary>A character may be cut by the end of a read: its first bytes are kept for the next one.</summary>
    private void Check(ReadOnlySpan<byte> passed)
    {
        while (_tailLength > 0 && passed.Length > 0)
        {
            _tail[_tailLength++] = passed[0];
            passed = passed[1..];
            if (_tailLength == LengthOf(_tail[0]))
            {
                IsUtf8 = Utf8.IsValid(_tail.AsSpan(0, _tailLength));
                _tailLength = 0;
            }
        }
        var whole = passed.Length - CutLength(passed);
        if (!IsUtf8 || !Utf8.IsValid(passed[..whole]))
        {
            IsUtf8 = false;
            return;
        }
        if (whole < passed.Length)
        {
            passed[whole..].CopyTo(_tail);
            _tailLength = passed.Length - whole;
        }
    }

    private static int CutLength(ReadOnlySpan<byte> passed)
    {
        for (var back = 1; back <= Math.Min(3, passed.Length); back++)
        {
            var lead = passed[^back];
            if ((lead & 0xC0) != 0x80)
            {
                return LengthOf(lead) > back ? back : 0;
            }
        }
        return 0;
    }

    private static int LengthOf(byte lead) => lead switch
    {
        >= 0xF0 => 4,
        >= 0xE0 => 3,
        >= 0xC0 => 2,
        _ => 1,
    };
}
