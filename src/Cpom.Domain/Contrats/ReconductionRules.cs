using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// A contrat opened as the renewal of another: with an outcome for each engagement, once the final report is there, from the day after the
/// former one's last. It lives under the regime of its own date d'effet, the former one under its own until its last day (decision 0005).
/// </summary>
public static class ReconductionRules
{
    /// <summary>What the former contrat proves of itself.</summary>
    public static Reconduction.Ancien Prove(Ouvert contrat) => new(
        contrat.Fiche.Entite,
        contrat.Fiche.DateFin,
        contrat is { Phase: ContratPhase.EnVigueur, LeavesForceOn: null },
        contrat.Suivi.Renouvellement is not null,
        contrat.Suivi.Renouvellement?.Answer is { Granted: false },
        Execution.Of(contrat).RapportFinal is not null,
        Execution.Of(contrat).Successeur?.Contrat,
        contrat.Engagements.Values.Select(e => GoOn(contrat, e)).ToValueList(),
        contrat.Formalites.Niveau);

    /// <summary>The opening, and the engagements that go on as those of the new project. Where a négociation says what they are, or none may be, they come from there.</summary>
    public static Decision<ContratEvent> Open(ContratOpened opened, Reconduction.Demande asked)
    {
        if (CheckAncien(opened, asked) is { } unfit)
        {
            return unfit;
        }

        var former = asked.Proof!;
        if (CheckIssues(asked, former) is { } incomplete)
        {
            return incomplete;
        }

        var events = new List<ContratEvent> { opened with { Reconduction = new(asked.Contrat, former.DateFin, asked.Issues) } };
        var contrat = (Ouvert)Contrat.Evolve(Contrat.Initial, opened);
        if (opened.Fiche is { Negociation: not null } or { Nature: ContratNature.SocleCommun })
        {
            return events;
        }

        foreach (var issue in asked.Issues.Where(i => i.Kind != EngagementIssue.Abandonne).OrderBy(i => i.Engagement))
        {
            var before = former.Engagements.First(e => e.Number == issue.Engagement);
            var engagement = issue.Kind == EngagementIssue.Poursuivi ? before : EngagementRules.Normalize(asked.Modifies.First(e => e.Number == issue.Engagement));
            if (EngagementRules.CheckCarried(contrat, events.Count - 1, engagement, before) is { } refusal)
            {
                return refusal;
            }

            events.Add(new EngagementAdded(opened.ValidOn, engagement));
        }

        return events;
    }

    /// <summary>Sent by the reactions to the former contrat, once its renewal is signed by both parties.</summary>
    public static Decision<ContratEvent> Note(Ouvert contrat, NoteRenewed command) => Execution.Of(contrat).Successeur switch
    {
        null => new ContratRenewed(command.On, command.By, command.DateEffet),
        var known when known.Contrat == command.By => Decision<ContratEvent>.NothingToDo,
        var known => Refuse.ReconductionUnfit(contrat.Fiche.Numero, $"il est déjà renouvelé par le contrat {known.Contrat}"),
    };

    public static bool IsSame(Reconduction? known, Reconduction.Demande? asked) =>
        known is null ? asked is null : asked is not null && known.Contrat == asked.Contrat && known.Issues.Equals(asked.Issues);

    private static Refusal? CheckAncien(ContratOpened opened, Reconduction.Demande asked)
    {
        var fiche = opened.Fiche;
        var why = asked.Proof switch
        {
            null => "il n'existe pas",
            { InForce: false } => "il n'est pas signé, ou il est résilié ou remplacé",
            var former when former.Entite != fiche.Entite && opened.Groupe?.Membres.Contains(former.Entite) != true => $"il est de l'entité {former.Entite}",
            { RenewedBy: { } by } when by != fiche.Numero => $"il est déjà renouvelé par le contrat {by}",
            { Asked: false } => "son renouvellement n'est pas demandé",
            { Refused: true } => "son renouvellement est refusé",
            _ => null,
        };
        if (why is not null)
        {
            return Refuse.ReconductionUnfit(asked.Contrat, why);
        }

        return !asked.Proof!.RapportFinal ? Refuse.RapportFinalMissing()
            : fiche.DateEffet <= asked.Proof.DateFin ? Refuse.ReconductionTooEarly(asked.Contrat, asked.Proof.DateFin)
            : null;
    }

    private static Refusal? CheckIssues(Reconduction.Demande asked, Reconduction.Ancien former)
    {
        var numbers = asked.Issues.Select(i => i.Engagement).ToList();
        var reworded = asked.Issues.Where(i => i.Kind == EngagementIssue.Modifie).Select(i => i.Engagement).ToHashSet();
        var wrong = former.Engagements.Select(e => e.Number).Where(n => numbers.Count(other => other == n) != 1)
            .Concat(numbers.Where(n => former.Engagements.All(e => e.Number != n)))
            .Concat(reworded.Where(n => asked.Modifies.Count(e => e.Number == n) != 1))
            .Concat(asked.Modifies.Select(e => e.Number).Where(n => !reworded.Contains(n)))
            .Concat(asked.Issues.Where(i => i.Kind == EngagementIssue.Abandonne && string.IsNullOrWhiteSpace(i.Motif)).Select(i => i.Engagement))
            .Cast<int?>()
            .FirstOrDefault();
        return wrong is { } number ? Refuse.IssuesIncomplete(number) : null;
    }

    /// <summary>Its cibles were those of the former years; what the indicateurs came to is where it starts from.</summary>
    private static Engagement GoOn(Ouvert contrat, Engagement engagement) => engagement with
    {
        Indicateurs = engagement.Indicateurs.Select((indicateur, n) => GoOn(contrat, engagement.Number, n + 1, indicateur)).ToValueList(),
    };

    private static Indicateur GoOn(Ouvert contrat, int engagement, int rank, Indicateur indicateur)
    {
        var blank = indicateur with { Cibles = Enumerable.Repeat<string?>(null, Limits.CiblesParIndicateur).ToValueList() };
        for (var rang = Limits.CiblesParIndicateur; rang >= 0; rang--)
        {
            var annee = EngagementStatuts.AnneeOf(contrat.Fiche, rang);
            if (Execution.Of(contrat).ValeurOf(engagement, rank, annee) is { } valeur)
            {
                return blank with { ValeurReference = valeur.Texte, AnneeReference = annee };
            }
        }

        return blank;
    }
}
