using System.Security.Cryptography;
using System.Text;

namespace Cpom.Intake.Specs;

public sealed class FileSourceSpecs
{
    private const string Notifications = "Finess EJ;Finess;Année Campagne HAPI;Mois Année;Enveloppe;Sous Enveloppe;Mode de Délégation;HAPI - Montant Notifié\n";

    [Theory(DisplayName = "Un fichier est reconnu par son contenu, quel que soit son nom")]
    [InlineData("{\"gcc\":[],\"pmej\":[]}", FileKind.FinessStructures)]
    [InlineData("{\"pmej\":[{\"numFiness\":\"990000001\",\"activitesAutorisees\":[]}]}", FileKind.FinessActivites)]
    [InlineData("<fluxfiness><horodatage/><activitesoumiseareco/></fluxfiness>", FileKind.RcXml)]
    [InlineData("<fluxfiness><structureej/></fluxfiness>", FileKind.EjXml)]
    [InlineData(Notifications, FileKind.HapiNotifications)]
    [InlineData("MONTANT_NOTIFIE|CAMPAGNE|ID_BENEFICIAIRE|ENVELOPPE|DATE_EFFET\n", FileKind.HapiEngagements)]
    [InlineData("Numéro,Finess EJ,Date d_effet,Date_fin\n", null)]
    [InlineData("Numéro,Finess_EJ,Date effet,Date fin\n", FileKind.ContratsCsv)]
    [InlineData("numero_contrat\tnumero\tannexe_volet\tfiness\tobjectif\ttype\tindicateur\n", FileKind.EngagementsCsv)]
    public void Recognised(string content, FileKind? kind)
    {
        using var file = Given.File("donnees.bin", content);
        if (kind is { } known)
        {
            Assert.Equal(known, Given.Open(file.Path).Kind);
        }
        else
        {
            Assert.Contains("date_effet", Given.OpenRefused(file.Path).Problem, StringComparison.Ordinal);
        }
    }

    [Theory(DisplayName = "Quand le contenu laisse un doute, le nom décide")]
    [InlineData("finess-activites-journalier-20260901.json", FileKind.FinessActivites)]
    [InlineData("finess-structures-journalier-20260901.json", FileKind.FinessStructures)]
    public void Name_settles(string name, FileKind kind)
    {
        using var file = Given.File(name, "{\"schemaVersion\":\"1\",\"pmej\":[]}");
        Assert.Equal(kind, Given.Open(file.Path).Kind);
    }

    [Theory(DisplayName = "Un fichier inconnu est refusé en disant ce qui a été vu et ce qui est accepté")]
    [InlineData("", "vide")]
    [InlineData("PK\u0003\u0004xxxx", "zip")]
    [InlineData("finess;etalab;111;2026-05-12\n", "etalab")]
    [InlineData("{\"autre\":1}", "JSON")]
    [InlineData("<html><body/></html>", "html")]
    [InlineData("<fluxfiness><structureej/><equipmateriellourd/></fluxfiness>", "cs1400104")]
    [InlineData("bonjour\n", "CSV")]
    public void Unknown(string content, string seen)
    {
        using var file = Given.File("x.csv", content);
        var refusal = Given.OpenRefused(file.Path);
        Assert.Equal(IntakeRules.KnownKind, refusal.Rule);
        Assert.Contains(seen, refusal.Problem, StringComparison.Ordinal);
        Assert.Contains("FINESS+ structures", refusal.Remedy, StringComparison.Ordinal);
        Assert.Contains("contrats.csv", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "L'empreinte et la taille sont celles du fichier reçu, compressé ou non")]
    public async Task Sha256()
    {
        var bytes = Given.Gzip("{\"gcc\":[],\"pmej\":[]}");
        using var file = Given.File("s.json.gz", bytes);
        var valid = await Given.Valid(file.Path);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), valid.Sha256);
        Assert.Equal(bytes.Length, valid.Size);
        Assert.Equal(("s.json.gz", "/pmej[0]"), (valid.PieceAt("/pmej[0]").File, valid.PieceAt("/pmej[0]").Place));
    }

    [Theory(DisplayName = "Un gzip tronqué est refusé, où qu'il soit coupé")]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(200)]
    public async Task Truncated_gzip(int missing)
    {
        var bytes = Given.Gzip("{\"gcc\":[],\"pmej\":[" + string.Join(',', Enumerable.Range(0, 5000).Select(n => $"{{\"n\":{n * 7919}}}")) + "]}");
        using var file = Given.File("s.json.gz", bytes[..^missing]);
        var refusal = await Given.ValidateRefused(file.Path);
        Assert.Equal(IntakeRules.Whole, refusal.Rule);
        Assert.Contains("gzip", refusal.Problem, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Un gzip dont le contrôle CRC est faux est refusé")]
    public async Task Broken_crc()
    {
        var bytes = Given.Gzip("{\"gcc\":[],\"pmej\":[]}");
        bytes[^6] ^= 1;
        using var file = Given.File("s.json.gz", bytes);
        var refusal = FileSource.Open(file.Path) is FileOpening.Refused refused ? refused.Refusal : await Given.ValidateRefused(file.Path);
        Assert.Contains("gzip", refusal.Problem, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "Un JSON tronqué, mal formé ou suivi d'autre chose est refusé")]
    [InlineData("{\"gcc\":[],\"pmej\":[{\"ege\":[]}")]
    [InlineData("{\"gcc\":[],\"pmej\":[}]}")]
    [InlineData("{\"gcc\":[],\"pmej\":[]} {}")]
    [InlineData("{\"gcc\":[],\"autre\":[]}")]
    public async Task Malformed_json(string content)
    {
        using var file = Given.File("s.json", content);
        Assert.Equal(IntakeRules.Whole, (await Given.ValidateRefused(file.Path)).Rule);
    }

    [Fact(DisplayName = "Un JSON qui n'est pas en UTF-8 est refusé")]
    public async Task Latin1_json()
    {
        using var file = Given.File("s.json", "{\"gcc\":[{\"nomGcc\":\"Côte\"}],\"pmej\":[]}", Encoding.Latin1);
        Assert.Contains("UTF-8", (await Given.ValidateRefused(file.Path)).Problem, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "Un caractère UTF-8 à cheval sur deux lectures n'est pas pris pour une erreur, un caractère coupé en est une")]
    [InlineData("aé€😀é😀€a", 0, true)]
    [InlineData("aé€😀", 1, false)]
    public void Utf8_across_reads(string text, int missing, bool isUtf8)
    {
        var bytes = Encoding.UTF8.GetBytes(text)[..^missing];
        for (var step = 1; step <= bytes.Length; step++)
        {
            using var watch = new ContentWatch(new MemoryStream(bytes));
            var buffer = new byte[step];
            while (watch.Read(buffer, 0, step) > 0)
            {
            }
            Assert.Equal(isUtf8, watch is { IsUtf8: true, EndsWhole: true });
        }
    }

    [Theory(DisplayName = "Un XML mal formé ou tronqué est refusé avec sa ligne")]
    [InlineData("<fluxfiness>\n<activitesoumiseareco>\n<rsej>A & B</rsej></activitesoumiseareco></fluxfiness>", "ligne 3")]
    [InlineData("<fluxfiness>\n<activitesoumiseareco>", "ligne 2")]
    public async Task Malformed_xml(string content, string place)
    {
        using var file = Given.File("rc.xml", content);
        Assert.Contains(place, (await Given.ValidateRefused(file.Path)).Problem, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Un XML qui déclare un type de document n'est pas lu : il pourrait nommer d'autres fichiers")]
    public async Task Dtd()
    {
        using var file = Given.File("finess_cs1600102.xml", "<!DOCTYPE fluxfiness [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><fluxfiness><activitesoumiseareco>&a;</activitesoumiseareco></fluxfiness>");
        var refusal = FileSource.Open(file.Path) is FileOpening.Refused refused ? refused.Refusal : await Given.ValidateRefused(file.Path);
        Assert.Contains("XML", refusal.Problem, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Un CSV dont la dernière ligne est coupée est refusé entier")]
    public async Task Truncated_csv()
    {
        using var file = Given.File("MEN_HAPI.CSV", Notifications + "990000001;990000002;2026;7/2026;FIR;S;I;10\n990000001;990000002;2026");
        var refusal = await Given.ValidateRefused(file.Path);
        Assert.Contains("ligne 3", refusal.Problem, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "Un fichier qui change entre les deux lectures n'est pas lu, même à taille égale")]
    [InlineData("{\"gcc\":[],\"pmej\":[]} ")]
    [InlineData("{\"gcc\":[],\"autr\":[]}")]
    public async Task Changed_meanwhile(string content)
    {
        using var file = Given.File("s.json", "{\"gcc\":[],\"pmej\":[]}");
        var valid = await Given.Valid(file.Path);
        File.WriteAllText(file.Path, content);
        File.SetLastWriteTimeUtc(file.Path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Assert.ThrowsAsync<IOException>(async () => await FinessStructuresReader.Read(valid).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact(DisplayName = "Le progrès va jusqu'au dernier octet reçu")]
    public async Task Progress()
    {
        var bytes = Given.Gzip("{\"gcc\":[],\"pmej\":[]}");
        using var file = Given.File("s.json.gz", bytes);
        var seen = new Last();
        await Given.Open(file.Path).Validate(seen);
        Assert.Equal(bytes.Length, seen.Value);
    }

    private sealed class Last : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value) => Value = value;
    }
}
