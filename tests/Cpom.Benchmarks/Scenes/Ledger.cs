using System.Globalization;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Runtime;

namespace Cpom.Benchmarks;

/// <summary>Entities that are told of money: one movement is one command, one act, one event with its proof.</summary>
/// <param name="firstEntite">Where a ledger's own entities begin, when several share a log.</param>
/// <param name="firstMovement">Where its movements' numbers begin.</param>
internal sealed class Ledger(IActors actors, int entites, int firstEntite = 0, int firstMovement = 0)
{
    public static readonly DateOnly Day = new(2026, 3, 1);

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly string Sha256 = new('a', 64);

    private int _movements = firstMovement;

    public static string FinessOf(int entite) => (750_000_000 + entite).ToString(CultureInfo.InvariantCulture);

    public static Cause Proof(int line) => new(
        new("notification", "2026-03-C1", Day, "ARS"), new("Hapi_Notifications_2026.csv", Sha256, string.Create(CultureInfo.InvariantCulture, $"ligne {line}")));

    public static Ligne.Financement Movement(string finess, int number) => new(
        finess, 2026, Day, "MIGAC", "MIG", "NR", number.ToString(CultureInfo.InvariantCulture), 1_000m + number);

    public static Provenance By(Cause cause) => new(Now, "banc", cause);

    /// <summary>Every entity known, and resident in this node.</summary>
    public Task Register() => Rounds.InFlight(256, entites, async i =>
    {
        var finess = FinessOf(firstEntite + i);
        var outcome = await actors.Execute(
            finess, new EntiteCommand.Register(finess, new($"CH {finess}", "13", null, null, "75"), Day, null, Day), By(Cause.Unknown), default);
        if (outcome is not Outcome.Done)
        {
            throw new InvalidOperationException($"An entity of the benchmark was not registered: {outcome}");
        }
    });

    /// <summary>So many movements, so many of them waiting for the disk at once, each on the next entity.</summary>
    public async Task Notify(int count, int inFlight)
    {
        var first = _movements;
        _movements += count;
        await Rounds.InFlight(inFlight, count, i => NotifyOne(first + i));
    }

    public Task NotifyNext() => NotifyOne(_movements++);

    private async Task NotifyOne(int number)
    {
        var finess = FinessOf(firstEntite + (number % entites));
        var proof = Proof(number);
        var command = new EntiteCommand.StateFinancements(finess, Day, [new([new(Day, Movement(finess, number))], null, proof)]);
        Outcome outcome;
        do
        {
            outcome = await actors.Execute(finess, command, By(proof), default);
        }
        while (outcome is Outcome.Busy); // Lost to the other node too often in a row: sent again, as any client does.

        if (outcome is not Outcome.Done { Events.Count: 1 })
        {
            throw new InvalidOperationException($"A command of the benchmark was not done: {outcome}");
        }
    }
}
