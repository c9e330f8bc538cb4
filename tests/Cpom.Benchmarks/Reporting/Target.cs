using System.Globalization;

namespace Cpom.Benchmarks;

/// <summary>What a figure must reach: a bound on the ratio of ours to the reference, or on ours alone.</summary>
internal sealed record Target(bool OnRatio, bool AtLeast, double Bound)
{
    public static Target RatioAtLeast(double bound) => new(OnRatio: true, AtLeast: true, bound);

    public static Target RatioAtMost(double bound) => new(OnRatio: true, AtLeast: false, bound);

    public static Target AtMost(double bound) => new(OnRatio: false, AtLeast: false, bound);

    public bool IsMet(double ours, double? ratio)
    {
        var value = OnRatio ? ratio ?? throw new InvalidOperationException("A bound on a ratio needs a reference.") : ours;
        return AtLeast ? value >= Bound : value <= Bound;
    }

    public string Text(string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? "≥" : "≤")} {Bound:0.###} {(OnRatio ? "×" : unit)}");
}
