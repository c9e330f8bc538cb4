using Cpom.Domain.Habilitations;
using static Cpom.Domain.Ghts.GhtCommand;

namespace Cpom.Domain.Ghts;

/// <summary>
/// Who may say something of a group: each member asks for itself, by its director; the agency answers; who the members are comes from the
/// registers.
/// </summary>
public static class GhtDroits
{
    private const string Objet = "Ce groupement";

    public static Refusal? Check(GhtState state, GhtCommand command) => Droits.Check(command, Of(command), AffaireOf(state, command));

    public static Droit Of(GhtCommand command) => command switch
    {
        AskContratUnique => new("R-122", Droits.AgenceOrRepresentant),
        AnswerContratUnique => new("R-119", Droits.Direction),
        RecordAvis => new("R-122", Droits.AgenceOrStructure),
        AcquirePersonnalite => new("R-117", Droits.Region),
        _ => new("R-117", []), // Registers and the clock.
    };

    private static Affaire AffaireOf(GhtState state, GhtCommand command) => new(
        Objet,
        [state.Code],
        command is AskContratUnique asked ? [asked.Entite] : state.Membres.Keys.ToValueList(),
        command.Territoire,
        command.NiveauOfEntites ?? Niveau.Departemental);
}
