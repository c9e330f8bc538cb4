using System.Globalization;

namespace Cpom.Soak;

/// <summary>A fault that the server survives, or the store.</summary>
internal sealed record Fault(string Name, Func<Random, CancellationToken, Task> Strike)
{
    /// <summary>How long it may take; longer is a finding.</summary>
    public TimeSpan Max { get; init; } = SoakLimits.StepMax;
}

/// <summary>The faults that a run has besides kill -9 of the server, and why it lacks the others.</summary>
internal sealed class FaultPlan
{
    private const int ClockJumps = 3;

    private readonly List<Fault> _faults = [];
    private readonly List<string> _skipped = [];

    private FaultPlan()
    {
    }

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Name and reason of each fault that this machine or this store does not have.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    public static FaultPlan Of(Platform platform, SoakStore store, Journal journal, ShiftedClock? clock, string diskReason)
    {
        var plan = new FaultPlan();
        plan._faults.AddRange(platform.Faults);
        plan.AddPostgres(store as PostgresSoakStore, journal);
        plan.AddDisk(store, journal, diskReason);
        plan.AddClock(platform, clock, journal);
        return plan;
    }

    /// <summary>Jumps, each with work after it, in one life of the server; the next kill ends it. Of a cluster all processes jump together, and one of them is then killed.</summary>
    private void AddClock(Platform platform, ShiftedClock? clock, Journal journal)
    {
        if (clock is null)
        {
            _skipped.Add("clock: libfaketime is not installed");
            return;
        }

        _faults.Add(new Fault("clock", async (random, token) =>
        {
            clock.Take();
            await platform.Stop(token);
            await platform.StartShifted(token);
            clock.Leave();
            for (var jump = 0; jump < ClockJumps; jump++)
            {
                journal.Say(string.Create(CultureInfo.InvariantCulture, $"clock shifted by {clock.Jump(random)}"));
                await journal.WaitFor(random.Next(1, 10)).WaitAsync(token);
            }

            if (platform is SiloCluster)
            {
                await platform.Kill(); // It ends in disorder, and its clock was another one.
                await platform.Start(token); // By the machine's clock, among silos that have another.
                await journal.WaitFor(random.Next(1, 10)).WaitAsync(token);
                await platform.Stop(token);
                await platform.Start(token);
            }
        }) with
        {
            Max = SoakLimits.StepMax * 2, // Three starts, one of them under libfaketime.
        });
    }

    private void AddPostgres(PostgresSoakStore? postgres, Journal journal)
    {
        if (postgres is null)
        {
            _skipped.Add("relay: with SQLite it has no connection of its own that could be cut from outside; it dies with the server");
            _skipped.Add("postmaster: this run is on SQLite");
            return;
        }

        Add("relay", (random, _) =>
        {
            journal.Say($"{postgres.CutRelay()} connections cut");
            return journal.WaitFor(random.Next(1, 5));
        });
        Add("postmaster", (random, _) =>
        {
            postgres.KillPostmaster();
            return journal.WaitFor(random.Next(1, 5));
        });
    }

    private void AddDisk(SoakStore store, Journal journal, string reason)
    {
        if (store.Disk is not { } disk)
        {
            _skipped.Add($"disk full: {reason}");
            _skipped.Add($"disk slow: {reason}");
            return;
        }

        Add("disk full", async (random, token) =>
        {
            disk.Fill();
            await journal.WaitForBroken().WaitAsync(SoakLimits.PauseMax, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Felt, or there was room in what the store had taken before.
            disk.Empty();
            (store as PostgresSoakStore)?.StartIfDown();
            await journal.WaitFor(random.Next(1, 5)).WaitAsync(token);
        });
        Add("disk slow", async (random, token) => await LoopDisk.Freeze(disk.Folder, SoakLimits.Pause(random), token));
    }

    private void Add(string name, Func<Random, CancellationToken, Task> strike) => _faults.Add(new(name, strike));
}
