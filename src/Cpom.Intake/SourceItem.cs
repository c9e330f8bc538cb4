namespace Cpom.Intake;

/// <summary>A typed row of a file, with where it stood: "ligne 12", or a path such as "/pmej[3]/ege[0]".</summary>
public interface ISourceRow
{
    string Place { get; }
}

/// <summary>A line set aside. Reading goes on after it.</summary>
/// <param name="Rule">One of <see cref="IntakeRules"/>.</param>
/// <param name="Problem">French: what is wrong.</param>
/// <param name="Remedy">French: what to do.</param>
public sealed record LineFault(string Place, string Rule, string Problem, string Remedy)
{
    /// <summary>Whose lines it may be, so that none of them is taken to be absent from the file. Null for a line that is no right of a site.</summary>
    public FaultScope? Scope { get; init; }
}

/// <summary>What a line that was put aside may have stated, each part as far as it can be read.</summary>
/// <param name="Numero">The right's own number, by which alone it is told from every other.</param>
public sealed record FaultScope(string? Entite, string? Site, string? Numero);

/// <summary>Something to know about a row that is read all the same.</summary>
public sealed record LineWarning(string Place, string Rule, string Problem, string Remedy);

/// <summary>What a reader hands out, in the order of the file.</summary>
public abstract record SourceItem<TRow>
    where TRow : ISourceRow
{
    private SourceItem() { }

    public sealed record Row(TRow Value) : SourceItem<TRow>;

    public sealed record Fault(LineFault Value) : SourceItem<TRow>;

    /// <summary>Stands before the row that it speaks of.</summary>
    public sealed record Warning(LineWarning Value) : SourceItem<TRow>;

    /// <summary>A sound line that is none of this platform's business, and why (French). Counted, not repaired.</summary>
    public sealed record OutOfScope(string Place, string Reason) : SourceItem<TRow>;
}
