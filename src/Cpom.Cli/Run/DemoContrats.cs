using Cpom.Domain;

namespace Cpom.Cli.Run;

/// <param name="Problem">Why it could not be opened or signed, as a sentence to append; empty when it was.</param>
internal sealed record DemoContrat(string Numero, ObligationScan.Obligation Obligation, string DateEffet, string DateFin, string Problem);

/// <summary>
/// One contrat for each entity that must have one: on the whole entity, for five years from the first of January of the year of its oldest
/// financing movement (so that its money has a contrat to go to), else of the current year.
/// </summary>
internal sealed class DemoContrats(Stage stage)
{
    private const string Representant = "Représentant légal (démonstration)";
    private const string DgArs = "DG ARS (démonstration)";

    private static readonly int[] Annexes = [1, 2, 3];

    private readonly DemoApprobation _approbation = new(stage);

    public async Task<IReadOnlyList<DemoContrat>> Open(IReadOnlyList<ObligationScan.Obligation> obligations, CancellationToken cancellation)
    {
        var contrats = new List<DemoContrat>();
        foreach (var obligation in obligations)
        {
            var contrat = ContratOf(obligation);
            contrats.Add(await Try(contrat, () => Open(contrat, cancellation)));
        }

        // A text is signed once the acts known before it are in.
        await stage.Host.Settle(cancellation);
        for (var i = 0; i < contrats.Count; i++)
        {
            var contrat = contrats[i];
            contrats[i] = contrat.Problem.Length > 0 ? contrat : await Try(contrat, () => SignOrTakeOver(contrat, i, cancellation));
        }

        await stage.Host.Settle(cancellation);
        return contrats;
    }

    private DemoContrat ContratOf(ObligationScan.Obligation obligation)
    {
        var first = new DateOnly(obligation.FirstYear ?? stage.Environment.Today.Year, 1, 1);
        return new DemoContrat($"DEMO-{obligation.Entite}", obligation, Day(first), Day(Regimes.LastDay(Regimes.Of(first), first)), "");
    }

    private async Task Open(DemoContrat contrat, CancellationToken cancellation)
    {
        var request = new OpenContratRequest
        {
            Fiche = new V1.Fiche
            {
                Numero = contrat.Numero,
                Entite = contrat.Obligation.Entite,
                WholeEntite = true,
                DateEffet = contrat.DateEffet,
                DateFin = contrat.DateFin,
                SocleVersion = DemoSocle.Version,
            },
            OpenedOn = contrat.DateEffet,
            RequestId = $"run:{contrat.Numero}:open",
        };
        await stage.Remote.Contrats.OpenContratAsync(request, cancellationToken: cancellation);
    }

    /// <summary>The first go the way that the rules ask for; the others were signed in a past year, and are taken over as they are.</summary>
    private async Task SignOrTakeOver(DemoContrat contrat, int rank, CancellationToken cancellation)
    {
        if (rank >= DemoApprobation.Approved)
        {
            await Sign(contrat, reprise: true, cancellation);
            return;
        }

        await _approbation.Approve(contrat, cancellation);
        await Sign(contrat, reprise: false, cancellation);
        await _approbation.Keep(contrat, rank, cancellation);
    }

    private async Task Sign(DemoContrat contrat, bool reprise, CancellationToken cancellation)
    {
        foreach (var (party, name) in new[] { (V1.Signatory.RepresentantLegal, Representant), (V1.Signatory.DgArs, DgArs) })
        {
            var request = new SignContratRequest
            {
                Contrat = Names.Contrat(contrat.Numero),
                Party = party,
                SignedBy = name,
                On = contrat.DateEffet,
                RequestId = $"run:{contrat.Numero}:sign:{(int)party}",
                Reprise = reprise,
                AnnexesParaphees = { reprise ? [] : Annexes },
            };
            await stage.Remote.Contrats.SignContratAsync(request, cancellationToken: cancellation);
        }
    }

    private static async Task<DemoContrat> Try(DemoContrat contrat, Func<Task> work)
    {
        try
        {
            await work();
            return contrat;
        }
        catch (RpcException failure) when (Failures.CodeOf(failure) == ExitCodes.Refused)
        {
            return contrat with { Problem = $" — {Failures.Describe(failure)}" };
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
