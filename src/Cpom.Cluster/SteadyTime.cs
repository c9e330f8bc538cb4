namespace Cpom.Cluster;

/// <summary>
/// The wall clock as Orleans is told it: it goes forward with the machine's, and not back. Orleans waits until a time of day: a clock that is set back by an hour
/// would keep every timer that is set for as long, the probes among them, and a silo that dies would be missed by nobody (decision 0027). What is recorded
/// has the machine's own time.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    /// <summary>By how much slower it goes while it is ahead of the machine's clock, until that has come up with it.</summary>
    private const double Slowing = 0.02;

    private readonly Lock _lock = new();
    private DateTimeOffset _now = time.GetUtcNow();
    private long _toldAt = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var (machine, stamp) = (time.GetUtcNow(), time.GetTimestamp());
            var steady = _now + ((1 - Slowing) * time.GetElapsedTime(_toldAt, stamp));
            (_now, _toldAt) = (machine > steady ? machine : steady, stamp);
            return _now;
        }
    }
}
