using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cpom.Tidy;

/// <summary>Ratchets: neither list of exceptions may grow without its reason, and today both are empty.</summary>
public sealed class SizeTests
{
    private const int FunctionLinesMax = 70;
    private const int FileLinesMax = 500;

    /// <summary>Path → why the file is better whole.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    [Fact(DisplayName = "No function is longer than 70 lines")]
    public void FunctionsAreShort() => Findings.None(CheckFunctions(Repo.Under("src", "tests")));

    [Fact(DisplayName = "No file of src is longer than 500 lines")]
    public void FilesAreShort() => Findings.None(CheckFiles(Repo.Under("src"), LongFiles));

    [Theory(DisplayName = "A long function is seen")]
    [InlineData("class C { void M() {", "} }")]
    [InlineData("class C { C() {", "} }")]
    [InlineData("class C { int P { get {", "} } }")]
    [InlineData("class C { void M() => Do(() => {", "}); }")]
    [InlineData("", "")]
    public void LongFunctionIsSeen(string before, string after) => Findings.Some(
        CheckFunctions([new("src/X.cs", before + "\n" + string.Concat(Enumerable.Repeat("Do();\n", FunctionLinesMax + 1)) + after)]), "src/X.cs");

    [Fact(DisplayName = "A function of 70 lines is allowed")]
    public void FunctionAtTheLimitIsAllowed() => Findings.None(
        CheckFunctions([new("src/X.cs", "class C { void M() {\n" + string.Concat(Enumerable.Repeat("Do();\n", FunctionLinesMax - 2)) + "} }")]));

    [Fact(DisplayName = "A long file, and an exception that is no longer needed, are seen")]
    public void LongFileIsSeen()
    {
        Source longFile = new("src/X.cs", string.Concat(Enumerable.Repeat("\n", FileLinesMax + 1)));
        Findings.Some(CheckFiles([longFile], []), "split");
        Findings.None(CheckFiles([longFile], new() { ["src/X.cs"] = "whole for a reason" }));
        Findings.Some(CheckFiles([new("src/Y.cs", "\n")], new() { ["src/Y.cs"] = "was long once" }), "remove");
    }

    private static IEnumerable<string> CheckFunctions(IEnumerable<Source> sources) =>
        from source in sources
        from function in Functions(source)
        let lines = function.LineCount
        where lines > FunctionLinesMax
        select $"{source.Path}:{function.Line}: {function.Name} has {lines} lines, at most {FunctionLinesMax}: keep the branching, move each branch to a function of its own.";

    private static IEnumerable<(string Name, int Line, int LineCount)> Functions(Source source)
    {
        foreach (var node in source.Tree.DescendantNodes())
        {
            SyntaxToken? name = node switch
            {
                MethodDeclarationSyntax m => m.Identifier,
                ConstructorDeclarationSyntax c => c.Identifier,
                LocalFunctionStatementSyntax f => f.Identifier,
                AccessorDeclarationSyntax a => a.Keyword,
                OperatorDeclarationSyntax o => o.OperatorToken,
                PropertyDeclarationSyntax { ExpressionBody: not null } p => p.Identifier,
                AnonymousFunctionExpressionSyntax l => l.GetFirstToken(),
                _ => null,
            };
            if (name is { } token)
            {
                yield return Measure(token.Text, token, node.GetLastToken());
            }
        }

        var statements = source.Tree.ChildNodes().OfType<GlobalStatementSyntax>().Where(s => s.Statement is not LocalFunctionStatementSyntax).ToList();
        if (statements.Count > 0)
        {
            yield return Measure("the program", statements[0].GetFirstToken(), statements[^1].GetLastToken());
        }
    }

    // From the line of its name: attributes and comments above it are free.
    private static (string Name, int Line, int LineCount) Measure(string name, SyntaxToken first, SyntaxToken last)
    {
        var from = first.GetLocation().GetLineSpan().StartLinePosition.Line;
        var to = last.GetLocation().GetLineSpan().EndLinePosition.Line;
        return (name, from + 1, to - from + 1);
    }

    private static IEnumerable<string> CheckFiles(IEnumerable<Source> sources, Dictionary<string, string> exceptions)
    {
        foreach (var source in sources)
        {
            var lines = source.Text.Count(c => c == '\n');
            var excepted = exceptions.ContainsKey(source.Path);
            if (lines > FileLinesMax && !excepted)
            {
                yield return $"{source.Path}: {lines} lines, at most {FileLinesMax}: split it by thought, or name it in SizeTests.LongFiles with the reason.";
            }
            else if (lines <= FileLinesMax && excepted)
            {
                yield return $"{source.Path}: {lines} lines; remove it from SizeTests.LongFiles, the ratchet only tightens.";
            }
        }
    }
}
