using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cpom.Tidy;

/// <summary>Stored event names are for ever: each event has one, ASCII, numbered, its own; and a spec that records it.</summary>
public sealed partial class EventTests
{
    /// <summary>One event type as it is written: the union it belongs to, its record, its stored names.</summary>
    private sealed record Event(string Where, string Union, string Name, IReadOnlyList<string> StoredNames);

    [Fact(DisplayName = "Each event has exactly one stored name, its own")]
    public void NamesHold() => Findings.None(CheckNames(Events(Repo.Under("src/Cpom.Domain"))));

    [Fact(DisplayName = "Each event is named by a spec of the domain")]
    public void EventsAreSpecified() => Findings.None(CheckSpecs(Events(Repo.Under("src/Cpom.Domain")), Repo.Under("tests/Cpom.Domain.Specs")));

    [Theory(DisplayName = "A broken event name is seen")]
    [InlineData("", "no stored name")]
    [InlineData("""[JsonDerivedType(typeof(Opened), "x-opened.1"), JsonDerivedType(typeof(Opened), "x-opened.2")]""", "2 stored names")]
    [InlineData("""[JsonDerivedType(typeof(Opened), "x-opened")]""", "x-opened")]
    [InlineData("""[JsonDerivedType(typeof(Opened), "XOpened.1")]""", "XOpened.1")]
    [InlineData("""[JsonDerivedType(typeof(Opened), "x-opened.1"), JsonDerivedType(typeof(Closed), "x-opened.1")]""", "more than one event")]
    public void BrokenNameIsSeen(string attributes, string mention) => Findings.Some(CheckNames(Events([Example(attributes)])), mention);

    [Fact(DisplayName = "An event without a spec is seen")]
    public void MissingSpecIsSeen()
    {
        var events = Events([Example("""[JsonDerivedType(typeof(Opened), "x-opened.1")]""")]).ToList();
        Findings.Some(CheckSpecs(events, []), "Opened");
        Findings.None(CheckSpecs(events.Where(e => e.Name == "Opened"), [new("tests/X.cs", "var x = new Opened();")]));
    }

    private static Source Example(string attributes) => new("src/X.cs", $$"""
        {{attributes}}
        public abstract record XEvent(DateOnly ValidOn) : IFact
        {
            public sealed record Opened(DateOnly ValidOn) : XEvent(ValidOn);
            public sealed record Closed(DateOnly ValidOn) : XEvent(ValidOn);
        }
        """);

    private static IEnumerable<Event> Events(IReadOnlyList<Source> sources) =>
        from source in sources
        from union in source.Tree.DescendantNodes().OfType<RecordDeclarationSyntax>()
        where union.Modifiers.Any(SyntaxKind.AbstractKeyword) && union.BaseList?.Types.Any(t => t.Type.ToString() == "IFact") == true
        let stored = StoredNames(union).ToLookup(n => n.Type, n => n.Stored, StringComparer.Ordinal)
        from member in union.Members.OfType<RecordDeclarationSyntax>()
        select new Event(source.At(member.Identifier), union.Identifier.Text, member.Identifier.Text, stored[member.Identifier.Text].ToList());

    private static IEnumerable<(string Type, string Stored)> StoredNames(RecordDeclarationSyntax union) =>
        from attribute in union.AttributeLists.SelectMany(l => l.Attributes)
        where attribute.Name.ToString() == "JsonDerivedType"
        let arguments = attribute.ArgumentList!.Arguments
        let type = ((TypeOfExpressionSyntax)arguments[0].Expression).Type
        select (type.ToString().Split('.')[^1], ((LiteralExpressionSyntax)arguments[1].Expression).Token.ValueText);

    private static IEnumerable<string> CheckNames(IEnumerable<Event> events)
    {
        var all = events.ToList();
        foreach (var (where, union, name, stored) in all)
        {
            if (stored.Count == 0)
            {
                yield return $"{where}: {name} has no stored name: add [JsonDerivedType(typeof({name}), \"noun-verb.1\")] to {union}.";
            }
            else if (stored.Count > 1)
            {
                yield return $"{where}: {name} has {stored.Count} stored names: keep the one that histories hold; a new shape is a new event.";
            }
        }

        foreach (var stored in all.SelectMany(e => e.StoredNames).GroupBy(n => n, StringComparer.Ordinal))
        {
            if (!StoredName().IsMatch(stored.Key))
            {
                yield return $"\"{stored.Key}\": a stored name is lower-case ASCII words joined by hyphens, a dot and its version, such as avenant-signed.1.";
            }

            if (stored.Count() > 1)
            {
                yield return $"\"{stored.Key}\" is the stored name of more than one event: a name must say which; give the newer one its own.";
            }
        }
    }

    private static IEnumerable<string> CheckSpecs(IEnumerable<Event> events, IReadOnlyList<Source> specs)
    {
        var named = Specs.Identifiers(specs);
        return events.Where(e => !named.Contains(e.Name))
            .Select(e => $"{e.Where}: no spec of tests/Cpom.Domain.Specs names {e.Name}: write the Given/When/Then that records it.");
    }

    [GeneratedRegex(@"^[a-z0-9-]+\.\d+\z")]
    private static partial Regex StoredName();
}
