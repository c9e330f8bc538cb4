using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Cpom.Tidy;

/// <summary>No clock, no id generator and no I/O in the domain; one clock elsewhere; no sleep in a test.</summary>
public sealed class PurityTests
{
    private static readonly HashSet<string> Impure = new(StringComparer.Ordinal)
    {
        "Environment", "File", "FileStream", "FileInfo", "Directory", "DirectoryInfo", "Path", "Stream", "Console", "Process", "Thread", "Task", "Timer",
        "TimeProvider", "Stopwatch", "Random", "RandomNumberGenerator", "HttpClient", "Socket", "DbConnection", "Activity", "Lock", "SemaphoreSlim",
    };

    private static readonly HashSet<string> Clocks = new(StringComparer.Ordinal)
    {
        "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Environment.TickCount", "Environment.TickCount64",
    };

    private static readonly HashSet<string> Ids = new(StringComparer.Ordinal) { "Guid.NewGuid", "Guid.CreateVersion7", "Random.Shared" };

    private static readonly HashSet<string> Sleeps = new(StringComparer.Ordinal) { "Thread.Sleep", "Task.Delay" };

    [Fact(DisplayName = "The domain has no clock, no id generator and no I/O")]
    public void DomainIsPure() => Findings.None(CheckDomain(Repo.Under("src/Cpom.Domain")));

    [Fact(DisplayName = "src reads the time only from a TimeProvider")]
    public void TimeIsInjected() => Findings.None(CheckClocks(Repo.Under("src")));

    [Fact(DisplayName = "No test sleeps")]
    public void TestsDoNotSleep() => Findings.None(CheckSleeps(Repo.Under("tests")));

    [Theory(DisplayName = "Impurity in the domain is seen")]
    [InlineData("var x = System.DateTime.UtcNow;", "DateTime.UtcNow")]
    [InlineData("var x = Guid.NewGuid();", "Guid.NewGuid")]
    [InlineData("var x = new Random();", "Random")]
    [InlineData("File.WriteAllText(name, text);", "File")]
    [InlineData("async Task M() { }", "Task")]
    [InlineData("Console.WriteLine();", "Console")]
    public void ImpurityIsSeen(string code, string mention) => Findings.Some(CheckDomain([new("src/Cpom.Domain/X.cs", code)]), mention);

    [Fact(DisplayName = "A property called File is not a file")]
    public void NamesAreNotTypes() => Findings.None(CheckDomain([new("src/Cpom.Domain/X.cs", "record Piece(string File); class C { string M(Piece p) => p.File; }")]));

    [Fact(DisplayName = "A clock in src and a sleep in a test are seen")]
    public void ClockAndSleepAreSeen()
    {
        Findings.Some(CheckClocks([new("src/Cpom.Server/X.cs", "var x = DateTimeOffset.Now;")]), "DateTimeOffset.Now");
        Findings.Some(CheckSleeps([new("tests/X/X.cs", "await Task.Delay(10);")]), "Task.Delay");
        Findings.None(CheckSleeps([new("tests/X/X.cs", "await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);")]));
    }

    private static IEnumerable<string> CheckDomain(IReadOnlyList<Source> sources)
    {
        const string remedy = "the domain is pure: take it in the command";
        return Members(sources, Clocks, remedy).Concat(Members(sources, Ids, remedy)).Concat(
            from source in sources
            from name in source.Tree.DescendantNodes().OfType<IdentifierNameSyntax>()
            where Impure.Contains(name.Identifier.Text)
            where !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name) // piece.File
            where name.Parent is not (NameColonSyntax or NameEqualsSyntax) // new Piece(File: …)
            where !(name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == name) // with { File = … }
            select $"{source.At(name)}: {name.Identifier.Text}; {remedy}, or move it out of Cpom.Domain.");
    }

    private static IEnumerable<string> CheckClocks(IReadOnlyList<Source> sources) =>
        Members(sources, Clocks, "ask the injected TimeProvider");

    private static IEnumerable<string> CheckSleeps(IReadOnlyList<Source> sources) =>
        Members(sources, Sleeps, "wait for what must happen (a barrier, a TaskCompletionSource, WaitAsync with a limit) or move a manual TimeProvider");

    /// <summary>Waiting without end until a token is cancelled is a barrier, not a sleep.</summary>
    private static bool WaitsForCancellation(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments: [var time, ..] } && time.ToString().StartsWith("Timeout.Infinite", StringComparison.Ordinal);

    private static IEnumerable<string> Members(IReadOnlyList<Source> sources, HashSet<string> banned, string remedy) =>
        from source in sources
        from access in source.Tree.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.IsKind(SyntaxKind.SimpleMemberAccessExpression)
        let owner = access.Expression is MemberAccessExpressionSyntax qualified ? qualified.Name.Identifier.Text : access.Expression.ToString()
        let member = $"{owner}.{access.Name.Identifier.Text}"
        where banned.Contains(member) && !WaitsForCancellation(access)
        select $"{source.At(access)}: {member}; {remedy}.";
}
