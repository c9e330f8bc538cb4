using static Cpom.Domain.Contrats.ContratCommand;

namespace Cpom.Domain.Contrats;

/// <summary>The bounds of what people write to a contrat. The objectif and the wording of an indicateur have their own rule .</summary>
public static class ContratTextes
{
    public static Refusal? Check(ContratCommand command) => command switch
    {
        Open c => Check(c.Fiche) ?? (c.Reconduction is { } asked ? Check(asked) : null),
        AddEngagement c => Check(c.Engagement),
        ChangeEngagement { Change: EngagementChange.Add c } => Check(c.Engagement),
        ChangeEngagement { Change: EngagementChange.ChangeCible c } => Textes.Check("R-035", ("Cible", c.Valeur, Limits.ReferenceLengthMax)),
        Sign c => CheckName(c.Name),
        SignAvenant c => CheckName(c.Name),
        Abandon c => CheckReason(c.Reason),
        WithdrawSignature c => CheckReason(c.Reason),
        WithdrawAvenantSignature c => CheckReason(c.Reason),
        AbandonAvenant c => CheckReason(c.Reason),
        DismissItem c => CheckReason(c.Reason),
        AnswerRenouvellement { Reason: { } reason } => CheckReason(reason),
        RecordValeur c => Textes.Check("R-043", ("Valeur", c.Valeur, Limits.ReferenceLengthMax), ("Source", c.Source, Limits.TexteLengthMax), ("Identifiant de la demande", c.Request, Limits.RequestIdLengthMax)),
        RecordEvaluation { Bilan: { } bilan } => Check("R-109", bilan),
        RecordRapportFinal c => Check("R-110", c.Bilan),
        RecordConsultation { Consultation: var c } => Textes.Check("", ("Référence", c.Reference, Limits.ReferenceLengthMax)) ?? Document.Check(c.Piece),
        Validate c => Textes.Check("", ("Nom de celui qui valide", c.Name, Limits.NomLengthMax)),
        Transmit c => Document.Check(c.Texte),
        RecordOriginaux c => Document.Check(c.Fichier),
        RecordArchive c => Textes.Check("", ("Délégation", c.Delegation, Limits.NomLengthMax)) ?? Document.Check(c.Scan),
        AssignNotification c => Textes.Check(
            "", ("Département", c.Departement, Limits.ReferenceLengthMax), ("Caisse", c.Caisse, Limits.NomLengthMax), ("Personne", c.Personne, Limits.NomLengthMax)),
        NotifyCaisse c => Textes.Check("", ("Département", c.Departement, Limits.ReferenceLengthMax)),
        RecordDemande c => Textes.Check("", ("Référence", c.Reference, Limits.ReferenceLengthMax), ("Demandeur", c.Demandeur, Limits.NomLengthMax)),
        AnswerDemande { Reason: { } reason } => CheckReason(reason),
        OpenAvenant c => Textes.Check("", ("Identifiant de la demande", c.RequestId, Limits.RequestIdLengthMax)),
        FixByArrete c => Check(c),
        NotifyRetrait c => Textes.Check("L-05", ("Référence", c.Reference, Limits.ReferenceLengthMax)),
        FixRetrait { Modalites: var c } => Textes.Check("L-05", ("Modalités", c.Texte, Limits.TexteLengthMax)) ?? Document.Check(c.Piece),
        _ => null,
    };

    private static Refusal? Check(FixByArrete command)
    {
        var arrete = command.Arrete;
        var unfit = Sanctions.ManquementTextes.Check(arrete.Courrier)
            ?? Textes.Check("R-101", ("Pénalités", arrete.Penalites, Limits.TexteLengthMax), ("Compensation", arrete.Compensation, Limits.TexteLengthMax));
        return unfit ?? command.Engagements.Select(Check).FirstOrDefault(r => r is not null);
    }

    private static Refusal? Check(Fiche fiche) =>
        Textes.CheckCle("D-08", "Numéro du contrat", fiche.Numero, Limits.ContratNumeroLengthMax)
        ?? Textes.Check(
            "",
            ("Code du GHT", fiche.Ght, Limits.CleLengthMax),
            ("Version du socle", fiche.SocleVersion, Limits.CleLengthMax),
            ("Motif de la durée", fiche.MotifDuree, Limits.TexteLengthMax));

    /// <summary>R-035: the format binds whoever enters an engagement, by whatever door.</summary>
    public static Refusal? Check(Engagement engagement)
    {
        if (engagement.Indicateurs.Count > Limits.IndicateursParEngagementMax)
        {
            return Refuse.IndicateursTooMany(engagement.Number, engagement.Indicateurs.Count);
        }

        if (Textes.Check("R-044", ("Code du générique", engagement.Generique?.Code, Limits.CleLengthMax), ("Version de la bibliothèque", engagement.Generique?.Version, Limits.CleLengthMax)) is { } tooLong)
        {
            return tooLong;
        }

        foreach (var indicateur in engagement.Indicateurs)
        {
            var refusal = Textes.Check(
                "R-035",
                ("Mode de calcul", indicateur.ModeCalcul, Limits.TexteLengthMax),
                ("Unité", indicateur.Unite, Limits.ReferenceLengthMax),
                ("Source", indicateur.Source, Limits.TexteLengthMax),
                ("Valeur de référence", indicateur.ValeurReference, Limits.ReferenceLengthMax));
            refusal ??= indicateur.Cibles.Select(c => Textes.Check("R-035", ("Cible", c, Limits.ReferenceLengthMax))).FirstOrDefault(r => r is not null);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? Check(Reconduction.Demande asked) =>
        Textes.CheckCle("D-08", "Numéro du contrat renouvelé", asked.Contrat, Limits.ContratNumeroLengthMax)
        ?? asked.Issues.Select(i => Textes.Check("R-111", ("Motif", i.Motif, Limits.TexteLengthMax))).Concat(asked.Modifies.Select(Check)).FirstOrDefault(r => r is not null);

    private static Refusal? Check(string rule, Bilan bilan) =>
        Textes.Check(rule, ("Remarques", bilan.Remarques, Limits.TexteLengthMax), ("Nom du document", bilan.Document?.Nom, Limits.NomLengthMax))
        ?? bilan.Lignes.Select(l => Textes.Check(rule, ("Remarque", l.Remarque, Limits.TexteLengthMax))).FirstOrDefault(r => r is not null);

    private static Refusal? CheckName(string name) => Textes.Check("", ("Nom du signataire", name, Limits.NomLengthMax));

    private static Refusal? CheckReason(string reason) => Textes.Check("", ("Motif", reason, Limits.TexteLengthMax));
}
