using System.Collections.Immutable;
using System.Diagnostics;
using Cpom.Domain.Acts;
using Cpom.Domain.Bibliotheques;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What makes an engagement well formed, in a project and in an avenant alike .</summary>
public static class EngagementRules
{
    public static Decision<ContratEvent> AddToProjet(Ouvert contrat, AddEngagement command)
    {
        var engagement = Normalize(command.Engagement);
        if (contrat.Engagements.TryGetValue(engagement.Number, out var existing))
        {
            return existing == engagement ? Decision<ContratEvent>.NothingToDo : Refuse.EngagementExistsDifferent(engagement.Number);
        }

        return (AccordRules.CheckByHand(contrat, engagement) ?? CheckNew(contrat, contrat.Engagements.Count, engagement, command.Proof)) is { } refusal
            ? refusal
            : new EngagementAdded(command.On, engagement);
    }

    /// <summary>The same again is a retry; anything else goes through an avenant once a party has signed .</summary>
    public static Decision<ContratEvent> AddAgain(Ouvert contrat, AddEngagement command) =>
        contrat.Engagements.TryGetValue(command.Engagement.Number, out var existing) && existing == Normalize(command.Engagement)
            ? Decision<ContratEvent>.NothingToDo
            : Refuse.ContratTextSigned();

    public static Decision<ContratEvent> RemoveFromProjet(Ouvert contrat, RemoveEngagement command) =>
        !contrat.Engagements.TryGetValue(command.Number, out var existing) ? Decision<ContratEvent>.NothingToDo
        : AccordRules.IsAgreed(contrat, existing) ? Refuse.SyntheseBinds($"L'engagement {command.Number} vient de la négociation {contrat.Fiche.Negociation}")
        : new EngagementRemoved(command.On, command.Number);

    /// <summary>
    /// The engagements as an avenant's changes leave them. Pure application: the change was checked when it was asked for. Another avenant may
    /// have removed the engagement since: then there is no target left to change, and an integration must not fail on it.
    /// </summary>
    public static ImmutableSortedDictionary<int, Engagement> Apply(ImmutableSortedDictionary<int, Engagement> engagements, EngagementChange change) => change switch
    {
        EngagementChange.Add c => engagements.SetItem(c.Engagement.Number, c.Engagement),
        EngagementChange.Remove c => engagements.Remove(c.Number),
        EngagementChange.ChangeCible c when CheckCible(engagements, c.Number, c.Indicateur, c.Rang) is null =>
            engagements.SetItem(c.Number, WithCibles(engagements[c.Number], c.Indicateur, cibles => cibles[c.Rang - 1] = c.Valeur)),
        EngagementChange.MoveEcheance c when CheckMove(engagements, c) is null =>
            engagements.SetItem(c.Number, WithCibles(engagements[c.Number], c.Indicateur, cibles =>
                (cibles[c.ToRang - 1], cibles[c.FromRang - 1]) = (cibles[c.FromRang - 1], null))),
        EngagementChange.ChangeCible or EngagementChange.MoveEcheance => engagements,
        _ => throw new UnreachableException($"No branch for {change.GetType().Name}."),
    };

    /// <summary>The engagement that a change is about.</summary>
    public static int NumberOf(EngagementChange change) => change switch
    {
        EngagementChange.Add c => c.Engagement.Number,
        EngagementChange.Remove c => c.Number,
        EngagementChange.ChangeCible c => c.Number,
        EngagementChange.MoveEcheance c => c.Number,
        _ => throw new UnreachableException($"No branch for {change.GetType().Name}."),
    };

    /// <summary>Checks a change of an avenant on the engagements as the avenant's earlier changes leave them.</summary>
    public static Refusal? CheckChange(Ouvert contrat, ImmutableSortedDictionary<int, Engagement> engagements, EngagementChange change, Generique? proof) => change switch
    {
        EngagementChange.Add c when engagements.ContainsKey(c.Engagement.Number) => Refuse.EngagementExistsDifferent(c.Engagement.Number),
        EngagementChange.Add c => CheckNew(contrat, engagements.Count, c.Engagement, proof),
        EngagementChange.Remove c => engagements.ContainsKey(c.Number) ? null : Refuse.EngagementUnknown(c.Number),
        EngagementChange.ChangeCible c => CheckCible(engagements, c.Number, c.Indicateur, c.Rang),
        EngagementChange.MoveEcheance c => CheckMove(engagements, c),
        _ => throw new UnreachableException($"No branch for {change.GetType().Name}."),
    };

    public static EngagementChange Normalize(EngagementChange change) =>
        change is EngagementChange.Add add ? new EngagementChange.Add(Normalize(add.Engagement)) : change;

    /// <summary>R-034: the texts as they are counted and stored. Nothing is trimmed: every space counts. Sites and themes are sets.</summary>
    public static Engagement Normalize(Engagement e) => e with
    {
        Objectif = Limits.Normalize(e.Objectif),
        Indicateurs = e.Indicateurs.Select(i => i with { Libelle = Limits.Normalize(i.Libelle) }).ToValueList(),
        Finess = e.Finess.Distinct().ToValueList(),
        Themes = e.Themes is { Count: > 0 } themes ? themes.Distinct().Order().ToValueList() : null,
    };

    /// <summary>What holds of an engagement wherever it is written, in a contrat or before there is one .</summary>
    public static Refusal? CheckFormat(Engagement engagement) =>
        engagement.Number < 1 ? Refuse.EngagementNumberInvalid(engagement.Number) : CheckTexts(engagement);

    /// <summary>Of an arrêté, which does not give one number to two engagements.</summary>
    public static Refusal? CheckImposed(Ouvert contrat, Engagement engagement, ValueList<GeneriqueProof>? generiques) =>
        contrat.Engagements.ContainsKey(engagement.Number)
            ? Refuse.EngagementExistsDifferent(engagement.Number)
            : CheckNew(contrat, contrat.Engagements.Count, engagement, generiques?.FirstOrDefault(g => g.Engagement == engagement.Number)?.Entry);

    // Refusals are checked from the most permanent to the most circumstantial; the specs pin this order.
    public static Refusal? CheckNew(Ouvert contrat, int count, Engagement engagement, Generique? proof)
    {
        if (CheckFormat(engagement) is { } unfit)
        {
            return unfit;
        }

        if (GeneriqueRules.Check(engagement, proof) is { } reworded)
        {
            return reworded;
        }

        if (CheckFiness(contrat, engagement) is { } misplaced)
        {
            return misplaced;
        }

        if (engagement.Contrepartie is { } ligne && !ProjetRules.Knows(contrat, ligne))
        {
            return Ligne.VoletOf(ligne) == Volet.A2V2
                ? Refuse.EngagementRcUnknown(engagement.Number, ligne)
                : Refuse.EngagementContrepartieUnknown(engagement.Number, ligne);
        }

        return count >= contrat.Regime.EngagementsMax ? Refuse.EngagementsTooMany(contrat.Regime) : null;
    }

    /// <summary>
    /// An engagement that goes on in the contrat that renews its own. The lines of the new socle commun come after the opening: a contrepartie that
    /// the contrat then lacks is warned of. What came from the library keeps its words.
    /// </summary>
    public static Refusal? CheckCarried(Ouvert contrat, int count, Engagement engagement, Engagement before)
    {
        var proof = GeneriqueRules.OwnWordsOf(before);
        return CheckTexts(engagement)
            ?? (engagement.Generique == before.Generique || engagement.Generique is null ? GeneriqueRules.Check(engagement, proof) : Refuse.GeneriqueUnknown(engagement.Number, engagement.Generique.Code, engagement.Generique.Version))
            ?? CheckFiness(contrat, engagement)
            ?? (count >= contrat.Regime.EngagementsMax ? Refuse.EngagementsTooMany(contrat.Regime) : null);
    }

    private static Refusal? CheckTexts(Engagement engagement)
    {
        if (string.IsNullOrWhiteSpace(engagement.Objectif))
        {
            return Refuse.EngagementTextEmpty(engagement.Number);
        }

        var longest = engagement.Indicateurs.Select(i => i.Libelle).Append(engagement.Objectif).Max(Limits.LengthOf);
        if (longest > Limits.EngagementTextLengthMax)
        {
            return Refuse.EngagementTextTooLong(engagement.Number, longest);
        }

        if (engagement.Indicateurs.Count == 0)
        {
            return Refuse.IndicateurMissing(engagement.Number);
        }

        foreach (var indicateur in engagement.Indicateurs)
        {
            if (CheckIndicateur(engagement, indicateur) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>R-039: wording, way of computing, unit, source. R-027: five targets, any of which may be blank .</summary>
    private static Refusal? CheckIndicateur(Engagement engagement, Indicateur indicateur)
    {
        if (string.IsNullOrWhiteSpace(indicateur.Libelle))
        {
            return Refuse.IndicateurMissing(engagement.Number);
        }

        var complete = !string.IsNullOrWhiteSpace(indicateur.ModeCalcul)
            && !string.IsNullOrWhiteSpace(indicateur.Unite)
            && !string.IsNullOrWhiteSpace(indicateur.Source);
        if (engagement.Type == EngagementType.Specifique && !complete)
        {
            return Refuse.IndicateurIncomplete(engagement.Number);
        }

        return indicateur.Cibles.Count == Limits.CiblesParIndicateur ? null : Refuse.CiblesWrongCount(engagement.Number, indicateur.Cibles.Count);
    }

    /// <summary>R-029: the EJ, or sites in the contrat's perimeter.</summary>
    private static Refusal? CheckFiness(Ouvert contrat, Engagement engagement)
    {
        if (engagement.Finess.Count == 0)
        {
            return Refuse.EngagementFinessMissing(engagement.Number);
        }

        var foreign = engagement.Finess.FirstOrDefault(f =>
            !GroupeRules.IsOf(contrat, f) && !(contrat.Sites.TryGetValue(f, out var lastDay) && lastDay is null));
        return foreign is null ? null : Refuse.EngagementFinessForeign(engagement.Number, foreign);
    }

    private static Refusal? CheckCible(ImmutableSortedDictionary<int, Engagement> engagements, int number, int indicateur, int rang)
    {
        if (!engagements.TryGetValue(number, out var engagement))
        {
            return Refuse.EngagementUnknown(number);
        }

        return indicateur < 1 || indicateur > engagement.Indicateurs.Count || rang is < 1 or > Limits.CiblesParIndicateur
            ? Refuse.CibleUnknown(number, indicateur, rang)
            : null;
    }

    private static Refusal? CheckMove(ImmutableSortedDictionary<int, Engagement> engagements, EngagementChange.MoveEcheance c) =>
        CheckCible(engagements, c.Number, c.Indicateur, c.FromRang)
        ?? CheckCible(engagements, c.Number, c.Indicateur, c.ToRang)
        ?? (engagements[c.Number].Indicateurs[c.Indicateur - 1].Cibles[c.FromRang - 1] is null || c.FromRang == c.ToRang
            ? Refuse.CibleUnknown(c.Number, c.Indicateur, c.FromRang)
            : null);

    private static Engagement WithCibles(Engagement engagement, int rank, Action<string?[]> change)
    {
        var cibles = engagement.Indicateurs[rank - 1].Cibles.ToArray();
        change(cibles);
        return engagement with
        {
            Indicateurs = engagement.Indicateurs.Select((i, n) => n == rank - 1 ? i with { Cibles = cibles.ToValueList() } : i).ToValueList(),
        };
    }
}
