using Spectre.Console;

namespace Cpom.Cli;

/// <summary>
/// Where the program writes, and how richly: drawn tables and progress bars for a person at a terminal, plain aligned text without any control
/// code as soon as the output goes to a file or a pipe. NO_COLOR (no-color.org) takes the colours away and leaves the drawings.
/// </summary>
internal sealed class Terminal
{
    private Terminal(TextWriter output, TextWriter error, bool isRich, bool isErrorRich, bool hasColor)
    {
        Out = output;
        Error = error;
        IsRich = isRich;
        IsErrorRich = isErrorRich;
        Rich = Console(output, isRich, hasColor);
        RichError = Console(error, isErrorRich, hasColor);
    }

    /// <summary>Results.</summary>
    public TextWriter Out { get; }

    /// <summary>What went wrong, and what is under way: never mixed into results that are piped on.</summary>
    public TextWriter Error { get; }

    public bool IsRich { get; }

    public bool IsErrorRich { get; }

    public IAnsiConsole Rich { get; }

    public IAnsiConsole RichError { get; }

    public static Terminal OfProcess(Func<string, string?> environment)
    {
        var isDumb = environment("TERM") == "dumb";
        var hasColor = string.IsNullOrEmpty(environment("NO_COLOR"));
        return new Terminal(
            System.Console.Out, System.Console.Error, !isDumb && !System.Console.IsOutputRedirected, !isDumb && !System.Console.IsErrorRedirected, hasColor);
    }

    public static Terminal Plain(TextWriter output, TextWriter error) => new(output, error, isRich: false, isErrorRich: false, hasColor: false);

    private static IAnsiConsole Console(TextWriter writer, bool isRich, bool hasColor) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isRich ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isRich && hasColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isRich ? InteractionSupport.Detect : InteractionSupport.No,
    });
}
