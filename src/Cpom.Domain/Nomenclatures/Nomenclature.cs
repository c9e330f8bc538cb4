using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Cpom.Domain.Nomenclatures;

/// <param name="Code">The parts of the code joined by "/", as in the lines that use it.</param>
public sealed record NomenclatureCode(string Code, string Libelle);

public abstract record NomenclatureCommand
{
    private NomenclatureCommand() { }

    /// <summary>A publication of codes. R-048: the list evolves, so each code has its days.</summary>
    /// <param name="Complete">True when a known code that is not published has been retired.</param>
    public sealed record Publish(DateOnly AsOf, bool Complete, ValueList<NomenclatureCode> Codes) : NomenclatureCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(CodePublished), "code-published.1")]
[JsonDerivedType(typeof(CodeRelabelled), "code-relabelled.1")]
[JsonDerivedType(typeof(CodeRetired), "code-retired.1")]
public abstract record NomenclatureEvent(DateOnly ValidOn) : IFact
{
    public sealed record CodePublished(DateOnly ValidOn, string Code, string Libelle) : NomenclatureEvent(ValidOn);

    public sealed record CodeRelabelled(DateOnly ValidOn, string Code, string Libelle) : NomenclatureEvent(ValidOn);

    public sealed record CodeRetired(DateOnly ValidOn, string Code) : NomenclatureEvent(ValidOn);
}

public sealed record NomenclatureState(ImmutableDictionary<string, string> Codes);

/// <summary>A dated list of codes with their labels: the RC triplets, the AMM.</summary>
public sealed class Nomenclature : IDecider<NomenclatureState, NomenclatureCommand, NomenclatureEvent>
{
    private Nomenclature() { }

    public static string Category => "nomenclature";

    public static NomenclatureState Initial { get; } = new(ImmutableDictionary<string, string>.Empty);

    public static Decision<NomenclatureEvent> Decide(NomenclatureState state, NomenclatureCommand command) => command switch
    {
        NomenclatureCommand.Publish c => Decide(state, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static NomenclatureState Evolve(NomenclatureState state, NomenclatureEvent recorded) => recorded switch
    {
        NomenclatureEvent.CodePublished e => new(state.Codes.SetItem(e.Code, e.Libelle)),
        NomenclatureEvent.CodeRelabelled e => new(state.Codes.SetItem(e.Code, e.Libelle)),
        NomenclatureEvent.CodeRetired e => new(state.Codes.Remove(e.Code)),
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static Decision<NomenclatureEvent> Decide(NomenclatureState nomenclature, NomenclatureCommand.Publish command)
    {
        var events = new List<NomenclatureEvent>();
        var published = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, libelle) in command.Codes.Select(c => (c.Code, c.Libelle)).Where(c => published.Add(c.Code)))
        {
            if (!nomenclature.Codes.TryGetValue(code, out var known))
            {
                events.Add(new NomenclatureEvent.CodePublished(command.AsOf, code, libelle));
            }
            else if (known != libelle)
            {
                events.Add(new NomenclatureEvent.CodeRelabelled(command.AsOf, code, libelle));
            }
        }

        if (command.Complete)
        {
            events.AddRange(nomenclature.Codes.Keys.Where(c => !published.Contains(c)).Order(StringComparer.Ordinal)
                .Select(c => new NomenclatureEvent.CodeRetired(command.AsOf, c)));
        }

        return events;
    }
}
