namespace Cpom.Intake.Specs;

public sealed class FinessSpecs
{
    private const string Structures = """
        {"schemaVersion":"9","neuf":{"a":[1,{"b":null}]},
         "gcc":[
          {"gccId":"7","nomGcc":"GHT d'essai","typeGcc":"001","gccIdentifiantExterne":"11104","clefNeuve":[[1]],
           "evenement":[{"dateEvenement":"2019-05-01","codeEvenement":"005"},{"dateEvenement":"2018-01-01","codeEvenement":"003"}],
           "pmejDuGcc":[{"pmSmsseId":"2","typeRoleEntiteGroupe":"S"},{"pmSmsseId":"3","typeRoleEntiteGroupe":"M"}],"etatObjet":"A"},
          {"gccId":"8","typeGcc":"002","pmejDuGcc":null}],
         "pmej":[
          {"informationsGeneralesPMEJ":{"pmSmsseId":"2","numFinessPm":"99 000 000 1","denominationPm":"CH D\u0027ESSAI","siren":"","dateCreation":"1900-01-01","statutJuridique":13},
           "adresse":[{"cogCommune":null},{"cogCommune":"97101"}],
           "ege":[
            {"informationsGeneralesEGE":{"numFinessEge":"990000002","espic":"1","dateOuverture":"2001-02-03 00:00:00","dateFermeture":"1900-01-01 00:00:00"},"etatObjet":"I"},
            {"informationsGeneralesEGE":{"numFinessEge":"99000000"}},
            {"informationsGeneralesEGE":{"numFinessEge":"990000003","dateOuverture":"2001-02-30"}},
            {"informationsGeneralesEGE":{"numFinessEge":"990000004","espic":null},"adresse":null}],
           "etatObjet":"A"},
          {"informationsGeneralesPMEJ":{"pmSmsseId":"9","numFinessPm":null},"ege":[{"informationsGeneralesEGE":{"numFinessEge":"990000005"}}]}
         ]}
        """;

    [Fact(DisplayName = "Structures : clés absentes, nouvelles, nulles, dates sentinelles ; l'entité vient avant ses sites")]
    public async Task Structures_drift()
    {
        using var file = Given.File("s.json.gz", Given.Gzip(Structures));
        var items = await Given.Items(file.Path, f => FinessStructuresReader.Read(f));

        var entite = Assert.IsType<EntiteRow>(items.Rows[0]);
        Assert.Equal(("990000001", "CH D'ESSAI", null, "13", "97101", "971"), (entite.Finess, entite.Denomination, entite.Siren, entite.StatutJuridique, entite.Commune, entite.Departement));
        Assert.Equal((null, true, "/pmej[0]"), (entite.DateCreation, entite.Actif, entite.Place));
        var sites = items.Rows.OfType<SiteRow>().ToList();
        Assert.Equal([("990000002", false, "/pmej[0]/ege[0]"), ("990000004", true, "/pmej[0]/ege[3]")], sites.Select(site => (site.Finess, site.Actif, site.Place)));
        Assert.Equal((new DateOnly(2001, 2, 3), null), (sites[0].DateOuverture, sites[0].DateFermeture));
        Assert.Equal(["1"], sites[0].Espic);
    }

    [Fact(DisplayName = "I-04 Structures : un nom qui n'est pas de l'Unicode met de côté son entité, pas tout le fichier (trouvé par make fuzz)")]
    public async Task Half_a_surrogate_pair()
    {
        using var file = Given.File("s.json", Structures.Replace("D\\u0027ESSAI", "\\ud83d", StringComparison.Ordinal));
        var items = await Given.Items(file.Path, f => FinessStructuresReader.Read(f));
        Assert.Contains(items.Faults, f => f.Place == "/pmej[0]" && f.Problem.Contains("\\ud83d", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "Structures : une clé qui n'est pas de l'Unicode n'est celle de rien (trouvé par make fuzz)")]
    public async Task Half_a_surrogate_pair_as_a_name()
    {
        using var file = Given.File("s.json", Structures.Replace("\"ege\"", "\"\\ud83d\": [{}], \"ege\"", StringComparison.Ordinal));
        using var asBefore = Given.File("t.json", Structures);
        var (items, before) = (await Given.Items(file.Path, f => FinessStructuresReader.Read(f)), await Given.Items(asBefore.Path, f => FinessStructuresReader.Read(f)));
        Assert.Equal((before.Rows.Count(), before.Faults.Count()), (items.Rows.Count(), items.Faults.Count()));
    }

    [Fact(DisplayName = "D-01 Structures : numéro ou date illisible, entité sans numéro et ses sites, mis de côté à leur place")]
    public async Task Structures_faults()
    {
        using var file = Given.File("s.json", Structures);
        var items = await Given.Items(file.Path, f => FinessStructuresReader.Read(f));
        Assert.Equal(
            [
                ("/pmej[0]/ege[1]", IntakeRules.Finess),
                ("/pmej[0]/ege[2]", IntakeRules.Date),
                ("/pmej[1]", IntakeRules.Finess),
                ("/pmej[1]/ege[0]", IntakeRules.Finess),
            ],
            items.Faults.Select(fault => (fault.Place, fault.Rule)));
        Assert.All(items.Faults, fault => Assert.NotEmpty(fault.Remedy));
    }

    [Fact(DisplayName = "R-009 GHT : ancien nom du code, membre inconnu signalé, groupements d'un autre type comptés à part")]
    public async Task Ght()
    {
        using var file = Given.File("s.json", Structures);
        var items = await Given.Items(file.Path, f => FinessStructuresReader.Read(f));
        var ght = Assert.Single(items.Rows.OfType<GhtRow>());
        Assert.Equal(("11104", "GHT d'essai", new DateOnly(2018, 1, 1), "/gcc[0]"), (ght.Code, ght.Nom, ght.DateDebut, ght.Place));
        Assert.Equal([new GhtMembre("2", "990000001", "S"), new GhtMembre("3", null, "M")], ght.Membres);
        Assert.Equal(IntakeRules.GhtMembre, Assert.Single(items.Warnings).Rule);
        Assert.Equal("/gcc[1]", Assert.Single(items.OutOfScope).Place);
    }

    private const string Activites = """
        {"pmej":[{"numFiness":"990000001","pmSmsseId":"2",
          "activitesAutorisees":[{"nature":{"codeNature":"AMM"}}],
          "ege":[
           {"egeId":"1","numFinessEge":"990000002","activitesExercees":[
             {"caracteristiquesGeneriques":{"activiteAeId":"10","etatObjet":"A","numAutorisationArhgos":"11-11-75756","dateDebutActiviteAutorisee":"2020-01-01","dateFinActiviteAutorisee":"1900-01-01"},
              "nature":{"codeNature":"AMM","caracteristiquesSpecifiques":{"appareil":[],"typeActiviteAMM":{"activiteAMM":"QA002","modaliteAMM":"MO006","mentionAMM":null,"ptsAMM":"PTS19","declarationAMM":null}}},
              "evenement":[{"dateEnregistrement":"2026-07-16 13:38:45"},{"dateEnregistrement":null},{"dateEnregistrement":"2026-07-01 00:00:00"}],
              "capacite":[{"nombre":"50","statutCapacite":"08","uniteMesureCapacite":"02"}]},
             {"caracteristiquesGeneriques":{"activiteAeId":"11"},
              "nature":{"codeNature":"ASR","caracteristiquesSpecifiques":{"activiteSanitaireRegulee":"R4","modaliteActivite":"N1","formeActivite":"01","etatArhgos":"02"}}},
             {"caracteristiquesGeneriques":{"activiteAeId":"12","dateDebutActiviteAutorisee":"hier"},"nature":{"codeNature":"EML","caracteristiquesSpecifiques":{"typeActiviteEML":{"typeEmlId":"7"}}}},
             {"caracteristiquesGeneriques":{"activiteAeId":"13"},"nature":{"codeNature":"AMF","caracteristiquesSpecifiques":null}}]},
           {"numFinessEge":"990000003","activitesExercees":[]},
           {"numFinessEge":"990000004","activitesExercees":null}]}]}
        """;

    [Fact(DisplayName = "Activités : groupées par site, les sites vides aussi ; codes joints, dates, dernier enregistrement")]
    public async Task Activites_by_site()
    {
        using var file = Given.File("a.json", Activites);
        var items = await Given.Items(file.Path, f => FinessActivitesReader.Read(f));

        Assert.Equal([("990000002", 2, 2), ("990000003", 0, 0), ("990000004", 0, 0)], items.Rows.Select(site => (site.FinessEt, site.Rows.Count, site.FaultCount)));
        var amm = items.Rows[0].Rows[0];
        Assert.Equal(("990000001", "QA002/MO006/-/PTS19", true), (amm.FinessEj, amm.Code, amm.IsSanitaire));
        Assert.Equal((new DateOnly(2020, 1, 1), null, new DateTime(2026, 7, 16, 13, 38, 45)), (amm.DateDebut, amm.DateFin, amm.DateEnregistrement));
        Assert.Equal(new ActiviteCapacite(50, "08", "02", null), Assert.Single(amm.Capacites));
        Assert.Equal(("ASR", "R4/N1/01", false), (items.Rows[0].Rows[1].Nature, items.Rows[0].Rows[1].Code, items.Rows[0].Rows[1].IsSanitaire));
    }

    [Fact(DisplayName = "Activités : date illisible et code manquant mis de côté, avec leur chemin")]
    public async Task Activites_faults()
    {
        using var file = Given.File("a.json", Activites);
        var items = await Given.Items(file.Path, f => FinessActivitesReader.Read(f));
        Assert.Equal(
            [("/pmej[0]/ege[0]/activitesExercees[2]", IntakeRules.Date), ("/pmej[0]/ege[0]/activitesExercees[3]", IntakeRules.Compulsory)],
            items.Faults.Select(fault => (fault.Place, fault.Rule)));
        Assert.Contains("hier", items.Faults[0].Problem, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Activités : l'ordre des clés n'est pas promis ; un numéro d'entité qui vient après ses sites est signalé")]
    public async Task Activites_key_order()
    {
        using var file = Given.File("a.json", """{"pmej":[{"ege":[{"activitesExercees":[{"nature":{"caracteristiquesSpecifiques":{"typeActiviteEML":{"typeEmlId":"7"}},"codeNature":"EML"},"caracteristiquesGeneriques":{"activiteAeId":"1"}}],"numFinessEge":"990000002"}],"numFiness":"990000001"}]}""");
        var items = await Given.Items(file.Path, f => FinessActivitesReader.Read(f));
        Assert.Equal(("990000002", null, "7"), (items.Rows[0].FinessEt, items.Rows[0].FinessEj, Assert.Single(items.Rows[0].Rows).Code));
        Assert.Single(items.Warnings);
    }
}
