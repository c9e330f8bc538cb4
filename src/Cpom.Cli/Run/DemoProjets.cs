using Cpom.Cli.Commands;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>
/// Approvals under way in the fictional region: projects that are to follow the contrats that end first, each at its own step; the renewal that has gone the
/// whole way; and originals of some contrats in force that are kept, and made known to their caisse. Days are counted back from today.
/// </summary>
internal sealed class DemoProjets(Stage stage)
{
    private const int ProjetsMax = 4;
    private const int Opened = 90;
    private const int Consulted = 60;
    private const int Validated = 30;
    private const int Signed = 10;
    private const int KeptMax = 4;

    private static readonly int[] Annexes = [1, 2, 3];

    private readonly DemoApprobation _approbation = new(stage);

    /// <param name="renewal">The project of a renewal, which is signed; null where there is none.</param>
    public async Task Play(string? renewal, CancellationToken cancellation)
    {
        stage.Title("Ce qui se signe");
        var signed = renewal is not null && await Bring(renewal, pas: 4, cancellation);
        await stage.Host.Settle(cancellation); // The contrat that it renews is told: nothing else is to follow it.
        var projets = await Open(cancellation);
        await stage.Host.Settle(cancellation); // A text is signed once the acts known before it are in (R-052).
        var done = 0;
        foreach (var (numero, rank) in projets.Select((numero, rank) => (numero, rank)))
        {
            done += await Bring(numero, pas: rank, cancellation) && rank > 0 ? 1 : 0;
        }

        var kept = 0;
        foreach (var row in (await Query("original = a_archiver", "numero", cancellation)).Take(KeptMax))
        {
            kept += await DemoAttempt.Of(() => _approbation.Keep(row.Numero, Day(Signed), cancellation)) ? 1 : 0;
        }

        await stage.Host.Settle(cancellation);
        stage.Terminal.Out.WriteLine($"{Words.Plural(done, "projet", "projets")} en cours d'approbation ; originaux archivés et caisse informée pour {Words.Plural(kept, "contrat", "contrats")}.");
        if (signed)
        {
            stage.Terminal.Out.WriteLine($"Contrat {renewal} : approuvé et signé par les deux parties, il renouvelle l'ancien.");
        }
    }

    /// <summary>Of entities that no campaign negotiates with: what follows there comes out of the négociation.</summary>
    private async Task<IReadOnlyList<string>> Open(CancellationToken cancellation)
    {
        var opened = new List<string>();
        foreach (var row in (await Query("statut = en_vigueur AND negociation = aucune AND renewed_by = \"\"", "date_fin, numero", cancellation)).DistinctBy(row => row.Entite).Take(ProjetsMax))
        {
            var former = (await stage.Remote.Contrats.GetContratAsync(new() { Name = row.Name }, cancellationToken: cancellation)).Contrat;
            var first = DateOnly.ParseExact(former.Fiche.DateFin, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1);
            var request = new OpenContratRequest
            {
                Fiche = new V1.Fiche(former.Fiche)
                {
                    Numero = $"{row.Numero}-S", DateEffet = Day(first), DateFin = Day(Domain.Regimes.LastDay(Domain.Regimes.Of(first), first)), MotifDuree = "", Negociation = "", Nature = ContratNature.Unspecified,
                },
                OpenedOn = Day(Opened),
                RequestId = $"run:{row.Numero}:follow",
            };
            if (!former.Fiche.WholeEntite)
            {
                request.Sites.Add(former.Sites.Where(s => s.LastDay.Length == 0).Select(s => s.Site));
            }

            if (await DemoAttempt.Of(async () => await stage.Remote.Contrats.OpenContratAsync(request, cancellationToken: cancellation)))
            {
                opened.Add(request.Fiche.Numero);
            }
        }

        return opened;
    }

    /// <param name="pas">0: nobody is asked yet; 1: everybody was; 2: validated; 3: signed by the structure; 4: by both.</param>
    private Task<bool> Bring(string numero, int pas, CancellationToken cancellation) => DemoAttempt.Of(async () =>
    {
        if (pas >= 1)
        {
            await _approbation.Consult(numero, Day(Consulted), cancellation);
        }

        if (pas >= 2)
        {
            await _approbation.Validate(numero, Day(Validated), cancellation);
        }

        if (pas >= 3)
        {
            await Sign(numero, V1.Signatory.RepresentantLegal, "Représentant légal (démonstration)", cancellation);
        }

        if (pas >= 4)
        {
            await Sign(numero, V1.Signatory.DgArs, "DG ARS (démonstration)", cancellation);
        }
    });

    private async Task Sign(string numero, V1.Signatory party, string by, CancellationToken cancellation)
    {
        var request = new SignContratRequest
        {
            Contrat = Names.Contrat(numero), Party = party, SignedBy = by, On = Day(Signed), AnnexesParaphees = { Annexes }, RequestId = $"run:{numero}:sign:{(int)party}",
        };
        await stage.Remote.Contrats.SignContratAsync(request, cancellationToken: cancellation);
    }

    private async Task<IEnumerable<PortfolioRow>> Query(string filter, string orderBy, CancellationToken cancellation) =>
        (await PortfolioCommand.Query(
            stage.Remote,
            new QueryRequest { Filter = filter, OrderBy = orderBy, PageSize = Paging.PageSize, AsOf = new() { MinLogPosition = await stage.Host.Position(cancellation) } },
            cancellation)).Rows;

    private string Day(int before) => Day(stage.Environment.Today.AddDays(-before));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
