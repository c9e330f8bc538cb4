using System.Diagnostics;
using Cpom.Domain.Echeances;
using static Cpom.Domain.Sanctions.ManquementsCommand;
using static Cpom.Domain.Sanctions.ManquementsEvent;

namespace Cpom.Domain.Sanctions;

/// <summary>
/// The procedures against one legal entity, over all of its contrats: the ceiling of the penalties of a year is one for all of them (R-112, decision
/// 0036). Who may is in ManquementDroits.cs, the rules are in ProcedureRules.cs, SanctionRules.cs and ManquementTextes.cs.
/// </summary>
public sealed class Manquements : ICalendrier<ManquementsState, ManquementsCommand, ManquementsEvent>
{
    private Manquements() { }

    public static string Category => "manquement";

    public static ManquementsState Initial { get; } = ManquementsState.None;

    public static IReadOnlySet<Type> Dating { get; } = new HashSet<Type>
    {
        typeof(ConstatRecorded), typeof(MiseEnDemeureSent), typeof(DelaiRenewed), typeof(JustificationAccepted), typeof(SanctionDecided), typeof(SanctionCancelled),
        typeof(NotificationRecorded), typeof(PaiementRecorded), typeof(RecouvrementStarted), typeof(EcheanceReached),
    };

    public static string EntiteOf(ManquementsState state) => state.Entite;

    public static IEnumerable<Echeance> EcheancesOf(ManquementsState state) => ManquementEcheances.Of(state);

    public static DateOnly? NextDay(ManquementsState state) => ManquementEcheances.Next(state)?.Day;

    static ManquementsCommand ICalendrier<ManquementsState, ManquementsCommand, ManquementsEvent>.PassJour(DateOnly jour) => new PassJour(jour);

    public static Decision<ManquementsEvent> Decide(ManquementsState state, ManquementsCommand command) => (ManquementTextes.Check(command) ?? ManquementDroits.Check(state, command)) is { } unfit ? unfit : command switch
    {
        RecordProduits c => SanctionRules.Record(state, c),
        RecordConstat c => ProcedureRules.Record(state, c),
        RecordDialogue c => On(state, c.Numero, m => ProcedureRules.Record(m, c)),
        SendMiseEnDemeure c => On(state, c.Numero, m => ProcedureRules.Send(m, c)),
        RenewDelai c => On(state, c.Numero, m => ProcedureRules.Renew(m, c)),
        RecordObservations c => On(state, c.Numero, m => ProcedureRules.Record(m, c)),
        AcceptJustification c => On(state, c.Numero, m => ProcedureRules.Accept(m, c)),
        DecideSanction c => On(state, c.Numero, m => SanctionRules.Decide(state, m, c)),
        CancelSanction c => On(state, c.Numero, m => SanctionRules.Cancel(m, c)),
        RecordNotification c => On(state, c.Numero, m => SanctionRules.Notify(m, c)),
        RecordPaiement c => On(state, c.Numero, m => SanctionRules.Pay(m, c)),
        PassJour c => Jours.Pass(state, c.Jour, ManquementEcheances.Next, Evolve),
        StartRecouvrement c => On(state, c.Numero, m => SanctionRules.Recover(m, c)),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static ManquementsState Evolve(ManquementsState state, ManquementsEvent recorded) => recorded switch
    {
        ProduitsRecorded e => state with { Produits = state.Produits.SetItem(e.ClosOn, new(e.ClosOn, e.Montant, e.Source)) },
        ConstatRecorded e => Begun(state, e),
        DialogueRecorded e => With(state, e.Numero, m => m with { Dialogues = [.. m.Dialogues, e.Dialogue] }),
        MiseEnDemeureSent e => With(state, e.Numero, m => m with { MiseEnDemeure = e.MiseEnDemeure }),
        DelaiRenewed e => With(state, e.Numero, m => m with { Renouvellement = new(e.ValidOn, e.Motif, e.Courrier) }),
        ObservationsRecorded e => With(state, e.Numero, m => m with { Observations = [.. m.Observations, e.Observations] }),
        JustificationAccepted e => With(state, e.Numero, m => m with { Classement = new(e.ValidOn, e.Motif, e.Courrier) }),
        SanctionDecided e => With(state, e.Numero, m => m with { Sanctions = [.. m.Sanctions, new(e.ValidOn, e.Sanction, e.Motifs, e.Courrier)] }),
        SanctionCancelled e => With(state, e.Numero, m => m with
        {
            Sanctions = m.Sanctions.Select(s => s == m.Somme ? s with { Annulation = new(e.ValidOn, e.Motif) } : s).ToValueList(),
        }),
        NotificationRecorded e => With(state, e.Numero, m => m with { Notification = new(e.ValidOn, e.Courrier) }),
        PaiementRecorded e => With(state, e.Numero, m => m with { Paiement = new(e.ValidOn, e.Reference) }),
        RecouvrementStarted e => With(state, e.Numero, m => m with { Recouvrement = new(e.ValidOn, e.Caisse, e.Courrier) }),
        EcheanceReached e => state with { Rappels = state.Rappels.Note(e.Kind, e.Numero, e.Stade, e.DueOn) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    /// <summary>The clock knows the entity from its first procedure on.</summary>
    private static ManquementsState Begun(ManquementsState state, ConstatRecorded e) => state with
    {
        Entite = e.Entite,
        Manquements = state.Manquements.SetItem(e.Constat.Numero, Manquement.Of(state.Manquements.Count + 1, e.Constat)),
        Rappels = state.Manquements.IsEmpty ? Rappels.From(e.ValidOn) : state.Rappels,
    };

    private static Decision<ManquementsEvent> On(ManquementsState state, string numero, Func<Manquement, Decision<ManquementsEvent>> decide) =>
        state.Manquements.TryGetValue(numero, out var manquement) ? decide(manquement) : Refuse.ManquementUnknown(numero);

    private static ManquementsState With(ManquementsState state, string numero, Func<Manquement, Manquement> change) =>
        state with { Manquements = state.Manquements.SetItem(numero, change(state.Manquements[numero])) };
}
