namespace Cpom.Fuzz;

/// <summary>Texts and days that programs stumble over.</summary>
internal static class Hostile
{
    private static readonly string Long = new('é', 40_000);

    public static readonly string[] Days =
        ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59", "1899-12-30", "2026-02-29", "2024-02-29", "2026-13-01", "31/12/2026", "99/99/9999", "2026-1-1", "00000000", "2026-03-01"];

    public static readonly string[] Numbers =
        ["0", "-0", "-1", "1e400", "-1e-400", "2147483648", "-2147483649", "9223372036854775808", "79228162514264337593543950336", "0.1", "1E5", "NaN", "Infinity", "0x10", "١٢", "1 000,50", "1.000.000,5", "+5", "00012",
            "0.00000000000000000000000000001", "999999999999999999999999999.99"];

    /// <summary>Well-formed Unicode: what may come over the wire.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "\u00A0", "\t", "\r\n", "\0", "a\0b", "\uFEFF", "é", "e\u0301", "ﬁ", "İ", "ß", "😀", "👨‍👩‍👧‍👦", "\u202E\u0645\u0631\u062D\u0628\u0627", "\u200B", "\u2028", "Ł’hôpital « œuvre »", "<b>&amp;</b>", "';--", "\"", "\\", "../../etc/passwd",
        "%00", "${x}", "{0}", "-", "/", "#", "contrats/", "99-C1/avenants/1", "null", "true", "[]", "{}", Long, new string('a', 451), new string('\u0301', 2_000), "Ａ", "\uFFFD", "\uFFFF", "\U0010FFFF",
    ];

    /// <summary>Not even text.</summary>
    public static readonly string[] Broken = ["\uD800", "\uDC00", "a\uD83D", "\uDE00\uD83D", "x\uD800\uD800y"];

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public static bool Chance(this Random random, int percent) => random.Next(100) < percent;

    /// <summary>Mostly small, sometimes at an edge.</summary>
    public static int Whole(this Random random) => random.Next(6) switch
    {
        0 => random.Pick([0, -1, int.MaxValue, int.MinValue, 5, 450, 451, 1_000_000]),
        _ => random.Next(0, 8),
    };
}
