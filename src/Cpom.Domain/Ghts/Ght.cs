using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Cpom.Domain.Ghts;

[JsonConverter(typeof(JsonStringEnumConverter<GhtRole>))]
public enum GhtRole
{
    [JsonStringEnumMemberName("membre")] Membre = 1,
    [JsonStringEnumMemberName("support")] Support = 2,
}

public sealed record GhtMembre(string Entite, GhtRole Role);

public abstract record GhtCommand
{
    private GhtCommand() { }

    /// <summary>The structures file describes the group and its members on a day.</summary>
    /// <param name="Whole">These are all of them: one that is known and not stated has left.</param>
    public sealed record State(string Code, string Nom, DateOnly ValidOn, ValueList<GhtMembre> Membres, DateOnly AsOf, bool Whole = true) : GhtCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(GhtRegistered), "ght-registered.1")]
[JsonDerivedType(typeof(GhtRenamed), "ght-renamed.1")]
[JsonDerivedType(typeof(MembreJoined), "ght-membre-joined.1")]
[JsonDerivedType(typeof(MembreLeft), "ght-membre-left.1")]
public abstract record GhtEvent(DateOnly ValidOn) : IFact
{
    public sealed record GhtRegistered(DateOnly ValidOn, string Code, string Nom) : GhtEvent(ValidOn);

    public sealed record GhtRenamed(DateOnly ValidOn, string Nom) : GhtEvent(ValidOn);

    public sealed record MembreJoined(DateOnly ValidOn, string Entite, GhtRole Role) : GhtEvent(ValidOn);

    public sealed record MembreLeft(DateOnly ValidOn, string Entite) : GhtEvent(ValidOn);
}

public sealed record GhtState(string? Nom, ImmutableSortedDictionary<string, GhtRole> Membres);

/// <summary>A hospital group of a territory. It has no legal personality and never signs .</summary>
public sealed class Ght : IDecider<GhtState, GhtCommand, GhtEvent>
{
    private Ght() { }

    public static string Category => "ght";

    public static GhtState Initial { get; } = new(null, ImmutableSortedDictionary.Create<string, GhtRole>(StringComparer.Ordinal));

    public static Decision<GhtEvent> Decide(GhtState state, GhtCommand command) => command switch
    {
        GhtCommand.State c => Decide(state, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static GhtState Evolve(GhtState state, GhtEvent recorded) => recorded switch
    {
        GhtEvent.GhtRegistered e => state with { Nom = e.Nom },
        GhtEvent.GhtRenamed e => state with { Nom = e.Nom },
        GhtEvent.MembreJoined e => state with { Membres = state.Membres.SetItem(e.Entite, e.Role) },
        GhtEvent.MembreLeft e => state with { Membres = state.Membres.Remove(e.Entite) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static Decision<GhtEvent> Decide(GhtState ght, GhtCommand.State command)
    {
        if (command.Membres.FirstOrDefault(m => !Finess.IsValid(m.Entite)) is { } wrong)
        {
            return Refuse.FinessInvalid(wrong.Entite);
        }

        if ((Textes.CheckCle("", "Code du GHT", command.Code, Limits.CleLengthMax) ?? Textes.Check("", ("Nom du GHT", command.Nom, Limits.NomLengthMax))) is { } unfit)
        {
            return unfit;
        }

        // Members present when the group is first seen joined with it; later ones joined on the day of the snapshot.
        var joinedOn = ght.Nom is null ? command.ValidOn : command.AsOf;
        var events = new List<GhtEvent>();
        if (ght.Nom is null)
        {
            events.Add(new GhtEvent.GhtRegistered(command.ValidOn, command.Code, command.Nom));
        }
        else if (ght.Nom != command.Nom)
        {
            events.Add(new GhtEvent.GhtRenamed(command.AsOf, command.Nom));
        }

        // An entité named twice, as member and as support, is the support.
        var stated = command.Membres.GroupBy(m => m.Entite).ToDictionary(g => g.Key, g => g.Max(m => m.Role));
        events.AddRange(ght.Membres.Keys.Where(m => command.Whole && !stated.ContainsKey(m)).Select(m => new GhtEvent.MembreLeft(command.AsOf, m)));
        events.AddRange(command.Membres.Select(m => m.Entite).Distinct()
            .Where(m => !ght.Membres.TryGetValue(m, out var role) || role != stated[m])
            .Select(m => new GhtEvent.MembreJoined(joinedOn, m, stated[m])));
        return events;
    }
}
