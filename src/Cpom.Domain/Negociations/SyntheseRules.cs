using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>
/// From the ten questions to what both parties accept. Only engagements are negotiated: there is nothing here by which an authorisation, an
/// RC or money could be.
/// </summary>
public static class SyntheseRules
{
    /// <summary>R-073: in any order, and changed as often as negotiation changes it.</summary>
    public static Decision<NegociationEvent> Answer(Dossier dossier, AnswerQuestion command)
    {
        if (command.Numero < 1 || command.Numero > Priorisation.Questions.Count)
        {
            return Refuse.NegociationOutsideLimits($"Les questions vont de 1 à {Priorisation.Questions.Count}");
        }

        return dossier.Reponses.GetValueOrDefault(command.Numero) == new Reponse(command.Oui, command.Commentaire)
            ? Decision<NegociationEvent>.NothingToDo
            : new QuestionAnswered(command.On, command.Entite, command.Numero, command.Oui, command.Commentaire);
    }

    public static Decision<NegociationEvent> Write(Dossier dossier, WriteSynthese command)
    {
        if (dossier.Synthese == command.Synthese)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        return CheckOpen(dossier) is { } closed ? closed : new SyntheseWritten(command.On, command.Entite, command.Synthese);
    }

    /// <summary>A proposal has the format of what it is to become, so that the contrat can say it word for word.</summary>
    public static Decision<NegociationEvent> Propose(Dossier dossier, ProposeEngagement command)
    {
        var engagement = EngagementRules.Normalize(command.Engagement);
        if (dossier.Propositions.TryGetValue(engagement.Number, out var known) && known.Engagement == engagement)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if ((EngagementRules.CheckFormat(engagement) ?? GeneriqueRules.Check(engagement, command.Proof)) is { } unfit)
        {
            return unfit;
        }

        if (engagement.Finess.Count == 0)
        {
            return Refuse.EngagementFinessMissing(engagement.Number);
        }

        if (engagement.Finess.FirstOrDefault(f => f != command.Entite && !command.SitesOfEntite.Contains(f)) is { } foreign)
        {
            return Refuse.EngagementFinessForeign(engagement.Number, foreign);
        }

        // what is measured in this contrat only is defined in the report.
        if (engagement.Type == EngagementType.Specifique && engagement.Indicateurs.FirstOrDefault(i => !dossier.Indicateurs.Contains(Defined(i))) is { } undefined)
        {
            return Refuse.IndicateurNotInRapport($"l'engagement {engagement.Number} est spécifique, et le rapport ne définit pas son indicateur « {undefined.Libelle} » à l'identique");
        }

        if (CheckOpen(dossier) is { } closed)
        {
            return closed;
        }

        return known is null && dossier.Propositions.Count >= Limits.PropositionsMax
            ? Refuse.NegociationOutsideLimits($"Au plus {Limits.PropositionsMax} engagements proposés à la fois")
            : new EngagementProposed(command.On, command.Entite, command.By, engagement);
    }

    public static Decision<NegociationEvent> Withdraw(Dossier dossier, WithdrawEngagement command)
    {
        if (!dossier.Propositions.ContainsKey(command.Number))
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        return CheckOpen(dossier) is { } closed ? closed : new EngagementWithdrawn(command.On, command.Entite, command.Number);
    }

    /// <summary>R-075: the second to accept makes it what the contrat says. R-072: there may be none.</summary>
    public static Decision<NegociationEvent> Accept(Ouverte negociation, Dossier dossier, AcceptSynthese command)
    {
        if (dossier.Acceptances.TryGetValue(command.By, out var accepted))
        {
            return accepted == command.On
                ? Decision<NegociationEvent>.NothingToDo
                : Refuse.NegociationOtherwise(FormattableString.Invariant($"La synthèse de {command.Entite} est acceptée de ce côté depuis le {accepted:dd/MM/yyyy}"));
        }

        if (dossier.DiagnosticOn is not { } shared || command.On < shared)
        {
            return Refuse.RapportLocked("la négociation se fait sur un diagnostic partagé : la structure remet son rapport, l'agence y ajoute son analyse");
        }

        if (Parties.IsHospital(dossier.Structure.Partie) && negociation.Rencontres.All(r => r.On > command.On))
        {
            return Refuse.RencontreMissing();
        }

        var regime = Regimes.Of(command.On);
        if (dossier.Propositions.Count > regime.EngagementsMax)
        {
            return Refuse.EngagementsTooMany(regime);
        }

        var by = new SyntheseAcceptedBy(command.On, command.Entite, command.By);
        return dossier.Acceptances.IsEmpty
            ? by
            : new List<NegociationEvent>
            {
                by,
                new SyntheseAccepted(command.On, command.Entite, dossier.Version + 1, dossier.Propositions.Values.Select(p => p.Engagement).ToValueList()),
            };
    }

    public static Decision<NegociationEvent> Reopen(Dossier dossier, ReopenSynthese command)
    {
        if (dossier.Accepted is null)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (dossier.SignedByRepresentant is not null)
        {
            return Refuse.SyntheseBinds($"{command.Entite} a signé ce qui est accepté : retirez d'abord la signature, ou passez par un avenant");
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Refuse.ReasonMissing()
            : new SyntheseReopened(command.On, command.Entite, dossier.Version + 1, command.Reason);
    }

    private static Refusal? CheckOpen(Dossier dossier) =>
        dossier.Accepted is null ? null : Refuse.SyntheseBinds($"Les engagements de {dossier.Structure.Entite} sont acceptés");

    private static IndicateurDefini Defined(Indicateur indicateur) => new(indicateur.Libelle, indicateur.ModeCalcul, indicateur.Unite, indicateur.Source);
}
