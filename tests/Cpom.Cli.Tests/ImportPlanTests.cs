using Cpom.Cli.Import;
using Cpom.Intake;

namespace Cpom.Cli.Tests;

public sealed class ImportPlanTests
{
    [Fact(DisplayName = "Nomenclatures, structures, actes, contrats, engagements, puis signatures")]
    public void Order()
    {
        var files = Enum.GetValues<FileKind>().Reverse().Select(kind => new FoundFile($"{kind}", kind, null, 1));

        var plan = ImportPlan.Of(files, complete: true, sign: true);

        Assert.Equal(
            ["NomenclatureAmm", "NomenclatureRc", "EjXml", "FinessStructures", "FinessActivites", "RcXml", "HapiEngagements", "HapiNotifications", "ContratsCsv", "EngagementsCsv", "ContratsCsv"],
            plan.Select(task => task.File.Name));
        Assert.Equal([false, true], plan.Where(task => task.File.Kind == FileKind.ContratsCsv).Select(task => task.Sign));
        Assert.All(plan, task => Assert.True(task.Complete));
    }

    [Fact(DisplayName = "Les jours d'une région se jouent dans l'ordre des nombres, et ce qui n'est pas reconnu est laissé de côté avec sa raison")]
    public void Folders()
    {
        using var folder = new TemporaryFolder();
        foreach (var day in new[] { "jour-10", "jour-2" })
        {
            Directory.CreateDirectory(folder.File(day));
            File.WriteAllText(Path.Combine(folder.File(day), $"{day}.txt"), "rien");
        }

        var batches = FileFinder.Find([folder.Path]);

        Assert.Equal(["jour-2.txt", "jour-10.txt"], batches.SelectMany(batch => batch.Ignored).Select(file => file.Name));
        Assert.All(batches.SelectMany(batch => batch.Ignored), file => Assert.NotEmpty(file.Refusal!.Problem));
    }
}
