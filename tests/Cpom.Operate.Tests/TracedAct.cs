using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Operate.Tests;

/// <summary>One act on a site of a contrat in force, told by a caller who follows it.</summary>
internal sealed class TracedAct
{
    public const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    public const string CallerSpan = "00f067aa0ba902b7";
    public const string Author = "Mme Arnaud";

    private readonly Importer _client;
    private readonly string _site;
    private readonly string _entite;

    private TracedAct(Importer client, string site, string entite) => (_client, _site, _entite) = (client, site, entite);

    /// <summary>The file that named the site.</summary>
    public required Delivery Structures { get; init; }

    /// <summary>Imports a small region with its contrats, signed as far as their rows say.</summary>
    public static async Task<TracedAct> Prepare(Importer client, string folder)
    {
        var region = Region.Write(folder, days: 0);
        var position = 0L;
        foreach (var delivery in new[] { region[0], region[4], region[6] })
        {
            position = (await client.Import(delivery)).LogPosition;
        }

        await client.WaitFor(position, default);
        var rows = await client.Portfolio.QueryAsync(new() { PageSize = 100, Filter = "statut = en-vigueur" });
        foreach (var row in rows.Rows)
        {
            var contrat = (await client.Contrats.GetContratAsync(new() { Name = row.Name })).Contrat;
            if (contrat.Sites is [var site, ..])
            {
                return new(client, site.Site, contrat.Fiche.Entite) { Structures = region[0] };
            }
        }

        throw new InvalidOperationException("The region has no contrat in force with a site.");
    }

    public async Task Send(string numero = "RC-1")
    {
        var act = new SubmittedAct
        {
            Finess = _site,
            Entite = _entite,
            Rc = new() { Numero = numero, Activite = "R4", Modalite = "01", Forme = "02", Capacite = 3 },
            ValidOn = "2026-02-01",
        };
        var headers = new Metadata { { "traceparent", $"00-{Trace}-{CallerSpan}-01" }, { "cpom-author", Author } };
        var answer = await _client.Intake.SubmitActsAsync(new() { RequestId = numero, Acts = { act } }, headers);
        Assert.Equal(ActOutcome.Recorded, Assert.Single(answer.Answers).Outcome);
    }
}
