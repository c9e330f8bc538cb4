using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cpom.Tidy;

/// <summary>The thread from a rule to its code, its refusal and its spec: a number that can be searched for, and never leads nowhere.</summary>
public sealed class RuleTests
{
    private const string Implemented = "now";

    /// <summary>One row of docs/rules.md.</summary>
    private sealed record Rule(string Number, string Kind, string Status)
    {
        /// <summary>It blocks, runs, propagates or says who may: then a spec shows it.</summary>
        public bool IsShown => Kind.Split('/').Intersect(["B", "D", "P", "R"]).Any();
    }

    private static readonly IReadOnlyList<Source> Domain = Repo.Under("src/Cpom.Domain");
    private static readonly IReadOnlyList<Source> DomainSpecs = Repo.Under("tests/Cpom.Domain.Specs");

    [Fact(DisplayName = "Each limit is named by a spec of the domain")]
    public void LimitsAreSpecified() => Findings.None(CheckLimits(Domain, DomainSpecs));

    [Fact(DisplayName = "Each refusal code has its own number, its wording in Refuse, and a spec")]
    public void RefusalsAreSpecified() => Findings.None(CheckRefusals(Domain, DomainSpecs));

    [Fact(DisplayName = "Each rule that a refusal quotes, and each implemented rule of the catalogue that blocks, runs, propagates or says who may, is named by a spec")]
    public void RulesAreSpecified() => Findings.None(CheckSpecified(Catalogue(Repo.Read("docs/rules.md")), Domain, Repo.Specs));

    [Fact(DisplayName = "Each rule named in src is in the catalogue, and not as a later one")]
    public void NamedRulesAreInTheCatalogue() => Findings.None(CheckCatalogue(Catalogue(Repo.Read("docs/rules.md")), Repo.Under("src")));

    [Fact(DisplayName = "Each refusal that quotes no rule is in the list of docs/rules.md that says why, and no other is")]
    public void RefusalsWithoutRuleAreListed() => Findings.None(CheckWithoutRule(Repo.Read("docs/rules.md"), Domain));

    [Fact(DisplayName = "A refusal that quotes no rule unlisted, or is listed and quotes one, is seen")]
    public void UnlistedRefusalIsSeen()
    {
        Source refuse = new("src/Refuse.cs", "static class Refuse { static Refusal A() => new(RefusalCode.A, \"\", \"x\"); static Refusal B() => new(RefusalCode.B, \"R-901\", \"x\"); }");
        Findings.Some(CheckWithoutRule("## Refusals without a rule\n* `B`", [refuse]), "RefusalCode.A");
        Findings.Some(CheckWithoutRule("## Refusals without a rule\n* `A`, `B`", [refuse]), "B");
        Findings.None(CheckWithoutRule("`B`\n## Refusals without a rule\n* `A`", [refuse]));
    }

    [Fact(DisplayName = "Each row of the catalogue has its six columns, its source among them")]
    public void RowsAreWhole() => Findings.None(CheckColumns(Repo.Read("docs/rules.md")));

    [Fact(DisplayName = "A row that has lost its source is seen")]
    public void MissingColumnIsSeen()
    {
        Findings.Some(CheckColumns("| R-001 | B | A rule | `Code` | now |"), "R-001");
        Findings.Some(CheckColumns("| R-001 | B | A rule | | `Code` | now |"), "R-001");
        Findings.None(CheckColumns("| R-001 | B | A rule | Guide 1 | `Code` | now |\n| R-002 | B | Another | Guide 1 | | later |\n| # | Kind |"));
    }

    [Fact(DisplayName = "A limit without a spec is seen")]
    public void MissingLimitSpecIsSeen()
    {
        Source limits = new("src/Cpom.Domain/Limits.cs", "class Limits { public const int LengthMax = 1; }");
        Findings.Some(CheckLimits([limits], []), "LengthMax");
        Findings.None(CheckLimits([limits], [new("tests/X.cs", "var x = Limits.LengthMax;")]));
        Findings.None(CheckLimits([limits], [new("tests/X.cs", "/// <summary>At <see cref=\"Limits.LengthMax\"/>.</summary>\nclass XSpecs { }")]));
    }

    [Theory(DisplayName = "A broken refusal is seen")]
    [InlineData("A = 1, B = 1", "A,B", "A,B", "number 1")]
    [InlineData("A = 1, B", "A,B", "A,B", "explicit number")]
    [InlineData("A = 1, B = 2", "A", "A,B", "no method of Refuse")]
    [InlineData("A = 1, B = 2", "A,B", "A", "no spec")]
    public void BrokenRefusalIsSeen(string codes, string worded, string specified, string mention)
    {
        var methods = worded.Split(',').Select(c => $"public static Refusal {c}() => new(RefusalCode.{c}, \"\", \"\");");
        Findings.Some(
            CheckRefusals(
                [new("src/Refusals.cs", $"enum RefusalCode {{ {codes} }} static class Refuse {{ {string.Concat(methods)} }}")],
                [new("tests/X.cs", string.Concat(specified.Split(',').Select(c => $"Then(Refuse.{c}());")))]),
            mention);
    }

    [Fact(DisplayName = "A rule without a spec is seen")]
    public void MissingRuleSpecIsSeen()
    {
        Source refuse = new("src/Refuse.cs", "static class Refuse { static Refusal A() => new(RefusalCode.A, \"R-901\", \"\"); }");
        Findings.Some(CheckSpecified([], [refuse], []), "R-901");
        Findings.Some(CheckSpecified([new("R-902", "W/B", Implemented)], [], []), "R-902");
        Findings.Some(CheckSpecified([new("R-902", "D", Implemented)], [], []), "R-902");
        Findings.Some(CheckSpecified([new("R-902", "P", Implemented)], [], []), "R-902");
        Findings.Some(CheckSpecified([new("R-902", "R", Implemented)], [], []), "R-902");
        Findings.None(CheckSpecified([new("R-902", "B", "later"), new("R-903", "W", Implemented), new("R-904", "DOC", Implemented)], [], []));
        Findings.None(CheckSpecified([], [refuse], [new("tests/X.cs", "class C { [Fact(DisplayName = \"R-901 Refus\")] void M() { } }")]));
    }

    [Fact(DisplayName = "A rule that the catalogue does not have, or has as a later one, is seen")]
    public void UnknownRuleIsSeen()
    {
        Source source = new("src/X.cs", "// R-901 is why");
        Findings.Some(CheckCatalogue([], [source]), "no row");
        Findings.Some(CheckCatalogue([new("R-901", "B", "later")], [source]), "later");
        Findings.None(CheckCatalogue([new("R-901", "B", Implemented)], [source]));
    }

    [Fact(DisplayName = "The catalogue is read")]
    public void CatalogueIsRead() =>
        Assert.Equal([new Rule("R-901", "B", "now")], Catalogue("| # | kind | rule | source | where | status |\n|---|---|---|---|---|---|\n| R-901 | B | a | b | c | now |\n"));

    private static IReadOnlyList<Rule> Catalogue(string text) => text.Split('\n')
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length >= 7 && Specs.RuleNumber().IsMatch(cells[1]))
        .Select(cells => new Rule(cells[1], cells[2], cells[^2]))
        .ToList();

    private static IEnumerable<string> CheckLimits(IReadOnlyList<Source> domain, IReadOnlyList<Source> specs)
    {
        // A spec that pins the number itself (450, 451) says in a cref which limit it is.
        var named = Specs.Identifiers(specs, inComments: true);
        return
            from source in domain
            where source.Path.EndsWith("/Limits.cs", StringComparison.Ordinal)
            from field in source.Tree.DescendantNodes().OfType<FieldDeclarationSyntax>()
            from variable in field.Declaration.Variables
            where !named.Contains(variable.Identifier.Text)
            select $"{source.At(variable.Identifier)}: no spec names Limits.{variable.Identifier.Text}: write the one at the limit and the one just past it, and name the limit there, in code or by a cref.";
    }

    private static IEnumerable<string> CheckRefusals(IReadOnlyList<Source> domain, IReadOnlyList<Source> specs)
    {
        var codes = Codes(domain).ToList();
        foreach (var shared in codes.Where(c => c.Number is not null).GroupBy(c => c.Number).Where(g => g.Count() > 1))
        {
            yield return $"RefusalCode: number {shared.Key} stands for {string.Join(" and ", shared.Select(c => c.Name))}: published numbers are never reused; append the next one.";
        }

        var wording = Wording(domain).ToLookup(w => w.Code, w => w.Method, StringComparer.Ordinal);
        var named = Specs.Identifiers(specs);
        foreach (var (where, name, number) in codes)
        {
            if (number is null)
            {
                yield return $"{where}: {name} has no explicit number: the number is published, so it is written.";
            }

            if (!wording[name].Any())
            {
                yield return $"{where}: no method of Refuse gives {name}: word it there, or it is not a refusal yet.";
            }
            else if (!named.Contains(name) && !wording[name].Any(named.Contains))
            {
                yield return $"{where}: no spec of tests/Cpom.Domain.Specs names RefusalCode.{name} or Refuse.{wording[name].First()}: write the one that is refused.";
            }
        }
    }

    private static IEnumerable<(string Where, string Name, string? Number)> Codes(IReadOnlyList<Source> domain) =>
        from source in domain
        from declaration in source.Tree.DescendantNodes().OfType<EnumDeclarationSyntax>()
        where declaration.Identifier.Text == "RefusalCode"
        from member in declaration.Members
        select (source.At(member.Identifier), member.Identifier.Text, member.EqualsValue?.Value.ToString());

    private static IEnumerable<(string Code, string Method)> Wording(IReadOnlyList<Source> domain) =>
        from source in domain
        from declaration in source.Tree.DescendantNodes().OfType<ClassDeclarationSyntax>()
        where declaration.Identifier.Text == "Refuse"
        from method in declaration.Members.OfType<MethodDeclarationSyntax>()
        from access in method.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.Expression.ToString() == "RefusalCode"
        select (access.Name.Identifier.Text, method.Identifier.Text);

    private static IEnumerable<string> CheckSpecified(IReadOnlyList<Rule> catalogue, IReadOnlyList<Source> domain, IReadOnlyList<Source> specs)
    {
        var quoted =
            from source in domain
            where Path.GetFileName(source.Path).StartsWith("Refuse.", StringComparison.Ordinal)
            from literal in source.Tree.DescendantNodes().OfType<LiteralExpressionSyntax>()
            where literal.IsKind(SyntaxKind.StringLiteralExpression)
            let text = literal.Token.ValueText
            where Specs.RuleNumber().Match(text) is { Success: true } match && match.Value == text
            select text;
        var shown = catalogue.Where(r => r.IsShown && r.Status == Implemented).Select(r => r.Number);
        var specified = Specs.Rules(specs);
        return quoted.Concat(shown).Distinct().Order(StringComparer.Ordinal)
            .Where(rule => !specified.Contains(rule))
            .Select(rule => $"{rule} is decided and no spec shows it: begin with \"{rule}\" the DisplayName of the spec that does.");
    }

    /// <summary>One that is told its rule may quote none at times: it may be listed.</summary>
    private static IEnumerable<string> CheckWithoutRule(string catalogue, IReadOnlyList<Source> domain)
    {
        var from = catalogue.IndexOf("## Refusals without a rule", StringComparison.Ordinal);
        var listed = from < 0 ? [] : catalogue[from..].Split('`').Where((_, n) => n % 2 == 1).ToHashSet(StringComparer.Ordinal);
        var worded = (
            from source in domain
            where Path.GetFileName(source.Path).StartsWith("Refuse.", StringComparison.Ordinal)
            from arguments in source.Tree.DescendantNodes().OfType<ArgumentListSyntax>()
            where arguments.Arguments.Count == 3 && arguments.Arguments[0].ToString().StartsWith("RefusalCode.", StringComparison.Ordinal)
            let rule = arguments.Arguments[1].Expression
            select (Code: arguments.Arguments[0].ToString()["RefusalCode.".Length..], Where: source.At(arguments), IsLiteral: rule is LiteralExpressionSyntax, IsNone: rule.ToString() == "\"\"")).ToList();
        return worded.Where(w => w.IsNone && !listed.Contains(w.Code))
            .Select(w => $"{w.Where}: RefusalCode.{w.Code} quotes no rule: quote the one that refuses, or say in docs/rules.md why there is none.")
            .Concat(worded.Where(w => w.IsLiteral && !w.IsNone && listed.Contains(w.Code)).Select(w => $"docs/rules.md: `{w.Code}` is listed without a rule, and quotes one: take it off the list."));
    }

    private static IEnumerable<string> CheckColumns(string catalogue) =>
        from line in catalogue.Split('\n')
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length > 2 && Specs.RuleNumber().Match(cells[1]) is { Success: true } match && match.Value == cells[1]
        where cells is not [_, _, { Length: > 0 }, { Length: > 0 }, { Length: > 0 }, _, { Length: > 0 }, _]
        select $"{cells[1]}: number, kind, rule, source, where, status stand in docs/rules.md between bars; only where may be empty.";

    private static IEnumerable<string> CheckCatalogue(IReadOnlyList<Rule> catalogue, IReadOnlyList<Source> sources)
    {
        var statuses = catalogue.ToDictionary(r => r.Number, r => r.Status, StringComparer.Ordinal);
        var named =
            from source in sources
            from System.Text.RegularExpressions.Match match in Specs.RuleNumber().Matches(source.Text)
            group source.Path by match.Value;
        foreach (var rule in named.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (!statuses.TryGetValue(rule.Key, out var status))
            {
                yield return $"{rule.Key} has no row in docs/rules.md, and {rule.First()} names it: add the row with its source.";
            }
            else if (status == "later")
            {
                yield return $"{rule.Key} is \"later\" in docs/rules.md, and {rule.First()} names it: say there what is decided (\"{Implemented}\", \"partly\"), or do not name it yet.";
            }
        }
    }
}
