using Cpom.Domain.Habilitations;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>
/// Who negotiates: the negotiator of the dossier and those who answer for it; the structure its own report, proposals and acceptance.
/// The délégation that leads answers, where the region does not; consulted ones read.
/// </summary>
public static class NegociationDroits
{
    public static Refusal? Check(NegociationState state, NegociationCommand command) => (state, command) switch
    {
        (None, Open c) => Droits.Check(c, Of(c), AffaireOf(c.Fiche, [])),
        (Ouverte s, _) => Droits.Check(command, Of(command), AffaireOf(s, EntiteOf(command))),
        _ => null,
    };

    public static Droit Of(NegociationCommand command) => command switch
    {
        PassJour or NoteSignature => new("R-117", []),
        Open { Fiche.Niveau: Niveau.Regional } => new("R-118", Droits.Region),
        ChangeNegociateur => new("R-119", Droits.Direction),
        AcceptSynthese { By: RapportAuteur.Structure } => new("R-122", Droits.AgenceOrRepresentant),
        WriteSection { Section.Auteur: RapportAuteur.Structure } or ProposeEngagement { By: RapportAuteur.Structure } => new("R-122", Droits.AgenceOrStructure),
        DefineIndicateur or HandOverRapport or AnswerQuestion or WithdrawEngagement or ReopenSynthese => new("R-122", Droits.AgenceOrStructure),
        _ => new("R-121", Droits.Agence), // Writes the agency's part, records what both did, says what comes of it.
    };

    /// <param name="entite">The structure that a command is about; null for all of them.</param>
    public static Affaire AffaireOf(Ouverte negociation, string? entite) => AffaireOf(
        negociation.Fiche with { Structures = negociation.Fiche.Structures.Where(s => entite is null || s.Entite == entite).ToValueList() },
        negociation.Structures.Values.Select(d => d.Contrat));

    public static string? EntiteOf(NegociationCommand command) => command switch
    {
        WriteSection c => c.Entite,
        DefineIndicateur c => c.Entite,
        HandOverRapport c => c.Entite,
        ReturnRapport c => c.Entite,
        ShareDiagnostic c => c.Entite,
        AnswerQuestion c => c.Entite,
        WriteSynthese c => c.Entite,
        ProposeEngagement c => c.Entite,
        WithdrawEngagement c => c.Entite,
        AcceptSynthese c => c.Entite,
        ReopenSynthese c => c.Entite,
        ChooseIssue c => c.Entite,
        _ => null,
    };

    /// <summary>A dossier is known by its own number, and by those of the contrats that are to come of it.</summary>
    private static Affaire AffaireOf(NegociationFiche fiche, IEnumerable<string?> contrats) => new(
        "Cette négociation", [fiche.Numero, .. contrats.OfType<string>()], fiche.Structures.Select(s => s.Entite).ToValueList(), fiche.Pilote, fiche.Niveau);
}
