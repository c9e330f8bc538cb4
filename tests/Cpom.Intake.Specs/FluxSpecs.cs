using System.Text;

namespace Cpom.Intake.Specs;

public sealed class FluxSpecs
{
    private static string Rc(string noAutor, string rest) => $"""
        <activitesoumiseareco><noautor>{noAutor}</noautor><nofinessej>990000001</nofinessej><nofinesset>990000002</nofinesset>{rest}</activitesoumiseareco>

        """;

    private static string Flux(string records, string encoding = "UTF-8") =>
        $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<fluxfiness xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n{records}</fluxfiness>";

    private const string Sound = "<codeautorarhgos>11-00-RC1</codeautorarhgos><activite>R4</activite><dateeffetasr>2024-01-01</dateeffetasr>";

    [Fact(DisplayName = "D-04 RC : les avenants rejoignent leur reconnaissance, où qu'ils soient dans le fichier, dans leur ordre")]
    public async Task Avenants()
    {
        using var file = Given.File("rc.xml", Flux(
            "<avenant><noautor>1</noautor><numordre>2</numordre><anccapacite>10</anccapacite><capacite>12</capacite></avenant>\n"
            + Rc("1", Sound)
            + Rc("2", Sound + "<avenant><numordre>1</numordre><capacite>5</capacite></avenant>")
            + "<avenant><noautor>1</noautor><numordre>1</numordre><typeavenant>2</typeavenant><libavenant>Création</libavenant><dateavenant>2024-05-01</dateavenant><capacite>10</capacite></avenant>\n"
            + "<avenant><noautor>3</noautor><numordre>1</numordre></avenant>\n"));
        var items = await Given.Items(file.Path, f => RcXmlReader.Read(f));

        Assert.Equal([1, 2], items.Rows[0].Avenants.Select(avenant => avenant.NumOrdre!.Value));
        Assert.Equal((10, 12), (items.Rows[0].Avenants[1].AncienneCapacite!.Value, items.Rows[0].Avenants[1].Capacite!.Value));
        Assert.Equal(("2", "Création", new DateOnly(2024, 5, 1)), (items.Rows[0].Avenants[0].Type, items.Rows[0].Avenants[0].Libelle, items.Rows[0].Avenants[0].Date!.Value));
        Assert.Equal(5, Assert.Single(items.Rows[1].Avenants).Capacite);
        var orphan = Assert.Single(items.Faults);
        Assert.Equal((IntakeRules.AvenantRc, "ligne 7"), (orphan.Rule, orphan.Place));
    }

    [Theory(DisplayName = "R-050 RC : ce qui manque ou n'est pas lisible met la ligne de côté, les autres sont lues")]
    [InlineData("<activite>R4</activite><dateeffetasr>2024-01-01</dateeffetasr>", IntakeRules.Rc, "numéro")]
    [InlineData("<codeautorarhgos>x</codeautorarhgos><dateeffetasr>2024-01-01</dateeffetasr><activite xsi:nil=\"true\"/>", IntakeRules.Rc, "activité")]
    [InlineData("<codeautorarhgos>x</codeautorarhgos><activite>R4</activite><dateeffetasr>2024-13-01</dateeffetasr>", IntakeRules.Date, "2024-13-01")]
    [InlineData("<codeautorarhgos>x</codeautorarhgos><activite>R4</activite>", IntakeRules.Rc, "date d'effet")]
    [InlineData(Sound + "<capaciteautorisee>dix</capaciteautorisee>", IntakeRules.Number, "dix")]
    [InlineData(Sound + "<nofinesset></nofinesset><nofinessej>9</nofinessej>", IntakeRules.Finess, "nofinessej")]
    public async Task Faults(string rest, string rule, string told)
    {
        using var file = Given.File("rc.xml", Flux(Rc("1", rest) + Rc("2", Sound)));
        var items = await Given.Items(file.Path, f => RcXmlReader.Read(f));
        var fault = Assert.Single(items.Faults);
        Assert.Equal("ligne 3", fault.Place);
        Assert.Contains(told, fault.Problem, StringComparison.Ordinal);
        Assert.Equal(rule, fault.Rule);
        Assert.Single(items.Rows);
    }

    [Fact(DisplayName = "R-049 RC sans site : mise de côté")]
    public async Task Without_site()
    {
        using var file = Given.File("rc.xml", Flux($"<activitesoumiseareco><nofinessej>990000001</nofinessej>{Sound}</activitesoumiseareco>"));
        Assert.Equal(IntakeRules.RcSite, Assert.Single((await Given.Items(file.Path, f => RcXmlReader.Read(f))).Faults).Rule);
    }

    [Theory(DisplayName = "D-09 Le flux dit si le code d'une RC est de la région ; sinon il n'en dit rien")]
    [InlineData("<indicateurregional>N</indicateurregional>", false)]
    [InlineData("<indicateurregional>O</indicateurregional>", true)]
    [InlineData("", null)]
    public async Task Regional(string told, bool? expected)
    {
        using var file = Given.File("rc.xml", Flux(Rc("1", Sound + told)));
        Assert.Equal(expected, Assert.Single((await Given.Items(file.Path, f => RcXmlReader.Read(f))).Rows).Regional);
    }

    [Theory(DisplayName = "RC sans date d'effet : celle du CPOM, sinon celle de la mise à jour, avec un avertissement")]
    [InlineData("<dateeffetcpom>2019-04-01</dateeffetcpom><datemaj>2021-12-14</datemaj>", "2019-04-01", "dateeffetcpom")]
    [InlineData("<datemaj>2021-12-14</datemaj>", "2021-12-14", "datemaj")]
    public async Task Date_fallback(string dates, string expected, string told)
    {
        using var file = Given.File("rc.xml", Flux(Rc("1", "<codeautorarhgos>x</codeautorarhgos><activite>R4</activite>" + dates)));
        var items = await Given.Items(file.Path, f => RcXmlReader.Read(f));
        Assert.Equal(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(items.Rows).DateEffet);
        Assert.Contains(told, Assert.Single(items.Warnings).Problem, StringComparison.Ordinal);
        Assert.IsType<SourceItem<RcRow>.Warning>(items.All[0]);
    }

    [Fact(DisplayName = "XML : l'encodage est celui de la déclaration, une valeur démesurée met sa ligne de côté")]
    public async Task Encoding_and_limit()
    {
        var content = Flux(
            "<structureej><nofiness>990000001</nofiness><rs>H\u00f4pital</rs></structureej>\n"
            + $"<structureej><nofiness>990000002</nofiness><rs>{new string('x', IntakeLimits.FieldCharsMax + 1)}</rs></structureej>\n",
            "ISO-8859-1");
        using var file = Given.File("ej.xml", content, Encoding.Latin1);
        var items = await Given.Items(file.Path, f => EjXmlReader.Read(f));
        Assert.Equal("Hôpital", Assert.Single(items.Rows).Denomination);
        Assert.Equal(("ligne 4", IntakeRules.Limit), (items.Faults[0].Place, items.Faults[0].Rule));
    }

    [Fact(DisplayName = "D-01 Entité sans numéro FINESS lisible : mise de côté")]
    public async Task Bad_ej()
    {
        using var file = Given.File("ej.xml", Flux("<structureej><nofiness>XX</nofiness></structureej>"));
        Assert.Equal(IntakeRules.Finess, Assert.Single((await Given.Items(file.Path, f => EjXmlReader.Read(f))).Faults).Rule);
    }
}
