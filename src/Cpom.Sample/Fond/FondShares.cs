namespace Cpom.Sample.Fond;

/// <summary>
/// A total dealt out over a row of shares by their weights, which come round in a cycle: what each one gets, and where its
/// part begins, is arithmetic, so nothing is held however long the row. All parts together are the total.
/// </summary>
internal sealed class FondShares
{
    private readonly long[] _before;
    private readonly long _all;
    private readonly int _total;

    public FondShares(int total, int count, IReadOnlyList<int> weights)
    {
        _before = new long[weights.Count + 1];
        for (var i = 0; i < weights.Count; i++)
        {
            _before[i + 1] = _before[i] + weights[i];
        }

        _total = total;
        _all = Math.Max(1, WeightBefore(count));
    }

    /// <summary>What those before this one get, which is also the number of the first thing that this one gets.</summary>
    public int Before(int index) => (int)(_total * WeightBefore(index) / _all);

    private long WeightBefore(int index) => index / (_before.Length - 1) * _before[^1] + _before[index % (_before.Length - 1)];
}
