using System.Diagnostics;
using System.Text.Json.Serialization;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Sanctions;

public abstract record PrsCommand : AuteurCommand
{
    private PrsCommand() { }

    /// <param name="Nom">What arrêtés and avenants refer to it by: "PRS 2018-2022".</param>
    public sealed record Adopt(string Nom, DateOnly AdoptedOn) : PrsCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(PrsAdopted), "prs-adopted.1")]
public abstract record PrsEvent(DateOnly ValidOn) : IFact
{
    public sealed record PrsAdopted(DateOnly ValidOn, string Nom) : PrsEvent(ValidOn);
}

/// <param name="AdoptedOn">Null until it is.</param>
public sealed record PrsState(DateOnly? AdoptedOn);

/// <summary>A projet régional de santé, by its name: the day of its adoption, from which a year is given to sign .</summary>
public sealed class Prs : IDecider<PrsState, PrsCommand, PrsEvent>
{
    private Prs() { }

    public static string Category => "prs";

    public static PrsState Initial { get; } = new(AdoptedOn: null);

    public static Decision<PrsEvent> Decide(PrsState state, PrsCommand command) => command switch
    {
        _ when Droits.CheckReferentiel(command) is { } refusal => refusal,
        PrsCommand.Adopt c => Decide(state, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static PrsState Evolve(PrsState state, PrsEvent recorded) => recorded switch
    {
        PrsEvent.PrsAdopted e => new(e.ValidOn),
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static Decision<PrsEvent> Decide(PrsState prs, PrsCommand.Adopt command)
    {
        if (string.IsNullOrWhiteSpace(command.Nom))
        {
            return Refuse.PrsUnfit("donnez son nom");
        }

        if (Textes.CheckCle("", "Nom du PRS", command.Nom, Limits.CleLengthMax) is { } unfit)
        {
            return unfit;
        }

        return prs.AdoptedOn switch
        {
            null => new PrsEvent.PrsAdopted(command.AdoptedOn, command.Nom),
            var known when known == command.AdoptedOn => Decision<PrsEvent>.NothingToDo,
            var known => Refuse.PrsUnfit(FormattableString.Invariant($"il l'est depuis le {known:dd/MM/yyyy}")),
        };
    }
}
