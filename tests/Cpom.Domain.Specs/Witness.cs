namespace Cpom.Domain.Specs;

/// <summary>Remembers what the specs of one run have shown, so that CoverageSpecs can say what none of them shows.</summary>
internal sealed class Witness
{
    private static readonly AsyncLocal<Witness?> Present = new();

    public HashSet<Type> Events { get; } = [];

    public HashSet<Refusal> Refusals { get; } = [];

    /// <summary>Runs specs while watching them.</summary>
    public static Witness Of(Action specs)
    {
        Present.Value = new();
        try
        {
            specs();
            return Present.Value;
        }
        finally
        {
            Present.Value = null;
        }
    }

    public static void Saw(IEnumerable<object> events) => Present.Value?.Events.UnionWith(events.Select(e => e.GetType()));

    public static void Saw(Refusal refusal) => Present.Value?.Refusals.Add(refusal);
}
