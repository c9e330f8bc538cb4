namespace Cpom.Sample;

/// <summary>Culture has no say in a file that must be equal everywhere.</summary>
internal static class Text
{
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static string Compact(DateOnly date) => date.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>FINESS names are cut without ceremony at a fixed length (38 for the short one).</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : text[..length].TrimEnd();
}
