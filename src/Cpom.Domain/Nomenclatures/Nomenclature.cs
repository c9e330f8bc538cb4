using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Cpom.Domain.Nomenclatures;

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
[JsonDerivedType(typeof(CodeRevised), "code-revised.1")]
[JsonDerivedType(typeof(CodeRetired), "code-retired.1")]
public abstract record NomenclatureEvent(DateOnly ValidOn) : IFact
{
    /// <summary>The optional members came later: a code stored without them has no known days and no rule of capacity.</summary>
    public sealed record CodePublished(
        DateOnly ValidOn, string Code, string Libelle, DateOnly? Debut = null, DateOnly? Fin = null, int? DureeYears = null, CapaciteRule? Capacite = null)
        : NomenclatureEvent(ValidOn);

    public sealed record CodeRelabelled(DateOnly ValidOn, string Code, string Libelle) : NomenclatureEvent(ValidOn);

    /// <summary>Everything but the label, as it is from now on.</summary>
    public sealed record CodeRevised(DateOnly ValidOn, string Code, DateOnly? Debut, DateOnly? Fin, int? DureeYears, CapaciteRule? Capacite)
        : NomenclatureEvent(ValidOn);

    /// <param name="ValidOn">First day without the code.</param>
    public sealed record CodeRetired(DateOnly ValidOn, string Code) : NomenclatureEvent(ValidOn);
}

/// <param name="Codes">Also those that are no longer valid: an older act may quote them.</param>
public sealed record NomenclatureState(ImmutableDictionary<string, NomenclatureCode> Codes);

/// <summary>A dated list of codes with their labels: the RC triplets, the AMM.</summary>
public sealed class Nomenclature : IDecider<NomenclatureState, NomenclatureCommand, NomenclatureEvent>
{
    /// <summary>The agency's list of the activities that it recognises by contract.</summary>
    public const string Rc = "rc-triplets";

    /// <summary>Labels seen in the flux of RC. It names what is in use, and says nothing of what is allowed.</summary>
    public const string RcFlux = "rc";

    /// <summary>The national list of the authorised activities (natures AMM).</summary>
    public const string Amm = "amm";

    private Nomenclature() { }

    public static string Category => "nomenclature";

    public static NomenclatureState Initial { get; } = new(ImmutableDictionary<string, NomenclatureCode>.Empty);

    public static Decision<NomenclatureEvent> Decide(NomenclatureState state, NomenclatureCommand command) => command switch
    {
        NomenclatureCommand.Publish { Codes.Count: > Limits.NomenclatureCodesMax } c => Refuse.NomenclatureTooLong(c.Codes.Count),
        NomenclatureCommand.Publish c => Decide(state, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static NomenclatureState Evolve(NomenclatureState state, NomenclatureEvent recorded) => recorded switch
    {
        NomenclatureEvent.CodePublished e => Set(state, new(e.Code, e.Libelle, e.Debut, e.Fin, e.DureeYears, e.Capacite)),
        NomenclatureEvent.CodeRelabelled e => Set(state, state.Codes[e.Code] with { Libelle = e.Libelle }),
        NomenclatureEvent.CodeRevised e =>
            Set(state, new(e.Code, state.Codes[e.Code].Libelle, e.Debut, e.Fin, e.DureeYears, e.Capacite)),
        NomenclatureEvent.CodeRetired e => Set(state, state.Codes[e.Code] with { Fin = Days.Before(e.ValidOn) }),
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static NomenclatureState Set(NomenclatureState state, NomenclatureCode code) => new(state.Codes.SetItem(code.Code, code));

    private static Decision<NomenclatureEvent> Decide(NomenclatureState nomenclature, NomenclatureCommand.Publish command)
    {
        var published = new HashSet<string>(StringComparer.Ordinal);
        var events = command.Codes.Where(c => published.Add(c.Code)).SelectMany(c => Changes(nomenclature.Codes.GetValueOrDefault(c.Code), c, command.AsOf)).ToList();
        if (command.Complete)
        {
            events.AddRange(nomenclature.Codes.Values.Where(c => !published.Contains(c.Code) && !(c.Fin <= Days.Before(command.AsOf)))
                .OrderBy(c => c.Code, StringComparer.Ordinal)
                .Select(c => new NomenclatureEvent.CodeRetired(command.AsOf, c.Code)));
        }

        return events;
    }

    private static IEnumerable<NomenclatureEvent> Changes(NomenclatureCode? known, NomenclatureCode code, DateOnly asOf)
    {
        if (known is null)
        {
            yield return new NomenclatureEvent.CodePublished(code.Debut ?? asOf, code.Code, code.Libelle, code.Debut, code.Fin, code.DureeYears, code.Capacite);
            yield break;
        }

        if (known.Libelle != code.Libelle)
        {
            yield return new NomenclatureEvent.CodeRelabelled(asOf, code.Code, code.Libelle);
        }

        if (known != code with { Libelle = known.Libelle })
        {
            yield return new NomenclatureEvent.CodeRevised(asOf, code.Code, code.Debut, code.Fin, code.DureeYears, code.Capacite);
        }
    }
}
