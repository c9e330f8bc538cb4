namespace Cpom.Sample;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): 64 bits of state, the same numbers on every machine and every runtime,
/// which <see cref="System.Random"/> does not promise.
/// </summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for one purpose, so that a change in one part does not shift all others.</summary>
    public static SampleRandom For(ulong seed, string purpose, int index = 0)
    {
        // FNV-1a over UTF-16 code units: string.GetHashCode differs from run to run.
        var hash = 14695981039346656037UL;
        foreach (var unit in purpose)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return new SampleRandom(Mix(seed ^ hash) + Mix((ulong)index + 1));
    }

    /// <summary>An integer in [0, bound). The bias of the modulo is below 2^-40 for the bounds used here.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        _state += 0x9E3779B97F4A7C15UL;
        return (int)(Mix(_state) % (ulong)bound);
    }

    /// <summary>An integer in [low, high], both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Fisher-Yates, in place.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
