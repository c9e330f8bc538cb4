using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Cpom.Domain.Flux;

/// <summary>One line of a file that could not be taken, and what its sender can do about it.</summary>
/// <param name="Rule">The number of the rule it breaks, such as "R-050" or "D-01".</param>
public sealed record LigneRejetee(string Place, string Rule, string Problem, string Remedy)
{
    /// <summary>A line that an actor refused: the rule, and its own words.</summary>
    public static LigneRejetee Of(string place, Refusal refusal) =>
        new(place, refusal.Rule.Length > 0 ? refusal.Rule : refusal.Code.ToString(), refusal.Detail, "Corriger à la source, puis importer de nouveau.");
}

/// <summary>What a file held, whatever was known before it. What it changed is told by the facts that quote it.</summary>
/// <param name="Outdated">Left out because a later snapshot spoke of the same; null for none.</param>
/// <param name="OutOfScope">Read, and of no concern to a sanitary contrat.</param>
public sealed record FichierCounts(int Read, int OutOfScope, int Rejected, int Warnings, int? Outdated = null);

public abstract record FichierCommand
{
    private FichierCommand() { }

    /// <param name="SnapshotOn">The day that the file describes.</param>
    public sealed record Receive(string Sha256, string Name, string Kind, long Size, DateOnly SnapshotOn) : FichierCommand;

    /// <summary>Lines that an import put aside.</summary>
    public sealed record Quarantine(DateOnly AsOf, ValueList<LigneRejetee> Lignes) : FichierCommand;

    /// <param name="Couverture">Null for a file that is no snapshot.</param>
    public sealed record Complete(DateOnly AsOf, FichierCounts Counts, Couverture? Couverture = null) : FichierCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(FichierReceived), "fichier-received.1")]
[JsonDerivedType(typeof(LignesQuarantined), "fichier-lignes-quarantined.1")]
[JsonDerivedType(typeof(FichierIntegrated), "fichier-integrated.1")]
[JsonDerivedType(typeof(FichierCovered), "fichier-covered.1")]
public abstract record FichierEvent(DateOnly ValidOn) : IFact
{
    public sealed record FichierReceived(DateOnly ValidOn, string Sha256, string Name, string Kind, long Size) : FichierEvent(ValidOn);

    public sealed record LignesQuarantined(DateOnly ValidOn, ValueList<LigneRejetee> Lignes) : FichierEvent(ValidOn);

    /// <summary>Recorded when the import has come to its end, and again when the same content is sent as complete for more départements.</summary>
    public sealed record FichierCovered(DateOnly ValidOn, Couverture Couverture) : FichierEvent(ValidOn);

    public sealed record FichierIntegrated(DateOnly ValidOn, FichierCounts Counts) : FichierEvent(ValidOn);
}

/// <param name="Rejected">Places already in quarantine, so that an import that starts again adds none twice.</param>
public sealed record FichierState(
    bool Received, FichierCounts? Integrated, System.Collections.Immutable.ImmutableHashSet<string> Rejected, Couverture? Couverture = null);

/// <summary>A file received by the agency, known by the sha-256 of its content: what it brought, and the lines put aside.</summary>
public sealed class Fichier : IDecider<FichierState, FichierCommand, FichierEvent>
{
    private Fichier() { }

    /// <summary>Lines told in one event: who has more tells them in several.</summary>
    public const int QuarantineTogetherMax = 200;

    public static string Category => "fichier";

    public static FichierState Initial { get; } = new(false, null, []);

    public static Decision<FichierEvent> Decide(FichierState state, FichierCommand command) => (state, command) switch
    {
        ({ Received: false }, FichierCommand.Receive c) when Textes.Check("", ("Nom du fichier", c.Name, Limits.ReferenceLengthMax)) is { } tooLong => tooLong,
        ({ Received: false }, FichierCommand.Receive c) => new FichierEvent.FichierReceived(c.SnapshotOn, c.Sha256, c.Name, c.Kind, c.Size),
        (_, FichierCommand.Receive) => Decision<FichierEvent>.NothingToDo, // The same content under any name is the same file.
        ({ Received: false }, _) => Refuse.FichierUnknown(),
        (_, FichierCommand.Quarantine c) => Decide(state, c),
        (_, FichierCommand.Complete c) => Decide(state, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static FichierState Evolve(FichierState state, FichierEvent recorded) => recorded switch
    {
        FichierEvent.FichierReceived => state with { Received = true },
        FichierEvent.LignesQuarantined e => state with { Rejected = state.Rejected.Union(e.Lignes.Select(l => l.Place)) },
        FichierEvent.FichierIntegrated e => state with { Integrated = e.Counts },
        FichierEvent.FichierCovered e => state with { Couverture = e.Couverture },
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static Decision<FichierEvent> Decide(FichierState fichier, FichierCommand.Complete command)
    {
        var events = new List<FichierEvent>();
        if (command.Couverture is { } couverture && couverture != fichier.Couverture
            && (fichier.Couverture is null || couverture.Departements.Except(fichier.Couverture.Departements).Any()))
        {
            events.Add(new FichierEvent.FichierCovered(command.AsOf, couverture));
        }

        if (fichier.Integrated is null)
        {
            events.Add(new FichierEvent.FichierIntegrated(command.AsOf, command.Counts));
        }

        return events;
    }

    private static Decision<FichierEvent> Decide(FichierState fichier, FichierCommand.Quarantine command)
    {
        var news = command.Lignes.Where(l => !fichier.Rejected.Contains(l.Place)).ToValueList();
        return news.Count == 0 ? Decision<FichierEvent>.NothingToDo : new FichierEvent.LignesQuarantined(command.AsOf, news);
    }
}
