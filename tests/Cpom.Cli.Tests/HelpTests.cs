namespace Cpom.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs { get; } = [.. All(Root(), "").Order(StringComparer.Ordinal)];

    [Theory(DisplayName = "Chaque verbe s'explique en français, avec un exemple et les codes de sortie")]
    [MemberData(nameof(Verbs))]
    public async Task Each_verb_has_help(string verb)
    {
        var run = await CommandRun.Of([.. verb.Split(' '), "--help"]);

        Assert.Equal(ExitCodes.Done, run.Code);
        Assert.Contains("Exemple", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  cpom {verb.Split(' ')[0]}", run.Output.Replace("source <(cpom", "  cpom", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(ExitCodes.Help, run.Output, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Chaque option et chaque argument est décrit")]
    public void Everything_is_described() => Assert.All(Commands(Root()), command =>
    {
        Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name);
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{command.Name} {option.Name}"));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{command.Name} {argument.Name}"));
    });

    [Fact(DisplayName = "Chaque exemple de l'aide s'analyse")]
    public void Examples_parse() => Assert.All(
        Commands(Root()).OfType<Verb>().SelectMany(verb => verb.Examples).Where(example => example.StartsWith("cpom ", StringComparison.Ordinal)),
        example => Assert.All(example.Split(" && "), line => Assert.Empty(Root().Parse(Words(line.Split(" > ")[0])).Errors)));

    private static RootCommand Root() =>
        CommandLine.Build(new CliEnvironment(Terminal.Plain(TextWriter.Null, TextWriter.Null), TimeProvider.System, _ => null));

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);

    private static IEnumerable<string> All(Command command, string path) =>
        command.Subcommands.SelectMany(sub => All(sub, $"{path} {sub.Name}".Trim()).Prepend($"{path} {sub.Name}".Trim()));

    /// <summary>The words of a line as a shell cuts it, single quotes only; without the program's name.</summary>
    private static List<string> Words(string line) =>
        [.. line.Split('\'').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)];
}
