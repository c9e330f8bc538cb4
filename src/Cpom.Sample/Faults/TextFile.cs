using System.Text;

namespace Cpom.Sample.Faults;

/// <summary>A text of ours by its lines, changed and put back.</summary>
internal sealed class TextFile
{
    private readonly string _path;

    private TextFile(string path, List<string> lines) => (_path, Lines) = (path, lines);

    /// <summary>Without their ends, which are line feeds; the last one has its own.</summary>
    public List<string> Lines { get; }

    public static TextFile Read(string path) => new(path, [.. File.ReadAllLines(path)]);

    /// <summary>The name that the readers give a line by its index.</summary>
    public static string Place(int index) => Text.Invariant($"ligne {index + 1}");

    /// <summary>The text of an element that stands alone on its line.</summary>
    public static string Value(string line) => line[(line.IndexOf('>', StringComparison.Ordinal) + 1)..line.LastIndexOf('<')];

    /// <summary>The first line from an index on that holds a text; there is one.</summary>
    public int IndexOf(string text, int from) => Lines.FindIndex(from, l => l.Contains(text, StringComparison.Ordinal));

    public void Write() => File.WriteAllText(_path, string.Join('\n', Lines) + "\n", new UTF8Encoding(false));
}
