using System.Globalization;

namespace Cpom.Benchmarks;

/// <summary>Numbers as the table shows them: three digits that count.</summary>
internal static class Figures
{
    public static string Show(double? value) => value switch
    {
        null => "—",
        { } v when Math.Abs(v) >= 100 => v.ToString("#,0", CultureInfo.InvariantCulture),
        { } v when Math.Abs(v) >= 10 => v.ToString("0.0", CultureInfo.InvariantCulture),
        { } v when Math.Abs(v) >= 1 => v.ToString("0.00", CultureInfo.InvariantCulture),
        { } v => v.ToString("0.000", CultureInfo.InvariantCulture),
    };

    public static string Range(Sample sample) => $"{Show(sample.Min)}…{Show(sample.Max)}";
}
