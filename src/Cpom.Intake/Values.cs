using System.Globalization;
using System.Text;

namespace Cpom.Intake;

/// <summary>How values are written in the sources, and what they mean. Pure.</summary>
public static class Values
{
    /// <summary>FINESS+ writes this day where it knows none.</summary>
    private static readonly DateOnly Sentinel = new(1900, 1, 1);

    private static readonly string[] DateFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "dd/MM/yyyy", "dd/MM/yyyy HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyyMMdd"];

    /// <summary>Trimmed, or null when nothing is left.</summary>
    public static string? Blank(string? written) => string.IsNullOrWhiteSpace(written) ? null : written.Trim();

    /// <summary>D-01. The number without the spaces that web pages put in it, or null when it is none.</summary>
    public static string? Finess(string? written)
    {
        if (written is null)
        {
            return null;
        }
        var text = IsFiness(written) ? written : new string([.. written.Where(c => !char.IsWhiteSpace(c))]).ToUpperInvariant();
        return IsFiness(text) ? text : null;
    }

    private static bool IsFiness(string text) =>
        text.Length == 9
        && char.IsAsciiDigit(text[0])
        && (char.IsAsciiDigit(text[1]) || char.IsAsciiLetterUpper(text[1]))
        && !text.AsSpan(2).ContainsAnyExceptInRange('0', '9');

    /// <summary>The day written, null for the sentinel 1900-01-01; false when it is no date. Hours are dropped.</summary>
    public static bool TryDate(string written, out DateOnly? date)
    {
        var read = DateTime.TryParseExact(written, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant);
        var day = DateOnly.FromDateTime(instant);
        date = !read || day == Sentinel ? null : day;
        return read;
    }

    /// <summary>A date and hour of FINESS+ (<c>AAAA-MM-JJ[ hh:mm:ss]</c>) straight from UTF-8; null for the sentinel.</summary>
    public static bool TryInstant(ReadOnlySpan<byte> written, out DateTime? instant)
    {
        instant = null;
        if (written.Length is not (10 or 19) || written[4] != '-' || written[7] != '-'
            || !TryDigits(written[..4], out var year) || !TryDigits(written[5..7], out var month) || !TryDigits(written[8..10], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }
        var read = new DateTime(year, month, day);
        if (written.Length == 19)
        {
            if (written[10] is not ((byte)' ' or (byte)'T') || written[13] != ':' || written[16] != ':'
                || !TryDigits(written[11..13], out var hour) || !TryDigits(written[14..16], out var minute)
                || !TryDigits(written[17..19], out var second) || hour > 23 || minute > 59 || second > 59)
            {
                return false;
            }
            read = read.Add(new TimeSpan(hour, minute, second));
        }
        instant = DateOnly.FromDateTime(read) == Sentinel ? null : read;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> written, out int number)
    {
        number = 0;
        foreach (var digit in written)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }
            number = (number * 10) + (digit - '0');
        }
        return true;
    }

    /// <summary>An amount in euros: point or comma, any kind of space, a sign. A text with both marks is refused as ambiguous.</summary>
    public static bool TryAmount(string? written, out decimal amount)
    {
        amount = 0;
        if (Blank(written) is not { } text)
        {
            return false;
        }
        var bare = new string([.. text.Where(c => !char.IsWhiteSpace(c) && c != '€')]);
        if (bare.Contains(',', StringComparison.Ordinal) && bare.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(bare.Replace(',', '.'), Style, CultureInfo.InvariantCulture, out amount);
    }

    /// <summary>The département of an INSEE commune: two characters, three overseas. Null when there is no commune.</summary>
    public static string? DepartementOf(string? commune) => commune switch
    {
        { Length: 5 } when commune.StartsWith("97", StringComparison.Ordinal) || commune.StartsWith("98", StringComparison.Ordinal) => commune[..3],
        { Length: 5 } => commune[..2],
        _ => null,
    };

    /// <summary>
    /// The INSEE commune of a flux record, which writes three digits and the département apart. Overseas it writes 9A to 9J
    /// for the département and the three digits hold the third digit of 971 to 978, so the commune is "97" and those digits.
    /// </summary>
    public static string? CommuneOf(string? departement, string? commune)
    {
        if (departement is not { Length: 2 } || commune is not { Length: 3 })
        {
            return null;
        }
        var isOverseas = departement[0] == '9' && char.IsAsciiLetter(departement[1]);
        return (isOverseas ? "97" : departement) + commune;
    }

    /// <summary>
    /// A header or a keyword without case, accents, or marks between words: "Année Campagne HAPI" gives "annee_campagne_hapi".
    /// The table is our own because the platform runs in invariant globalization, where Unicode decomposition is not at hand.
    /// </summary>
    public static string Fold(string written)
    {
        var folded = new StringBuilder(written.Length);
        foreach (var c in written)
        {
            if (Plain(c) is { } plain)
            {
                folded.Append(plain);
            }
            else if (folded.Length > 0 && folded[^1] != '_' && char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append('_');
            }
        }
        return folded.ToString().TrimEnd('_');
    }

    private static string? Plain(char c) => char.ToLowerInvariant(c) switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => char.ToLowerInvariant(c).ToString(),
        'à' or 'â' or 'ä' or 'á' => "a",
        'é' or 'è' or 'ê' or 'ë' => "e",
        'î' or 'ï' or 'í' => "i",
        'ô' or 'ö' or 'ó' => "o",
        'ù' or 'û' or 'ü' or 'ú' => "u",
        'ç' => "c",
        'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        '°' or 'º' => "",
        _ => null,
    };

    /// <summary>A written value as shown in a fault: short, on one line.</summary>
    internal static string Quote(string? written)
    {
        const int ShownCharsMax = 60;
        var text = (written ?? "").ReplaceLineEndings(" ");
        return text.Length <= ShownCharsMax ? text : text[..ShownCharsMax] + "…";
    }
}
