using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cpom.Tidy;

/// <summary>What specs name: identifiers in their code, rule numbers in their display names.</summary>
internal static partial class Specs
{
    /// <param name="inComments">Also what a documentation comment refers to by cref.</param>
    public static IReadOnlySet<string> Identifiers(IEnumerable<Source> specs, bool inComments = false) => specs
        .SelectMany(s => s.Tree.DescendantTokens(descendIntoTrivia: inComments))
        .Where(t => t.IsKind(SyntaxKind.IdentifierToken))
        .Select(t => t.Text)
        .ToHashSet(StringComparer.Ordinal);

    public static IReadOnlySet<string> Rules(IEnumerable<Source> specs) => (
        from source in specs
        from argument in source.Tree.DescendantNodes().OfType<AttributeArgumentSyntax>()
        where argument.NameEquals?.Name.Identifier.Text == "DisplayName"
        from Match rule in RuleNumber().Matches(argument.Expression.ToString())
        select rule.Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>R-034, L-02, D-01: the numbers of docs/rules.md.</summary>
    [GeneratedRegex(@"\b(?:R-\d{3}|[LD]-\d{2})\b")]
    public static partial Regex RuleNumber();
}
