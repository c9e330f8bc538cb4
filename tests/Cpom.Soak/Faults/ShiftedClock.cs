using System.Globalization;

namespace Cpom.Soak;

/// <summary>
/// The server's wall clock, shifted by libfaketime, which reads the shift from a file. The monotonic clock goes on as it is. A start under
/// libfaketime takes three times the processor time of an ordinary one, so only the lives of the server that need it have it.
/// </summary>
internal sealed class ShiftedClock
{
    /// <summary>build/soak.sh sets it to the path of libfaketime, where Debian's package is there.</summary>
    private const string Library = "CPOM_SOAK_FAKETIME";

    private readonly string _file;
    private readonly SoakStore _store;
    private readonly Dictionary<string, string> _variables;

    private ShiftedClock(SoakStore store, string library, string file)
    {
        (_store, _file) = (store, file);
        _variables = new()
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_CACHE_DURATION"] = "1", // Seconds between two looks at the file.
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }

    /// <returns>The clock, or null where libfaketime is missing.</returns>
    public static ShiftedClock? Over(SoakStore store, string folder) => Environment.GetEnvironmentVariable(Library) is { Length: > 0 } library
        ? new(store, library, Path.Combine(folder, "clock"))
        : null;

    /// <summary>The next life of the server has a clock that can be shifted.</summary>
    public void Take()
    {
        Shift(TimeSpan.Zero);
        foreach (var (name, value) in _variables)
        {
            _store.Variables[name] = value;
        }
    }

    /// <summary>The lives after this one have the machine's own clock.</summary>
    public void Leave()
    {
        foreach (var name in _variables.Keys)
        {
            _store.Variables.Remove(name);
        }
    }

    /// <summary>A jump forward or back by up to an hour that stays on the same day: the day of recording is part of some facts.</summary>
    public TimeSpan Jump(Random random)
    {
        var minutes = DateTime.UtcNow.TimeOfDay.TotalMinutes;
        var (back, forward) = (Math.Clamp(minutes - 1, 0, 60), Math.Clamp((24 * 60) - minutes - 10, 0, 60));
        var shift = TimeSpan.FromSeconds(random.Next((int)(-60 * back), (int)(60 * forward)));
        Shift(shift);
        return shift;
    }

    private void Shift(TimeSpan shift)
    {
        // Moved into place: the server never reads half a file.
        File.WriteAllText(_file + ".new", string.Create(CultureInfo.InvariantCulture, $"{(shift < TimeSpan.Zero ? '-' : '+')}{Math.Abs(shift.TotalSeconds):0}s\n"));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
