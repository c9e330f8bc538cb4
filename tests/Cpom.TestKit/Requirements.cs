using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Cpom.TestKit;

/// <summary>
/// Says what a test class needs of the machine. Where it is missing, every <see cref="SuiteFactAttribute"/> of the class, inherited ones
/// included, is reported as skipped with the reason; none is left out in silence.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgresAttribute : Attribute
{
    internal static string? Missing => PostgresBinaries.Folder is null
        ? "PostgreSQL n'est pas installé (ni dans CPOM_PG_BIN, ni dans le PATH, ni dans /usr/lib/postgresql)."
        : null;
}

/// <summary>As <see cref="RequiresPostgresAttribute"/>, for network namespaces that a test may cut from one another.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresCutNetworkAttribute : Attribute;

/// <summary>As <see cref="RequiresPostgresAttribute"/>, for a variable of the environment that says where something is.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresVariableAttribute(string variable) : Attribute
{
    public string Variable { get; } = variable;
}

/// <summary>One inherited fact that this implementation cannot do, and why. npgsql's way: a divergence is written down, never left out.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SkipsAttribute(string fact, string reason) : Attribute
{
    public string Fact { get; } = fact;

    public string Reason { get; } = reason;
}

/// <summary>A fact of an abstract suite: whether it runs is decided by the class that derives the suite.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Cpom.TestKit.SuiteFactDiscoverer", "Cpom.TestKit")]
public sealed class SuiteFactAttribute : FactAttribute;

/// <summary>Found by xunit through <see cref="SuiteFactAttribute"/>.</summary>
public sealed class SuiteFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        new SuiteTestCase(DiagnosticMessageSink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method);
}

/// <summary>A test case whose skip reason may come from the class that derives the suite.</summary>
public sealed class SuiteTestCase : XunitTestCase
{
    [Obsolete("For xunit's deserializer.")]
    public SuiteTestCase()
    {
    }

    public SuiteTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute)
        ?? TestMethod.TestClass.Class.GetCustomAttributes(typeof(SkipsAttribute))
            .Where(skips => skips.GetNamedArgument<string>(nameof(SkipsAttribute.Fact)) == TestMethod.Method.Name)
            .Select(skips => skips.GetNamedArgument<string>(nameof(SkipsAttribute.Reason)))
            .FirstOrDefault()
        ?? (Requires<RequiresPostgresAttribute>() ? RequiresPostgresAttribute.Missing : null)
        ?? (Requires<RequiresCutNetworkAttribute>() ? CutNetwork.Missing : null)
        ?? TestMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresVariableAttribute))
            .Select(requires => requires.GetNamedArgument<string>(nameof(RequiresVariableAttribute.Variable)))
            .Where(variable => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            .Select(variable => $"La variable {variable} n'est pas donnée (make upgrade la donne).")
            .FirstOrDefault();

    private bool Requires<T>() => TestMethod.TestClass.Class.GetCustomAttributes(typeof(T)).Any();
}
