using Cpom.Cli.Import;
using Cpom.Cli.Render;
using Cpom.Sample;

namespace Cpom.Cli.Run;

/// <summary>A fictional region, and one day of acts on it.</summary>
internal sealed class SampleRun(Stage stage)
{
    public async Task<int> Run(string folder, SampleScale scale, CancellationToken cancellation)
    {
        stage.Title("La région");
        var options = new SampleOptions { Directory = Path.Combine(folder, "region"), Scale = scale, Days = 1 };
        var summary = await stage.Measure("écrire la région fictive", () => Task.Run(() => SampleRegion.Write(options, cancellation), cancellation));
        Output.WriteLines(stage.Terminal, SampleText.Of(summary));

        await DemoSocle.Publish(stage, SampleSocle.Versions, cancellation);
        stage.Title("Import du stock (jour 0)");
        var stock = await stage.Import("importer le stock, ouvrir et signer les contrats", TasksOf([.. SampleNomenclatures.PathsOf(options), summary.Days[0].Directory], complete: false, sign: true), cancellation);
        stage.WriteResults(stock);
        await new DemoCampagne(stage).Play(cancellation);
        await new DemoSynthese(stage).Play(cancellation);
        var renewal = await new DemoEngagements(stage).Play(cancellation);
        await new DemoLien(stage).Play(cancellation);
        await new DemoProjets(stage).Play(renewal, cancellation);
        await new DemoManquements(stage).Play(cancellation);
        await new DemoContratUnique(stage).Play(cancellation);
        await new DemoAutresContrats(stage).Play(cancellation);
        await new DemoVie(stage).Play(cancellation);
        stage.Title("Import du jour 1");
        var before = await stage.Host.Position(cancellation);
        var day = await stage.Import("jouer le jour 1, jusqu'aux éléments en attente", TasksOf([summary.Days[1].Directory], complete: true, sign: false), cancellation);
        stage.WriteResults(day);

        await new Findings(stage).Show(before, cancellation);
        return stock.Concat(day).All(result => result.Failure is null) ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static IReadOnlyList<ImportTask> TasksOf(IReadOnlyList<string> paths, bool complete, bool sign) =>
        ImportPlan.Of(FileFinder.Find(paths).SelectMany(batch => batch.Files), complete, sign);
}
