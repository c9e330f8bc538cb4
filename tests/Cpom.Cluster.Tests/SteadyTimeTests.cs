namespace Cpom.Cluster.Tests;

/// <summary>What Orleans is told of the time of day while the machine's clock is set.</summary>
public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly SetClock _machine = new();
    private readonly SteadyTime _told;

    public SteadyTimeTests() => _told = new(_machine);

    [Fact(DisplayName = "L'heure suit celle de la machine, et ce qui la met en avant")]
    public void Forward()
    {
        _machine.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(Noon.AddSeconds(3), _told.GetUtcNow());
        _machine.Set(TimeSpan.FromMinutes(46));
        Assert.Equal(_machine.GetUtcNow(), _told.GetUtcNow());
    }

    [Fact(DisplayName = "Une horloge mise en arrière ne retient pas ce qui attend une heure, et l'heure donnée ne recule jamais")]
    public void Back()
    {
        var due = _told.GetUtcNow().AddSeconds(2);
        _machine.Set(TimeSpan.FromMinutes(-46));
        Assert.InRange(_told.GetUtcNow(), Noon, due);
        _machine.Pass(TimeSpan.FromSeconds(2.1));
        Assert.InRange(_told.GetUtcNow(), due, due.AddSeconds(1));
    }

    [Fact(DisplayName = "L'horloge de la machine rattrape peu à peu l'heure donnée, puis la donne")]
    public void Together_again()
    {
        _machine.Set(TimeSpan.FromMinutes(-1));
        for (var minute = 0; minute < 60; minute++)
        {
            var before = _told.GetUtcNow();
            _machine.Pass(TimeSpan.FromMinutes(1));
            Assert.True(_told.GetUtcNow() > before);
        }

        Assert.Equal(_machine.GetUtcNow(), _told.GetUtcNow());
    }

    /// <summary>A machine whose clock is set by hand; the time that passes goes on as it is.</summary>
    private sealed class SetClock : TimeProvider
    {
        private TimeSpan _passed;
        private TimeSpan _shift;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() => Noon + _passed + _shift;

        public void Pass(TimeSpan time) => _passed += time;

        public void Set(TimeSpan shift) => _shift += shift;
    }
}
