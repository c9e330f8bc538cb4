using static Cpom.Domain.Negociations.NegociationCommand;

namespace Cpom.Domain.Negociations;

/// <summary>The bounds of what people write to a négociation.</summary>
public static class NegociationTextes
{
    public static Refusal? Check(NegociationCommand command) => command switch
    {
        Open c => Check(c.Fiche),
        ChangeNegociateur c => Textes.Check("", ("Nom du négociateur", c.Negociateur, Limits.NomLengthMax)),
        WriteSection c => Check(c.Section) ?? Textes.Check("", ("Nom du rédacteur", c.Redacteur, Limits.NomLengthMax)),
        DefineIndicateur { Indicateur: var i } => Textes.Check(
            "",
            ("Libellé de l'indicateur", i.Libelle, Limits.EngagementTextLengthMax),
            ("Mode de calcul", i.ModeCalcul, Limits.TexteLengthMax),
            ("Unité", i.Unite, Limits.ReferenceLengthMax),
            ("Source", i.Source, Limits.TexteLengthMax)),
        AttachNote c => Textes.Check("", ("Titre de la note", c.Note.Titre, Limits.ReferenceLengthMax), ("Référence de la note", c.Note.Reference, Limits.ReferenceLengthMax)),
        RecordRencontre c => Textes.Check("", ("Compte rendu", c.CompteRendu, Limits.TexteLengthMax)),
        AnswerQuestion c => Textes.Check("", ("Commentaire", c.Commentaire, Limits.TexteLengthMax)),
        WriteSynthese { Synthese: var s } => Textes.Check(
            "R-074",
            ("Forces", s.Forces, Limits.TexteLengthMax),
            ("Faiblesses", s.Faiblesses, Limits.TexteLengthMax),
            ("Opportunités", s.Opportunites, Limits.TexteLengthMax),
            ("Menaces", s.Menaces, Limits.TexteLengthMax),
            ("Enjeux", s.Enjeux, Limits.TexteLengthMax)),
        ProposeEngagement c => Contrats.ContratTextes.Check(c.Engagement),
        HandOverRapport c => Check(c.Volets),
        ReturnRapport c => CheckReason(c.Reason) ?? Check(c.Volets),
        ShareDiagnostic c => Check(c.Volets),
        ReopenSynthese c => CheckReason(c.Reason),
        Prolong c => CheckReason(c.Motif),
        Abandon c => CheckReason(c.Reason),
        ChooseIssue { Contrat: { } numero } => Textes.CheckCle("D-08", "Numéro du contrat", numero, Limits.ContratNumeroLengthMax),
        _ => null,
    };

    private static Refusal? Check(NegociationFiche fiche) =>
        (string.IsNullOrWhiteSpace(fiche.Numero) ? Refuse.CleInvalid("Numéro de la négociation") : null)
        ?? Textes.CheckCle("", "Numéro de la négociation", fiche.Numero, Limits.CleLengthMax)
        ?? Textes.Check(
            "",
            ("Nom du négociateur", fiche.Negociateur, Limits.NomLengthMax),
            ("Motif du niveau régional", fiche.MotifNiveau, Limits.TexteLengthMax),
            ("Délégation pilote", fiche.Pilote, Limits.ReferenceLengthMax))
        ?? fiche.Consultees.Select(d => Textes.Check("", ("Délégation consultée", d, Limits.ReferenceLengthMax))).FirstOrDefault(r => r is not null)
        ?? fiche.Structures.Where(s => s.Contrat is not null)
            .Select(s => Textes.CheckCle("D-08", "Numéro du contrat", s.Contrat!, Limits.ContratNumeroLengthMax)).FirstOrDefault(r => r is not null);

    private static Refusal? Check(Section section)
    {
        if (section.Chiffres.Count > Limits.SectionChiffresMax)
        {
            return Refuse.NegociationOutsideLimits($"Au plus {Limits.SectionChiffresMax} chiffres par volet et par auteur");
        }

        return Textes.Check("", ("Texte du rapport", section.Texte, Limits.SectionLengthMax))
            ?? section.Chiffres.Select(c => Textes.Check(
                "",
                ("Libellé d'un chiffre", c.Libelle, Limits.ReferenceLengthMax),
                ("Valeur d'un chiffre", c.Valeur, Limits.ReferenceLengthMax),
                ("Source d'un chiffre", c.Source, Limits.ReferenceLengthMax))).FirstOrDefault(r => r is not null);
    }

    private static Refusal? Check(ValueList<Volet>? volets) =>
        volets?.Count > Limits.RapportVoletsMax ? Refuse.NegociationOutsideLimits($"Un rapport a {Limits.RapportVoletsMax} volets, nommez chacun une fois") : null;

    private static Refusal? CheckReason(string reason) => Textes.Check("", ("Motif", reason, Limits.TexteLengthMax));
}
