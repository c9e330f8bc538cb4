using System.Globalization;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Runtime;
using Cpom.Server;
using Cpom.Storage;
using Cpom.TestKit;
using Xunit.Abstractions;

namespace Cpom.Resilience.Tests;

/// <summary>What time alone brings, against the death of the process that tells it. CPOM_SEED repeats a run.</summary>
public sealed class KilledDayTests(ITestOutputHelper output)
{
    private const int Contrats = 300;
    private const int Kills = 5;
    private static readonly TimeSpan StepMax = TimeSpan.FromSeconds(90);

    /// <summary>The contrats of five years that nobody has touched, and that are long over.</summary>
    private static readonly DateOnly Debut = new(2019, 1, 1);

    [Fact(DisplayName = "R-087 R-109 Tué cinq fois pendant qu'il rattrape des années de jours, le serveur dit de chaque contrat ce qu'elles ont apporté, une fois")]
    public async Task Killed_while_a_day_is_told()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CPOM_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"CPOM_SEED={seed}");
        using var folder = new TemporaryFolder();
        var data = folder.File("data");
        var known = await Write(data);
        var brought = Brought(known);
        var (first, last) = ((long)Contrats * known.Count, (long)Contrats * (known.Count + brought.Count));

        var random = new Random(seed);
        foreach (var position in Enumerable.Range(0, Kills).Select(_ => random.NextInt64(first + 1, last)).Order())
        {
            await Run(data, position, server => server.Kill());
        }

        await Run(data, last, server => server.Stop(new CancellationTokenSource(StepMax).Token).GetAwaiter().GetResult());
        await using var store = await Open(data);
        var told = (await Histories.ReadLog(store, CancellationToken.None)).Where(e => e.Position > first).ToList();
        Assert.All(told, e => Assert.Equal("horloge", e.Provenance.Author));
        Assert.Equal(Contrats, told.Select(e => e.Actor).Distinct().Count());
        Assert.All(told.GroupBy(e => e.Actor), facts => Assert.Equal(brought, facts.OrderBy(e => e.Version).Select(e => (ContratEvent)EventCodec.Decode(e))));
    }

    /// <summary>A server until the log has come to a position.</summary>
    private static async Task Run(string data, long position, Action<ServerProcess> end)
    {
        using var server = await ServerProcess.Start(data);
        using var importer = new Importer(server.Grpc);
        try
        {
            await importer.WaitFor(position, CancellationToken.None).WaitAsync(StepMax);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The log has not come to {position}; it is at {await importer.Position()}. The server said:\n{server.Printed}");
        }

        end(server);
    }

    /// <summary>The log as a platform left it that stopped in 2019.</summary>
    /// <returns>What each contrat has recorded; they differ by their number and entity.</returns>
    private static async Task<IReadOnlyList<ContratEvent>> Write(string data)
    {
        Directory.CreateDirectory(data);
        await using var store = await Open(data);
        var provenance = new Provenance(new(2019, 1, 1, 9, 0, 0, TimeSpan.Zero), "essai", Cause.Unknown);
        await store.Append([.. Enumerable.Range(1, Contrats).Select(n => new Append($"contrat-{Numero(n)}", 0, [.. Facts(n).Select(EventCodec.Encode)], provenance))], CancellationToken.None);
        return Facts(1);
    }

    private static List<ContratEvent> Facts(int n) =>
    [
        new ContratEvent.ContratOpened(
            Debut, new(Numero(n), (750_000_000 + n).ToString(CultureInfo.InvariantCulture), PartieKind.Eps, WholeEntite: true, Debut, Debut.AddYears(5).AddDays(-1), "2018", null), []),
        new ContratEvent.SocleCaughtUp(Debut),
        new ContratEvent.ContratSigned(Debut, Signatory.RepresentantLegal, "Mme Petit"),
        new ContratEvent.ContratSigned(Debut, Signatory.DgArs, "M. Roy"),
        new ContratEvent.ContratEnteredIntoForce(Debut),
    ];

    /// <summary>By the decider itself, of a day on which all of it is over.</summary>
    private static IReadOnlyList<ContratEvent> Brought(IReadOnlyList<ContratEvent> known)
    {
        var decision = Contrat.Decide(known.Aggregate(Contrat.Initial, Contrat.Evolve), new ContratCommand.PassJour(DateOnly.FromDateTime(DateTime.UtcNow)));
        return Assert.IsType<Decision<ContratEvent>.Accepted>(decision).Events;
    }

    private static string Numero(int n) => string.Create(CultureInfo.InvariantCulture, $"75-2019-{n}");

    private static Task<SqliteEventStore> Open(string data) =>
        SqliteEventStore.Open(Path.Combine(data, CpomServer.DatabaseName), TimeProvider.System, CancellationToken.None);
}
