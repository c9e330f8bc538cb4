using Cpom.Domain.Acts;
using Cpom.Domain.Entites;

namespace Cpom.Intake;

/// <summary>
/// Movements of money, to the ledger of the entity that receives them. Movements that follow one another for one entity go together. The same
/// movement told twice in one file with two amounts is set aside: a correction comes in a later file.
/// </summary>
internal static class FinancementsImport
{
    /// <summary>Movements sent in one command.</summary>
    private const int TogetherMax = 500;

    public static async IAsyncEnumerable<ImportStep> Steps(IAsyncEnumerable<SourceItem<FinancementRow>> items, ImportContext context)
    {
        var together = new List<(string Entite, LigneStatement Ligne, string Place)>();
        var seen = new HashSet<(string Entite, string Ligne)>();
        var coverage = new SnapshotCoverage(context, "financements");
        await foreach (var item in items)
        {
            if (item is not SourceItem<FinancementRow>.Row { Value: var row })
            {
                foreach (var step in Import.StepsOf(item, _ => []))
                {
                    yield return step;
                }

                continue;
            }

            var entite = row.FinessEj ?? context.Referentiel.EntiteOf(row.FinessBeneficiaire) ?? row.FinessBeneficiaire;
            var ligne = Statement(row, context);
            if (!seen.Add((entite, ligne.Last.Id)))
            {
                yield return new ImportStep.Reject(new(
                    row.Place, IntakeRules.Once, $"Le mouvement {ligne.Last.Id} figure déjà dans ce fichier.", "Regrouper les montants en une ligne, ou distinguer les mouvements, puis importer de nouveau."));
                continue;
            }

            coverage.Saw(ligne.Last.Id);
            if (coverage.IsOutdated(ligne.Last.Id))
            {
                yield return new ImportStep.Outdated(row.Place, 1);
                continue;
            }

            if (together.Count > 0 && (together[0].Entite != entite || together.Count == TogetherMax))
            {
                yield return Send(together, context);
                together.Clear();
            }

            together.Add((entite, ligne, row.Place));
        }

        if (together.Count > 0)
        {
            yield return Send(together, context);
        }

        yield return coverage.Covered();
    }

    private static ImportStep.Send Send(List<(string Entite, LigneStatement Ligne, string Place)> together, ImportContext context) => new(
        together[0].Entite,
        new EntiteCommand.StateFinancements(together[0].Entite, context.SnapshotOn, [.. together.Select(t => t.Ligne)]),
        together[0].Place,
        together.Count);

    private static LigneStatement Statement(FinancementRow row, ImportContext context)
    {
        var reference = row.Detail?.IdEngagement ?? Told(row.Detail?.NumeroNotification) ?? "HAPI";
        var ligne = new Ligne.Financement(
            row.FinessBeneficiaire, row.Campagne, row.Mois, row.Enveloppe, row.SousEnveloppe ?? "-", row.Mode ?? "-", reference, row.Montant);
        var acte = row.Detail is { } detail
            ? new Domain.Acte(detail.TypeArrete ?? "arrêté", detail.NumeroArrete ?? Told(detail.NumeroNotification) ?? detail.IdEngagement, detail.DateDocument ?? detail.DateEffet, null)
            : new Domain.Acte("notification HAPI", null, null, null);
        return new([new(row.Detail?.DateEffet ?? row.Mois, ligne)], null, Import.CauseAt(context, row.Place, acte));
    }

    /// <summary>HAPI writes 0 where a movement has not been notified by number.</summary>
    private static string? Told(string? number) => number == "0" ? null : number;
}
