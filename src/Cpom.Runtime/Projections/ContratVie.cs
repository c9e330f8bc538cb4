using Cpom.Domain.Contrats;

namespace Cpom.Runtime.Projections;

/// <summary>Whether the structure has asked for the renewal of a contrat, and what came of it (L-01, L-02).</summary>
public enum RenouvellementStatut
{
    /// <summary>Not asked for, or nothing is left to answer.</summary>
    SansObjet = 1,
    ARepondre = 2,
    Accorde = 3,
    Tacite = 4,
    Refuse = 5,
}

/// <summary>Whether a sanction has required a modification of a contrat, and how far its avenant is.</summary>
public enum ModificationStatut
{
    /// <summary>Not required, or of a contrat that is over.</summary>
    SansObjet = 1,

    /// <summary>No avenant of that motive is open for it.</summary>
    AOuvrir = 2,
    EnCours = 3,
    Faite = 4,
}

/// <summary>What a day says of the life of a contrat. Facts that came later than the day are none yet; nothing is allocated, since a question asks it of every row.</summary>
public static class ContratVie
{
    /// <summary>The answer to a renewal stays owed after the term, and not after an end before it (decision 0048).</summary>
    public static RenouvellementStatut RenouvellementOn(ContratState.Ouvert contrat, DateOnly day)
    {
        if (contrat.Suivi.Renouvellement is not { } asked || asked.AskedOn > day)
        {
            return RenouvellementStatut.SansObjet;
        }

        return asked.Answer is { } answer && answer.On <= day ? Of(answer)
            : day >= contrat.LeavesForceOn || contrat.Execution?.Successeur is { } next && next.On <= day ? RenouvellementStatut.SansObjet
            : RenouvellementStatut.ARepondre;
    }

    /// <summary>A decision is used up by one avenant of that motive, unless it is given up (decision 0046).</summary>
    public static ModificationStatut ModificationOn(ContratState.Ouvert contrat, DateOnly day)
    {
        if (contrat.Suites is not { Modifications: { Count: > 0 } modifications })
        {
            return ModificationStatut.SansObjet;
        }

        var (required, open, done) = (0, 0, 0);
        foreach (var modification in modifications)
        {
            required += modification.On <= day ? 1 : 0;
        }

        foreach (var (_, avenant) in contrat.Avenants)
        {
            if (avenant.Request is { Motif: AvenantMotif.Manquement } request && request.On <= day && avenant.End != AvenantEnd.Abandoned)
            {
                var isDone = avenant.End == AvenantEnd.Integrated && request.DateEffet <= day;
                (open, done) = (open + (isDone ? 0 : 1), done + (isDone ? 1 : 0));
            }
        }

        return required == 0 ? ModificationStatut.SansObjet
            : required <= done ? ModificationStatut.Faite
            : day > contrat.LastDay ? ModificationStatut.SansObjet
            : required > done + open ? ModificationStatut.AOuvrir
            : ModificationStatut.EnCours;
    }

    /// <summary>R-101: the day of the arrêté that took the place of both signatures; null where there is none by that day.</summary>
    public static DateOnly? ArreteOn(ContratState.Ouvert contrat, DateOnly day) => contrat.Suites?.Arrete?.On is { } on && on <= day ? on : null;

    /// <summary>R-110: the structure has sent its final report.</summary>
    public static bool HasRapportFinalOn(ContratState.Ouvert contrat, DateOnly day) => contrat.Execution?.RapportFinal is { } rapport && rapport.On <= day;

    private static RenouvellementStatut Of(Renouvellement.Reponse answer) => answer switch
    {
        { Tacit: true } => RenouvellementStatut.Tacite,
        { Granted: true } => RenouvellementStatut.Accorde,
        _ => RenouvellementStatut.Refuse,
    };
}
