using Cpom.Cli.Options;
using Google.Protobuf;

namespace Cpom.Cli.Render;

/// <summary>Prints what a verb found, in the form asked for.</summary>
internal static class Output
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    private static readonly JsonFormatter JsonLine = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <param name="message">What the JSON form prints: the server's own answer.</param>
    /// <param name="footer">Sentences under the table; tools get none.</param>
    public static void Write(Terminal terminal, string format, Grid grid, IMessage message, params IReadOnlyList<string> footer)
    {
        switch (format)
        {
            case FormatOption.Json:
                terminal.Out.WriteLine(Json.Format(message));
                break;
            case FormatOption.Csv:
                Csv.Write(grid, terminal.Out);
                break;
            default:
                Write(terminal, grid);
                WriteLines(terminal, footer);
                break;
        }
    }

    public static void Write(Terminal terminal, Grid grid)
    {
        if (terminal.IsRich)
        {
            RichGrid.Write(grid, terminal.Rich);
        }
        else
        {
            PlainGrid.Write(grid, terminal.Out);
        }
    }

    public static void WriteLines(Terminal terminal, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            terminal.Out.WriteLine(line);
        }
    }

    /// <summary>One message on one line, for streams.</summary>
    public static void WriteJsonLine(Terminal terminal, IMessage message) => terminal.Out.WriteLine(JsonLine.Format(message));
}
