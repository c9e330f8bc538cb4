namespace Cpom.Cluster;

/// <summary>Commands of this process that are on their way to silos.</summary>
internal sealed class DoorTraffic
{
    /// <summary>So many at once are dense: with fewer, most messages would have one command whether or not they waited.</summary>
    public const int DenseMin = 8;

    private int _commands;

    public bool IsDense => Volatile.Read(ref _commands) >= DenseMin;

    public void Enter() => Interlocked.Increment(ref _commands);

    public void Leave() => Interlocked.Decrement(ref _commands);
}
