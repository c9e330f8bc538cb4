using Cpom.Domain.Nomenclatures;

namespace Cpom.Intake.Specs;

public sealed class NomenclatureSpecs
{
    private const string Amm =
        "\uFEFFCode Activité;Libellé Activité;Code Modalité;Libellé Modalité;Code Mention;Code Libellé;Code Pratique Thérapeutique Spécifique;Libellé Pratique Thérapeutique Spécifique;Code Déclaration;Libellé Déclaration\n";

    private const string Rc = "activite;libelle_activite;modalite;libelle_modalite;forme;libelle_forme;debut;fin;duree_ans;capacite\n";

    [Fact(DisplayName = "R-048 AMM : le code joint ses parties, le libellé tait ce qui n'a rien à dire et les espaces sans chasse")]
    public async Task Amm_code()
    {
        using var file = Given.File("Nomenclature-AMM-V99.csv", Amm + "QA010;Chirurgie fictive;MO007;\u200BPédiatrie;ME000;Pas de mention;PTS00;Pas de pratique;DE022;Temps complet");
        var row = Assert.Single((await Given.Items(file.Path, f => NomenclatureCsvReader.Read(f))).Rows);
        Assert.Equal(new NomenclatureCode("QA010/MO007/ME000/PTS00/DE022", "Chirurgie fictive — Pédiatrie — Temps complet"), row.Code);
    }

    [Fact(DisplayName = "R-048 RC : jours, durée et règle de capacité se lisent, et peuvent manquer")]
    public async Task Rc_code()
    {
        using var file = Given.File("nomenclature-rc.csv", Rc + "X1;Soins;N1;Unité;01;Complète;2018-01-01;31/12/2024;5;Requise\nX2;Autre;00;;00;;;;;\n");
        var rows = (await Given.Items(file.Path, f => NomenclatureCsvReader.Read(f))).Rows;
        Assert.Equal(
            [new NomenclatureCode("X1/N1/01", "Soins — Unité — Complète", new(2018, 1, 1), new(2024, 12, 31), 5, CapaciteRule.Requise), new NomenclatureCode("X2/00/00", "Autre")],
            rows.Select(r => r.Code));
    }

    [Theory(DisplayName = "R-048 R-051 RC : chaque défaut dit sa règle")]
    [InlineData("X1;Soins;N1;;;;;;;", IntakeRules.Compulsory)]
    [InlineData("X1;;N1;;01;;;;;", IntakeRules.Compulsory)]
    [InlineData("X/1;Soins;N1;;01;;;;;", IntakeRules.Code)]
    [InlineData("X1;Soins;N1;;01;;2025-01-01;2024-01-01;;", IntakeRules.Date)]
    [InlineData("X1;Soins;N1;;01;;;;-5;", IntakeRules.Number)]
    [InlineData("X1;Soins;N1;;01;;;;;parfois", IntakeRules.Capacite)]
    public async Task Bad_line(string line, string rule)
    {
        using var file = Given.File("n.csv", Rc + line + "\n");
        var items = await Given.Items(file.Path, f => NomenclatureCsvReader.Read(f));
        Assert.Empty(items.Rows);
        Assert.Equal(rule, Assert.Single(items.Faults).Rule);
    }
}
