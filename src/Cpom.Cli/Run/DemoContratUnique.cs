using Cpom.Cli.Commands;

namespace Cpom.Cli.Run;

/// <summary>
/// One contrat for all members of a GHT of the fictional region (L-05): asked for, allowed and signed, to begin when the last of their own has ended; one
/// member has given notice already.
/// </summary>
internal sealed class DemoContratUnique(Stage stage)
{
    public const string Numero = "UNIQUE-DEMO";

    private const string Directeur = "Direction du membre (démonstration)";
    private static readonly int[] Annexes = [1, 2, 3];

    public async Task Play(CancellationToken cancellation)
    {
        stage.Title("Un contrat unique pour un groupement");
        var ghts = await stage.Remote.Ghts.ListGhtsAsync(new() { PageSize = Paging.PageSize }, cancellationToken: cancellation);
        var ght = ghts.Ghts
            .Where(g => g.Membres.Count > 1 && g.Membres.Any(m => m.Role == GhtRole.Support))
            .OrderBy(g => g.Membres.Count).ThenBy(g => g.Code, StringComparer.Ordinal)
            .FirstOrDefault();
        if (ght is null || !await DemoAttempt.Of(() => Conclude(ght, cancellation)))
        {
            return;
        }

        await stage.Host.Settle(cancellation);
        var shown = await stage.Remote.ContratsUniques.GetContratUniqueAsync(new() { Name = ght.Name }, cancellationToken: cancellation);
        Render.Output.Write(stage.Terminal, Render.ContratUniqueText.Membres(shown.ContratUnique));
        Render.Output.WriteLines(stage.Terminal, Render.ContratUniqueText.Notes(shown.ContratUnique));
    }

    private async Task Conclude(Ght ght, CancellationToken cancellation)
    {
        foreach (var membre in ght.Membres)
        {
            var ask = new AskContratUniqueRequest { Ght = ght.Name, Entite = Names.Entite(membre.Entite), Directeur = Directeur, On = Day(60), RequestId = $"run:{Numero}:ask:{membre.Entite}" };
            await stage.Remote.ContratsUniques.AskContratUniqueAsync(ask, cancellationToken: cancellation);
        }

        await stage.Remote.ContratsUniques.AnswerContratUniqueAsync(new() { Ght = ght.Name, Granted = true, On = Day(45), RequestId = $"run:{Numero}:answer" }, cancellationToken: cancellation);
        foreach (var instance in Enum.GetValues<GhtInstance>().Where(i => i != GhtInstance.Unspecified))
        {
            var avis = new GhtAvis { Instance = instance, On = Day(40), Motifs = "Le projet médical partagé le demande (démonstration)." };
            await stage.Remote.ContratsUniques.RecordGhtAvisAsync(new() { Ght = ght.Name, Avis = avis, RequestId = $"run:{Numero}:avis:{(int)instance}" }, cancellationToken: cancellation);
        }

        await stage.Host.Settle(cancellation);
        await Open(ght, cancellation);
        await stage.Host.Settle(cancellation);
        await Sign(cancellation);
        var leaver = ght.Membres.First(m => m.Role != GhtRole.Support).Entite;
        await stage.Remote.ContratsUniques.NotifyRetraitAsync(new() { Contrat = Names.Contrat(Numero), Entite = Names.Entite(leaver), On = Day(1), RequestId = $"run:{Numero}:leave" }, cancellationToken: cancellation);
        var modalites = new FixRetraitRequest { Contrat = Names.Contrat(Numero), Entite = Names.Entite(leaver), Modalites = "Le membre reprend ses engagements propres (démonstration).", On = Day(0), RequestId = $"run:{Numero}:terms" };
        await stage.Remote.ContratsUniques.FixRetraitAsync(modalites, cancellationToken: cancellation);
    }

    /// <summary>From the day after the last of the members' own contrats.</summary>
    private async Task Open(Ght ght, CancellationToken cancellation)
    {
        var filter = string.Join(" OR ", ght.Membres.Select(m => $"membres : {m.Entite}"));
        var own = await PortfolioCommand.Query(stage.Remote, new QueryRequest { Filter = filter, PageSize = Paging.PageSize }, cancellation);
        var first = own.Rows.Select(row => DateOnly.ParseExact(row.DateFin, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(stage.Environment.Today).Max().AddDays(1);
        var request = new OpenContratRequest
        {
            Fiche = new V1.Fiche
            {
                Numero = Numero,
                Entite = ght.Membres.First(m => m.Role == GhtRole.Support).Entite,
                Partie = Partie.Eps,
                WholeEntite = true,
                DateEffet = Text(first),
                DateFin = Text(Domain.Regimes.LastDay(Domain.Regimes.Of(first), first)),
                SocleVersion = Sample.SampleSocle.Versions[^1],
                Ght = ght.Code,
            },
            OpenedOn = Day(30),
            RequestId = $"run:{Numero}:open",
        };
        await stage.Remote.Contrats.OpenContratAsync(request, cancellationToken: cancellation);
    }

    private async Task Sign(CancellationToken cancellation)
    {
        var name = Names.Contrat(Numero);
        foreach (var (instance, kind) in new[] { (Instance.Directoire, ConsultationKind.Avis), (Instance.ComiteSocial, ConsultationKind.Information), (Instance.Cme, ConsultationKind.Avis) })
        {
            await stage.Remote.Approbations.RecordConsultationAsync(new() { Name = name, Consultation = new() { Instance = instance, Kind = kind, On = Day(20) } }, cancellationToken: cancellation);
        }

        await stage.Remote.Approbations.ValidateTexteAsync(new() { Name = name, By = Role.DelegueDepartemental, ValidatedBy = "Déléguée départementale (démonstration)", On = Day(15) }, cancellationToken: cancellation);
        foreach (var (party, who, days) in new[] { (Signatory.RepresentantLegal, "Directeur de l'établissement support (démonstration)", 10), (Signatory.DgArs, "DG ARS (démonstration)", 5) })
        {
            var request = new SignContratRequest { Contrat = name, Party = party, SignedBy = who, On = Day(days), RequestId = $"run:{Numero}:sign:{(int)party}", AnnexesParaphees = { Annexes } };
            await stage.Remote.Contrats.SignContratAsync(request, cancellationToken: cancellation);
        }
    }

    private string Day(int before) => Text(stage.Environment.Today.AddDays(-before));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
