using System.Diagnostics;
using System.Globalization;

namespace Cpom.Fuzz;

/// <summary>Plays cases of one target, minimises what fails, writes it down.</summary>
internal static class FuzzRun
{
    /// <summary>Different failures reported by one run: beyond it they are the same few again.</summary>
    private const int FindingsMax = 10;

    /// <summary>Where findings and the summary go; git ignores it.</summary>
    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "fuzz")).FullName;

    public static FuzzCase Whole(FuzzTarget target, int seed, int number) =>
        new(target.Name, seed, number, [.. Enumerable.Range(0, 1 + new Random(unchecked(seed + (number * 31))).Next(target.StepsMax))]);

    /// <returns>What to read about each finding; empty when there is none.</returns>
    public static async Task<IReadOnlyList<string>> Play(FuzzTarget target, FuzzPlan plan, int cases)
    {
        var clock = Stopwatch.StartNew();
        var found = new Dictionary<string, string>();
        var number = 0;
        for (; plan.Seconds > 0 ? clock.Elapsed.TotalSeconds < plan.Seconds : number < cases; number++)
        {
            var whole = Whole(target, plan.Seed, number);
            if (await PlaySafely(target, whole) is { } finding && !found.ContainsKey(KeyOf(finding)))
            {
                found[KeyOf(finding)] = await Tell(target, whole, finding);
                if (found.Count == FindingsMax)
                {
                    break;
                }
            }
        }

        var line = string.Create(CultureInfo.InvariantCulture,
            $"fuzz {target.Name}: seed {plan.Seed}, {number} cases, {number / clock.Elapsed.TotalSeconds:F0} a second, {found.Count} findings");
        await File.AppendAllTextAsync(Path.Combine(Folder, "summary.txt"), line + "\n");
        Console.WriteLine(line);
        return [.. found.Values];
    }

    /// <summary>An exception is a finding too: nothing of the product may let one out.</summary>
    public static async Task<Finding?> PlaySafely(FuzzTarget target, FuzzCase played)
    {
        try
        {
            return await target.Play(played);
        }
        catch (Exception thrown)
        {
            return new($"exception {thrown.GetType().Name}", thrown.ToString());
        }
    }

    /// <summary>Leaves out every step without which the same promise is still broken, halves first (delta debugging).</summary>
    public static async Task<FuzzCase> Minimise(FuzzTarget target, FuzzCase whole, Finding finding)
    {
        var kept = whole;
        for (var size = Math.Max(1, kept.Steps.Count / 2); size >= 1; size /= 2)
        {
            for (var at = 0; at < kept.Steps.Count;)
            {
                var fewer = kept with { Steps = [.. kept.Steps.Take(at), .. kept.Steps.Skip(at + size)] };
                if ((await PlaySafely(target, fewer))?.Oracle == finding.Oracle)
                {
                    kept = fewer;
                }
                else
                {
                    at += size;
                }
            }
        }

        return kept;
    }

    private static async Task<string> Tell(FuzzTarget target, FuzzCase whole, Finding finding)
    {
        var smallest = await Minimise(target, whole, finding);
        var said = await PlaySafely(target, smallest) ?? new("gone", $"Played again it does not fail; at first: {finding.Oracle}: {finding.Detail}");
        var text = $"{said.Oracle}\n{smallest.Again}\n{said.Detail}\n";
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{target.Name}-{whole.Seed}-{whole.Number}.txt"), text);
        return text;
    }

    /// <summary>The same promise broken at the same place of the program, as far as the first own frame tells.</summary>
    private static string KeyOf(Finding finding) =>
        finding.Oracle + finding.Detail.Split('\n').FirstOrDefault(l => l.Contains("at Cpom.", StringComparison.Ordinal));

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at.Parent is not null && !File.Exists(Path.Combine(at.FullName, "Cpom.Orleans.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }
}
