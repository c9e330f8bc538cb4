namespace Cpom.Benchmarks;

/// <summary>One quantity, measured once per round.</summary>
internal sealed class Sample(params IEnumerable<double> rounds)
{
    private readonly double[] _sorted = [.. rounds.Order()];

    public double Median => At(0.5);

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    /// <summary>The smallest value that at least this part of all do not exceed.</summary>
    public double At(double part) => _sorted[Math.Clamp((int)Math.Ceiling(part * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
