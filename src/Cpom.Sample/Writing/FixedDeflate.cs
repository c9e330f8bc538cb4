using System.Buffers.Binary;
using System.Numerics;

namespace Cpom.Sample.Writing;

/// <summary>
/// Deflate (RFC 1951) with the fixed Huffman code and a greedy search of one candidate per hash: about a tenth of the
/// size on FINESS+ JSON, and never two answers for one input. Codes are looked up, not computed: compression is most of
/// what writing a country costs.
/// </summary>
internal sealed class FixedDeflate(Stream target)
{
    private const int HashBits = 15;
    private const int WindowSize = 32 * 1024;
    private const int MatchMin = 4;
    private const int MatchMax = 258;
    private const int EndOfBlock = 256;

    private static readonly int[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly int[] LengthExtra =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly (uint Bits, int Count)[] Symbols = [.. Enumerable.Range(0, 288).Select(SymbolOf)];
    private static readonly (uint Bits, int Count)[] Lengths = [.. Enumerable.Range(0, MatchMax + 1).Select(LengthOf)];
    private static readonly uint[] DistanceCodes = [.. Enumerable.Range(0, 30).Select(d => Reverse((uint)d, 5))];

    private readonly int[] _heads = new int[1 << HashBits];
    private readonly byte[] _out = new byte[64 * 1024];
    private int _outFilled;
    private ulong _bits;
    private int _bitCount;

    /// <summary>One block with the fixed code; the last one is padded to a byte and flushed.</summary>
    public void WriteBlock(ReadOnlySpan<byte> data, bool last)
    {
        Array.Fill(_heads, -1);
        Put(last ? 3u : 2u, 3);
        var at = 0;
        while (at < data.Length)
        {
            var (length, distance) = FindMatch(data, at);
            if (length == 0)
            {
                var symbol = Symbols[data[at]];
                Put(symbol.Bits, symbol.Count);
                at++;
            }
            else
            {
                PutMatch(length, distance);
                at += length;
            }
        }

        Put(Symbols[EndOfBlock].Bits, Symbols[EndOfBlock].Count);
        if (last)
        {
            PadAndDrain();
        }
    }

    /// <summary>
    /// An empty stored block, which ends on a byte: what follows may be blocks made elsewhere (what zlib calls a full
    /// flush, as no match reaches back over a block here).
    /// </summary>
    public void Align()
    {
        Put(0, 3);
        PadAndDrain();
        target.Write([0, 0, 0xFF, 0xFF]);
    }

    private (int Length, int Distance) FindMatch(ReadOnlySpan<byte> data, int at)
    {
        if (at + MatchMin > data.Length)
        {
            return (0, 0);
        }

        var key = BinaryPrimitives.ReadUInt32LittleEndian(data[at..]);
        var slot = (int)((key * 2654435761u) >> (32 - HashBits));
        var candidate = _heads[slot];
        _heads[slot] = at;
        if (candidate < 0 || at - candidate > WindowSize)
        {
            return (0, 0);
        }

        var limit = Math.Min(MatchMax, data.Length - at);
        var length = data.Slice(candidate, limit).CommonPrefixLength(data.Slice(at, limit));
        return length < MatchMin ? (0, 0) : (length, at - candidate);
    }

    // A distance of 1 to 4 has a code of its own; from there each power of two has two codes, told apart by its second bit.
    private void PutMatch(int length, int distance)
    {
        var (bits, count) = Lengths[length];
        Put(bits, count);
        var less = (uint)distance - 1;
        var extra = Math.Max(0, BitOperations.Log2(less | 1) - 1);
        var code = 2 * extra + (int)(less >> extra);
        Put(DistanceCodes[code] | ((less & ((1u << extra) - 1)) << 5), 5 + extra);
    }

    private static (uint Bits, int Count) LengthOf(int length)
    {
        if (length < LengthBase[0])
        {
            return default;
        }

        var code = Array.FindLastIndex(LengthBase, b => b <= length);
        var (bits, count) = SymbolOf(257 + code);
        return (bits | ((uint)(length - LengthBase[code]) << count), count + LengthExtra[code]);
    }

    // RFC 1951 section 3.2.6.
    private static (uint Bits, int Count) SymbolOf(int symbol) => symbol switch
    {
        < 144 => (Reverse((uint)(0x30 + symbol), 8), 8),
        < 256 => (Reverse((uint)(0x190 + symbol - 144), 9), 9),
        < 280 => (Reverse((uint)(symbol - 256), 7), 7),
        _ => (Reverse((uint)(0xC0 + symbol - 280), 8), 8),
    };

    // Huffman codes are packed from the most significant bit on, everything else from the least.
    private static uint Reverse(uint value, int count)
    {
        uint result = 0;
        for (var i = 0; i < count; i++)
        {
            result = (result << 1) | ((value >> i) & 1);
        }

        return result;
    }

    // At most 18 bits come at once, so 31 waiting and these always fit.
    private void Put(uint value, int count)
    {
        _bits |= (ulong)value << _bitCount;
        _bitCount += count;
        if (_bitCount < 32)
        {
            return;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_out.AsSpan(_outFilled), (uint)_bits);
        _outFilled += sizeof(uint);
        _bits >>= 32;
        _bitCount -= 32;
        if (_outFilled == _out.Length)
        {
            Drain();
        }
    }

    private void PadAndDrain()
    {
        for (; _bitCount > 0; _bitCount -= 8)
        {
            _out[_outFilled++] = (byte)_bits;
            _bits >>= 8;
        }

        _bitCount = 0;
        Drain();
    }

    private void Drain()
    {
        target.Write(_out.AsSpan(0, _outFilled));
        _outFilled = 0;
    }
}
