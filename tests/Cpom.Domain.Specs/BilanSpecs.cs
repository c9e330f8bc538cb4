using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>What an evaluation says, and the final report: <see cref="Limits.RapportFinalDueMonths"/>, <see cref="Limits.RapportFinalLeadMonths"/> in plain figures.</summary>
public sealed class BilanSpecs
{
    private static readonly DateOnly Asked = new(2029, 10, 31);
    private static readonly DateOnly Sent = new(2029, 12, 1);
    private static readonly Document Rapport = new("rapport-final.pdf", new string('b', 64));
    private static readonly ContratEvent[] AvecDeux = [EnVigueur[0], new EngagementAdded(Before, Engagement()), new EngagementAdded(Before, Engagement(2)), .. EnVigueur[1..]];
    private static readonly Bilan Premier = new([new(1, EngagementStatut.EnRetard, "recrutement en cours")], "à revoir dans un an", null);
    private static readonly Bilan Final = new([new(1, EngagementStatut.Tenu, null), new(2, EngagementStatut.Manque, "abandon du projet")], null, Rapport);

    [Fact(DisplayName = "R-109 Une évaluation dit l'issue de chaque engagement dont elle parle, et cite son document")]
    public void Evaluated()
    {
        var bilan = Premier with { Document = Rapport };
        Given(AvecDeux).When(new RecordEvaluation(1, Today, bilan)).Then(new EvaluationRecorded(Today, 1, bilan));
    }

    [Fact(DisplayName = "R-109 D'une évaluation dont seul le jour est connu, le contenu s'ajoute une fois")]
    public void Completed()
    {
        Given([.. AvecDeux, new EvaluationRecorded(Today, 1)]).When(new RecordEvaluation(1, Today, Premier)).Then(new EvaluationRecorded(Today, 1, Premier));
        Given([.. AvecDeux, new EvaluationRecorded(Today, 1, Premier)]).When(new RecordEvaluation(1, Today)).ThenNothing();
        Given([.. AvecDeux, new EvaluationRecorded(Today, 1, Premier)])
            .When(new RecordEvaluation(1, Today, Premier with { Remarques = "autre" })).ThenRefused(RefusalCode.EvaluationRecordedOtherwise);
    }

    [Fact(DisplayName = "R-109 Un bilan parle des engagements du contrat, une fois de chacun")]
    public void Unknown_engagement()
    {
        Given(AvecDeux).When(new RecordEvaluation(1, Today, Premier with { Lignes = [new(3, EngagementStatut.Tenu, null)] })).ThenRefused(RefusalCode.BilanEngagementUnknown);
        Given(AvecDeux).When(new RecordEvaluation(1, Today, Premier with { Lignes = [new(0, EngagementStatut.Tenu, null)] })).ThenRefused(RefusalCode.BilanEngagementUnknown);
        Given(AvecDeux).When(new RecordEvaluation(1, Today, Premier with { Lignes = [.. Premier.Lignes, .. Premier.Lignes] })).ThenRefused(RefusalCode.BilanEngagementUnknown);
    }

    [Theory(DisplayName = "R-109 Le document d'un bilan a un nom et l'empreinte de son contenu")]
    [InlineData(" ", 64)]
    [InlineData("bilan.pdf", 63)]
    public void Document_invalid(string nom, int digits) => Given(AvecDeux)
        .When(new RecordEvaluation(1, Today, Premier with { Document = new(nom, new string('a', digits)) })).ThenRefused(RefusalCode.DocumentInvalid);

    [Fact(DisplayName = "R-109 Une empreinte s'écrit en minuscules hexadécimales")]
    public void Digest() => Given(AvecDeux)
        .When(new RecordEvaluation(1, Today, Premier with { Document = new("bilan.pdf", new string('A', 64)) })).ThenRefused(RefusalCode.DocumentInvalid);

    [Fact(DisplayName = "R-109 Les textes d'un bilan ont leur longueur")]
    public void Texts()
    {
        Given(AvecDeux).When(new RecordEvaluation(1, Today, Premier with { Remarques = new string('x', 4_001) })).ThenRefused(RefusalCode.TexteTooLong);
        Given(AvecDeux).When(new RecordEvaluation(1, Today, Premier with { Lignes = [new(1, EngagementStatut.Tenu, new string('x', 4_001))] })).ThenRefused(RefusalCode.TexteTooLong);
        Given(AvecDeux).When(new RecordEvaluation(1, Today, Premier with { Document = Rapport with { Nom = new string('x', 501) } })).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "R-110 La structure transmet son rapport final, avec le résultat de chaque engagement")]
    public void Sent_report() => Given(AvecDeux).When(new RecordRapportFinal(Final, Sent)).Then(new RapportFinalRecorded(Sent, Final));

    [Fact(DisplayName = "R-110 Le rapport final s'enregistre une fois")]
    public void Sent_twice()
    {
        Given([.. AvecDeux, new RapportFinalRecorded(Sent, Final)]).When(new RecordRapportFinal(Final, Sent)).ThenNothing();
        Given([.. AvecDeux, new RapportFinalRecorded(Sent, Final)]).When(new RecordRapportFinal(Final, Sent.AddDays(1))).ThenRefusedSaying(RefusalCode.RapportFinalRecordedOtherwise, "01/12/2029");
    }

    [Fact(DisplayName = "R-110 Un rapport final qui laisse de côté un engagement est refusé")]
    public void Incomplete() =>
        Given(AvecDeux).When(new RecordRapportFinal(Final with { Lignes = [Final.Lignes[0]] }, Sent)).ThenRefusedSaying(RefusalCode.RapportFinalIncomplete, "l'engagement 2");

    [Fact(DisplayName = "R-110 Un rapport final est un document")]
    public void Without_document() => Given(AvecDeux).When(new RecordRapportFinal(Final with { Document = null }, Sent)).ThenRefused(RefusalCode.DocumentInvalid);

    [Fact(DisplayName = "R-110 Un rapport final ne précède pas le contrat")]
    public void Too_early() =>
        Given(AvecDeux).When(new RecordRapportFinal(Final, DateEffet.AddDays(-1))).ThenRefused(RefusalCode.RapportFinalBeforeContrat);

    [Fact(DisplayName = "R-110 Sans rapport final le renouvellement n'est pas accordé ; il peut être refusé")]
    public void Granted_without()
    {
        ContratEvent[] asked = [.. AvecDeux, new RenouvellementAsked(Asked)];
        Given(asked).When(new AnswerRenouvellement(true, null, Sent)).ThenRefused(RefusalCode.RapportFinalMissing);
        Given(asked).When(new AnswerRenouvellement(false, "fusion", Sent)).Then(new RenouvellementAnswered(Sent, false, "fusion"));
        Given([.. asked, new RapportFinalRecorded(Sent, Final)]).When(new AnswerRenouvellement(true, null, Sent)).Then(new RenouvellementAnswered(Sent, true, null));
    }

    [Fact(DisplayName = "R-110 Le rapport final est dû deux mois après la demande de renouvellement")]
    public void Due()
    {
        var due = ContratEcheances.Of(State([.. AvecDeux, new RenouvellementAsked(Asked)])).Single(e => e.Kind == EcheanceKind.RapportFinal);
        Assert.Equal(("R-110", new DateOnly(2029, 12, 31), new DateOnly(2029, 11, 30)), (due.Rule, due.DueOn, due.DayOf(EcheanceStade.Proche)));
        Assert.DoesNotContain(ContratEcheances.Of(State(AvecDeux)), e => e.Kind == EcheanceKind.RapportFinal);
    }

    [Fact(DisplayName = "R-110 Un refus le rend sans objet, le silence non")]
    public void Settled()
    {
        ContratEvent[] asked = [.. AvecDeux, new RenouvellementAsked(Asked)];
        Assert.DoesNotContain(ContratEcheances.Of(State([.. asked, new RenouvellementAnswered(Sent, false, "fusion")])), e => e.Kind == EcheanceKind.RapportFinal);
        Assert.Contains(ContratEcheances.Of(State([.. asked, new RenouvellementGrantedTacitly(Sent)])), e => e is { Kind: EcheanceKind.RapportFinal, DoneOn: null });
        Assert.Equal(Sent, ContratEcheances.Of(State([.. asked, new RapportFinalRecorded(Sent, Final)])).Single(e => e.Kind == EcheanceKind.RapportFinal).DoneOn);
    }

    private static ContratState.Ouvert State(IEnumerable<ContratEvent> history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
