using System.Text;
using Cpom.Runtime.Intake;
using Cpom.Server;
using Cpom.TestKit;
using static Cpom.Runtime.Specs.Fichiers;

namespace Cpom.Runtime.Specs;

/// <summary>The daily registers are read once where nearly all of them is known, and nobody can tell by the log or the report (decision 0021).</summary>
public sealed class OnePassSpecs : IAsyncLifetime
{
    private const string Day1 = "finess-structures-journalier-20260101.json";
    private const string Day2 = "finess-structures-journalier-20260102.json";

    private static readonly string Renamed = Structures.Replace("D'ESSAI", "NOUVEAU", StringComparison.Ordinal);

    private readonly TemporaryFolder _folder = new();
    private readonly Monde _monde = new Monde().Start();

    public async Task InitializeAsync() => Assert.Equal(3, (await Import(Day1, Structures)).Counts.New);

    public async Task DisposeAsync()
    {
        await _monde.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(DisplayName = "Le jour suivant est lu une fois : rien n'est relu pour être enregistré")]
    public async Task Once()
    {
        var seen = new Seen();
        var report = await Import(Day2, Renamed, seen: seen);

        Assert.Equal((3, 1, 2), (report.Counts.Read, report.Counts.Changed, report.Counts.Unchanged));
        Assert.True(await IsRecorded("NOUVEAU"));
        Assert.Equal((report.Sha256, Day2), (Sha256(Renamed), (await _monde.Log())[^2].Provenance.Cause.Piece!.File));
        Assert.Single(seen.All, p => p.Phase == ImportPhase.Recording);
        Assert.Contains(seen.All, p => p.Phase == ImportPhase.Checking && p.BytesRead == p.BytesTotal);
    }

    [Theory(DisplayName = "Un fichier tronqué ou mal formé est refusé entier, même si ce qui précède est nouveau : rien n'est enregistré, et le fichier entier l'est ensuite")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refused_whole(bool isGzip)
    {
        var whole = isGzip ? Gzip(Renamed) : Encoding.UTF8.GetBytes(Renamed);
        var before = (await _monde.Log()).Count;
        var report = await Import(Day2, whole[..^(isGzip ? 9 : 2)]);

        Assert.Contains("tronqué", report.Refused!.Problem, StringComparison.Ordinal);
        Assert.Equal(before, (await _monde.Log()).Count);
        Assert.Equal(1, (await Import(Day2, whole)).Counts.Changed);
    }

    [Fact(DisplayName = "Annulé en pleine lecture, un fichier n'a rien enregistré ; il peut être importé de nouveau")]
    public async Task Cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var before = (await _monde.Log()).Count;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import(Day2, Encoding.UTF8.GetBytes(Renamed), seen: new Seen(cancellation.Cancel), cancellation: cancellation.Token));

        Assert.Equal(before, (await _monde.Log()).Count);
        Assert.Equal(1, (await Import(Day2, Renamed)).Counts.Changed);
    }

    [Fact(DisplayName = "De deux lignes d'un même établissement, la dernière vaut, aussi quand elle redit ce qui est su")]
    public async Task Last_row_wins()
    {
        var twice = Structures.Replace("\"ege\":[", "\"ege\":[{\"informationsGeneralesEGE\":{\"numFinessEge\":\"" + SiteA + "\",\"dateOuverture\":\"2001-02-03\",\"nomEgeCourt\":\"Autre\"},\"etatObjet\":\"A\"},", StringComparison.Ordinal);
        var report = await Import(Day2, twice);

        Assert.Equal((4, 2, 2), (report.Counts.Read, report.Counts.Changed, report.Counts.Unchanged));
        Assert.Equal(SiteA, _monde.Portfolio.Current.Sites[SiteA].Nom);
    }

    [Fact(DisplayName = "Quand plus de lignes sont nouvelles qu'il n'en peut attendre, le fichier est lu une seconde fois, et finit de même (FileImporter.HeldRowsMax)")]
    public async Task Bounded()
    {
        var (seen, renamed) = (new Seen(), Renamed.Replace("\"numFinessEge\"", "\"nomEgeCourt\":\"Neuf\",\"numFinessEge\"", StringComparison.Ordinal));
        var report = await Import(Day2, Encoding.UTF8.GetBytes(renamed), heldRowsMax: 2, seen: seen);

        Assert.Equal((3, 3), (report.Counts.Read, report.Counts.Changed));
        Assert.True(seen.All.Count(p => p.Phase == ImportPhase.Recording) > 1);
        Assert.Equal(0, (await Import("finess-structures-journalier-20260103.json", renamed + " ")).Counts.Changed);
    }

    [Fact(DisplayName = "Une mauvaise ligne est mise de côté en une lecture comme en deux")]
    public async Task Bad_line()
    {
        var report = await Import(Day2, Structures.Replace(SiteB, "99", StringComparison.Ordinal));

        Assert.Equal(("/pmej[0]/ege[1]", "D-01"), (Assert.Single(report.Rejected).Place, report.Rejected[0].Rule));
        Assert.Equal((3, 2, 1), (report.Counts.Read, report.Counts.Unchanged, report.Counts.Quarantined));
        Assert.Single(await _monde.Log(), e => e.Name == "fichier-lignes-quarantined.1");
    }

    private async Task<bool> IsRecorded(string text) => (await _monde.Log()).Any(e => Encoding.UTF8.GetString(e.Payload.Span).Contains(text, StringComparison.Ordinal));

    private Task<ImportReport> Import(string name, string content, Seen? seen = null) => Import(name, Encoding.UTF8.GetBytes(content), seen: seen);

    private async Task<ImportReport> Import(
        string name, byte[] content, int heldRowsMax = FileImporter.HeldRowsMax, Seen? seen = null, CancellationToken cancellation = default)
    {
        var path = _folder.File(Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(path, content, default);
        var report = await new FileImporter(_monde.Node, heldRowsMax).Import(path, name, new(true, false, "essai"), seen ?? new Seen(), cancellation).WaitAsync(Monde.Patience, CancellationToken.None);
        await _monde.Settle();
        return report;
    }

    /// <param name="first">Called when the first byte is told.</param>
    private sealed class Seen(Action? first = null) : IProgress<ImportProgress>
    {
        private readonly List<ImportProgress> _all = [];

        public IReadOnlyList<ImportProgress> All => _all;

        public void Report(ImportProgress value)
        {
            if (_all.Count == 0)
            {
                first?.Invoke();
            }

            _all.Add(value);
        }
    }
}
