using System.Globalization;
using System.Text.RegularExpressions;

namespace Cpom.Sample.Specs;

public sealed partial class ContratSpecs(IdfFixture fixture) : IClassFixture<IdfFixture>
{
    private readonly List<Dictionary<string, string>> _contrats = fixture.Region.Csv(0, "contrats.csv");
    private readonly List<Dictionary<string, string>> _engagements = fixture.Region.Csv(0, "engagements.csv");
    private readonly Dictionary<string, List<string>> _entites = FormatSpecs.Entites(fixture.Region, 0).ToDictionary(e => e.Finess, e => e.Sites);

    [Fact(DisplayName = "R-013 Un contrat dure cinq ans au plus, signé avant son effet, motivé s'il est plus court")]
    public void Dates_are_consistent()
    {
        Assert.All(_contrats, c =>
        {
            var (effet, fin) = (WrittenRegion.Date(c["date_effet"]), WrittenRegion.Date(c["date_fin"]));
            Assert.InRange(effet, new DateOnly(2019, 1, 1), fixture.Region.Options.BaseDate);
            Assert.InRange(fin, effet.AddYears(1), effet.AddYears(5).AddDays(-1));
            Assert.Equal(fin < effet.AddYears(5).AddDays(-1), c["motif_duree"].Length > 0);
            Assert.True(WrittenRegion.Date(c["date_signature_structure"]) <= WrittenRegion.Date(c["date_signature_ars"]));
            Assert.True(WrittenRegion.Date(c["date_signature_ars"]) < effet);
        });
        Assert.Contains(_contrats, c => c["socle_version"] == "SOCLE-2018-1");
        Assert.Contains(_contrats, c => c["socle_version"] == "SOCLE-2025-1");
        Assert.Contains(_contrats, c => c["motif_duree"].Length > 0);
    }

    [Fact(DisplayName = "R-003, R-004 Une entité juridique contracte, pour ses propres sites")]
    public void Parties_are_entites_with_their_own_sites() => Assert.All(_contrats, c =>
    {
        var sites = c["finess_sites"].Split(' ');
        Assert.All(sites, s => Assert.Contains(s, _entites[c["finess_ej"]]));
    });

    [Fact(DisplayName = "R-005 Deux contrats en cours d'une entité n'ont pas de site commun")]
    public void Live_scopes_do_not_overlap()
    {
        var today = fixture.Region.Options.BaseDate;
        var live = _contrats.Where(c => WrittenRegion.Date(c["date_effet"]) <= today && today <= WrittenRegion.Date(c["date_fin"])).ToList();
        var sites = live.SelectMany(c => c["finess_sites"].Split(' ')).ToList();
        Assert.Equal(sites.Count, sites.Distinct().Count());

        // Everyone but the six left out on purpose has a contrat in force.
        Assert.Equal(SampleScale.Idf.WithoutContrat, _entites.Count - live.Select(c => c["finess_ej"]).Distinct().Count());
        Assert.True(live.Count > live.Select(c => c["finess_ej"]).Distinct().Count());
    }

    [Fact(DisplayName = "L-09 Le FIR d'une campagne va à qui un contrat le donne, ou à qui n'a pas de contrat du tout")]
    public void Fir_is_given_by_contract()
    {
        var years = _contrats.ToLookup(c => c["finess_ej"], c => (From: WrittenRegion.Date(c["date_effet"]).Year, To: WrittenRegion.Date(c["date_fin"]).Year));
        var fir = fixture.Region.Csv(0, "MEN_HAPI_*.CSV").Where(l => l["Enveloppe"] == "FIR").ToList();
        Assert.All(fir.Where(l => years[l["Finess EJ"]].Any()), l =>
        {
            var campagne = int.Parse(l["Année Campagne HAPI"], CultureInfo.InvariantCulture);
            Assert.Contains(years[l["Finess EJ"]], y => y.From <= campagne && campagne <= y.To);
        });
        Assert.Contains(fir, l => !years[l["Finess EJ"]].Any()); // The alert beside that of R-001.
    }

    [Fact(DisplayName = "R-008 Seuls les GCS apportent une délibération, avant la signature")]
    public void Gcs_bring_their_deliberation()
    {
        using var structures = fixture.Region.Json(0, "structures");
        var gcs = structures.RootElement.GetProperty("pmej").EnumerateArray().Select(e => e.GetProperty("informationsGeneralesPMEJ"))
            .Where(i => i.GetProperty("statutJuridique").GetString() is "29" or "89").Select(i => i.GetProperty("numFinessPm").GetString()).ToHashSet();
        Assert.All(_contrats, c => Assert.Equal(gcs.Contains(c["finess_ej"]), c["date_deliberation_ag"].Length > 0));
        Assert.All(_contrats.Where(c => c["date_deliberation_ag"].Length > 0), c => Assert.True(WrittenRegion.Date(c["date_deliberation_ag"]) <= WrittenRegion.Date(c["date_signature_structure"])));
    }

    [Fact(DisplayName = "R-031, R-033 Aucun engagement, ou de trois à dix ; dix indicateurs au plus")]
    public void Engagements_are_none_or_three_to_ten()
    {
        var counts = _contrats.Select(c => _engagements.Where(e => e["numero_contrat"] == c["numero"]).ToList()).ToList();
        Assert.All(counts, rows =>
        {
            var numbers = rows.Select(r => r["numero"]).Distinct().Count();
            Assert.True(numbers is 0 or (>= 3 and <= 10));
            Assert.InRange(rows.Count, 0, 10);
        });
        Assert.Contains(counts, rows => rows.Count == 0);
        Assert.Contains(counts, rows => rows.Count == 10);
    }

    [Fact(DisplayName = "R-034, R-039 Objectif et indicateur tiennent en 450 caractères et sont complets")]
    public void Texts_are_within_limits() => Assert.All(_engagements, e =>
    {
        Assert.InRange(e["objectif"].Length, 40, 450);
        Assert.InRange(e["indicateur"].Length, 10, 450);
        Assert.All(new[] { "mode_calcul", "unite", "source", "valeur_reference" }, field => Assert.NotEmpty(e[field]));
        Assert.Matches(AnnexeVolet(), e["annexe_volet"]);
        Assert.Contains(e["type"], new[] { "generique", "specifique" });
        Assert.DoesNotContain('{', e["objectif"]);
        Assert.DoesNotContain("de le ", e["objectif"], StringComparison.Ordinal);
    });

    [Fact(DisplayName = "R-028, R-029 Les FINESS d'un engagement sont ceux du contrat et ses cibles ne dépassent pas l'échéance")]
    public void Engagements_stay_within_their_contrat()
    {
        var contrats = _contrats.ToDictionary(c => c["numero"]);
        Assert.All(_engagements, e =>
        {
            var contrat = contrats[e["numero_contrat"]];
            var allowed = contrat["finess_sites"].Split(' ').Append(contrat["finess_ej"]).ToHashSet();
            Assert.All(e["finess"].Split(' '), f => Assert.Contains(f, allowed));
            var (effet, fin) = (WrittenRegion.Date(contrat["date_effet"]).Year, WrittenRegion.Date(contrat["date_fin"]).Year);
            Assert.All(Enumerable.Range(1, 5).Where(k => effet + k > fin), k => Assert.Empty(e[$"cible_n{k}"]));
            Assert.NotEmpty(e["cible_n1"]);
        });
    }

    [Fact(DisplayName = "R-053 Un engagement de RC désigne une RC en vigueur du site qu'il nomme")]
    public void Rc_engagements_name_a_live_rc()
    {
        var rcs = fixture.Region.Rc(0).Elements("activitesoumiseareco").ToDictionary(r => r.Element("codeautorarhgos")!.Value);
        var returned = _engagements.Where(e => e["numero_rc"].Length > 0).ToList();
        Assert.True(returned.Count > 20);
        Assert.All(returned, e =>
        {
            Assert.Equal("A2.V2", e["annexe_volet"]);
            Assert.Equal(e["finess"], rcs[e["numero_rc"]].Element("nofinesset")!.Value);
            Assert.Equal("23", rcs[e["numero_rc"]].Element("etatautorisation")!.Value);
        });
    }

    [GeneratedRegex("^(A1\\.V[1-4]|A2\\.V[1-5]|A3\\.V[1-3])$")]
    private static partial Regex AnnexeVolet();
}
