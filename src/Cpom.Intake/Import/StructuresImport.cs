using System.Runtime.CompilerServices;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sites;

namespace Cpom.Intake;

/// <summary>Entities, sites and groups. Closed ones stay in the files with their date, so what is absent is only unknown.</summary>
internal static class StructuresImport
{
    /// <summary>Both files describe the same entities: one can be out of date for the other.</summary>
    private const string Famille = "structures";

    public static async IAsyncEnumerable<ImportStep> Steps(ImportContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var coverage = new SnapshotCoverage(context, Famille);
        await foreach (var item in FinessStructuresReader.Read(context.File, context.Progress, cancellation))
        {
            foreach (var step in Import.StepsOf(item, row => StepsOf(row, context, coverage)))
            {
                yield return step;
            }
        }

        yield return coverage.Covered();
    }

    public static async IAsyncEnumerable<ImportStep> EntitesSteps(ImportContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var coverage = new SnapshotCoverage(context, Famille);
        await foreach (var item in EjXmlReader.Read(context.Whole, context.Progress, cancellation))
        {
            foreach (var step in Import.StepsOf(item, row => StepsOf(row, context, coverage)))
            {
                yield return step;
            }
        }

        yield return coverage.Covered();
    }

    private static IEnumerable<ImportStep> StepsOf(StructureRow row, ImportContext context, SnapshotCoverage coverage)
    {
        var number = NumberOf(row);
        coverage.Saw(number);
        return coverage.IsOutdated(number) ? [new ImportStep.Outdated(row.Place, 1)] : StepsOf(row, context);
    }

    private static string NumberOf(StructureRow row) => row switch
    {
        EntiteRow e => e.Finess,
        SiteRow s => s.Finess,
        GhtRow g => $"ght/{g.Code}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<ImportStep> StepsOf(StructureRow row, ImportContext context) => row switch
    {
        EntiteRow e => [new ImportStep.Send(e.Finess, Register(e, context.SnapshotOn), e.Place)],
        SiteRow s => [new ImportStep.Send(s.Finess, Register(s, context.SnapshotOn), s.Place)],
        GhtRow { Actif: true } g => [new ImportStep.Send(g.Code, State(g, context.SnapshotOn), g.Place)],
        _ => [new ImportStep.OutOfScope(row.Place, 1)],
    };

    private static EntiteCommand.Register Register(EntiteRow row, DateOnly snapshotOn) => new(
        row.Finess,
        new(row.Denomination ?? row.DenominationLongue ?? row.Finess, row.StatutJuridique, row.Siren, row.Commune, row.Departement ?? Domain.Finess.DepartementOf(row.Finess)),
        row.DateCreation ?? snapshotOn,
        ClosedOn(row.DateFermeture, row.Actif, snapshotOn),
        snapshotOn);

    private static SiteCommand.Register Register(SiteRow row, DateOnly snapshotOn) => new(
        row.Finess,
        row.FinessEj,
        new(row.Nom ?? row.NomLong ?? row.Finess, row.Categorie, row.Commune, row.Departement ?? Domain.Finess.DepartementOf(row.Finess)),
        row.DateOuverture ?? row.DateAutorisation ?? snapshotOn,
        ClosedOn(row.DateFermeture, row.Actif, snapshotOn),
        snapshotOn);

    private static GhtCommand.State State(GhtRow row, DateOnly snapshotOn) => new(
        row.Code,
        row.Nom ?? row.Code,
        row.DateDebut ?? snapshotOn,
        [.. row.Membres.Where(m => m.FinessEj is not null).Select(m => new Domain.Ghts.GhtMembre(m.FinessEj!, m.Role == "S" ? GhtRole.Support : GhtRole.Membre))],
        snapshotOn,
        Whole: row.Membres.All(m => m.FinessEj is not null)); // A member whose number the file does not give may be any of those known.

    private static DateOnly? ClosedOn(DateOnly? closed, bool active, DateOnly snapshotOn) => closed ?? (active ? null : snapshotOn);
}
