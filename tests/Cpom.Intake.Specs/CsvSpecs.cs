using System.Text;
using Cpom.Intake.Csv;

namespace Cpom.Intake.Specs;

public sealed class CsvSpecs
{
    private const string Header = "Finess EJ;Finess;Année Campagne HAPI;Mois Année;Enveloppe;Sous Enveloppe;Mode de Délégation;HAPI - Montant Notifié\n";

    [Theory(DisplayName = "Guillemets : RFC 4180, doublés, mêlés, et ceux des exports négligents")]
    [InlineData("a;b;c", "a", "b", "c")]
    [InlineData("\"a;b\";c", "a;b", "c")]
    [InlineData("\"\"\"X\"\"\";c", "\"X\"", "c")]
    [InlineData("LE \"BON\" HOPITAL;c", "LE \"BON\" HOPITAL", "c")]
    [InlineData("\"LE \"BON\" HOPITAL\";c", "LE \"BON\" HOPITAL", "c")]
    [InlineData("\"\";c", "", "c")]
    [InlineData(";", "", "")]
    [InlineData("a;", "a", "")]
    [InlineData("a;\"b\"", "a", "b")]
    public void Quotes(string record, params string[] fields) => Assert.Equal(fields, CsvFields.Split(record, ';', isQuoting: true));

    [Theory(DisplayName = "L'encodage est détecté : UTF-8 avec ou sans BOM, windows-1252")]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("windows-1252", false)]
    public async Task Encodings(string name, bool hasBom)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.UTF8;
        byte[] bytes = [.. hasBom ? Encoding.UTF8.GetPreamble() : [], .. encoding.GetBytes(Header + "990000001;990000002;2026;7/2026;Forfaits;Dotation année – œuvre;I;10\n")];
        using var file = Given.File("MEN_HAPI.CSV", bytes);
        var items = await Given.Items(file.Path, f => HapiNotificationsReader.Read(f));
        Assert.Equal("Dotation année – œuvre", Assert.Single(items.Rows).SousEnveloppe);
    }

    [Theory(DisplayName = "Le séparateur est détecté")]
    [InlineData(";")]
    [InlineData(",")]
    [InlineData("|")]
    [InlineData("\t")]
    public async Task Separators(string separator)
    {
        using var file = Given.File("x.txt", (Header + "990000001;990000002;2026;7/2026;FIR;S;I;10.50\n").Replace(";", separator, StringComparison.Ordinal));
        var items = await Given.Items(file.Path, f => HapiNotificationsReader.Read(f));
        Assert.Equal(10.50m, Assert.Single(items.Rows).Montant);
    }

    [Fact(DisplayName = "Colonnes dans un autre ordre, de trop, ou facultatives et absentes : rien à redire")]
    public async Task Columns()
    {
        using var file = Given.File("x.csv", "HAPI - MONTANT NOTIFIE;inconnue;mois annee;annee campagne hapi;Finess;Finess EJ;Enveloppe\r\n-12 500,50;z;07/2026;2026;99 000 000 2;990000001;FIR\r\n");
        var row = Assert.Single((await Given.Items(file.Path, f => HapiNotificationsReader.Read(f))).Rows);
        Assert.Equal((-12500.50m, new DateOnly(2026, 7, 1), "990000002", null, null), (row.Montant, row.Mois, row.FinessBeneficiaire, row.SousEnveloppe, row.Mode));
    }

    [Fact(DisplayName = "D-01 Une mauvaise ligne est mise de côté avec tout ce qui n'y va pas, et la lecture continue")]
    public async Task Bad_line()
    {
        using var file = Given.File("x.csv", Header + "99000001;990000002;2026;13/2026;FIR;S;I;dix\n\n990000001;990000002;2026;7/2026;FIR;S;I;10\n");
        var items = await Given.Items(file.Path, f => HapiNotificationsReader.Read(f));
        var fault = Assert.Single(items.Faults);
        Assert.Equal(("ligne 2", IntakeRules.Finess), (fault.Place, fault.Rule));
        Assert.Contains("« 99000001 »", fault.Problem, StringComparison.Ordinal);
        Assert.Contains("« 13/2026 »", fault.Problem, StringComparison.Ordinal);
        Assert.Contains("« dix »", fault.Problem, StringComparison.Ordinal);
        Assert.Contains("9 caractères", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal("ligne 4", Assert.Single(items.Rows).Place);
    }

    [Fact(DisplayName = "Un guillemet jamais refermé ne prend que sa ligne")]
    public async Task Open_quote()
    {
        var sound = string.Concat(Enumerable.Repeat("990000001;990000002;2026;7/2026;FIR;S;I;10\n", 3));
        using var file = Given.File("x.csv", Header + "990000001;\"990000002;2026\n" + sound);
        var items = await Given.Items(file.Path, f => HapiNotificationsReader.Read(f));
        Assert.Equal("ligne 2", Assert.Single(items.Faults).Place);
        Assert.Equal(["ligne 3", "ligne 4", "ligne 5"], items.Rows.Select(row => row.Place));
    }

    [Fact(DisplayName = "Un guillemet égaré en tête de valeur, sur une ligne qui a toutes ses colonnes, est une lettre")]
    public async Task Stray_quote()
    {
        using var file = Given.File("x.csv", Header + "990000001;990000002;2026;7/2026;FIR;\"Ségur;I;10\n");
        var items = await Given.Items(file.Path, f => HapiNotificationsReader.Read(f));
        Assert.Equal("\"Ségur", Assert.Single(items.Rows).SousEnveloppe);
    }

    [Fact(DisplayName = "Une valeur entre guillemets peut tenir plusieurs lignes ; les suivantes gardent leur numéro")]
    public async Task Multiline()
    {
        using var file = Given.File("x.csv", Header + "990000001;990000002;2026;7/2026;FIR;\"deux\nlignes\";I;10\n990000001;990000002;2026;8/2026;FIR;S;I;11\n");
        var items = await Given.Items(file.Path, f => HapiNotificationsReader.Read(f));
        Assert.Equal("deux\nlignes", items.Rows[0].SousEnveloppe);
        Assert.Equal(["ligne 2", "ligne 4"], items.Rows.Select(row => row.Place));
    }

    [Fact(DisplayName = "Une ligne trop longue ou à laquelle il manque des colonnes est mise de côté")]
    public async Task Limits()
    {
        var tooLong = new string('x', IntakeLimits.LineCharsMax + 1);
        using var file = Given.File("x.csv", Header + tooLong + "\na;b\n990000001;990000002;2026;7/2026;FIR;S;I;10\n");
        var items = await Given.Items(file.Path, f => HapiNotificationsReader.Read(f));
        Assert.Equal([("ligne 2", IntakeRules.Limit), ("ligne 3", IntakeRules.Columns)], items.Faults.Select(fault => (fault.Place, fault.Rule)));
        Assert.Equal("ligne 4", Assert.Single(items.Rows).Place);
    }

    [Theory(DisplayName = "Montants : point ou virgule, espaces, signe ; deux marques sont ambiguës")]
    [InlineData("-9326", "-9326")]
    [InlineData("1\u202f228\u00a0269,50 €", "1228269.50")]
    [InlineData("19741.00", "19741.00")]
    [InlineData("1,228.5", null)]
    [InlineData("", null)]
    public void Amounts(string written, string? amount)
    {
        var isRead = Values.TryAmount(written, out var read);
        Assert.Equal(amount is not null, isRead);
        Assert.Equal(amount is null ? 0 : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), read);
    }

    [Theory(DisplayName = "D-01 Numéros FINESS")]
    [InlineData("01 078 019 5", "010780195")]
    [InlineData("2A0000014", "2A0000014")]
    [InlineData("2a0000014", "2A0000014")]
    [InlineData("A10000014", null)]
    [InlineData("0107801955", null)]
    [InlineData(null, null)]
    public void Finess(string? written, string? finess) => Assert.Equal(finess, Values.Finess(written));

    [Fact(DisplayName = "Communes d'outre-mer : 9A et 101 font 97101, département 971")]
    public void Overseas()
    {
        Assert.Equal("97101", Values.CommuneOf("9A", "101"));
        Assert.Equal("971", Values.DepartementOf("97101"));
        Assert.Equal("2A004", Values.CommuneOf("2A", "004"));
        Assert.Equal("2A", Values.DepartementOf("2A004"));
    }
}
