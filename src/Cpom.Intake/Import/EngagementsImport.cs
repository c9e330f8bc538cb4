using System.Runtime.CompilerServices;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;

namespace Cpom.Intake;

/// <summary>Engagements in the guide's format. Rows that follow one another with one contrat and one number are the indicators of one engagement.</summary>
internal static class EngagementsImport
{
    public static async IAsyncEnumerable<ImportStep> Steps(ImportContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var together = new List<EngagementRow>();
        await foreach (var item in EngagementsCsvReader.Read(context.Whole, context.Progress, cancellation))
        {
            if (item is not SourceItem<EngagementRow>.Row { Value: var row })
            {
                foreach (var step in Import.StepsOf(item, _ => []))
                {
                    yield return step;
                }

                continue;
            }

            if (together is [var first, ..] && (first.NumeroContrat, first.Numero) != (row.NumeroContrat, row.Numero))
            {
                yield return Step(together, context);
                together = [];
            }

            together.Add(row);
        }

        if (together.Count > 0)
        {
            yield return Step(together, context);
        }
    }

    private static ImportStep Step(List<EngagementRow> rows, ImportContext context)
    {
        var first = rows[0];
        if (!context.Referentiel.IsContrat(first.NumeroContrat))
        {
            return new ImportStep.Reject(new(
                first.Place, "R-027", $"Le contrat {first.NumeroContrat} n'est pas connu.", "Importer d'abord le fichier des contrats, puis celui-ci de nouveau."));
        }

        if (!Volets.TryParse(first.AnnexeVolet, out var volet))
        {
            return new ImportStep.Reject(new(first.Place, "R-019", $"« {first.AnnexeVolet} » n'est pas un volet.", "Écrire A1.V1 à A3.V3."));
        }

        var contrepartie = Contrepartie(first, context.Referentiel);
        if (contrepartie is [_, _, ..])
        {
            return new ImportStep.Reject(new(
                first.Place, "R-025", $"« {first.Contrepartie} » désigne plusieurs lignes du contrat.", $"Écrire l'identifiant de l'une d'elles : {string.Join(", ", contrepartie)}."));
        }

        var engagement = new Engagement(
            first.Numero,
            volet,
            first.Finess.ToValueList(),
            first.Objectif,
            first.Type == EngagementType.Generique ? Domain.Contrats.EngagementType.Generique : Domain.Contrats.EngagementType.Specifique,
            rows.Select(Indicateur).ToValueList(),
            contrepartie.SingleOrDefault(),
            first.ImpactMedical ?? false,
            first.Themes.Select(t => (Domain.Contrats.EngagementTheme)t).ToValueList());
        return new ImportStep.Send(first.NumeroContrat, new ContratCommand.AddEngagement(engagement, context.SnapshotOn), first.Place, rows.Count);
    }

    /// <summary>The lines meant, one of which is to be chosen; of a number that the contrat does not list, an id that the contrat will refuse.</summary>
    private static IReadOnlyList<string> Contrepartie(EngagementRow row, IReferentiel referentiel)
    {
        if (row.NumeroRc is { } rc)
        {
            return [referentiel.LignesOf(row.NumeroContrat, rc).FirstOrDefault(id => Ligne.VoletOf(id) == Volet.A2V2) ?? $"?/RC/{rc}"];
        }

        return row.Contrepartie is not { } written
            ? []
            : referentiel.LignesOf(row.NumeroContrat, written) is [_, ..] known ? known : [written];
    }

    private static Indicateur Indicateur(EngagementRow row) => new(
        row.Indicateur, row.ModeCalcul ?? string.Empty, row.Unite ?? string.Empty, row.Source ?? string.Empty, row.ValeurReference, row.AnneeReference, row.Cibles.ToValueList());
}
