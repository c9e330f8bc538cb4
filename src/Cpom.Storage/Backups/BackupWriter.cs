using System.IO.Compression;
using System.Security.Cryptography;

namespace Cpom.Storage.Backups;

/// <summary>Writes a backup from its first byte to its last, one chunk in memory at a time.</summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly Stream _file;
    private readonly MemoryStream _chunk = new();
    private readonly BinaryWriter _rows;
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;
    private long _events;
    private int _chunks;
    private int _count;
    private long _position;

    /// <param name="file">Stays the caller's to close.</param>
    public BackupWriter(Stream file)
    {
        _file = file;
        _rows = new(_chunk, LogRow.Text, leaveOpen: true);
        Write(BackupFormat.Magic);
    }

    public void Add(in LogRow row)
    {
        row.Write(_rows);
        _count++;
        _position = row.Position;
        if (_chunk.Length >= BackupFormat.ChunkBytes)
        {
            EndChunk();
        }
    }

    /// <summary>The last block. Nothing may be added after it.</summary>
    public BackupManifest End(string program, DateTimeOffset now, string store, SortedDictionary<string, long> checkpoints)
    {
        EndChunk();
        var manifest = new BackupManifest(
            BackupFormat.Version,
            program,
            now,
            store,
            _position,
            _events,
            _chunks,
            _bytes,
            Convert.ToHexStringLower(_whole.GetCurrentHash()),
            Convert.ToHexStringLower(_content.GetCurrentHash()),
            checkpoints);
        var content = manifest.Encode();
        WriteBlock(new(BackupFormat.Manifest, content.Length, content.Length, 0), content);
        return manifest;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _whole.Dispose();
        _content.Dispose();
    }

    private void EndChunk()
    {
        if (_count == 0)
        {
            return;
        }

        var rows = _chunk.GetBuffer().AsSpan(0, (int)_chunk.Length);
        _content.AppendData(rows);
        var stored = Compress(rows);
        WriteBlock(new(BackupFormat.Events, stored.Length, rows.Length, _count), stored);
        _chunks++;
        _events += _count;
        _count = 0;
        _chunk.SetLength(0);
    }

    private static byte[] Compress(ReadOnlySpan<byte> rows)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(rows);
        }

        return compressed.ToArray();
    }

    private void WriteBlock(BackupFormat.Header header, ReadOnlySpan<byte> content)
    {
        var bytes = header.Encode();
        Write(bytes);
        Write(BackupFormat.Sha256Of(bytes, content));
        Write(content);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _whole.AppendData(bytes);
        _bytes += bytes.Length;
    }
}
