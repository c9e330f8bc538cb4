using static Cpom.Domain.Sanctions.ManquementsCommand;

namespace Cpom.Domain.Sanctions;

/// <summary>The bounds of what people write in a procedure, and what a letter is made of.</summary>
public static class ManquementTextes
{
    public static Refusal? Check(ManquementsCommand command) => command switch
    {
        RecordProduits c => CheckEntite(c.Entite) ?? Textes.Check("", ("Source", c.Source, Limits.ReferenceLengthMax)),
        RecordConstat c => CheckEntite(c.Entite) ?? Check(c.Constat),
        RecordDialogue c => Texte("Compte rendu", c.Dialogue.CompteRendu) ?? Check(c.Dialogue.Courrier),
        SendMiseEnDemeure c => Texte("Motifs", c.MiseEnDemeure.Motifs) ?? Check(c.MiseEnDemeure.Courrier),
        RenewDelai c => Texte("Motif", c.Motif) ?? Check(c.Courrier),
        RecordObservations c => Texte("Observations", c.Observations.Texte) ?? Check(c.Observations.Courrier),
        AcceptJustification c => Texte("Motif", c.Motif) ?? Check(c.Courrier),
        DecideSanction c => Texte("Motifs", c.Motifs) ?? Texte("Objet", (c.Sanction as Sanction.Modification)?.Objet) ?? Check(c.Courrier),
        CancelSanction c => Texte("Motif", c.Motif),
        RecordNotification c => Check(c.Courrier),
        RecordPaiement c => Textes.Check("", ("Référence", c.Reference, Limits.ReferenceLengthMax)),
        StartRecouvrement c => Textes.Check("", ("Caisse", c.Caisse, Limits.NomLengthMax)) ?? Check(c.Courrier),
        _ => null,
    };

    /// <summary>A letter has its number; a document has its name and its fingerprint, or it is none.</summary>
    public static Refusal? Check(Courrier? courrier)
    {
        if (courrier is null)
        {
            return null;
        }

        var tooLong = Textes.Check("", ("Numéro du courrier", courrier.Numero, Limits.ReferenceLengthMax), ("Document", courrier.Document, Limits.ReferenceLengthMax));
        return tooLong ?? (string.IsNullOrWhiteSpace(courrier.Numero) || !IsWhole(courrier) ? Refuse.CourrierIncomplete() : null);
    }

    private static bool IsWhole(Courrier courrier) => courrier is { Document: null, Sha256: null } || Document.IsWhole(courrier.Document, courrier.Sha256);

    private static Refusal? CheckEntite(string entite) => Finess.IsValid(entite) ? null : Refuse.FinessInvalid(entite);

    private static Refusal? Check(Constat constat) =>
        Textes.CheckCle("", "Numéro de la procédure", constat.Numero, Limits.CleLengthMax)
        ?? Textes.Check("", ("Contrat", constat.Contrat, Limits.ReferenceLengthMax), ("Faits", constat.Faits, Limits.TexteLengthMax))
        ?? (constat.Engagements.Count > Limits.EngagementsParManquementMax
            ? Refuse.ManquementTooMany("engagements par procédure", Limits.EngagementsParManquementMax)
            : null);

    private static Refusal? Texte(string champ, string? texte) => Textes.Check("", (champ, texte, Limits.TexteLengthMax));
}
