using Cpom.Domain.Habilitations;
using static Cpom.Domain.Campagnes.CampagneCommand;

namespace Cpom.Domain.Campagnes;

/// <summary>
/// Who runs a campaign: the region opens it; each délégation plans, names negotiators and writes for the structures of its own
/// département. A command about structures of several départements is the region's.
/// </summary>
public static class CampagneDroits
{
    public static Refusal? Check(CampagneCommand command) =>
        Droits.Check(command, Of(command), AffaireOf(command));

    public static Affaire AffaireOf(CampagneCommand command) =>
        new("Cette part de la campagne", [], EntitesOf(command), command.Territoire, command.NiveauOfEntites ?? Niveau.Departemental);

    public static Droit Of(CampagneCommand command) => command switch
    {
        PassJour => new("R-117", []),
        Open => new("R-117", Droits.Region),
        NameNegociateur => new("R-119", Droits.Direction),
        _ => new("R-120", Droits.Pilotage), // Plans a wave, sends its letters.
    };

    /// <summary>What the registers are asked about, for its perimeter.</summary>
    public static ValueList<string> EntitesOf(CampagneCommand command) => command switch
    {
        PlanVague c => c.Entites,
        RemoveStructure c => [c.Entite],
        NameNegociateur c => c.Entites,
        SendLettre c => c.Entites,
        _ => [],
    };
}
