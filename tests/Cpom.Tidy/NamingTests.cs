using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cpom.Tidy;

/// <summary>Identifiers and file names are ASCII: French nouns lose their accents, what people read keeps them (decision 0001).</summary>
public sealed class NamingTests
{
    [Fact(DisplayName = "Identifiers are ASCII")]
    public void IdentifiersAreAscii() => Findings.None(CheckIdentifiers(Repo.Under("src", "tests")));

    [Fact(DisplayName = "File names are ASCII")]
    public void FileNamesAreAscii() => Findings.None(CheckFileNames(Repo.Files));

    [Fact(DisplayName = "An accent in a name is seen")]
    public void AccentIsSeen()
    {
        Findings.Some(CheckIdentifiers([new("src/X.cs", "class Entit\u00e9 { }")]), "Entit\u00e9");
        Findings.Some(CheckFileNames(["src/Entit\u00e9.cs"]), "Entit\u00e9");
    }

    private static IEnumerable<string> CheckIdentifiers(IEnumerable<Source> sources) =>
        from source in sources
        from token in source.Tree.DescendantTokens(descendIntoTrivia: false)
        where token.IsKind(SyntaxKind.IdentifierToken) && !token.Text.All(char.IsAscii)
        select $"{source.At(token)}: {token.Text}; drop the accents of identifiers (never replace them by something else).";

    private static IEnumerable<string> CheckFileNames(IEnumerable<string> files) =>
        files.Where(f => !f.All(char.IsAscii)).Select(f => $"{f}: drop the accents of file names.");
}
