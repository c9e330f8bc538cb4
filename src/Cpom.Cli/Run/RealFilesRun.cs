using Cpom.Cli.Commands;
using Cpom.Cli.Import;
using Cpom.Cli.Render;
using Cpom.Intake;

namespace Cpom.Cli.Run;

/// <summary>
/// Real extracts: structures, then a contrat for every entity that must have one, then the acts, so that the acts have something to amend. The
/// contrats are this demonstration's own, numbered DEMO-…, because extracts hold none.
/// </summary>
internal sealed class RealFilesRun(Stage stage)
{
    public async Task<int> Run(DirectoryInfo folder, CancellationToken cancellation)
    {
        if (!folder.Exists)
        {
            throw new CliException($"Le dossier {folder.FullName} n'existe pas.", isUsage: true);
        }

        stage.Title($"Les fichiers de {folder.FullName}");
        var batches = FileFinder.Find([folder.FullName]);
        var files = batches.SelectMany(batch => batch.Files).ToList();
        WriteFound(files, [.. batches.SelectMany(batch => batch.Ignored)], folder);
        if (files.Count == 0)
        {
            throw new CliException($"Aucun fichier reconnu dans {folder.FullName}. {FileKinds.Accepted}");
        }

        stage.Title("Import des nomenclatures, des structures et des entités");
        var plan = ImportPlan.Of(files, complete: false, sign: true);
        var structures = await stage.Import("importer les structures", [.. plan.Where(IsStructure)], cancellation);
        stage.WriteResults(structures);

        var scan = await stage.Measure("parcourir les actes pour savoir qui doit avoir un contrat", () => ObligationScan.Run(files, stage.Environment.Today, cancellation));
        await OpenContrats(scan, cancellation);

        stage.Title("Import des actes");
        var before = await stage.Host.Position(cancellation);
        var acts = await stage.Import("importer les actes, jusqu'aux éléments en attente", [.. plan.Where(task => !IsStructure(task))], cancellation);
        stage.WriteResults(acts);
        await ShowRegisters(scan, cancellation);
        await new Findings(stage).Show(before, cancellation);
        return structures.Concat(acts).All(result => result.Failure is null) ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static bool IsStructure(ImportTask task) => task.File.Kind is FileKind.FinessStructures or FileKind.EjXml or FileKind.NomenclatureAmm or FileKind.NomenclatureRc;

    private void WriteFound(IReadOnlyList<FoundFile> files, IReadOnlyList<FoundFile> ignored, DirectoryInfo folder)
    {
        foreach (var file in files)
        {
            stage.Terminal.Out.WriteLine($"  {Path.GetRelativePath(folder.FullName, file.Path)} : {FileKinds.NameOf(file.Kind!.Value)}, {Words.Bytes(file.Size)}");
        }

        foreach (var file in ignored)
        {
            stage.Terminal.Out.WriteLine($"  {Path.GetRelativePath(folder.FullName, file.Path)} : laissé de côté. {file.Refusal!.Problem}");
        }
    }

    private async Task OpenContrats(ObligationScan.Result scan, CancellationToken cancellation)
    {
        stage.Title("Les contrats de la démonstration");
        await DemoSocle.Publish(stage, [DemoSocle.Version], cancellation);
        var opened = await stage.Measure("ouvrir et signer les contrats", () => new DemoContrats(stage).Open(scan.Obligations, cancellation));
        foreach (var contrat in opened)
        {
            var (obligation, last) = (contrat.Obligation, contrat.DateFin);
            stage.Terminal.Out.WriteLine($"  {contrat.Numero} : {contrat.DateEffet} → {last} — {obligation.Nom} ({obligation.Rule}, {obligation.Reason}){contrat.Problem}");
        }

        stage.Terminal.Out.WriteLine($"{Words.Plural(opened.Count(contrat => contrat.Problem.Length == 0), "contrat ouvert et signé", "contrats ouverts et signés")}.");
    }

    private async Task ShowRegisters(ObligationScan.Result scan, CancellationToken cancellation)
    {
        stage.Title("Le référentiel");
        var entites = await AllEntites(cancellation);
        var sites = await AllSites(cancellation);
        var ghts = await stage.Remote.Ghts.ListGhtsAsync(new ListGhtsRequest { PageSize = Paging.PageSize }, cancellationToken: cancellation);
        var members = string.Join(", ", ghts.Ghts.Select(ght => $"{ght.Code} : {Words.Plural(ght.Membres.Count, "membre", "membres")}"));
        Output.WriteLines(
            stage.Terminal,
            [
                $"  {Words.Plural(entites.Count(entite => entite.Known), "entité juridique", "entités juridiques")}, {Words.Plural(sites.Count(site => site.Known), "site", "sites")}, "
                    + $"{Words.Count(ghts.TotalSize)} GHT ({members})",
                $"  nommés par d'autres flux et encore inconnus, leurs faits attendent : {Words.Plural(entites.Count(entite => !entite.Known), "entité", "entités")}, "
                    + $"{Words.Plural(sites.Count(site => !site.Known), "site", "sites")}",
                $"  {Words.Plural(scan.Activites, "activité exercée lue", "activités exercées lues")}, dont {Words.Plural(scan.Sanitaires, "sanitaire", "sanitaires")} sur {Words.Plural(scan.EntitesSanitaires, "entité", "entités")}",
                $"  {Words.Count(scan.Rc)} RC, {Words.Plural(scan.Mouvements, "mouvement financier", "mouvements financiers")}",
            ]);
    }

    private async Task<IReadOnlyList<V1.Entite>> AllEntites(CancellationToken cancellation)
    {
        var request = new ListEntitesRequest { PageSize = Paging.PageSize };
        var list = await Paging.All(
            async token =>
            {
                request.PageToken = token;
                return await stage.Remote.Entites.ListEntitesAsync(request, cancellationToken: cancellation);
            },
            page => page.NextPageToken,
            (all, page) => all.Entites.Add(page.Entites));
        return list.Entites;
    }

    private async Task<IReadOnlyList<V1.Site>> AllSites(CancellationToken cancellation)
    {
        var request = new ListSitesRequest { PageSize = Paging.PageSize };
        var list = await Paging.All(
            async token =>
            {
                request.PageToken = token;
                return await stage.Remote.Sites.ListSitesAsync(request, cancellationToken: cancellation);
            },
            page => page.NextPageToken,
            (all, page) => all.Sites.Add(page.Sites));
        return list.Sites;
    }
}
