namespace Cpom.Cli.Tests;

public sealed class CompletionTests
{
    [Theory(DisplayName = "Chaque interpréteur a son script, qui interroge cpom lui-même")]
    [InlineData("bash", "complete -o default -F _cpom cpom")]
    [InlineData("zsh", "#compdef cpom")]
    [InlineData("fish", "complete -c cpom")]
    public async Task Scripts(string shell, string line)
    {
        var run = await CommandRun.Of("completion", shell);

        Assert.Equal(ExitCodes.Done, run.Code);
        Assert.Contains(line, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "La directive [suggest] propose les verbes qui commencent ainsi")]
    public async Task Suggests()
    {
        var run = await CommandRun.Of("[suggest:2]", "av");

        Assert.Equal(ExitCodes.Done, run.Code);
        Assert.Contains("avenant", run.Output, StringComparison.Ordinal);
    }
}
