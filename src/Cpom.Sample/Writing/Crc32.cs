namespace Cpom.Sample.Writing;

/// <summary>
/// CRC-32 as gzip wants it (RFC 1952 section 8), and what the base library does not offer: the checksum of two texts from
/// the checksums of each, so that a part compressed once can stand in many files.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[][] Tables = BuildTables();

    /// <summary>Goes on from a state that began as all ones; eight bytes a step ("slicing by 8", Kounavis and Berry 2005).</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        while (data.Length >= Slices)
        {
            var low = crc ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data);
            crc = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][data[4]] ^ Tables[2][data[5]] ^ Tables[1][data[6]] ^ Tables[0][data[7]];
            data = data[Slices..];
        }

        foreach (var value in data)
        {
            crc = Tables[0][(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    /// <summary>The finished checksum of a text and another after it, from their finished checksums and the length of the second.</summary>
    public static uint Combine(uint first, uint second, long secondLength)
    {
        // Bytes of zero after the first text multiply its checksum by x^8 each, modulo the polynomial (bits reversed: 1 is the top bit).
        var factor = 1u << 31;
        var power = 1u << 23;
        for (var n = secondLength; n > 0; n >>= 1)
        {
            factor = (n & 1) != 0 ? Multiply(factor, power) : factor;
            power = Multiply(power, power);
        }

        return Multiply(first, factor) ^ second;
    }

    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (var bit = 31; bit >= 0; bit--)
        {
            product ^= ((a >> bit) & 1) != 0 ? b : 0;
            b = (b & 1) != 0 ? Polynomial ^ (b >> 1) : b >> 1;
        }

        return product;
    }

    private static uint[][] BuildTables()
    {
        var tables = Enumerable.Range(0, Slices).Select(_ => new uint[256]).ToArray();
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++)
            {
                c = (c & 1) != 0 ? Polynomial ^ (c >> 1) : c >> 1;
            }

            tables[0][n] = c;
        }

        for (var slice = 1; slice < Slices; slice++)
        {
            for (var n = 0; n < 256; n++)
            {
                var before = tables[slice - 1][n];
                tables[slice][n] = tables[0][before & 0xFF] ^ (before >> 8);
            }
        }

        return tables;
    }
}
