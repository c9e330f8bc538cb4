using System.Text;

namespace Cpom.Intake.Specs;

/// <summary>A file that is checked while it is read says what Validate says, at the latest where it ends.</summary>
public sealed class UnreadFileSpecs
{
    private static readonly string Whole = "{\"gcc\":[],\"pmej\":[" + string.Join(',', Enumerable.Range(0, 20_000).Select(Entite)) + "]}";

    [Fact(DisplayName = "Un fichier lu en une fois donne les mêmes lignes et la même empreinte que lu en deux")]
    public async Task Same_rows()
    {
        using var file = Given.File("s.json.gz", Given.Gzip(Whole));
        var twice = await Given.Items(file.Path, f => FinessStructuresReader.Read(f));
        var (once, refusal) = await Once(file.Path);

        Assert.Null(refusal);
        Assert.Equal(twice.All.Count, once.Count);
        Assert.Equal(20_000, once.Count);
        Assert.Equal((await Given.Valid(file.Path)).Sha256, (await Given.Open(file.Path).Hash()).Sha256);
    }

    [Theory(DisplayName = "Un gzip tronqué, où qu'il soit coupé, est refusé en une lecture comme en deux")]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(200)]
    [InlineData(50_000)]
    public async Task Truncated_gzip(int missing) => await SameRefusal("s.json.gz", Given.Gzip(Whole)[..^missing]);

    [Fact(DisplayName = "Un gzip dont le contrôle CRC est faux est refusé en une lecture comme en deux")]
    public async Task Broken_crc()
    {
        var bytes = Given.Gzip(Whole);
        bytes[^6] ^= 1;
        await SameRefusal("s.json.gz", bytes);
    }

    [Theory(DisplayName = "Un JSON tronqué, mal formé, suivi d'autre chose ou sans sa liste est refusé en une lecture comme en deux")]
    [InlineData("{\"gcc\":[],\"pmej\":[{\"ege\":[]}")]
    [InlineData("{\"gcc\":[],\"pmej\":[}]}")]
    [InlineData("{\"gcc\":[],\"pmej\":[]} {}")]
    [InlineData("{\"gcc\":[],\"autre\":[]}")]
    [InlineData("{\"gcc\":[],\"pmej\":{}}")]
    [InlineData("{\"gcc\":[],\"pmej\":null}")]
    public async Task Malformed(string content) => await SameRefusal("s.json", Encoding.UTF8.GetBytes(content));

    [Fact(DisplayName = "Un JSON cassé après des milliers de lignes est refusé, quoi qu'il ait déjà donné")]
    public async Task Malformed_late() => await SameRefusal("s.json", Encoding.UTF8.GetBytes(Whole[..^2] + ",}]}"));

    [Theory(DisplayName = "Un JSON qui n'est pas en UTF-8 est refusé en une lecture comme en deux")]
    [InlineData("{\"gcc\":[{\"nomGcc\":\"Côte\"}],\"pmej\":[]}")]
    [InlineData("{\"gcc\":[],\"pmej\":[{\"informationsGeneralesPMEJ\":{\"denominationPm\":\"Côte\"}}]}")]
    public async Task Latin1(string content) => await SameRefusal("s.json", Encoding.Latin1.GetBytes(content));

    [Fact(DisplayName = "Un fichier qui change après son empreinte n'est pas lu")]
    public async Task Changed_meanwhile()
    {
        using var file = Given.File("s.json", "{\"gcc\":[],\"pmej\":[]}");
        var unread = await Given.Open(file.Path).Hash();
        File.SetLastWriteTimeUtc(file.Path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Assert.ThrowsAsync<IOException>(async () => await FinessStructuresReader.Read(unread).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact(DisplayName = "Une lecture annulée s'arrête, et le fichier se ferme")]
    public async Task Cancelled()
    {
        using var file = Given.File("s.json.gz", Given.Gzip(Whole));
        var unread = await Given.Open(file.Path).Hash();
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in FinessStructuresReader.Read(unread, null, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
        File.Open(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Fact(DisplayName = "Seuls les fichiers quotidiens de FINESS+ se lisent sans avoir été lus une première fois")]
    public async Task Others()
    {
        using var file = Given.File("MEN.CSV", "Finess EJ;Finess;Année Campagne HAPI;Mois Année;Enveloppe;Sous Enveloppe;Mode de Délégation;HAPI - Montant Notifié\n");
        var context = new ImportContext(await Given.Open(file.Path).Hash(), new(2026, 1, 1), true, false, false, null!, null);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Import.Steps(context, default).GetAsyncEnumerator().MoveNextAsync());
    }

    private static string Entite(int n) => $"{{\"informationsGeneralesPMEJ\":{{\"numFinessPm\":\"99{n:D7}\",\"denominationPm\":\"Côte {n * 7919}\"}},\"ege\":[]}}";

    private static async Task SameRefusal(string name, byte[] content)
    {
        using var file = Given.File(name, content);
        var expected = await Given.ValidateRefused(file.Path);
        Assert.Equal(expected, (await Once(file.Path)).Refusal);
    }

    private static async Task<(List<SourceItem<StructureRow>> Items, FileRefusal? Refusal)> Once(string path)
    {
        List<SourceItem<StructureRow>> items = [];
        try
        {
            await foreach (var item in FinessStructuresReader.Read(await Given.Open(path).Hash()))
            {
                items.Add(item);
            }
        }
        catch (MalformedContentException malformed)
        {
            return (items, malformed.Refusal);
        }

        return (items, null);
    }
}
