using System.Text;
using Cpom.Domain;

namespace Cpom.Intake;

/// <summary>
/// A file as received, recognised by its first bytes. It hands out no rows: a file is first read to its end by <see cref="Validate"/>, and the
/// <see cref="ValidFile"/> that comes out of it is given to a reader; or it is checked while it is read, as an <see cref="UnreadFile"/>.
/// </summary>
public sealed class FileSource
{
    private FileSource(string path, string name, FileDetection.Found found, long size, bool isGzip)
    {
        Path = path;
        Name = name;
        Kind = found.Kind;
        Separator = found.Separator;
        Size = size;
        IsGzip = isGzip;
    }

    public string Path { get; }

    /// <summary>As the sender named it; kept in every proof.</summary>
    public string Name { get; }

    public FileKind Kind { get; }

    /// <summary>Bytes as received.</summary>
    public long Size { get; }

    public bool IsGzip { get; }

    /// <summary>Of a CSV file; null for the others.</summary>
    public char? Separator { get; }

    /// <summary>Recognises a file by content, then by name where the content leaves a doubt.</summary>
    /// <param name="path">A file on this machine. A stream that cannot be read twice is first spooled to one by the caller.</param>
    /// <param name="name">The sender's file name, when <paramref name="path"/> is a spool; by default the name in the path.</param>
    /// <exception cref="IOException">The file cannot be opened: a fault of the machine, not of the file.</exception>
    public static FileOpening Open(string path, string? name = null)
    {
        name ??= System.IO.Path.GetFileName(path);
        using var file = OpenRaw(path);
        var start = ReadHead(file, 2);
        file.Position = 0;
        var isGzip = Gzip.Recognises(start);
        try
        {
            using var content = isGzip ? Gzip.Decompress(file) : file;
            return FileDetection.Detect(ReadHead(content, IntakeLimits.HeadBytesMax), name) switch
            {
                FileDetection.Found found => new FileOpening.Opened(new FileSource(path, name, found, new FileInfo(path).Length, isGzip)),
                FileDetection.Unknown unknown => new FileOpening.Refused(unknown.Refusal),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (InvalidDataException)
        {
            return new FileOpening.Refused(ContentCheck.BrokenGzip);
        }
    }

    /// <summary>
    /// Reads the file to its very end: compression checks, well-formedness, encoding, SHA-256. Memory stays bounded.
    /// </summary>
    /// <param name="progress">Receives the number of bytes of the file as received that have been read.</param>
    public async Task<FileValidation> Validate(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var stamp = File.GetLastWriteTimeUtc(Path);
        await using var hashing = new HashingStream(progress is null ? OpenRaw(Path) : new ProgressStream(OpenRaw(Path), progress));
        try
        {
            var text = IsGzip ? Gzip.Decompress(hashing) : hashing;
            await using var content = new ContentWatch(Kind.IsJson() ? new ReadAheadStream(text, cancellation) : text);
            var encoding = await ContentCheck.Run(this, content, cancellation);
            await hashing.CopyToAsync(Stream.Null, cancellation);
            var file = new ValidFile(this, hashing.Sha256(), encoding, stamp);
            return await ContentCheck.RunDecoded(file, cancellation) is { } refusal
                ? new FileValidation.Refused(refusal)
                : new FileValidation.Valid(file);
        }
        catch (MalformedContentException malformed)
        {
            return new FileValidation.Refused(malformed.Refusal);
        }
        catch (InvalidDataException)
        {
            return new FileValidation.Refused(ContentCheck.BrokenGzip);
        }
    }

    /// <summary>Reads the bytes as received, for their fingerprint alone: what they say is checked by whoever reads the file.</summary>
    public async Task<UnreadFile> Hash(CancellationToken cancellation = default)
    {
        var stamp = File.GetLastWriteTimeUtc(Path);
        await using var hashing = new HashingStream(OpenRaw(Path));
        await hashing.CopyToAsync(Stream.Null, cancellation);
        return new(this, hashing.Sha256(), stamp);
    }

    internal static FileStream OpenRaw(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.Read,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        BufferSize = 64 * 1024,
    });

    private static byte[] ReadHead(Stream content, int max)
    {
        var head = new byte[max];
        var count = content.ReadAtLeast(head, max, throwOnEndOfStream: false);
        return head[..count];
    }
}

/// <summary>A file whose fingerprint is known, so that facts can quote it.</summary>
public abstract class SourceFile
{
    private readonly FileSource _source;
    private readonly DateTime _stamp;

    private protected SourceFile(FileSource source, string sha256, DateTime stamp)
    {
        _source = source;
        _stamp = stamp;
        Sha256 = sha256;
    }

    public string Name => _source.Name;

    public FileKind Kind => _source.Kind;

    public long Size => _source.Size;

    /// <summary>Of a CSV file; null for the others.</summary>
    public char? Separator => _source.Separator;

    /// <summary>Of the file as received, lowercase hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The proof of a fact read at a place of this file.</summary>
    public Piece PieceAt(string place) => new(Name, Sha256, place);

    /// <summary>The decompressed bytes, from the start.</summary>
    /// <exception cref="IOException">The file is not the one whose fingerprint was taken any more.</exception>
    internal Stream OpenContent(IProgress<long>? progress)
    {
        Stream raw = FileSource.OpenRaw(_source.Path);
        if (raw.Length != Size || File.GetLastWriteTimeUtc(_source.Path) != _stamp)
        {
            raw.Dispose();
            throw new IOException($"The file {Name} changed after it was validated.");
        }
        raw = progress is null ? raw : new ProgressStream(raw, progress);
        return _source.IsGzip ? Gzip.Decompress(raw) : raw;
    }
}

/// <summary>A file that has been read to its end and found whole.</summary>
public sealed class ValidFile : SourceFile
{
    internal ValidFile(FileSource source, string sha256, Encoding encoding, DateTime stamp)
        : base(source, sha256, stamp) => Encoding = encoding;

    /// <summary>How its text is written. XML tells its own; for XML this is what was seen, not what is used.</summary>
    public Encoding Encoding { get; }
}

/// <summary>
/// A file that is checked while it is read: a reader that takes one says at the latest where the file ends that it is not whole. Whoever reads it
/// records nothing before that.
/// </summary>
public sealed class UnreadFile : SourceFile
{
    internal UnreadFile(FileSource source, string sha256, DateTime stamp)
        : base(source, sha256, stamp)
    {
    }
}
