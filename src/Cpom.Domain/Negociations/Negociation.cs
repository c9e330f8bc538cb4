using System.Diagnostics;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>
/// A négociation of one structure, or of several together: from the report's frame to the signature of what came of it. This file is the table of
/// contents: which state takes which command. What is too long is in NegociationTextes.cs, who may in NegociationDroits.cs, the rules in DossierRules.cs, DiagnosticRules.cs, VoletRules.cs and
/// SyntheseRules.cs, the folding in Negociation.Evolve.cs, what the clock needs in Negociation.Calendrier.cs. The report is signed by nobody: only
/// the contrat is.
/// </summary>
public sealed partial class Negociation
{
    private Negociation() { }

    public static string Category => "negociation";

    public static NegociationState Initial { get; } = new None();

    public static Decision<NegociationEvent> Decide(NegociationState state, NegociationCommand command) =>
        (NegociationTextes.Check(command) ?? NegociationDroits.Check(state, command)) is { } refusal ? refusal : DecideOn(state, command);

    private static Decision<NegociationEvent> DecideOn(NegociationState state, NegociationCommand command) => (state, command) switch
    {
        (None, Open c) => DossierRules.Open(c),
        (None, _) => Refuse.NegociationUnknown(),
        (Ouverte s, Open c) => DossierRules.OpenAgain(s, c),
        (Ouverte s, PassJour c) => Pass(s, c),
        (Ouverte s, NoteSignature c) => DossierRules.NoteSignature(s, c),
        (Ouverte s, Abandon c) => DossierRules.Abandon(s, c),
        (Ouverte { AbandonedOn: { } on } s, _) => Refuse.NegociationOtherwise(FormattableString.Invariant($"La négociation {s.Fiche.Numero} est abandonnée depuis le {on:dd/MM/yyyy}")),
        (Ouverte s, ChangeNegociateur c) => DossierRules.Change(s, c),
        (Ouverte s, ReceiveTrame c) => DossierRules.Receive(s, c),
        (Ouverte s, AttachNote c) => DiagnosticRules.Attach(s, c),
        (Ouverte s, ChooseIssue c) => DossierRules.Choose(s, c),
        (Ouverte { TrameOn: null }, _) => Refuse.TrameMissing(),
        (Ouverte s, Prolong c) => DossierRules.Prolong(s, c),
        (Ouverte s, RecordRencontre c) => DiagnosticRules.Meet(s, c),
        (Ouverte s, WriteSection c) => On(s, c.Entite, d => DiagnosticRules.Write(d, c)),
        (Ouverte s, DefineIndicateur c) => On(s, c.Entite, d => DiagnosticRules.Define(d, c)),
        (Ouverte s, HandOverRapport c) => On(s, c.Entite, d => VoletRules.HandOver(s, d, c)),
        (Ouverte s, ReturnRapport c) => On(s, c.Entite, d => VoletRules.Return(d, c)),
        (Ouverte s, ShareDiagnostic c) => On(s, c.Entite, d => VoletRules.Share(d, c)),
        (Ouverte s, AnswerQuestion c) => On(s, c.Entite, d => SyntheseRules.Answer(d, c)),
        (Ouverte s, WriteSynthese c) => On(s, c.Entite, d => SyntheseRules.Write(d, c)),
        (Ouverte s, ProposeEngagement c) => On(s, c.Entite, d => SyntheseRules.Propose(d, c)),
        (Ouverte s, WithdrawEngagement c) => On(s, c.Entite, d => SyntheseRules.Withdraw(d, c)),
        (Ouverte s, AcceptSynthese c) => On(s, c.Entite, d => SyntheseRules.Accept(s, d, c)),
        (Ouverte s, ReopenSynthese c) => On(s, c.Entite, d => SyntheseRules.Reopen(d, c)),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    /// <summary>Each structure of a group has its own report and its own engagements.</summary>
    private static Decision<NegociationEvent> On(Ouverte negociation, string entite, Func<Dossier, Decision<NegociationEvent>> decide) =>
        negociation.Structures.TryGetValue(entite, out var dossier) ? decide(dossier) : Refuse.StructureUnknown(entite);
}
