namespace Cpom.Cli.Run;

/// <summary>
/// Contrats of socle commun that bridge until engagements are negotiated (R-086): one takes them by avenant, the other gives way to the whole contrat signed
/// again (R-088).
/// </summary>
internal sealed class DemoRelais(Stage stage)
{
    private const string Mark = "(démonstration)";

    /// <summary>Days from the date d'effet of the bridge to that of the contrat signed again.</summary>
    private const int Bridged = 280;

    private static readonly int[] Annexes = [1, 2, 3];

    private static readonly (Signatory Party, string By)[] Parties = [(Signatory.RepresentantLegal, $"Représentant légal {Mark}"), (Signatory.DgArs, $"DG ARS {Mark}")];

    public async Task Play(EspicSansContrat espic, NegociationIssue issue, CancellationToken cancellation)
    {
        var (bridge, next) = ($"RELAIS-{espic.Entite}", issue == NegociationIssue.Resignature ? $"RELAIS-{espic.Entite}-R" : "");
        var played = await DemoAttempt.Of(async () =>
        {
            await Open(espic, bridge, cancellation);
            await Negotiate(espic, bridge, issue, next, cancellation);
            if (next.Length > 0)
            {
                await SignAgain(espic, next, cancellation);
            }
        });
        if (played)
        {
            stage.Terminal.Out.WriteLine(next.Length > 0
                ? $"Contrat {bridge} : « socle commun », remplacé par {next}, signé à nouveau avec ses engagements (R-088)."
                : $"Contrat {bridge} : « socle commun », ses engagements négociés y viennent par avenant (R-086).");
        }
    }

    /// <summary>Signed before the platform knew of it.</summary>
    private async Task Open(EspicSansContrat espic, string bridge, CancellationToken cancellation)
    {
        var fiche = DemoEspic.FicheOf(espic, bridge, espic.From);
        fiche.Nature = ContratNature.SocleCommun;
        await stage.Remote.Contrats.OpenContratAsync(new() { Fiche = fiche, OpenedOn = Day(310), RequestId = $"run:{bridge}:open" }, cancellationToken: cancellation);
        await stage.Host.Settle(cancellation);
        await Sign(bridge, 305, reprise: true, cancellation);
        await stage.Host.Settle(cancellation);
    }

    private async Task Negotiate(EspicSansContrat espic, string bridge, NegociationIssue issue, string next, CancellationToken cancellation)
    {
        var negociations = stage.Remote.Negociations;
        var numero = $"N-{bridge}";
        var name = Names.Negociation(numero);
        var fiche = await FicheOf(espic, numero, bridge, cancellation);
        await negociations.OpenNegociationAsync(new() { Fiche = fiche, On = Day(180) }, cancellationToken: cancellation);
        await stage.Host.Settle(cancellation); // The négociation is read from the replica.
        await negociations.ChooseIssueAsync(new() { Negociation = name, Issue = issue, Contrat = next, On = Day(175) }, cancellationToken: cancellation);
        await negociations.ReceiveTrameAsync(new() { Negociation = name, On = Day(160) }, cancellationToken: cancellation);
        await negociations.ProposeEngagementAsync(
            new() { Negociation = name, By = RapportAuteur.Structure, Engagement = DemoEspic.EngagementOf(espic), On = Day(150) }, cancellationToken: cancellation);
        await DemoRapport.Write(negociations, name, Day(120), cancellation);
        await negociations.HandOverRapportAsync(new() { Negociation = name, On = Day(110) }, cancellationToken: cancellation);
        await DemoRapport.Analyse(negociations, name, Day(90), cancellation);
        await negociations.ShareDiagnosticAsync(new() { Negociation = name, On = Day(80) }, cancellationToken: cancellation);
        await negociations.RecordRencontreAsync(new() { Negociation = name, CompteRendu = $"Rencontre {Mark}", On = Day(60) }, cancellationToken: cancellation);
        await negociations.WriteSyntheseAsync(new() { Negociation = name, Synthese = DemoSynthese.Page, On = Day(50) }, cancellationToken: cancellation);
        foreach (var by in new[] { RapportAuteur.Structure, RapportAuteur.Agence })
        {
            await negociations.AcceptSyntheseAsync(new() { Negociation = name, By = by, On = Day(40) }, cancellationToken: cancellation);
        }

        await stage.Host.Settle(cancellation);
    }

    /// <summary>R-123: the délégation of each of its sites takes part.</summary>
    private async Task<NegociationFiche> FicheOf(EspicSansContrat espic, string numero, string bridge, CancellationToken cancellation)
    {
        var sites = (await stage.Remote.Sites.ListSitesAsync(new() { Entite = espic.Entite, PageSize = Paging.PageSize }, cancellationToken: cancellation)).Sites;
        var departements = sites.Select(site => site.Departement).Append(espic.Departement).Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        var fiche = new NegociationFiche
        {
            Numero = numero,
            Route = NegociationRoute.Renouvellement,
            Niveau = Niveau.Departemental,
            Negociateur = $"Négociateur {Mark}",
            Pilote = espic.Departement.Length > 0 ? espic.Departement : departements.FirstOrDefault(""),
            Structures = { new StructureNegociee { Entite = espic.Entite, Precedent = bridge } },
        };
        fiche.Consultees.Add(departements.Where(code => code != fiche.Pilote));
        return fiche;
    }

    private async Task SignAgain(EspicSansContrat espic, string numero, CancellationToken cancellation)
    {
        var fiche = DemoEspic.FicheOf(espic, numero, espic.From.AddDays(Bridged));
        fiche.Negociation = $"N-RELAIS-{espic.Entite}";
        await stage.Remote.Contrats.OpenContratAsync(new() { Fiche = fiche, OpenedOn = Day(35), RequestId = $"run:{numero}:open" }, cancellationToken: cancellation);
        await stage.Host.Settle(cancellation); // What was accepted comes to it from the négociation.
        var approbation = new DemoApprobation(stage);
        await approbation.Consult(numero, Day(30), cancellation);
        await approbation.Validate(numero, Day(28), cancellation);
        await Sign(numero, 25, reprise: false, cancellation);
        await stage.Host.Settle(cancellation);
    }

    private async Task Sign(string numero, int before, bool reprise, CancellationToken cancellation)
    {
        foreach (var (party, by) in Parties)
        {
            var request = new SignContratRequest
            {
                Contrat = Names.Contrat(numero), Party = party, SignedBy = by, On = Day(before), Reprise = reprise, RequestId = $"run:{numero}:sign:{(int)party}", AnnexesParaphees = { reprise ? [] : Annexes },
            };
            await stage.Remote.Contrats.SignContratAsync(request, cancellationToken: cancellation);
        }
    }

    private string Day(int before) => DemoEspic.Day(stage.Environment.Today.AddDays(-before));
}
