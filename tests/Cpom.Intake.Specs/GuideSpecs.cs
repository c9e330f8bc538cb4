namespace Cpom.Intake.Specs;

public sealed class GuideSpecs
{
    private const string Engagements =
        "Numéro contrat;Numéro;Annexe volet;Finess;Objectif;Type;Numéro RC;Indicateur;Mode calcul;Unité;Source;Valeur référence;Année référence;Cible N1;Cible N2;Cible N3;Cible N4;Cible N5;Impact médical\n";

    [Fact(DisplayName = "Les modèles livrés se lisent sans une faute")]
    public async Task Templates()
    {
        var contrats = await Given.Items(Template("contrats.csv"), f => ContratsCsvReader.Read(f));
        Assert.Empty(contrats.Faults);
        Assert.NotEmpty(contrats.Rows);
        Assert.All(contrats.Rows, contrat => Assert.StartsWith("99", contrat.FinessEj, StringComparison.Ordinal));
        var engagements = await Given.Items(Template("engagements.csv"), f => EngagementsCsvReader.Read(f));
        Assert.Empty(engagements.Faults);
        Assert.Contains(engagements.Rows.GroupBy(row => (row.NumeroContrat, row.Numero)), rows => rows.Count() > 1);
        var nomenclature = await Given.Items(Template("nomenclature-rc.csv"), f => NomenclatureCsvReader.Read(f));
        Assert.Empty(nomenclature.Faults);
        Assert.Equal(3, nomenclature.Rows.Length);
        Assert.All(engagements.Rows, row => Assert.Contains(row.NumeroContrat, contrats.Rows.Select(contrat => contrat.Numero)));
    }

    [Fact(DisplayName = "Contrat : sites séparés par des espaces ou des barres, vide pour tous, dates dans les deux écritures")]
    public async Task Contrat()
    {
        using var file = Given.File("contrats.csv",
            "numero;finess_ej;finess_sites;date_effet;date_fin;motif_duree\nC-1;990000001;990000002 990000003|990000002;2025-01-01;31/12/2029;\nC-2;990000001;;2025-01-01;2028-12-31;fusion prévue\n");
        var items = await Given.Items(file.Path, f => ContratsCsvReader.Read(f));
        Assert.Empty(items.Faults);
        Assert.Equal(["990000002", "990000003"], items.Rows[0].FinessSites);
        Assert.Equal((new DateOnly(2025, 1, 1), new DateOnly(2029, 12, 31)), (items.Rows[0].DateEffet, items.Rows[0].DateFin));
        Assert.Empty(items.Rows[1].FinessSites);
        Assert.Equal("fusion prévue", items.Rows[1].MotifDuree);
    }

    [Theory(DisplayName = "D-08 Contrat : numéro trop long, FINESS ou date illisibles sont mis de côté")]
    [InlineData("1234567890123456789012345678901234567890123456;990000001;;2025-01-01;2029-12-31", IntakeRules.NumeroContrat)]
    [InlineData("C-1;99;;2025-01-01;2029-12-31", IntakeRules.Finess)]
    [InlineData("C-1;990000001;99000000;2025-01-01;2029-12-31", IntakeRules.Finess)]
    [InlineData("C-1;990000001;;demain;2029-12-31", IntakeRules.Date)]
    [InlineData("C-1;990000001;;2025-01-01;", IntakeRules.Compulsory)]
    [InlineData(";990000001;;2025-01-01;2029-12-31", IntakeRules.Compulsory)]
    public async Task Bad_contrat(string line, string rule)
    {
        using var file = Given.File("contrats.csv", "numero;finess_ej;finess_sites;date_effet;date_fin\n" + line + "\n");
        var items = await Given.Items(file.Path, f => ContratsCsvReader.Read(f));
        Assert.Empty(items.Rows);
        Assert.Equal(rule, Assert.Single(items.Faults).Rule);
    }

    [Fact(DisplayName = "R-027 Engagement : tous ses champs, l'objectif tel qu'écrit, espaces comprises (R-034)")]
    public async Task Engagement()
    {
        using var file = Given.File("e.csv", Engagements + "C-1;3;a2-v2;990000002|990000003; Garder l'unité ;Générique;11-00-RC1;Taux;n/d;%;PMSI;12,5;2024;10;;;;oui;Oui\n");
        var row = Assert.Single((await Given.Items(file.Path, f => EngagementsCsvReader.Read(f))).Rows);
        Assert.Equal((3, "A2.V2", " Garder l'unité ", EngagementType.Generique), (row.Numero, row.AnnexeVolet, row.Objectif, row.Type));
        Assert.Equal(["990000002", "990000003"], row.Finess);
        Assert.Equal(["10", null, null, null, "oui"], row.Cibles);
        Assert.Equal(("12,5", 2024, true, "11-00-RC1"), (row.ValeurReference, row.AnneeReference!.Value, row.ImpactMedical!.Value, row.NumeroRc));
    }

    [Fact(DisplayName = "R-025 R-026 Engagement : la contrepartie et les thèmes, en mots")]
    public async Task Contrepartie()
    {
        const string Header = "numero_contrat;numero;annexe_volet;finess;objectif;type;indicateur;numero_rc;contrepartie;themes\n";
        using var file = Given.File("e.csv", Header
            + "C-1;1;A1.V1;990000001;o;generique;i;;11-11-75756;Coopérations fluidification|cooperations\n"
            + "C-1;2;A1.V1;990000001;o;generique;i;11-00-RC1;11-11-75756;\n"
            + "C-1;3;A1.V1;990000001;o;generique;i;;;confort\n"
            + "C-1;4;A1.V1;990000001;o;generique;i;;;2\n");
        var read = await Given.Items(file.Path, f => EngagementsCsvReader.Read(f));
        var row = Assert.Single(read.Rows);
        Assert.Equal("11-11-75756", row.Contrepartie);
        Assert.Equal([EngagementTheme.Cooperations, EngagementTheme.Fluidification], row.Themes);
        Assert.Equal([IntakeRules.Contrepartie, IntakeRules.Theme, IntakeRules.Theme], read.Faults.Select(f => f.Rule));
    }

    [Theory(DisplayName = "R-019 R-027 R-029 R-030 R-036 Engagement : chaque défaut dit sa règle")]
    [InlineData("C-1;1;A1.V5;990000001;o;generique;;i", IntakeRules.Volet)]
    [InlineData("C-1;1;A3.V4;990000001;o;generique;;i", IntakeRules.Volet)]
    [InlineData("C-1;1;A1.V1;;o;generique;;i", IntakeRules.EngagementFiness)]
    [InlineData("C-1;1;A1.V1;990000001;;generique;;i", IntakeRules.Engagement)]
    [InlineData("C-1;;A1.V1;990000001;o;generique;;i", IntakeRules.Engagement)]
    [InlineData("C-1;un;A1.V1;990000001;o;generique;;i", IntakeRules.Number)]
    [InlineData("C-1;1;A1.V1;990000001;o;libre;;i", IntakeRules.EngagementType)]
    [InlineData("C-1;1;A1.V1;990000001;o;generique;;", IntakeRules.Indicateur)]
    public async Task Bad_engagement(string line, string rule)
    {
        using var file = Given.File("e.csv", Engagements + line + new string(';', 11) + "\n");
        Assert.Equal(rule, Assert.Single((await Given.Items(file.Path, f => EngagementsCsvReader.Read(f))).Faults).Rule);
    }

    private static string Template(string name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Cpom.Orleans.sln")))
        {
            at = at.Parent;
        }
        return Path.Combine(at!.FullName, "docs", "templates", name);
    }
}
