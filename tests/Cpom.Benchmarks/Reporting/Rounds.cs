using System.Diagnostics;

namespace Cpom.Benchmarks;

/// <summary>
/// Ours and its references in turns (A B C A B C …), so that whatever else the machine does meets all of them alike. The first round warms up
/// and is not counted. Each turn starts on a collected heap: nobody pays for the garbage of another.
/// </summary>
internal static class Rounds
{
    public static async Task<Sample[]> Interleave(int rounds, params Func<Task<double>>[] turns)
    {
        var values = turns.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var turn = 0; turn < turns.Length; turn++)
            {
                GC.Collect();
                var value = await turns[turn]();
                if (round > 0)
                {
                    values[turn].Add(value);
                }
            }
        }

        return [.. values.Select(v => new Sample(v))];
    }

    public static async Task<double> Seconds(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Jobs by number, so many under way at once: worker w does w, w + inFlight, w + 2·inFlight…, one after the other.</summary>
    public static Task InFlight(int inFlight, int count, Func<int, Task> job) => Task.WhenAll(Enumerable.Range(0, inFlight).Select(worker => Task.Run(async () =>
    {
        for (var i = worker; i < count; i += inFlight)
        {
            await job(i);
        }
    })));
}
