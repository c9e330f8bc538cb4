using System.Globalization;
using System.Text;

namespace Cpom.GrpcCompat;

/// <summary><c>grpc-message</c> is UTF-8 with every byte but printable ASCII, and the percent sign, written as <c>%XX</c>.</summary>
internal static class PercentEncoding
{
    public static string Encode(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length * 2);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (IsPlain((char)unit))
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Never fails: what is not an escape is kept as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var units = Encoding.UTF8.GetBytes(text);
        var decoded = new byte[units.Length];
        var length = 0;
        for (var i = 0; i < units.Length; i++)
        {
            var isEscape = units[i] == '%' && i + 2 < units.Length
                && char.IsAsciiHexDigit((char)units[i + 1]) && char.IsAsciiHexDigit((char)units[i + 2]);
            decoded[length++] = isEscape
                ? Convert.FromHexString([(char)units[i + 1], (char)units[i + 2]])[0]
                : units[i];
            i += isEscape ? 2 : 0;
        }

        return Encoding.UTF8.GetString(decoded, 0, length);
    }

    private static bool IsPlain(char unit) => unit is >= ' ' and <= '~' and not '%';
}
