namespace Cpom.Cli.Tests;

public sealed class RunTests
{
    [Fact(DisplayName = "run --once joue une journée sur la petite région et montre ce qui attend, avec ses preuves")]
    public async Task Sample()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.Of("run", "--once", "--scale", "mini", "--work", folder.Path, "--http", "0", "--grpc", "0");

        Assert.Equal((ExitCodes.Done, ""), (run.Code, run.Error));
        Assert.Contains("14 contrats", run.Output, StringComparison.Ordinal);
        Assert.Contains("Contrat 11-77-C990007", run.Output, StringComparison.Ordinal);
        Assert.Contains("preuve : reconnaissance contractuelle", run.Output, StringComparison.Ordinal);
        Assert.Contains("finess_cs1600102_stock_20261002-0417.xml, ligne ", run.Output, StringComparison.Ordinal);
        Assert.Contains("négociation : 2, dont 1 en retard", run.Output, StringComparison.Ordinal);
        Assert.Contains("à signer : 1", run.Output, StringComparison.Ordinal);
        Assert.Matches("[1-9][0-9]* valeurs renseignées sur [1-9][0-9]* contrats ; [1-9][0-9]* engagements à risque", run.Output);
        Assert.Contains("rapport final reçu, renouvellement ouvert sous le numéro", run.Output, StringComparison.Ordinal);
        Assert.Matches("le financement [0-9]{9}/FIN/.*/MIG/.* dépend de la RC [0-9]{9}/RC/", run.Output);
        Assert.Contains("-R : approuvé et signé par les deux parties, il renouvelle l'ancien.", run.Output, StringComparison.Ordinal);
        Assert.Contains("résiliation au ", run.Output, StringComparison.Ordinal);
        Assert.Contains("pénalité de 50000.00 €", run.Output, StringComparison.Ordinal);
        foreach (var (situation, count) in new[]
        {
            ("contrats en négociation", 6), ("projets consultés ou validés, à signer", 2), ("contrats signés par la structure seule", 1), ("contrats avec un engagement à risque", 1), ("contrats visés par une procédure", 3), ("contrats résiliés", 1), ("contrats renouvelés", 1), ("contrats uniques de groupements", 1),
            ("négociations dont une étape est dépassée", 1), ("pénalités demandées", 2), ("autres contrats des entités", 6), ("entités hors contrat", 1),
            ("contrats fixés par arrêté", 1), ("contrats « socle commun » en attendant", 1), ("contrats remplacés par une nouvelle signature", 1), ("contrats mis en demeure", 1), ("contrats en recouvrement", 1),
            ("contrats dont le renouvellement attend sa réponse", 1), ("contrats avec un avenant en cours", 3), ("contrats dont la communication est demandée", 1), ("projets abandonnés", 1),
            ("contrats que la région négocie", 3),
        })
        {
            Assert.Matches($"{situation} +{count} +cpom ", run.Output);
        }

        Assert.Matches("échéances dépassées +[1-9][0-9]* +cpom ", run.Output);
        Assert.Contains("Page de synthèse écrite dans 2\u00A0négociations", run.Output, StringComparison.Ordinal);
        Assert.Contains("-R, signé à nouveau avec ses engagements (R-088).", run.Output, StringComparison.Ordinal);
        Assert.Contains("SELARL IMAGERIE COLOMBIER", run.Output, StringComparison.Ordinal);
        Assert.Contains("9399O0049", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "demo", "journal", "cpom.db")));
    }
}
