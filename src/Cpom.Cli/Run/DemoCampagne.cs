using Cpom.Cli.Commands;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>
/// A campaign among the contrats of the sample region: négociations at several steps, one of them late, one extended. Their days are counted back from today, so
/// that they stay where they are shown whenever the demonstration is played; what a demonstration of an earlier day has recorded is left as it is.
/// </summary>
internal sealed class DemoCampagne(Stage stage)
{
    private const string Negociateur = "Négociateur (démonstration)";
    private const string Motif = "Projet de regroupement (démonstration)";

    /// <summary>Days since the frame was received, how far the négociation has come since, and whether it was extended.</summary>
    private static readonly (int? Jours, int Pas, bool Extended)[] Plan = [(null, 0, false), (20, 0, false), (75, 1, false), (130, 2, false), (130, 2, true), (150, 3, false)];

    private string Code => string.Create(CultureInfo.InvariantCulture, $"{stage.Environment.Today.Year}");

    public async Task Play(CancellationToken cancellation)
    {
        stage.Title("Une campagne de négociation");
        var rows = (await PortfolioCommand.Query(stage.Remote, new QueryRequest { Filter = "statut = en_vigueur", OrderBy = "numero", PageSize = Paging.PageSize }, cancellation)).Rows;
        var chosen = rows.DistinctBy(row => row.Entite).Take(Plan.Length).ToList();
        await stage.Measure("jouer une campagne, six négociations", async () =>
        {
            await Launch(chosen, cancellation);
            foreach (var (row, plan) in chosen.Zip(Plan))
            {
                await Play(row, plan.Jours, plan.Pas, plan.Extended, cancellation);
            }

            await stage.Host.Settle(cancellation);
            return chosen.Count;
        });
        var list = await stage.Remote.Negociations.ListNegociationsAsync(new() { Campagne = Code, PageSize = Paging.PageSize }, cancellationToken: cancellation);
        Output.Write(stage.Terminal, NegociationTables.Of(list.Negociations));
        Output.WriteLines(stage.Terminal, list.Counts.Select(NegociationTables.Line));
    }

    private async Task Launch(IReadOnlyList<PortfolioRow> rows, CancellationToken cancellation)
    {
        var campagnes = stage.Remote.Campagnes;
        var name = Names.Campagne(Code);
        await DemoAttempt.Of(async () => await campagnes.OpenCampagneAsync(new() { Code = Code, Nom = $"Campagne {Code}" }, cancellationToken: cancellation));
        var plan = new PlanVagueRequest { Campagne = name, Vague = 1, Annee = stage.Environment.Today.Year };
        plan.Entites.Add(rows.Select(row => row.Entite));
        await DemoAttempt.Of(async () => await campagnes.PlanVagueAsync(plan, cancellationToken: cancellation));
        await DemoAttempt.Of(async () => await campagnes.NameNegociateurAsync(new() { Campagne = name, Vague = 1, Negociateur = Negociateur }, cancellationToken: cancellation));
        await stage.Host.Settle(cancellation); // Whose letter has not left is read from the replica.
        await DemoAttempt.Of(async () => await campagnes.SendLettreAsync(new() { Campagne = name, Vague = 1, On = Day(200), Reference = "LETTRE-DEMO" }, cancellationToken: cancellation));
        await stage.Host.Settle(cancellation);
    }

    private async Task Play(PortfolioRow row, int? jours, int pas, bool extended, CancellationToken cancellation)
    {
        var negociations = stage.Remote.Negociations;
        var numero = $"N-{Code}-{row.Entite}";
        var name = Names.Negociation(numero);
        await DemoAttempt.Of(async () => await negociations.OpenNegociationAsync(new() { Fiche = await FicheOf(row, numero, cancellation), On = Day(200) }, cancellationToken: cancellation));
        await stage.Host.Settle(cancellation);
        if (jours is not { } since)
        {
            return;
        }

        await DemoAttempt.Of(async () => await negociations.ReceiveTrameAsync(new() { Negociation = name, On = Day(since) }, cancellationToken: cancellation));
        await DemoAttempt.Of(async () => await negociations.AnswerQuestionAsync(new() { Negociation = name, Numero = 4, Oui = true }, cancellationToken: cancellation));
        if (pas == 0)
        {
            await DemoRapport.HandOverFirst(negociations, name, Day(since - 10), cancellation);
        }

        if (pas >= 1)
        {
            await DemoAttempt.Of(async () => await negociations.ProposeEngagementAsync(
                new() { Negociation = name, By = RapportAuteur.Structure, Engagement = EngagementOf(row) }, cancellationToken: cancellation));
            await DemoRapport.Write(negociations, name, Day(since - 50), cancellation);
            await DemoAttempt.Of(async () => await negociations.HandOverRapportAsync(new() { Negociation = name, On = Day(since - 55) }, cancellationToken: cancellation));
        }

        if (pas >= 2)
        {
            await DemoRapport.Analyse(negociations, name, Day(since - 75), cancellation);
            await DemoAttempt.Of(async () => await negociations.ShareDiagnosticAsync(new() { Negociation = name, On = Day(since - 80) }, cancellationToken: cancellation));
            await DemoAttempt.Of(async () => await negociations.RecordRencontreAsync(new() { Negociation = name, CompteRendu = "Rencontre de démonstration", On = Day(since - 85) }, cancellationToken: cancellation));
        }

        foreach (var by in pas >= 3 ? new[] { RapportAuteur.Structure, RapportAuteur.Agence } : [])
        {
            await DemoAttempt.Of(async () => await negociations.AcceptSyntheseAsync(new() { Negociation = name, By = by, On = Day(since - 115) }, cancellationToken: cancellation));
        }

        if (extended)
        {
            await DemoAttempt.Of(async () => await negociations.ProlongNegociationAsync(new() { Negociation = name, Rang = 1, Motif = Motif, Agreed = true }, cancellationToken: cancellation));
        }
    }

    /// <summary>R-064: the renewal of the contrat in force. R-123: the délégation of each of its sites takes part.</summary>
    private async Task<NegociationFiche> FicheOf(PortfolioRow row, string numero, CancellationToken cancellation)
    {
        var sites = (await stage.Remote.Sites.ListSitesAsync(new() { Entite = row.Entite, PageSize = Paging.PageSize }, cancellationToken: cancellation)).Sites;
        var departements = sites.Select(site => site.Departement).Append(row.Departement).Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        var pilote = row.Departement.Length > 0 ? row.Departement : departements.FirstOrDefault("");
        var fiche = new NegociationFiche
        {
            Numero = numero,
            Campagne = Code,
            Route = NegociationRoute.Renouvellement,
            Niveau = Niveau.Departemental,
            Pilote = pilote,
            Structures = { new StructureNegociee { Entite = row.Entite, Precedent = row.Numero, Contrat = $"{row.Numero}-R" } },
        };
        fiche.Consultees.Add(departements.Where(code => code != pilote));
        return fiche;
    }

    private static Engagement EngagementOf(PortfolioRow row) => new()
    {
        Number = 1,
        Volet = Volet.A1V2,
        Finess = { row.Entite },
        Objectif = "Réduire le délai d'accès à une première consultation",
        Type = EngagementType.Generique,
        Indicateurs = { new Indicateur { Libelle = "Délai médian d'accès, en jours", Cibles = { "30", "25", "20", "15", "15" } } },
    };

    private string Day(int before) => stage.Environment.Today.AddDays(-before).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
