using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cpom.Tidy;

/// <summary>A C# file, read as syntax. Rules take these, so that each can also be shown a file that breaks it.</summary>
/// <param name="Path">From the root of the repository, with forward slashes.</param>
internal sealed record Source(string Path, string Text)
{
    private readonly Lazy<SyntaxNode> _tree = new(() => CSharpSyntaxTree.ParseText(Text, Options, Path).GetRoot());

    // No symbol is defined: of an #if GRPC_PACKAGES, the branch that is read is the one that every feed can build.
    private static CSharpParseOptions Options { get; } = new(LanguageVersion.Latest);

    public SyntaxNode Tree => _tree.Value;

    public string At(SyntaxNode node) => At(node.GetLocation());

    public string At(SyntaxToken token) => At(token.GetLocation());

    private string At(Location location) => $"{Path}:{location.GetLineSpan().StartLinePosition.Line + 1}";
}

/// <summary>The files of the repository as they are on disk, without what builds and tools put beside them.</summary>
internal static class Repo
{
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", "bin", "obj", "data", "artifacts", "node_modules", "TestResults",
    };

    private static readonly HashSet<string> TextKinds = new(StringComparer.Ordinal)
    {
        "", ".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".sh", ".awk", ".json", ".yml", ".yaml", ".proto", ".sql", ".js", ".mjs", ".ts",
        ".py", ".txt", ".conf", ".cfg", ".csv", ".xml", ".xsd", ".html", ".css", ".config", ".npmrc", ".editorconfig", ".gitignore", ".gitattributes",
    };

    public static string Root { get; } = FindRoot();

    /// <summary>Every file, from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = Walk(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();

    /// <summary>Every file that people write as text.</summary>
    public static IReadOnlyList<(string Path, string Text)> Texts { get; } =
        Files.Where(f => TextKinds.Contains(Path.GetExtension(f))).Select(f => (f, Read(f))).ToList();

    private static IReadOnlyList<Source> All { get; } =
        Texts.Where(t => t.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(t => new Source(t.Path, t.Text)).ToList();

    public static IReadOnlyList<Source> Under(params string[] folders) =>
        All.Where(s => folders.Any(f => s.Path.StartsWith(f + "/", StringComparison.Ordinal))).ToList();

    /// <summary>The suites that prove the domain and what is around it; not this one, which only names things.</summary>
    public static IReadOnlyList<Source> Specs { get; } = Under("tests").Where(s => !s.Path.StartsWith("tests/Cpom.Tidy/", StringComparison.Ordinal)).ToList();

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) => Directory.GetFiles(folder)
        .Concat(Directory.GetDirectories(folder).Where(d => !Skipped.Contains(Path.GetFileName(d))).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cpom.Orleans.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Run the tidy suite from inside the repository: Cpom.Orleans.sln is in no folder above it.");
    }
}
