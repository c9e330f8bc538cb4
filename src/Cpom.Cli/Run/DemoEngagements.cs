namespace Cpom.Cli.Run;

/// <summary>
/// Engagements at work in the fictional region: a generic one in the library, the values of the past years of a few contrats, of which some are held, some
/// late, some missed and some not told, and one contrat that is renewed.
/// </summary>
internal sealed class DemoEngagements(Stage stage)
{
    /// <summary>Enough to see each statut; a region has hundreds.</summary>
    private const int ContratsMax = 12;

    private const string Source = "déclaration annuelle de la structure (démonstration)";

    /// <returns>The number of the project that renews a contrat; null where there is none.</returns>
    public async Task<string?> Play(CancellationToken cancellation)
    {
        stage.Title("Les engagements à l'œuvre");
        await Publish(cancellation);
        var rows = (await stage.Remote.Portfolio.QueryAsync(
            new() { Filter = "statut = en_vigueur AND engagements > 0", OrderBy = "date_fin, numero", PageSize = ContratsMax, AsOf = await Now(cancellation) }, cancellationToken: cancellation)).Rows;
        var values = 0;
        foreach (var (row, n) in rows.Select((row, n) => (row, n)))
        {
            var contrat = (await stage.Remote.Contrats.GetContratAsync(new() { Name = Names.Contrat(row.Numero) }, cancellationToken: cancellation)).Contrat;
            values += await Record(contrat, n % 4, cancellation);
        }

        var renewed = rows.Count == 0 ? null : await Renew(rows[0].Numero, cancellation);
        await stage.Host.Settle(cancellation);
        var atRisk = (await stage.Remote.Engagements.ListEngagementsAsync(new() { OnlyAtRisk = true, PageSize = 1, AsOf = await Now(cancellation) }, cancellationToken: cancellation)).TotalSize;
        stage.Terminal.Out.WriteLine($"{values} valeurs renseignées sur {rows.Count} contrats ; {atRisk} engagements à risque (cpom engagement list --at-risk).");
        if (renewed is not null)
        {
            stage.Terminal.Out.WriteLine($"Contrat {rows[0].Numero} : rapport final reçu, renouvellement ouvert sous le numéro {renewed}.");
        }

        return renewed;
    }

    private async Task Publish(CancellationToken cancellation)
    {
        var request = new PublishBibliothequeRequest { Volet = V1.Volet.A1V2, Version = "DEMO-1", RequestId = "run:bibliotheque" };
        var generique = new V1.Generique { Code = "SORTIE", Objectif = "Organiser la sortie des patients dès leur admission." };
        generique.Indicateurs.Add(new GeneriqueIndicateur
        {
            Libelle = "Part des lettres de liaison remises le jour de la sortie", ModeCalcul = "Lettres remises le jour de la sortie / sorties × 100", Unite = "%", Source = "Dossier patient informatisé",
        });
        request.Generiques.Add(generique);
        await stage.Remote.Engagements.PublishBibliothequeAsync(request, cancellationToken: cancellation);
    }

    /// <summary>Held, late, missed, or the newest year not told.</summary>
    private async Task<int> Record(V1.Contrat contrat, int turn, CancellationToken cancellation)
    {
        var first = int.Parse(contrat.Fiche.DateEffet.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var last = Math.Min(stage.Environment.Today.Year - 1, int.Parse(contrat.Fiche.DateFin.AsSpan(0, 4), CultureInfo.InvariantCulture));
        var recorded = 0;
        foreach (var engagement in contrat.Engagements)
        {
            foreach (var (indicateur, rank) in engagement.Indicateurs.Select((indicateur, n) => (indicateur, n + 1)))
            {
                for (var annee = first + 1; annee <= (turn == 3 ? last - 1 : last); annee++)
                {
                    if (indicateur.Cibles.ElementAtOrDefault(annee - first - 1) is { Length: > 0 } cible)
                    {
                        var request = new RecordValeurRequest
                        {
                            Contrat = contrat.Name, Engagement = engagement.Number, Indicateur = rank, Annee = annee, Valeur = ValueOf(indicateur, cible, engagement.Number == 1 ? turn : 0), Source = Source,
                            On = $"{annee + 1}-01-31", RequestId = $"run:{contrat.Name}:{engagement.Number}:{rank}:{annee}",
                        };
                        recorded += await DemoAttempt.Of(async () => await stage.Remote.Engagements.RecordValeurAsync(request, cancellationToken: cancellation)) ? 1 : 0;
                    }
                }
            }
        }

        return recorded;
    }

    private static string ValueOf(V1.Indicateur indicateur, string cible, int turn) => (turn, Domain.Contrats.Mesure.Number(indicateur.ValeurReference), Domain.Contrats.Mesure.Number(cible)) switch
    {
        (1, { } reference, { } goal) => (reference + ((goal - reference) * 3 / 4)).ToString("0.##", CultureInfo.InvariantCulture),
        (2, { } reference, { }) => reference.ToString("0.##", CultureInfo.InvariantCulture),
        (1 or 2, _, null) => "non",
        _ => cible,
    };

    /// <summary>The contrat that ends first: its final report, then the contrat that takes over, with every engagement going on.</summary>
    private async Task<string?> Renew(string numero, CancellationToken cancellation)
    {
        var name = Names.Contrat(numero);
        var contrat = (await stage.Remote.Contrats.GetContratAsync(new() { Name = name }, cancellationToken: cancellation)).Contrat;
        var fin = DateOnly.ParseExact(contrat.Fiche.DateFin, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var request = new RenewContratRequest
        {
            Former = name,
            Fiche = new V1.Fiche(contrat.Fiche)
            {
                Numero = $"{numero}-R", DateEffet = Day(fin.AddDays(1)), DateFin = Day(Domain.Regimes.LastDay(Domain.Regimes.Of(fin.AddDays(1)), fin.AddDays(1))), MotifDuree = "", Negociation = "", Nature = ContratNature.Unspecified,
            },
            RequestId = $"run:{numero}:renew",
        };
        request.Issues.Add(contrat.Engagements.Select((e, n) => new V1.Issue
        {
            Engagement = e.Number, Issue_ = n == 1 ? V1.EngagementIssue.Abandonne : V1.EngagementIssue.Poursuivi, Motif = n == 1 ? "Faute d'enjeu suffisant." : "",
        }));
        if (!contrat.Fiche.WholeEntite)
        {
            request.Sites.Add(contrat.Sites.Where(s => s.LastDay.Length == 0).Select(s => s.Site));
        }

        var done = await DemoAttempt.Of(async () =>
        {
            await stage.Remote.Echeances.AskRenouvellementAsync(new() { Contrat = name, RequestId = $"run:{numero}:ask" }, cancellationToken: cancellation);
            await stage.Remote.Engagements.RecordRapportFinalAsync(new() { Contrat = name, Bilan = DemoBilan.Of(contrat), RequestId = $"run:{numero}:report" }, cancellationToken: cancellation);
            await stage.Remote.Contrats.RenewContratAsync(request, cancellationToken: cancellation);
        });
        return done ? request.Fiche.Numero : null;
    }

    private async Task<AsOf> Now(CancellationToken cancellation) => new() { MinLogPosition = await stage.Host.Position(cancellation) };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
