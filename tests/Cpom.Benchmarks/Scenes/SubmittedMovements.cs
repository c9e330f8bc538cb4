using System.Globalization;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Benchmarks;

/// <summary>The movements of the ledger as any tool submits them: one call is one act, one command, one event with its proof.</summary>
internal sealed class SubmittedMovements(Client client, int firstMovement = 0)
{
    private int _movements = firstMovement;

    /// <summary>So many, so many of them under way at once, each to the next entity.</summary>
    public async Task Submit(int count, int inFlight)
    {
        var first = _movements;
        _movements += count;
        await Rounds.InFlight(inFlight, count, async i =>
        {
            while (await Outcome(first + i) is ActOutcome.Busy)
            {
                // Sent again, as any client does.
            }
        });
    }

    /// <summary>The number that a line of the log is about.</summary>
    public static int NumberOf(string ligneId) => int.Parse(ligneId.Split('/')[^1], CultureInfo.InvariantCulture);

    /// <summary>Sends one until it is acknowledged, whatever dies meanwhile.</summary>
    public async Task Persist(int number)
    {
        while (true)
        {
            try
            {
                if (await Outcome(number) is ActOutcome.Recorded or ActOutcome.NothingNew)
                {
                    return;
                }
            }
            catch (RpcException gone) when (gone.StatusCode is StatusCode.Unavailable or StatusCode.Unknown)
            {
                // What became of it is not known: the same is sent again.
            }
        }
    }

    private async Task<ActOutcome> Outcome(int number)
    {
        var response = await client.Intake.SubmitActsAsync(new()
        {
            Acts =
            {
                new SubmittedAct
                {
                    Finess = Ledger.FinessOf(number % Served.Entites),
                    ValidOn = "2026-03-01",
                    Acte = new() { Kind = "notification", Number = "2026-03-C1", Date = "2026-03-01", Authority = "ARS" },
                    Financement = new()
                    {
                        Campagne = 2026, Mois = "2026-03", Enveloppe = "MIGAC", SousEnveloppe = "MIG", Mode = "NR",
                        Reference = number.ToString(CultureInfo.InvariantCulture), Montant = string.Create(CultureInfo.InvariantCulture, $"{1_000 + number}.00"),
                    },
                },
            },
        });
        return response.Answers[0].Outcome is ActOutcome.Recorded or ActOutcome.NothingNew or ActOutcome.Busy
            ? response.Answers[0].Outcome
            : throw new InvalidOperationException($"A movement of the benchmark was answered {response.Answers[0]}.");
    }
}
