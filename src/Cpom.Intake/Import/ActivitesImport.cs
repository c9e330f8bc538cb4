using System.Runtime.CompilerServices;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Sites;

namespace Cpom.Intake;

/// <summary>The sanitary activities that a site exercises, one site at a time: what it had and the file lacks has ended.</summary>
internal static class ActivitesImport
{
    public static async IAsyncEnumerable<ImportStep> Steps(ImportContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var coverage = new SnapshotCoverage(context, "activites");
        var absent = new AbsentSites(context, Volet.A2V1, coverage);
        await foreach (var item in FinessActivitesReader.Read(context.File, context.Progress, cancellation))
        {
            absent.See(item);
            foreach (var step in Import.StepsOf(item, site => StepsOf(site, context, absent, coverage)))
            {
                yield return step;
            }
        }

        foreach (var step in absent.Steps().Concat(absent.StepsOfFaulty()))
        {
            yield return step;
        }

        yield return coverage.Covered();
    }

    private static IEnumerable<ImportStep> StepsOf(SiteActivites site, ImportContext context, AbsentSites absent, SnapshotCoverage coverage)
    {
        var sanitaires = site.Rows.Where(r => r.IsSanitaire).ToList();
        if (site.Rows.Count > sanitaires.Count)
        {
            yield return new ImportStep.OutOfScope(site.Place, site.Rows.Count - sanitaires.Count);
        }

        if ((site.FinessEj ?? context.Referentiel.EntiteOf(site.FinessEt)) is not { } entite)
        {
            yield return new ImportStep.Reject(new(
                site.Place, "D-02", $"L'entité juridique du site {site.FinessEt} n'est pas donnée.", "Importer d'abord le fichier des structures, puis celui-ci de nouveau."));
            yield break;
        }

        coverage.SawSite(site.FinessEt, entite);
        if (coverage.IsSiteOutdated(site.FinessEt, context.Referentiel.EntiteOf(site.FinessEt) ?? entite))
        {
            yield return new ImportStep.Outdated(site.Place, sanitaires.Count);
            yield break;
        }

        absent.Saw(site.FinessEt, entite);
        foreach (var advice in sanitaires.Where(r => r.Actif).SelectMany(r => Import.Advise(context, Content(r), r.DateDebut ?? context.SnapshotOn, r.Place)))
        {
            yield return advice;
        }

        var lignes = sanitaires.Select(r => Statement(r, context)).ToList();
        foreach (var twice in sanitaires.GroupBy(r => Content(r).Id).SelectMany(g => g.Skip(1)))
        {
            yield return new ImportStep.Warn(new(twice.Place, "D-07", $"L'autorisation {Content(twice).Id} figure plusieurs fois.", "La dernière ligne est retenue ; signaler le doublon au gestionnaire d'ARHGOS."));
        }

        yield return new ImportStep.Send(
            site.FinessEt,
            new SiteCommand.StateLignes(
                site.FinessEt, entite, Volet.A2V1, Complete: site.FaultCount == 0, context.SnapshotOn,
                lignes.GroupBy(l => l.Last.Id).Select(g => g.Last()).ToValueList(),
                Import.CauseAt(context, $"{site.Place} : absent")),
            site.Place,
            sanitaires.Count);
    }

    private static LigneStatement Statement(ActiviteRow row, ImportContext context) => new(
        [new(row.DateDebut ?? context.SnapshotOn, Content(row))],
        EndedOn(row, context.SnapshotOn),
        Import.CauseAt(context, row.Place, new("autorisation", row.NumAutorisationArhgos, row.DateDebut, null)));

    private static Ligne.Autorisation Content(ActiviteRow row) =>
        new(row.FinessEt, row.Nature, row.NumAutorisationArhgos ?? "-", row.Code, row.DateFin);

    /// <summary>An end to come is not an end yet: the line says so by its own term.</summary>
    private static DateOnly? EndedOn(ActiviteRow row, DateOnly snapshotOn)
    {
        var end = row.DateFinEffective ?? (row.DateCaducite is { } lapsed && !row.Actif ? lapsed : null);
        return end <= snapshotOn ? end : row.Actif ? null : snapshotOn;
    }
}
