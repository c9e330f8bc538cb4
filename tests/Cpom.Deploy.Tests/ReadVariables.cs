using System.CommandLine;
using Cpom.Cli;
using Cpom.Server;

namespace Cpom.Deploy.Tests;

/// <summary>The variables of the environment that the program reads, by letting it read them: the options themselves say which.</summary>
internal static class ReadVariables
{
    public static IReadOnlySet<string> All { get; } = Record();

    private static HashSet<string> Record()
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        ServerOptions.FromEnvironment(Told);
        Terminal.OfProcess(Told);
        Ask(CommandLine.Build(new(Terminal.Plain(TextWriter.Null, TextWriter.Null), TimeProvider.System, Told)));
        return read;

        string? Told(string name)
        {
            read.Add(name);
            return null;
        }
    }

    /// <summary>Every option for what it is when it is not given.</summary>
    private static void Ask(Command command)
    {
        foreach (var option in command.Options.Where(option => option.HasDefaultValue))
        {
            option.GetDefaultValue();
        }

        foreach (var verb in command.Subcommands)
        {
            Ask(verb);
        }
    }
}
