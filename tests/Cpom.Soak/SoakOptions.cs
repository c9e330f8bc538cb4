using System.Globalization;

namespace Cpom.Soak;

/// <summary>What `make soak` was asked for.</summary>
/// <param name="Minutes">When the faults end; null: only the number of kills counts.</param>
/// <param name="Kills">After how many kill -9 of a process the faults end; null: only the time counts.</param>
/// <param name="Host">What is disturbed: an embedded node, or three silos and a gateway. What it is compared with is an embedded node.</param>
internal sealed record SoakOptions(double? Minutes, int? Kills, int Seed, string Store, string Host)
{
    public const string Embedded = "embedded";
    public const string Cluster = "cluster";

    private const double MinutesOtherwise = 5;

    /// <exception cref="FormatException">An option is unknown or cannot be read.</exception>
    public static SoakOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions(null, null, Random.Shared.Next(), "", Embedded);
        foreach (var argument in arguments)
        {
            options = argument.Split('=', 2) switch
            {
                ["--minutes", var text] => options with { Minutes = double.Parse(text, CultureInfo.InvariantCulture) },
                ["--kills", var text] => options with { Kills = int.Parse(text, CultureInfo.InvariantCulture) },
                ["--seed", var text] => options with { Seed = int.Parse(text, CultureInfo.InvariantCulture) },
                ["--store", var text and ("sqlite" or "postgres")] => options with { Store = text },
                ["--host", var text and (Embedded or Cluster)] => options with { Host = text },
                _ => throw new FormatException($"{argument}: --minutes=n, --kills=n, --seed=n, --store=sqlite|postgres, --host=embedded|cluster"),
            };
        }

        options = options with { Store = (options.Store, options.Host) switch { ("", Cluster) => "postgres", ("", _) => "sqlite", _ => options.Store } };
        Check(options);

        return options is { Minutes: null, Kills: null } ? options with { Minutes = MinutesOtherwise } : options;
    }

    private static void Check(SoakOptions options)
    {
        if (options is { Host: Cluster, Store: not "postgres" })
        {
            throw new FormatException("A cluster has its log in PostgreSQL.");
        }
#if !ORLEANS

        if (options.Host == Cluster)
        {
            throw new FormatException("This program is built without Orleans: there is no cluster to soak.");
        }
#endif
    }
}
