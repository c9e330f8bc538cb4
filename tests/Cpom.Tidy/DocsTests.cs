using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cpom.Tidy;

/// <summary>Documents lead to files that exist, and the glossary has every French noun of the domain.</summary>
public sealed partial class DocsTests
{
    /// <summary>Verbs and technique, in English (decision 0001). A word that is neither here nor in the glossary needs a row there, or a line here.</summary>
    private static readonly HashSet<string> English = new(
        """
        Abandon Abandoned Candidate Accepted Add Added Alerted Answer Answered Ask Asked Assign Assigned Cancelled Catch Caught Cause Change Changed Cleared Close Closed Code Command Complete Confirm Corrected
        Count Coverage Covered Decider Decision Declare Declared Dismiss Dismissed Effect End Ended Entered Entry Event Fact Flag Flagged Force Forward Forwarded Granted Held
        Holding In Integrate Integrated Into Item Joined Json Kind Known Lead Left Limit Link Linked List Met Missing Move None Note Notified Notify Open Opened Pass Pended
        Pending Period Phase Place Proposal Provenance Publish Published Quarantine Quarantined Reached Reaction Rebased Receive Received Recognised Record Recorded Refusal
        Refuse Refused Register Registered Relabelled Remove Removed Renamed Reopened Require Required Requirement Retired Revised Role Rule Set Shape Sign
        Accept Cover Proof Attach Attached By Choose Chosen Define Defined Hand Handed Name Named Over Plan Planned Noted Prolong Prolonged Propose Proposed Reopen Return Returned Send Sent Share Shared Write Written
        Signatory Signature Signed State Statement Superseded Tacitly To Transferred Type Up Value Version Waiting Warning Withdraw Withdrawn Without
        Accept Acquire Acquired Made Adopt Adopted Cancel Conclude Concluded Decide Decided Fix Fixed Follow Proof Renew Renewal Renewed Replaced Send Sent Start Started Terminate Terminated Transmit Transmitted Validate Validated
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    private static readonly IReadOnlyList<(string Path, string Text)> Documents =
        Repo.Texts.Where(t => t.Path.EndsWith(".md", StringComparison.Ordinal)).ToList();

    [Fact(DisplayName = "Every relative link of a document leads to a file")]
    public void LinksLead() => Findings.None(CheckLinks(Documents, Repo.Exists));

    [Fact(DisplayName = "Every French noun of a domain type is in the glossary")]
    public void GlossaryIsComplete() => Findings.None(CheckGlossary(Repo.Read("docs/GLOSSARY.md"), Repo.Under("src/Cpom.Domain")));

    [Fact(DisplayName = "A dead link is seen")]
    public void DeadLinkIsSeen() => Findings.Some(
        CheckLinks([("docs/X.md", "[a](Y.md) [b](Z.md#part) [c](https://example.fr) [d](#here)")], p => p == "docs/Y.md"), "Z.md");

    [Fact(DisplayName = "A noun without its row is seen")]
    public void MissingNounIsSeen()
    {
        Source source = new("src/X.cs", "public sealed record AvenantOpened; public sealed record CampagneState;");
        Findings.Some(CheckGlossary("| avenant | `Avenant` | an amendment |", [source]), "Campagne");
        Findings.None(CheckGlossary("| avenant | `Avenant` | |\n| campagne | `Campagnes` | |", [source]));
    }

    private static IEnumerable<string> CheckLinks(IEnumerable<(string Path, string Text)> documents, Func<string, bool> exists) =>
        from document in documents
        from Match match in Link().Matches(document.Text)
        let target = match.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':')
        let path = Resolve(document.Path, target)
        where !exists(path)
        select $"{document.Path}: the link to {target} leads nowhere ({path}): mend it, or write what it promises.";

    private static string Resolve(string document, string target) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(document) ?? "", target))).Replace('\\', '/');

    private static IEnumerable<string> CheckGlossary(string glossary, IReadOnlyList<Source> domain)
    {
        var rows = glossary.Split('\n').Select(l => l.Split('|')).Where(c => c.Length > 3).Select(c => c[2]);
        var known = rows.SelectMany(c => Identifier().Matches(c)).SelectMany(m => Words(m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        return
            from source in domain
            from type in source.Tree.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            where type.Modifiers.Any(SyntaxKind.PublicKeyword)
            from word in Words(type.Identifier.Text)
            where !known.Contains(word) && !English.Contains(word)
            select $"{source.At(type.Identifier)}: \"{word}\" of {type.Identifier.Text} has no row in docs/GLOSSARY.md: define it there with its source, or, if it is English technique, name it in DocsTests.English.";
    }

    /// <summary>"EngagementTexts" → Engagement, Text; interfaces lose their I, plurals their s.</summary>
    private static IEnumerable<string> Words(string identifier) =>
        Word().Matches(identifier.Length > 1 && identifier[0] == 'I' && char.IsUpper(identifier[1]) ? identifier[1..] : identifier)
            .Select(m => m.Value.Length > 3 && m.Value[^1] == 's' && m.Value[^2] != 's' ? m.Value[..^1] : m.Value);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
