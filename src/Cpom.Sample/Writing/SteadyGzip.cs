namespace Cpom.Sample.Writing;

/// <summary>
/// A gzip file (RFC 1952) whose bytes depend on the input alone. The runtime's own GZipStream is not used on purpose: its
/// compressor chooses differently per processor and per runtime version, and its header names the operating system, so
/// equal seeds would give unequal files.
/// </summary>
internal static class SteadyGzip
{
    public static void Write(Stream target, Action<DeflateBlocks> write)
    {
        // Magic, method 8, no flags, mtime 0, no extra flags, operating system 255 = unknown.
        target.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]);
        using var blocks = new DeflateBlocks(target);
        write(blocks);
        blocks.End(last: true);
        Span<byte> end = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(end, blocks.Crc);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(end[4..], (uint)blocks.Length);
        target.Write(end);
    }
}
