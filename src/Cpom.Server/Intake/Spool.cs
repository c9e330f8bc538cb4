using System.Security.Cryptography;
using Google.Protobuf;

namespace Cpom.Server;

/// <summary>
/// Files on their way in, on local disk and never whole in memory. So many at once, each so large; whatever a dead process left behind is
/// deleted at the start.
/// </summary>
internal sealed class Spool : IDisposable
{
    /// <summary>Bytes of one chunk.</summary>
    public const int ChunkMax = 1024 * 1024;

    private readonly string _folder;
    private readonly long _bytesMax;
    private readonly SemaphoreSlim _places;

    public Spool(ServerOptions options)
    {
        _folder = Path.Combine(options.DataFolder, "reception");
        _bytesMax = options.UploadBytesMax;
        _places = new(options.UploadsMax, options.UploadsMax);
        Directory.CreateDirectory(_folder);
        foreach (var left in Directory.EnumerateFiles(_folder))
        {
            File.Delete(left);
        }
    }

    /// <summary>A place for one file; disposing it deletes the file. Throws "busy" when all are taken.</summary>
    public Incoming Take()
    {
        if (!_places.Wait(0))
        {
            throw Errors.Busy();
        }

        try
        {
            return new Incoming(this);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>One file being received.</summary>
    public sealed class Incoming : IAsyncDisposable
    {
        private readonly Spool _spool;
        private readonly FileStream _stream;
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public Incoming(Spool spool)
        {
            _spool = spool;
            Path = System.IO.Path.Combine(spool._folder, System.IO.Path.GetRandomFileName());
            _stream = new(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        }

        public string Path { get; }

        public long Length { get; private set; }

        public async ValueTask Write(ByteString chunk, CancellationToken cancellation)
        {
            if (chunk.Length > ChunkMax)
            {
                throw Errors.Limit("chunk", $"Un morceau a au plus {ChunkMax} octets, pas {chunk.Length}.");
            }

            Length += chunk.Length;
            if (Length > _spool._bytesMax)
            {
                throw Errors.Limit("chunk", $"Un fichier a au plus {_spool._bytesMax} octets.");
            }

            _hash.AppendData(chunk.Span);
            await _stream.WriteAsync(chunk.Memory, cancellation);
        }

        /// <summary>No more is written: the file can be read. Answers its sha-256.</summary>
        public async ValueTask<string> Close()
        {
            await _stream.DisposeAsync();
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public async ValueTask DisposeAsync()
        {
            await _stream.DisposeAsync();
            _hash.Dispose();
            File.Delete(Path);
            _spool._places.Release();
        }
    }
}
