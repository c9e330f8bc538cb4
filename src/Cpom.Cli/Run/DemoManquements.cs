using Cpom.Cli.Commands;
using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>
/// Breaches among the contrats of the fictional region, each at its own step: a structure that has a month to answer, or two, a penalty that was notified, paid
/// or is recovered, a procedure that ended without sanction, a contrat that was terminated or is to be modified. Days are counted back from today; what an
/// earlier demonstration has recorded stays.
/// </summary>
internal sealed class DemoManquements(Stage stage)
{
    private const string Faits = "Les engagements ne sont pas tenus (démonstration).";
    private const string Motifs = "Aucune mesure n'a été prise (démonstration).";

    /// <summary>In the order in which contrats are chosen for them.</summary>
    private enum Issue
    {
        Resiliation,
        Penalite,
        EnDemeure,
        Classement,
        Recouvrement,
        Modification,
        DelaiRenouvele,
        Paiement,
    }

    public async Task Play(CancellationToken cancellation)
    {
        stage.Title("Des manquements");
        var chosen = await Choose(cancellation);
        await stage.Measure("mener des procédures, de la mise en demeure à la sanction", async () =>
        {
            foreach (var (row, issue) in chosen.Zip(Enum.GetValues<Issue>()))
            {
                await DemoAttempt.Of(() => Play(row, issue, cancellation));
            }

            await stage.Host.Settle(cancellation);
            return chosen.Count;
        });
        var request = new ListManquementsRequest { PageSize = Paging.PageSize };
        request.Etapes.Add(Enum.GetValues<ManquementEtape>().Where(etape => etape != ManquementEtape.Unspecified));
        Output.Write(stage.Terminal, SanctionTables.Of((await stage.Remote.Sanctions.ListManquementsAsync(request, cancellationToken: cancellation)).Manquements));
    }

    /// <summary>In force since a year, with engagements; those that the campaign or a renewal has only where a region has too few others.</summary>
    private async Task<IReadOnlyList<PortfolioRow>> Choose(CancellationToken cancellation)
    {
        var filter = $"statut = en_vigueur AND engagements > 0 AND date_effet < {Day(365)}";
        var query = new QueryRequest { Filter = filter, OrderBy = "numero desc", PageSize = Paging.PageSize, AsOf = new() { MinLogPosition = await stage.Host.Position(cancellation) } };
        var rows = (await PortfolioCommand.Query(stage.Remote, query, cancellation)).Rows.ToLookup(row => row.Negociation.Length == 0 && row.RenewedBy.Length == 0);
        return [.. rows[true].Concat(rows[false]).DistinctBy(row => row.Entite).Take(Enum.GetValues<Issue>().Length)];
    }

    private async Task Play(PortfolioRow row, Issue issue, CancellationToken cancellation)
    {
        var (sanctions, numero) = (stage.Remote.Sanctions, $"SAN-DEMO-{row.Numero}");
        var name = Names.Manquement(row.Entite, numero);
        var kind = issue is Issue.Resiliation or Issue.Modification ? ManquementKind.Grave : ManquementKind.Inexecution;
        var received = ReceivedOf(issue);
        var constat = new RecordConstatRequest { Entite = Names.Entite(row.Entite), Numero = numero, Kind = kind, Contrat = Names.Contrat(row.Numero), Faits = Faits, On = Day(received + 60) };
        if (kind == ManquementKind.Inexecution)
        {
            constat.Engagements.Add((await stage.Remote.Contrats.GetContratAsync(new() { Name = constat.Contrat }, cancellationToken: cancellation)).Contrat.Engagements[0].Number);
        }

        await sanctions.RecordConstatAsync(constat, cancellationToken: cancellation);
        await sanctions.RecordDialogueAsync(new() { Manquement = name, CompteRendu = "Échange sans suite (démonstration).", On = Day(received + 30) }, cancellationToken: cancellation);
        await sanctions.SendMiseEnDemeureAsync(new() { Manquement = name, Motifs = Motifs, Courrier = Courrier(numero, 1), On = Day(received) }, cancellationToken: cancellation);
        if (issue == Issue.Classement)
        {
            await sanctions.AcceptJustificationAsync(
                new() { Manquement = name, Motif = "La structure a rétabli l'activité (démonstration).", Courrier = Courrier(numero, 2), On = Day(received - 20) }, cancellationToken: cancellation);
        }
        else if (issue == Issue.DelaiRenouvele)
        {
            await sanctions.RecordObservationsAsync(
                new() { Manquement = name, Forme = ObservationForme.Ecrite, Texte = "Le recrutement est en cours (démonstration).", Courrier = Courrier(numero, 2), On = Day(received - 15) }, cancellationToken: cancellation);
            await sanctions.RenewDelaiAsync(new() { Manquement = name, Motif = "Le recrutement aboutit (démonstration).", Courrier = Courrier(numero, 3), On = Day(received - 20) }, cancellationToken: cancellation);
        }
        else if (issue != Issue.EnDemeure)
        {
            await Decide(row, issue, name, numero, received - 50, cancellation);
        }
    }

    /// <summary>Days since the mise en demeure was received: a month to answer follows, and another to pay.</summary>
    private static int ReceivedOf(Issue issue) => issue switch
    {
        Issue.EnDemeure => 10,
        Issue.DelaiRenouvele => 40,
        Issue.Recouvrement or Issue.Paiement => 150,
        _ => 90,
    };

    /// <param name="decided">Days since the decision.</param>
    private async Task Decide(PortfolioRow row, Issue issue, string name, string numero, int decided, CancellationToken cancellation)
    {
        var sanctions = stage.Remote.Sanctions;
        var decision = new DecideSanctionRequest { Manquement = name, Motifs = Motifs, Courrier = Courrier(numero, 2), On = Day(decided) };
        if (issue is Issue.Resiliation or Issue.Modification)
        {
            decision.Sanction = issue == Issue.Resiliation ? new() { Resiliation = Day(5) } : new() { Modification = "Retirer l'engagement non tenu (démonstration)." };
            await sanctions.DecideSanctionAsync(decision, cancellationToken: cancellation);
            return;
        }

        var closed = new DateOnly(stage.Environment.Today.AddDays(-decided).Year - 1, 12, 31);
        decision.Sanction = new() { Penalite = "50000.00" };
        await sanctions.RecordProduitsAsync(
            new() { Entite = Names.Entite(row.Entite), ClosedOn = closed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Montant = "2000000.00", Source = "Compte financier (démonstration)", On = Day(decided + 1) },
            cancellationToken: cancellation);
        await sanctions.DecideSanctionAsync(decision, cancellationToken: cancellation);
        await sanctions.RecordNotificationAsync(new() { Manquement = name, Courrier = Courrier(numero, 3), On = Day(decided - 20) }, cancellationToken: cancellation);
        if (issue == Issue.Recouvrement)
        {
            await sanctions.StartRecouvrementAsync(new() { Manquement = name, Caisse = "CPAM (démonstration)", Courrier = Courrier(numero, 4), On = Day(decided - 60) }, cancellationToken: cancellation);
        }
        else if (issue == Issue.Paiement)
        {
            await sanctions.RecordPaiementAsync(new() { Manquement = name, Reference = "VIREMENT-DEMO", On = Day(decided - 40) }, cancellationToken: cancellation);
        }
    }

    private static Courrier Courrier(string numero, int rank) => new() { Numero = $"{numero}-{rank.ToString(CultureInfo.InvariantCulture)}", Document = "courrier-demonstration.pdf", Sha256 = new string('0', 64) };

    private string Day(int before) => stage.Environment.Today.AddDays(-before).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
