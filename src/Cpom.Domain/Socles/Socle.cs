using System.Diagnostics;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Socles;

/// <summary>
/// One version of the socle contractuel: the clauses that are the same for all parties and stay for the whole of a contrat. A
/// version is published once; other words are another version.
/// </summary>
public sealed class Socle : IDecider<SocleState, SocleCommand, SocleEvent>
{
    private Socle() { }

    public static string Category => "socle";

    public static SocleState Initial { get; } = new(Texte: null);

    public static Decision<SocleEvent> Decide(SocleState state, SocleCommand command) => command switch
    {
        _ when Droits.CheckReferentiel(command) is { } refusal => refusal,
        SocleCommand.Publish c => Decide(state, c),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static SocleState Evolve(SocleState state, SocleEvent recorded) => recorded switch
    {
        SocleEvent.SoclePublished e => new(e.Texte),
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static Decision<SocleEvent> Decide(SocleState socle, SocleCommand.Publish command)
    {
        if (string.IsNullOrWhiteSpace(command.Version))
        {
            return Refuse.SocleVersionMissing();
        }

        if (Check(command) is { } unfit)
        {
            return unfit;
        }

        return socle.Texte switch
        {
            null => new SocleEvent.SoclePublished(command.On, command.Version, command.Texte),
            var published when published == command.Texte => Decision<SocleEvent>.NothingToDo,
            _ => Refuse.SoclePublishedOtherwise(command.Version),
        };
    }

    private static Refusal? Check(SocleCommand.Publish command)
    {
        if (Textes.CheckCle("", "Version du socle", command.Version, Limits.CleLengthMax) is { } unfit)
        {
            return unfit;
        }

        foreach (var (titre, texte) in command.Texte.Clauses)
        {
            if (string.IsNullOrWhiteSpace(texte))
            {
                return Refuse.SocleClauseMissing(titre);
            }

            if (Textes.Check("R-017", (titre, texte, Limits.SocleClauseLengthMax)) is { } tooLong)
            {
                return tooLong;
            }
        }

        return null;
    }
}
