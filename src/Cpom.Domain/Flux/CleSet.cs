using System.Text;

namespace Cpom.Domain.Flux;

/// <summary>
/// Sets of numbers that a snapshot states, small enough to be stored with each file: sorted, each as its difference from the one before, in
/// digits of five bits. A FINESS number is its own key; anything else is a hash of 48 bits, of which a hundred thousand meet by chance once
/// in some fifty thousand sets.
/// </summary>
public static class CleSet
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-";
    private const int DigitBits = 5;
    private const long DigitMask = (1 << DigitBits) - 1;
    private const long HashMask = (1L << 48) - 1;

    public static long KeyOf(string number) => Finess.IsValid(number) ? Ordinal(number) : HashMask + 1 + Hash(number);

    public static string Pack(IEnumerable<long> keys)
    {
        var packed = new StringBuilder();
        long last = 0;
        foreach (var key in keys.Distinct().Order())
        {
            var difference = key - last;
            for (; difference > DigitMask; difference >>= DigitBits)
            {
                packed.Append(Digits[(int)(difference & DigitMask) + (1 << DigitBits)]);
            }

            packed.Append(Digits[(int)difference]);
            last = key;
        }

        return packed.ToString();
    }

    public static IEnumerable<long> Unpack(string packed)
    {
        var (last, difference, shift) = (0L, 0L, 0);
        foreach (var digit in packed)
        {
            var value = ValueOf(digit);
            difference |= (value & DigitMask) << shift;
            shift += DigitBits;
            if (value <= DigitMask)
            {
                last += difference;
                (difference, shift) = (0, 0);
                yield return last;
            }
        }
    }

    private static long ValueOf(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'z' => digit - 'a' + 10,
        >= 'A' and <= 'Z' => digit - 'A' + 36,
        '+' => 62,
        _ => 63,
    };

    /// <summary>The first two characters, of which the second may be a letter, and seven digits.</summary>
    private static long Ordinal(string finess)
    {
        long number = ((finess[0] - '0') * 36) + (char.IsAsciiDigit(finess[1]) ? finess[1] - '0' : finess[1] - 'A' + 10);
        return finess[2..].Aggregate(number, (sum, digit) => (sum * 10) + (digit - '0'));
    }

    /// <summary>FNV-1a, folded to 48 bits: the same on every machine and for ever, since it is stored.</summary>
    private static long Hash(string text)
    {
        var hash = Encoding.UTF8.GetBytes(text).Aggregate(14695981039346656037UL, (sum, octet) => unchecked((sum ^ octet) * 1099511628211UL));
        return (long)(hash ^ (hash >> 48)) & HashMask;
    }
}
