using System.Globalization;

namespace Cpom.Fuzz;

/// <summary>One case: everything in it is drawn from these three, so that it can be played again by its name.</summary>
/// <param name="Steps">Which of the case's steps are played; the minimiser leaves out those that do not matter.</param>
internal sealed record FuzzCase(string Target, int Seed, int Number, IReadOnlyList<int> Steps)
{
    /// <summary>What the case does before and besides its steps.</summary>
    public Random Setting() => Draw(-1);

    /// <summary>A step's own source: leaving out another step does not change it.</summary>
    public Random Step(int step) => Draw(step);

    /// <summary>The command that plays exactly this again.</summary>
    public string Again => string.Create(CultureInfo.InvariantCulture,
        $"CPOM_FUZZ_SEED={Seed} CPOM_FUZZ_CASE={Target}:{Number}:{string.Join(',', Steps)} dotnet test tests/Cpom.Fuzz -c Release --filter Replay");

    // Not HashCode: it differs from process to process.
    private Random Draw(int step) => new(unchecked((((Seed * 31) + (Number * 7919)) * 31) + (step * 104_729) + Target.Sum(c => c * 17)));
}

/// <summary>What a case showed.</summary>
/// <param name="Oracle">Which promise is broken; the minimiser keeps it.</param>
internal sealed record Finding(string Oracle, string Detail);

/// <summary>Something that is fuzzed.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Steps of a new case: at least one.</summary>
    public abstract int StepsMax { get; }

    /// <summary>Plays a case from a fresh start. Null when every oracle holds.</summary>
    public abstract Task<Finding?> Play(FuzzCase played);
}
