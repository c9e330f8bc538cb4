using Cpom.Domain.Habilitations;
using static Cpom.Domain.Sanctions.ManquementsCommand;

namespace Cpom.Domain.Sanctions;

/// <summary>
/// Who leads a procedure: who follows the contrat notices, talks and records; who answers for it puts on notice, closes and sanctions. The
/// structure is heard.
/// </summary>
public static class ManquementDroits
{
    public static Refusal? Check(ManquementsState state, ManquementsCommand command) =>
        AffaireOf(state, command) is { } affaire ? Droits.Check(command, Of(command), affaire) : null;

    /// <summary>Null of a procedure that is not known.</summary>
    public static Affaire? AffaireOf(ManquementsState state, ManquementsCommand command) => command switch
    {
        RecordProduits c => AffaireOf(c, c.Entite, state.Manquements.Values.Select(m => m.Constat.Contrat)),
        RecordConstat c => AffaireOf(c, c.Entite, [c.Constat.Contrat]),
        PassJour => AffaireOf(command, state.Entite, []),
        _ => NumeroOf(command) is { } numero && state.Manquements.TryGetValue(numero, out var manquement) ? AffaireOf(command, state.Entite, [manquement.Constat.Contrat]) : null,
    };

    public static Droit Of(ManquementsCommand command) => command switch
    {
        PassJour => new("R-117", []),
        SendMiseEnDemeure or RenewDelai or AcceptJustification or DecideSanction or CancelSanction => new("R-119", Droits.Direction),
        RecordProduits or RecordPaiement or StartRecouvrement => new("R-120", Droits.Pilotage),
        RecordObservations => new("R-122", Droits.AgenceOrStructure),
        _ => new("R-121", Droits.Agence), // Follows the contrat: notices, talks, records what was received.
    };

    private static Affaire AffaireOf(ManquementsCommand command, string entite, IEnumerable<string> contrats) =>
        new("Cette procédure", contrats.ToValueList(), [entite], command.Territoire, command.NiveauOfEntites ?? Niveau.Departemental);

    private static string? NumeroOf(ManquementsCommand command) => command switch
    {
        RecordDialogue c => c.Numero,
        SendMiseEnDemeure c => c.Numero,
        RenewDelai c => c.Numero,
        RecordObservations c => c.Numero,
        AcceptJustification c => c.Numero,
        DecideSanction c => c.Numero,
        CancelSanction c => c.Numero,
        RecordNotification c => c.Numero,
        RecordPaiement c => c.Numero,
        StartRecouvrement c => c.Numero,
        _ => null,
    };
}
