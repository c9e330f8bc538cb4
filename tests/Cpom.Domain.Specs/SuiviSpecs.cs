using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>Renewal asked for and answered, and evaluations that took place.</summary>
public sealed class SuiviSpecs
{
    private static readonly DateOnly Asked = new(2029, 10, 31);
    private static readonly DateOnly LastDay = new(2030, 2, 28);
    private static readonly RapportFinalRecorded Rapport = new(Asked, new([], null, new("rapport.pdf", new string('a', 64))));
    private static readonly ContratEvent[] Demande = [.. EnVigueur, new RenouvellementAsked(Asked), Rapport];

    [Fact(DisplayName = "L-02 La structure demande le renouvellement")]
    public void Ask() => Given(EnVigueur).When(new AskRenouvellement(Asked)).Then(new RenouvellementAsked(Asked));

    [Fact(DisplayName = "L-02 Demander dans la dernière année est un retard, pas un refus")]
    public void Ask_late() => Given(EnVigueur).When(new AskRenouvellement(DateFin)).Then(new RenouvellementAsked(DateFin));

    [Fact(DisplayName = "L-02 Le renouvellement se demande une fois")]
    public void Ask_twice()
    {
        Given(Demande).When(new AskRenouvellement(Asked)).ThenNothing();
        Given(Demande).When(new AskRenouvellement(Asked.AddDays(1))).ThenRefusedSaying(RefusalCode.RenouvellementAlreadyAsked, "31/10/2029");
    }

    [Fact(DisplayName = "L-02 Il se demande pendant le contrat")]
    public void Ask_outside()
    {
        Given(EnVigueur).When(new AskRenouvellement(DateFin.AddDays(1))).ThenRefused(RefusalCode.RenouvellementOutsideContrat);
        Given(EnVigueur).When(new AskRenouvellement(DateEffet.AddDays(-1))).ThenRefused(RefusalCode.RenouvellementOutsideContrat);
    }

    [Fact(DisplayName = "R-055 Un contrat qui n'est pas en vigueur ne se renouvelle ni ne s'évalue")]
    public void Not_in_force()
    {
        Given(EnSignature).When(new AskRenouvellement(Asked)).ThenRefused(RefusalCode.ContratNotInForce);
        Given(EnSignature).When(new RecordEvaluation(1, Asked)).ThenRefused(RefusalCode.ContratNotInForce);
    }

    [Fact(DisplayName = "L-02 L'agence accorde, ou refuse avec un motif")]
    public void Answer()
    {
        Given(Demande).When(new AnswerRenouvellement(true, null, LastDay)).Then(new RenouvellementAnswered(LastDay, true, null));
        Given(Demande).When(new AnswerRenouvellement(false, "fusion", Asked)).Then(new RenouvellementAnswered(Asked, false, "fusion"));
    }

    [Fact(DisplayName = "L-02 Un refus sans motif est refusé")]
    public void Unreasoned() => Given(Demande).When(new AnswerRenouvellement(false, " ", LastDay)).ThenRefused(RefusalCode.RenouvellementRefusalUnreasoned);

    [Fact(DisplayName = "L-02 On ne répond qu'à une demande, et pas avant elle")]
    public void Answer_nothing()
    {
        Given(EnVigueur).When(new AnswerRenouvellement(true, null, Asked)).ThenRefused(RefusalCode.RenouvellementNotAsked);
        Given(Demande).When(new AnswerRenouvellement(true, null, Asked.AddDays(-1))).ThenRefused(RefusalCode.RenouvellementNotAsked);
    }

    [Fact(DisplayName = "L-02 Une réponse est donnée une fois")]
    public void Answer_twice()
    {
        ContratEvent[] answered = [.. Demande, new RenouvellementAnswered(LastDay, true, null)];
        Given(answered).When(new AnswerRenouvellement(true, null, LastDay)).ThenNothing();
        Given(answered).When(new AnswerRenouvellement(false, "fusion", LastDay)).ThenRefusedSaying(RefusalCode.RenouvellementAlreadyAnswered, "accordé, le 28/02/2030");
        Given([.. Demande, new RenouvellementAnswered(LastDay, false, "fusion")]).When(new AnswerRenouvellement(true, null, LastDay)).ThenRefusedSaying(RefusalCode.RenouvellementAlreadyAnswered, "refusé, le 28/02/2030");
    }

    [Fact(DisplayName = "L-02 Le silence accorde : c'est ce que le contrat en retient")]
    public void Silence_grants()
    {
        var state = (ContratState.Ouvert)((ContratEvent[])[.. Demande, new RenouvellementGrantedTacitly(LastDay.AddDays(1))]).Aggregate(Contrat.Initial, Contrat.Evolve);
        Assert.Equal(new Renouvellement.Reponse(LastDay.AddDays(1), Granted: true, null, Tacit: true), state.Suivi.Renouvellement!.Answer);
    }

    [Fact(DisplayName = "L-02 Après quatre mois de silence l'agence ne peut plus répondre, que l'horloge l'ait dit ou non")]
    public void Answer_too_late()
    {
        Given(Demande).When(new AnswerRenouvellement(false, "fusion", LastDay.AddDays(1))).ThenRefusedSaying(RefusalCode.RenouvellementTacit, "28/02/2030");
        Given([.. Demande, new RenouvellementGrantedTacitly(LastDay.AddDays(1))])
            .When(new AnswerRenouvellement(false, "fusion", LastDay.AddDays(1))).ThenRefused(RefusalCode.RenouvellementTacit);
    }

    [Fact(DisplayName = "L-02 Une réponse donnée à temps et saisie en retard corrige le silence")]
    public void Answer_typed_late() =>
        Given([.. Demande, new RenouvellementGrantedTacitly(LastDay.AddDays(1))])
            .When(new AnswerRenouvellement(false, "fusion", LastDay)).Then(new RenouvellementAnswered(LastDay, false, "fusion"));

    [Fact(DisplayName = "L-01 Sous le régime de 2018 l'agence peut répondre après quatre mois")]
    public void Answer_late_2018()
    {
        var fiche = FicheEps with { DateEffet = new(2019, 3, 1), DateFin = new(2024, 2, 29) };
        ContratEvent[] history = [new ContratOpened(new(2018, 12, 1), fiche, [SiteA, SiteB]), .. EnVigueur[1..], new RenouvellementAsked(new(2023, 1, 15)), Rapport];
        Given(history).When(new AnswerRenouvellement(true, null, new(2023, 9, 1))).Then(new RenouvellementAnswered(new(2023, 9, 1), true, null));
    }

    [Fact(DisplayName = "R-109 Une évaluation a lieu, et s'enregistre une fois")]
    public void Evaluation()
    {
        Given(EnVigueur).When(new RecordEvaluation(1, Today)).Then(new EvaluationRecorded(Today, 1));
        Given([.. EnVigueur, new EvaluationRecorded(Today, 1)]).When(new RecordEvaluation(1, Today)).ThenNothing();
        Given([.. EnVigueur, new EvaluationRecorded(Today, 1)])
            .When(new RecordEvaluation(1, Today.AddDays(1))).ThenRefusedSaying(RefusalCode.EvaluationRecordedOtherwise, "01/03/2026");
    }

    [Fact(DisplayName = "R-109 Une évaluation que le contrat ne prévoit pas est refusée")]
    public void Evaluation_unknown()
    {
        Given(EnVigueur).When(new RecordEvaluation(2, Today)).ThenRefusedSaying(RefusalCode.EvaluationUnknown, "il en prévoit 1");
        Given(EnVigueur).When(new RecordEvaluation(0, Today)).ThenRefused(RefusalCode.EvaluationUnknown);
    }

    [Fact(DisplayName = "R-109 Une évaluation ne précède pas le contrat")]
    public void Evaluation_early() => Given(EnVigueur).When(new RecordEvaluation(1, DateEffet.AddDays(-1))).ThenRefused(RefusalCode.EvaluationBeforeContrat);
}
