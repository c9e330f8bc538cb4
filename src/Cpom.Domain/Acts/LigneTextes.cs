namespace Cpom.Domain.Acts;

/// <summary>The bounds of what a source writes about a line, and about the act behind it.</summary>
public static class LigneTextes
{
    public static Refusal? Check(LigneStatement stated)
    {
        foreach (var etat in stated.Etats)
        {
            if (Check(etat.Ligne) is { } refusal)
            {
                return refusal;
            }
        }

        return stated.Cause.Acte is { } acte
            ? Textes.Check(
                "",
                ("Nature de l'acte", acte.Kind, Limits.ReferenceLengthMax),
                ("Numéro de l'acte", acte.Number, Limits.ReferenceLengthMax),
                ("Autorité", acte.Authority, Limits.NomLengthMax))
            : null;
    }

    private static Refusal? Check(Ligne ligne) => ligne switch
    {
        Ligne.Autorisation a => Textes.Check(
            "",
            ("Nature", a.Nature, Limits.ReferenceLengthMax),
            ("Numéro de l'autorisation", a.Numero, Limits.ReferenceLengthMax),
            ("Code", a.Code, Limits.ReferenceLengthMax),
            ("Libellé", a.Libelle, Limits.TexteLengthMax)),
        Ligne.Rc r => Textes.Check(
            "",
            ("Numéro de la RC", r.Numero, Limits.ReferenceLengthMax),
            ("Activité", r.Activite, Limits.ReferenceLengthMax),
            ("Modalité", r.Modalite, Limits.ReferenceLengthMax),
            ("Forme", r.Forme, Limits.ReferenceLengthMax),
            ("Libellé", r.Libelle, Limits.TexteLengthMax),
            ("Texte de l'origine", r.Origine?.Reference, Limits.ReferenceLengthMax),
            ("Dossier", r.Procedure?.Dossier, Limits.ReferenceLengthMax)),
        Ligne.Financement f => Textes.Check(
            "",
            ("Enveloppe", f.Enveloppe, Limits.ReferenceLengthMax),
            ("Sous-enveloppe", f.SousEnveloppe, Limits.ReferenceLengthMax),
            ("Mode de délégation", f.Mode, Limits.ReferenceLengthMax),
            ("Référence", f.Reference, Limits.ReferenceLengthMax)),
        _ => null,
    };
}
