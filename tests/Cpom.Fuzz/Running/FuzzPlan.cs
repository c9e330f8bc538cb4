using System.Globalization;

namespace Cpom.Fuzz;

/// <summary>How much is played, from the environment: <c>make test</c> a fixed number of cases of one seed, <c>make fuzz</c> minutes of another.</summary>
/// <param name="Seconds">For each target; 0 to play a fixed number of cases.</param>
internal sealed record FuzzPlan(int Seed, int Seconds)
{
    /// <summary>The suite must say the same of the same program: chance belongs to <c>make fuzz</c>.</summary>
    private const int SeedOfSuite = 20_260_901;

    public static FuzzPlan Current { get; } = new(Number("CPOM_FUZZ_SEED", SeedOfSuite), Number("CPOM_FUZZ_SECONDS", 0));

    /// <summary>The one case that CPOM_FUZZ_CASE names ("target:number" or "target:number:steps"), or null.</summary>
    public static FuzzCase? Asked(IReadOnlyList<FuzzTarget> targets)
    {
        if (Environment.GetEnvironmentVariable("CPOM_FUZZ_CASE") is not { Length: > 0 } told)
        {
            return null;
        }

        var parts = told.Split(':');
        var target = targets.Single(t => t.Name == parts[0]);
        var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return parts.Length > 2
            ? new(target.Name, Current.Seed, number, [.. parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => int.Parse(s, CultureInfo.InvariantCulture))])
            : FuzzRun.Whole(target, Current.Seed, number);
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : otherwise;
}
