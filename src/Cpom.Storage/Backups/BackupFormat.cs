using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cpom.Storage.Backups;

/// <summary>
/// The file: eight bytes that name it, blocks of events, one block with the manifest, and nothing after it. A block is a header (kind, length of the
/// content as stored, length of the content, events: four bytes each, numbers little-endian), the sha-256 of header and content as stored, and the
/// content: gzip of rows, or the manifest as it is. So every byte is under a fingerprint. Described for operators in docs/operations.md.
/// </summary>
internal static class BackupFormat
{
    public const int Version = 1;

    /// <summary>Rows in one block, before compression: about what is held in memory at once, and what is lost of a damaged file.</summary>
    public const int ChunkBytes = 1024 * 1024;

    /// <summary>No block is longer: a chunk is closed after the row that fills it, and a row is not longer than the store's limits allow.</summary>
    public const int BlockBytesMax = 32 * 1024 * 1024;

    public const int HeaderBytes = 16;

    public static ReadOnlySpan<byte> Magic => "CPOMBK1\n"u8;

    public const uint Events = 0x53545645; // "EVTS"

    public const uint Manifest = 0x494E414D; // "MANI"

    /// <param name="StoredBytes">Of the content in the file.</param>
    /// <param name="Bytes">Of the content once decompressed.</param>
    public readonly record struct Header(uint Kind, int StoredBytes, int Bytes, int Count)
    {
        public byte[] Encode()
        {
            var header = new byte[HeaderBytes];
            BinaryPrimitives.WriteUInt32LittleEndian(header, Kind);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), StoredBytes);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Bytes);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), Count);
            return header;
        }

        public static Header Decode(ReadOnlySpan<byte> header) => new(
            BinaryPrimitives.ReadUInt32LittleEndian(header),
            BinaryPrimitives.ReadInt32LittleEndian(header[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[12..]));

        public bool IsPossible => Kind is Events or Manifest && StoredBytes is >= 0 and <= BlockBytesMax && Bytes is >= 0 and <= BlockBytesMax && Count >= 0;
    }

    public static byte[] Sha256Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
