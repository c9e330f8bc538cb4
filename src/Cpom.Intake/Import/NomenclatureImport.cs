using System.Runtime.CompilerServices;
using Cpom.Domain;
using Cpom.Domain.Nomenclatures;

namespace Cpom.Intake;

/// <summary>
/// A nomenclature is published whole, in one command: a known code that it lacks has been retired. Not when one of its lines was set aside: the
/// missing code may be that one.
/// </summary>
internal static class NomenclatureImport
{
    public static async IAsyncEnumerable<ImportStep> Steps(ImportContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var codes = new Dictionary<string, NomenclatureRow>(StringComparer.Ordinal);
        var isWhole = true;
        await foreach (var item in NomenclatureCsvReader.Read(context.Whole, context.Progress, cancellation))
        {
            foreach (var step in Import.StepsOf(item, row => StepsOf(row, codes)))
            {
                isWhole &= step is not ImportStep.Reject;
                yield return step;
            }
        }

        var nomenclature = context.File.Kind == FileKind.NomenclatureAmm ? Nomenclature.Amm : Nomenclature.Rc;
        var coverage = new SnapshotCoverage(context, "nomenclatures");
        coverage.Saw(nomenclature);
        if (coverage.IsOutdated(nomenclature))
        {
            yield return new ImportStep.Outdated("fin du fichier", codes.Count);
        }
        else if (codes.Count > 0)
        {
            var publish = new NomenclatureCommand.Publish(context.SnapshotOn, isWhole, codes.Values.Select(r => r.Code).ToValueList());
            yield return new ImportStep.Send(nomenclature, publish, "fin du fichier", codes.Count);
        }

        yield return coverage.Covered();
    }

    private static IEnumerable<ImportStep> StepsOf(NomenclatureRow row, Dictionary<string, NomenclatureRow> codes)
    {
        if (codes.TryGetValue(row.Code.Code, out var first))
        {
            return
            [
                new ImportStep.Reject(new(
                    row.Place, IntakeRules.Once, $"Le code {row.Code.Code} figure déjà {first.Place}.", "Garder une seule ligne par code, puis importer de nouveau.")),
            ];
        }

        if (codes.Count == Limits.NomenclatureCodesMax)
        {
            return
            [
                new ImportStep.Reject(new(
                    row.Place, IntakeRules.Limit, $"Plus de {Limits.NomenclatureCodesMax} codes.", "Vérifier que le fichier est bien une nomenclature.")),
            ];
        }

        codes.Add(row.Code.Code, row);
        return [];
    }
}
