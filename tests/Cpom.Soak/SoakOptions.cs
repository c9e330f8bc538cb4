using System.Globalization;

namespace Cpom.Soak;

/// <summary>What `make soak` was asked for.</summary>
/// <param name="Minutes">When the faults end; null: only the number of kills counts.</param>
/// <param name="Kills">After how many kill -9 of the server the faults end; null: only the time counts.</param>
internal sealed record SoakOptions(double? Minutes, int? Kills, int Seed, string Store)
{
    private const double MinutesOtherwise = 5;

    /// <exception cref="FormatException">An option is unknown or cannot be read.</exception>
    public static SoakOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions(null, null, Random.Shared.Next(), "sqlite");
        foreach (var argument in arguments)
        {
            options = argument.Split('=', 2) switch
            {
                ["--minutes", var text] => options with { Minutes = double.Parse(text, CultureInfo.InvariantCulture) },
                ["--kills", var text] => options with { Kills = int.Parse(text, CultureInfo.InvariantCulture) },
                ["--seed", var text] => options with { Seed = int.Parse(text, CultureInfo.InvariantCulture) },
                ["--store", var text and ("sqlite" or "postgres")] => options with { Store = text },
                _ => throw new FormatException($"{argument}: --minutes=n, --kills=n, --seed=n, --store=sqlite|postgres"),
            };
        }

        return options is { Minutes: null, Kills: null } ? options with { Minutes = MinutesOtherwise } : options;
    }
}
