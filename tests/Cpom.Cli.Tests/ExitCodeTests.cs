namespace Cpom.Cli.Tests;

public sealed class ExitCodeTests
{
    /// <summary>Port 9 (discard) of this machine: nothing listens there.</summary>
    private const string Nowhere = "http://127.0.0.1:9";

    [Theory(DisplayName = "Une commande mal écrite répond 2 et dit pourquoi")]
    [InlineData("portfolio", "--by", "planete")]
    [InlineData("portfolio", "--valid-on", "01/10/2026")]
    [InlineData("portfolio", "--known-at", "hier")]
    [InlineData("portfolio", "--server", "serveur")]
    [InlineData("contrat", "sign", "C1")]
    [InlineData("contrat", "abandon", "C1")]
    [InlineData("contrat", "remove-engagement", "C1")]
    [InlineData("contrat", "link-financement", "C1", "--rc", "750000026/RC/1")]
    [InlineData("serve", "--http", "70000")]
    [InlineData("serve", "--drain-delay", "121")]
    [InlineData("sample", "--out", "x", "--day", "-1")]
    [InlineData("avenant", "open", "C1", "--effet", "2027-01-01", "--all", "--item", "i")]
    [InlineData("act", "submit", "--finess", "750000026", "--valid-on", "2026-10-01")]
    [InlineData("inconnu")]
    public async Task Usage(params string[] arguments)
    {
        var run = await CommandRun.Of(arguments);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.NotEmpty(run.Error);
    }

    [Fact(DisplayName = "Un serveur injoignable répond 3 et dit comment le démarrer")]
    public async Task Unreachable()
    {
        var run = await CommandRun.Of("portfolio", "--server", Nowhere);

        Assert.Equal(ExitCodes.Unreachable, run.Code);
        Assert.Contains("cpom serve", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact(DisplayName = "CPOM_SERVER donne l'adresse quand --server manque")]
    public async Task Variable()
    {
        var run = await CommandRun.Of(name => name == "CPOM_SERVER" ? "http://127.0.0.1:9" : null, "doctor");

        Assert.Equal(ExitCodes.Unreachable, run.Code);
        Assert.Contains("127.0.0.1:9", run.Output, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Un fichier qui n'existe pas répond 1")]
    public async Task Missing_file()
    {
        var run = await CommandRun.Of("import", "absent.csv", "--server", Nowhere);

        Assert.Equal(ExitCodes.Refused, run.Code);
        Assert.Contains("absent.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "doctor examine la machine sans serveur")]
    public async Task Doctor()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.Of("doctor", "--server", Nowhere, "--data", folder.Path);

        Assert.Equal(ExitCodes.Unreachable, run.Code);
        Assert.Contains("un fichier tronqué est refusé", run.Output, StringComparison.Ordinal);
        Assert.Contains("est inscriptible", run.Output, StringComparison.Ordinal);
        Assert.Contains("forme composée", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
