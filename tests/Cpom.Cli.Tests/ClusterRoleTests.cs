namespace Cpom.Cli.Tests;

/// <summary>What cannot be started is said in one sentence.</summary>
public sealed class ClusterRoleTests
{
#if ORLEANS
    [Theory(DisplayName = "Un silo sans PostgreSQL, ou qui écoute partout sans dire où il est, se refuse en disant quoi faire")]
    [InlineData("--postgres", "--host", "gateway")]
    [InlineData("--postgres", "--host", "silo")]
    [InlineData("CPOM_SILO_ADDRESS", "--host", "silo", "--postgres", "Host=127.0.0.1", "--listen", "0.0.0.0")]
    public Task Unusable(string remedy, params string[] arguments) => Refused(remedy, arguments);
#else
    [Theory(DisplayName = "Un programme construit sans Orleans dit qu'il n'a pas de grappe")]
    [InlineData("silo")]
    [InlineData("gateway")]
    public Task Not_built(string host) => Refused("construit sans Orleans", "--host", host);
#endif

    private static async Task Refused(string told, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.Of(["serve", "--data", folder.Path, "--http", "0", "--grpc", "0", .. arguments]);
        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }
}
