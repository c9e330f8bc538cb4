namespace Cpom.Intake.Specs;

public sealed class SharedDataSpecs
{
    [SharedDataFact(DisplayName = "FINESS+ structures : 30 entités, 1 753 sites, un GHT de 9 membres tous connus")]
    public async Task Structures()
    {
        var items = await Given.Items(SharedData.Path("finess-plus/finess-structures-mensuel-202607-echantillon_json.gz"), f => FinessStructuresReader.Read(f));

        Assert.Empty(items.Faults);
        Assert.Empty(items.Warnings);
        Assert.Equal(30, items.Rows.OfType<EntiteRow>().Count());
        Assert.Equal(1753, items.Rows.OfType<SiteRow>().Count());
        var ght = Assert.Single(items.Rows.OfType<GhtRow>());
        Assert.Equal("49824516535", ght.Code);
        Assert.Equal(new DateOnly(2017, 1, 1), ght.DateDebut);
        Assert.Equal(9, ght.Membres.Count);
        Assert.All(ght.Membres, membre => Assert.NotNull(membre.FinessEj));
        Assert.Single(ght.Membres, membre => membre.Role == "S");
        var convert = items.Rows.OfType<SiteRow>().Single(site => site.Finess == "010780195");
        Assert.Equal(("010000156", "365", "07", "01053", "01"), (convert.FinessEj, convert.Categorie, convert.ModeFixationTarifaire, convert.Commune, convert.Departement));
        Assert.Equal((new DateOnly(1956, 11, 16), true), (convert.DateOuverture!.Value, convert.Actif));
        Assert.Equal(["0"], convert.Espic);
        Assert.Matches(@"^/pmej\[\d+\]/ege\[\d+\]$", convert.Place);
    }

    [SharedDataFact(DisplayName = "FINESS+ activités : 3 660 exercées, 493 sanitaires sur 15 entités")]
    public async Task Activites()
    {
        var items = await Given.Items(SharedData.Path("finess-plus/finess-activites-mensuel-202607-echantillon_json.gz"), f => FinessActivitesReader.Read(f));

        Assert.Empty(items.Faults);
        Assert.Empty(items.Warnings);
        var activites = items.Rows.SelectMany(site => site.Rows).ToList();
        Assert.Equal(3660, activites.Count);
        Assert.Equal(493, activites.Count(activite => activite.IsSanitaire));
        Assert.Equal(15, activites.Where(activite => activite.IsSanitaire).Select(activite => activite.FinessEj).Distinct().Count());
        var amm = activites.Single(activite => activite.ActiviteAeId == "843848");
        Assert.Equal(("AMM", "QA002/MO006/ME000/PTS19/DE022", "ARA-QA002-00968_16"), (amm.Nature, amm.Code, amm.NumAutorisationArhgos));
        Assert.Equal((new DateOnly(2025, 5, 9), new DateOnly(2032, 5, 9)), (amm.DateDebut!.Value, amm.DateFin!.Value));
        Assert.Equal(new DateTime(2026, 7, 16, 13, 38, 45), amm.DateEnregistrement);
        Assert.Matches(@"^/pmej\[\d+\]/ege\[\d+\]/activitesExercees\[\d+\]$", amm.Place);
    }

    [SharedDataFact(DisplayName = "RC : cinq lues, deux datées par défaut, une sans activité mise de côté (R-050)")]
    public async Task Rc()
    {
        var items = await Given.Items(SharedData.Path("flux-finess/finess_cs1600102_stock_20211214-0417.xml"), f => RcXmlReader.Read(f));

        Assert.Equal(["00-00-RC00000", "01-00-RC00000", "01-00-RC00001", "01-00-RC00002", "02-00-RC00000"], items.Rows.Select(rc => rc.Numero));
        Assert.Equal(2, items.Warnings.Length);
        var fault = Assert.Single(items.Faults);
        Assert.Equal(("ligne 130", IntakeRules.Rc), (fault.Place, fault.Rule));
        var usc = items.Rows[1];
        Assert.Equal(("R7", "N8", "01", 4, "23"), (usc.Activite, usc.Modalite, usc.Forme, usc.Capacite!.Value, usc.Etat));
        Assert.Equal(("010008407", "010005239", new DateOnly(2013, 11, 30)), (usc.FinessEj, usc.FinessEt, usc.DateEffet));
        Assert.Equal(new DateOnly(2019, 4, 1), items.Rows[3].DateEffet);
        Assert.Equal(new DateOnly(2021, 12, 14), items.Rows[4].DateEffet);
    }

    [SharedDataFact(DisplayName = "Entités juridiques (cs1400101) : trois, dont une fermée")]
    public async Task Ej()
    {
        var items = await Given.Items(SharedData.Path("flux-finess/finess_cs1400101_stock_20211214-0333.xml"), f => EjXmlReader.Read(f));

        Assert.Empty(items.Faults);
        Assert.Equal([("010008407", true), ("590000741", true), ("010000164", false)], items.Rows.Select(ej => (ej.Finess, ej.Actif)));
        var bugey = items.Rows[0];
        Assert.Equal(("01283", "01", "14", "260110218", "ligne 3"), (bugey.Commune, bugey.Departement, bugey.StatutJuridique, bugey.Siren, bugey.Place));
    }

    [SharedDataFact(DisplayName = "MEN_HAPI : 55 mouvements, certains négatifs")]
    public async Task HapiNotifications()
    {
        var items = await Given.Items(SharedData.Path("hapi/MEN_HAPI_2002_08_03.CSV"), f => HapiNotificationsReader.Read(f));

        Assert.Empty(items.Faults);
        Assert.Equal(55, items.Rows.Length);
        Assert.Contains(items.Rows, row => row.Montant < 0);
        Assert.Equal(
            ("010008407", 2019, new DateOnly(2019, 1, 1), "FIR", "Sanitaire", "Intervention (Ex. cour.)", 53643m, "ligne 2"),
            (items.Rows[0].FinessBeneficiaire, items.Rows[0].Campagne, items.Rows[0].Mois, items.Rows[0].Enveloppe, items.Rows[0].SousEnveloppe, items.Rows[0].Mode, items.Rows[0].Montant, items.Rows[0].Place));
    }

    [SharedDataFact(DisplayName = "Engagements HAPI : les établissements de santé sont lus, les autres bénéficiaires comptés à part")]
    public async Task HapiEngagements()
    {
        var items = await Given.Items(SharedData.Path("hapi/ENGAGEMENTS_PAR_BENEFICIAIRE_2022_042024085738.csv"), f => HapiEngagementsReader.Read(f));

        Assert.Empty(items.Faults);
        Assert.Equal(4, items.All.Count);
        Assert.Equal(2, items.Rows.Length);
        Assert.Equal(["ligne 4", "ligne 5"], items.OutOfScope.Select(item => item.Place));
        Assert.All(items.OutOfScope, item => Assert.Contains("ASSOC_AUTRES", item.Reason, StringComparison.Ordinal));
        var first = items.Rows[0];
        Assert.Equal(("010008407", 2022, 19741.00m, new DateOnly(2024, 4, 1)), (first.FinessBeneficiaire, first.Campagne, first.Montant, first.Mois));
        Assert.Equal(("E2024000477_01", "042595", 3), (first.Detail!.IdEngagement, first.Detail.Pep, first.Detail.Mesures.Count));
    }

    [SharedDataFact(DisplayName = "Un flux XML connu mais non lu est refusé par son nom")]
    public void Other_flux() => Assert.Contains(
        "cs1400104",
        Given.OpenRefused(SharedData.Path("flux-finess/finess_cs1400104_stock_20211214-0345.xml")).Problem,
        StringComparison.Ordinal);
}
