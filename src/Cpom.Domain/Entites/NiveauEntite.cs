using Cpom.Domain.Habilitations;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Entites.EntiteState;

namespace Cpom.Domain.Entites;

/// <summary>R-118: at which level the agency negotiates with an entity, as it was said last.</summary>
/// <param name="Revision">From 1: how often it was said.</param>
public sealed record NiveauEntite(Niveau Niveau, string Motif, DateOnly On, int Revision);

/// <summary>
/// The département negotiates with every entity; with a few the region does, by exception and for a reason (the guide names AP-HP, UGECAMIF and Nephrocare).
/// None is named here: the region says it (decision 0050).
/// </summary>
public static class NiveauRules
{
    public static Decision<EntiteEvent> Set(Known entite, SetNiveau command)
    {
        var said = entite.Niveau;
        if (command.Niveau == (said?.Niveau ?? Niveau.Departemental) && (said is null || said.Motif == command.Motif))
        {
            return Decision<EntiteEvent>.NothingToDo;
        }

        return Niveaux.CheckMotif(command.Niveau, command.Motif) is { } refusal
            ? refusal
            : new EntiteNiveauSet(command.On, command.Niveau, command.Motif, (said?.Revision ?? 0) + 1);
    }
}
