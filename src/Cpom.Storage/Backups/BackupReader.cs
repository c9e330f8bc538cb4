using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cpom.Storage.Backups;

/// <summary>Reads a backup from its first byte to its last and believes none of them: rows come out only of chunks whose fingerprint holds.</summary>
internal sealed class BackupReader : IDisposable
{
    private readonly string _name;
    private readonly Stream _file;
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;
    private long _events;
    private int _chunks;
    private long _position;

    /// <param name="name">As the messages call the file.</param>
    /// <param name="file">Stays the caller's to close.</param>
    public BackupReader(string name, Stream file) => (_name, _file) = (name, file);

    /// <summary>Set once the last row has been read, and the whole file held.</summary>
    public BackupManifest? Manifest { get; private set; }

    /// <summary>Bytes read so far, for those who watch.</summary>
    public long Bytes => _bytes;

    /// <summary>Every row, in log order; then the manifest is checked against what was read.</summary>
    /// <exception cref="BackupDamagedException">At the first byte that cannot be right.</exception>
    public IEnumerable<LogRow> Rows()
    {
        if (!Take(BackupFormat.Magic.Length, 0).AsSpan().SequenceEqual(BackupFormat.Magic))
        {
            throw Damaged(0, "ce n'est pas une sauvegarde de cette plate-forme, ou son début est abîmé");
        }

        while (true)
        {
            var at = _bytes;
            var before = Convert.ToHexStringLower(_whole.GetCurrentHash());
            var (header, content) = Block(at);
            if (header.Kind == BackupFormat.Manifest)
            {
                End(at, before, content);
                yield break;
            }

            foreach (var row in Chunk(at, header, content))
            {
                yield return row;
            }
        }
    }

    public void Dispose()
    {
        _whole.Dispose();
        _content.Dispose();
    }

    private (BackupFormat.Header Header, byte[] Content) Block(long at)
    {
        var encoded = Take(BackupFormat.HeaderBytes, at);
        var header = BackupFormat.Header.Decode(encoded);
        if (!header.IsPossible)
        {
            throw Damaged(at, "son en-tête ne se lit pas");
        }

        var sha256 = Take(SHA256.HashSizeInBytes, at);
        var content = Take(header.StoredBytes, at);
        return BackupFormat.Sha256Of(encoded, content).AsSpan().SequenceEqual(sha256) ? (header, content) : throw Damaged(at, "son empreinte est différente");
    }

    private List<LogRow> Chunk(long at, BackupFormat.Header header, byte[] stored)
    {
        var rows = new List<LogRow>();
        try
        {
            var content = Decompress(stored, header.Bytes);
            _content.AppendData(content);
            using var reader = new BinaryReader(new MemoryStream(content), LogRow.Text);
            while (reader.BaseStream.Position < content.Length)
            {
                rows.Add(LogRow.Read(reader));
            }
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw Damaged(at, "son contenu ne se lit pas");
        }

        foreach (var row in rows)
        {
            _position = row.Position > _position ? row.Position : throw Damaged(at, $"la position {row.Position} suit la position {_position}");
        }

        _chunks++;
        _events += rows.Count;
        return rows.Count == header.Count ? rows : throw Damaged(at, "le nombre de ses événements est différent");
    }

    private static byte[] Decompress(byte[] stored, int length)
    {
        var content = new byte[length];
        using var gzip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        gzip.ReadExactly(content);
        return gzip.ReadByte() < 0 ? content : throw new InvalidDataException();
    }

    private void End(long at, string before, byte[] content)
    {
        var manifest = ReadManifest(at, content);
        if (manifest.Format != BackupFormat.Version)
        {
            throw Damaged(at, $"le format {manifest.Format} n'est pas connu de ce programme, qui lit le format {BackupFormat.Version} : le fichier vient de la version {manifest.Program}");
        }

        var holds = manifest.Sha256 == before && manifest.Bytes == at && manifest.Chunks == _chunks && manifest.Events == _events
            && manifest.Position == _position && manifest.RowsSha256 == Convert.ToHexStringLower(_content.GetCurrentHash())
            && manifest.Checkpoints.Values.All(position => position <= _position);
        if (!holds)
        {
            throw Damaged(at, "le fichier ne tient pas ce que son manifeste annonce : un morceau manque, ou ne vient pas de lui");
        }

        Manifest = _file.ReadByte() < 0 ? manifest : throw Damaged(_bytes, "quelque chose suit sa fin");
    }

    private BackupManifest ReadManifest(long at, byte[] content)
    {
        try
        {
            return BackupManifest.Decode(content) ?? throw Damaged(at, "son manifeste est vide");
        }
        catch (JsonException)
        {
            throw Damaged(at, "son manifeste ne se lit pas");
        }
    }

    private byte[] Take(int count, long blockAt)
    {
        var bytes = new byte[count];
        var read = _file.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        if (read < count)
        {
            throw Damaged(blockAt, string.Create(CultureInfo.InvariantCulture, $"le fichier s'arrête à l'octet {_bytes + read}, avant la fin"));
        }

        _whole.AppendData(bytes);
        _bytes += count;
        return bytes;
    }

    private BackupDamagedException Damaged(long at, string what) => new(_name, _chunks + 1, at, what);
}
