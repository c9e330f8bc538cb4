namespace Cpom.Soak;

/// <summary>The bounds of a run. Past one of the waits something is stuck, and the run says where.</summary>
internal static class SoakLimits
{
    /// <summary>Far more than any step needs on a loaded machine.</summary>
    public static readonly TimeSpan StepMax = TimeSpan.FromMinutes(3);

    /// <summary>A call that is not answered by then is broken, and sent again.</summary>
    public static readonly TimeSpan CallMax = TimeSpan.FromSeconds(45);

    /// <summary>What a client pauses before it asks a server again that has just failed it: the server's own advice when it is busy.</summary>
    public static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest that a process or a disk stands still.</summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(1500);

    /// <summary>How long it stands still this time.</summary>
    public static TimeSpan Pause(Random random) => PauseMin + ((PauseMax - PauseMin) * random.NextDouble());

    /// <summary>Kills between two checks of everything.</summary>
    public const int CheckEveryKills = 100;

    /// <summary>Resident memory of the server, in bytes: every queue is bounded, so this is too.</summary>
    public const long ResidentBytesMax = 1L << 30;

    public const int ContratClients = 4;

    public const int Watchers = 2;

    /// <summary>Days of change of the region that is imported.</summary>
    public const int RegionDays = 40;
}
