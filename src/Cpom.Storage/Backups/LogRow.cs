using System.Globalization;
using System.Text;

namespace Cpom.Storage.Backups;

/// <summary>
/// One event as a backup carries it: the columns of the log, exactly as stored. Texts are UTF-8; <paramref name="ValidOn"/> and
/// <paramref name="RecordedAt"/> are written as SQLite holds them (2026-03-01, 2026-03-01T08:00:00.000000Z).
/// </summary>
internal readonly record struct LogRow(
    long Position, string Actor, long Version, string Name, byte[] Payload, string ValidOn, string RecordedAt, string Author, byte[] Cause)
{
    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Instant => DateTimeOffset.ParseExact(RecordedAt, SqliteEventStore.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Position and version as LEB128 numbers, then seven texts, each after its length in bytes (LEB128): in the order of the log's columns.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(Position);
        writer.Write(Actor);
        writer.Write7BitEncodedInt64(Version);
        writer.Write(Name);
        Write(writer, Payload);
        writer.Write(ValidOn);
        writer.Write(RecordedAt);
        writer.Write(Author);
        Write(writer, Cause);
    }

    /// <exception cref="EndOfStreamException">The row is cut off.</exception>
    /// <exception cref="FormatException">A number is not one.</exception>
    public static LogRow Read(BinaryReader reader) => new(
        reader.Read7BitEncodedInt64(),
        reader.ReadString(),
        reader.Read7BitEncodedInt64(),
        reader.ReadString(),
        ReadBytes(reader),
        reader.ReadString(),
        reader.ReadString(),
        reader.ReadString(),
        ReadBytes(reader));

    /// <summary>A writer or reader whose texts are the UTF-8 of this format.</summary>
    public static Encoding Text { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
