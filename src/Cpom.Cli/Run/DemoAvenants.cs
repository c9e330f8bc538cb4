using Cpom.Cli.Commands;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>
/// Avenants of the fictional region that change a cible, each at its own step, from the opening to its integration or its abandonment; and the one that a
/// sanction requires (R-115).
/// </summary>
internal sealed class DemoAvenants(Stage stage)
{
    private const string Mark = "(démonstration)";

    private static readonly int[] Annexes = [1, 2, 3];

    /// <summary>Of public hospitals, whose avenants ask nobody's opinion.</summary>
    private enum Pas
    {
        Ouvert,
        SigneParStructure,
        SigneParLesDeux,
        Integre,
        Abandonne,
    }

    public async Task Play(CancellationToken cancellation)
    {
        var done = 0;
        var rows = await Query("statut = en_vigueur AND partie = eps AND engagements > 0 AND nature = ordinaire AND renewed_by = \"\"", cancellation);
        foreach (var (row, pas) in rows.Zip(Enum.GetValues<Pas>()))
        {
            done += await DemoAttempt.Of(() => Bring(row, AvenantMotif.Engagements, pas, cancellation)) ? 1 : 0;
        }

        stage.Terminal.Out.WriteLine($"{Words.Plural(done, "avenant ouvert, signé, intégré ou abandonné", "avenants ouverts, signés, intégrés ou abandonnés")} (cpom portfolio --filter 'avenants_under_way > 0').");
        foreach (var row in (await Query("modification = a_ouvrir", cancellation)).Take(1))
        {
            if (await DemoAttempt.Of(() => Bring(row, AvenantMotif.Manquement, Pas.Ouvert, cancellation)))
            {
                stage.Terminal.Out.WriteLine($"Contrat {row.Numero} : avenant ouvert pour la modification que la sanction exige (R-115).");
            }
        }

        await stage.Host.Settle(cancellation);
    }

    private async Task Bring(PortfolioRow row, AvenantMotif motif, Pas pas, CancellationToken cancellation)
    {
        var avenants = stage.Remote.Avenants;
        var effect = pas == Pas.Integre ? Day(0) : Day(-30);
        var opened = await avenants.OpenAvenantAsync(
            new() { Contrat = row.Name, RequestId = $"run:{row.Numero}:avenant:{(int)motif}", DateEffet = effect, Motif = motif, On = Day(15) }, cancellationToken: cancellation);
        var contrat = (await stage.Remote.Contrats.GetContratAsync(new() { Name = row.Name }, cancellationToken: cancellation)).Contrat;
        await avenants.ChangeEngagementAsync(new() { Name = opened.Name, Change = ChangeOf(contrat), On = Day(14), RequestId = $"run:{opened.Name}:change" }, cancellationToken: cancellation);
        if (pas == Pas.Abandonne)
        {
            await avenants.AbandonAvenantAsync(new() { Name = opened.Name, Reason = $"La cible reste celle du contrat {Mark}.", On = Day(10), RequestId = $"run:{opened.Name}:abandon" }, cancellationToken: cancellation);
            return;
        }

        foreach (var (party, by) in new[] { (Signatory.RepresentantLegal, "Représentant légal"), (Signatory.DgArs, "DG ARS") }.Take((int)pas))
        {
            var request = new SignAvenantRequest { Name = opened.Name, Party = party, SignedBy = $"{by} {Mark}", On = Day(7), AnnexesParaphees = { Annexes }, RequestId = $"run:{opened.Name}:sign:{(int)party}" };
            await avenants.SignAvenantAsync(request, cancellationToken: cancellation);
        }

        if (pas == Pas.Integre)
        {
            await avenants.IntegrateAvenantAsync(new() { Name = opened.Name, RequestId = $"run:{opened.Name}:integrate" }, cancellationToken: cancellation);
        }
    }

    /// <summary>The last cible of its first engagement that is measured; a tenth more where it is a number.</summary>
    private static EngagementChange ChangeOf(V1.Contrat contrat)
    {
        var (engagement, rank) = contrat.Engagements
            .SelectMany(e => e.Indicateurs.Select((indicateur, n) => (e, n)))
            .First(found => found.e.Indicateurs[found.n].Cibles.Any(cible => cible.Length > 0));
        var cibles = engagement.Indicateurs[rank].Cibles;
        var rang = cibles.Count - cibles.Reverse().TakeWhile(cible => cible.Length == 0).Count();
        var valeur = Domain.Contrats.Mesure.Number(cibles[rang - 1]) is { } number ? (number * 1.1m).ToString("0.##", CultureInfo.InvariantCulture) : "oui, sur tous les sites";
        return new() { ChangeCible = new() { Number = engagement.Number, Indicateur = rank + 1, Rang = rang, Valeur = valeur } };
    }

    private async Task<IEnumerable<PortfolioRow>> Query(string filter, CancellationToken cancellation) => (await PortfolioCommand.Query(
        stage.Remote,
        new QueryRequest { Filter = filter, OrderBy = "numero", PageSize = Paging.PageSize, AsOf = new() { MinLogPosition = await stage.Host.Position(cancellation) } },
        cancellation)).Rows;

    private string Day(int before) => DemoEspic.Day(stage.Environment.Today.AddDays(-before));
}
