using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>
/// What is due, in both regimes, and what passing days make of it. The leads in plain figures: <see cref="Limits.FinLeadMonths"/>,
/// <see cref="Limits.DemandeRenouvellementLeadMonths"/>, <see cref="Limits.ReponseRenouvellementLeadMonths"/>, <see cref="Limits.EvaluationLeadMonths"/>.
/// </summary>
public sealed class EcheanceSpecs
{
    private static readonly EcheanceReached NearEvaluation = new(new(2028, 5, 1), EcheanceKind.Evaluation, 1, EcheanceStade.Proche, new(2028, 7, 1));
    private static readonly EcheanceReached NearAnswer = new(new(2030, 1, 28), EcheanceKind.ReponseRenouvellement, 0, EcheanceStade.Proche, new(2030, 2, 28));

    /// <summary>Nothing but the end is due any more: the evaluation took place, renewal was asked for and refused.</summary>
    private static readonly ContratEvent[] Settled =
        [new EvaluationRecorded(Today, 1), new RenouvellementAsked(Today), new RenouvellementAnswered(Today, false, "fusion")];

    private static readonly RapportFinalRecorded Rapport = new(Today, new([], null, new("rapport.pdf", new string('a', 64))));

    /// <summary>Renewal asked for, with its final report: the answer alone is missing.</summary>
    private static readonly ContratEvent[] Demande = [new RenouvellementAsked(new(2029, 10, 31)), Rapport];

    private static readonly ContratEvent[] AvenantSigne = [Pended(Act(1, Rc, Rc12), Rc), Opened(1, $"{Rc.Id}#1"), .. Signed(1)];

    private static readonly Fiche FicheAncienne = FicheEps with { DateEffet = new(2019, 3, 1), DateFin = new(2024, 2, 29) };

    private static readonly ContratEvent[] Ancien = InForce(FicheAncienne, openedOn: new(2018, 12, 1));

    private static readonly ContratEvent[] EvaluationsRecorded =
        [.. Enumerable.Range(1, 4).Select(rank => new EvaluationRecorded(new(2019 + rank, 2, 1), rank))];

    [Fact(DisplayName = "R-087 Un contrat finit le dernier jour de sa fiche, sous les deux régimes")]
    public void Fin_due()
    {
        Assert.Equal(new(2030, 12, 31), Due(EnVigueur, EcheanceKind.Fin).DueOn);
        Assert.Equal(new(2024, 2, 29), Due(Ancien, EcheanceKind.Fin).DueOn);
    }

    [Fact(DisplayName = "R-089 Les contrats qui ont pris effet le même jour finissent le même jour")]
    public void Fin_together()
    {
        Fiche[] fiches = [Mass("A"), Mass("B")];
        Assert.All(fiches, fiche => Assert.Equal(new(2018, 12, 27), Due(InForce(fiche, new(2013, 12, 1)), EcheanceKind.Fin).DueOn));
    }

    [Fact(DisplayName = "R-087 Six mois avant sa fin, le jour dit et le lendemain : chaque stade une fois")]
    public void Fin_reached() => Given([.. EnVigueur, .. Settled]).When(new PassJour(new(2031, 1, 1))).Then(
        new EcheanceReached(new(2030, 6, 30), EcheanceKind.Fin, 0, EcheanceStade.Proche, DateFin),
        new EcheanceReached(DateFin, EcheanceKind.Fin, 0, EcheanceStade.Echue, DateFin),
        new EcheanceReached(new(2031, 1, 1), EcheanceKind.Fin, 0, EcheanceStade.Depassee, DateFin));

    [Fact(DisplayName = "R-087 La veille du stade, rien")]
    public void Fin_not_yet() => Given([.. EnVigueur, .. Settled]).When(new PassJour(new(2030, 6, 29))).ThenNothing();

    [Fact(DisplayName = "R-087 Un renouvellement accordé que nul contrat ne suit laisse finir le contrat ; celui qui le renouvelle le relaie")]
    public void Fin_renewed()
    {
        ContratEvent[] granted = [.. EnVigueur, new RenouvellementAsked(Today), new RenouvellementAnswered(Today, true, null)];
        Assert.Null(Due(granted, EcheanceKind.Fin).DoneOn);
        Assert.Equal(Today, Due([.. granted, new ContratRenewed(Today, "2031-001", DateFin.AddDays(1))], EcheanceKind.Fin).DoneOn);
        Assert.Equal(Today, Due([.. granted, new ContratRenewed(Today.AddDays(9), "2031-001", DateFin.AddDays(1))], EcheanceKind.ReponseRenouvellement).DoneOn); // By the answer.
    }

    [Fact(DisplayName = "Un contrat que les deux parties n'ont pas signé n'a pas d'échéance, et le jour passe sans lui")]
    public void Projet_has_none()
    {
        Given(EnSignature).When(new PassJour(DateOnly.MaxValue)).ThenNothing();
        Given().When(new PassJour(Today)).ThenRefused(RefusalCode.ContratUnknown);
    }

    [Fact(DisplayName = "L-01 Le renouvellement se demande un an avant la fin sous le régime de 2018")]
    public void Demande_2018()
    {
        var due = Due(Ancien, EcheanceKind.DemandeRenouvellement);
        Assert.Equal(("L-01", new DateOnly(2023, 2, 28)), (due.Rule, due.DueOn));
    }

    [Fact(DisplayName = "L-02 Le renouvellement se demande un an avant la fin sous le régime de 2025")]
    public void Demande_2025()
    {
        var due = Due(EnVigueur, EcheanceKind.DemandeRenouvellement);
        Assert.Equal(("L-02", new DateOnly(2029, 12, 31)), (due.Rule, due.DueOn));
    }

    [Fact(DisplayName = "L-01 Un contrat de moins d'un an demande son renouvellement dès son premier jour")]
    public void Demande_of_a_short_contrat()
    {
        var fiche = FicheAncienne with { DateFin = new(2019, 8, 31), MotifDuree = "fusion" };
        Assert.Equal(new(2019, 3, 1), Due(InForce(fiche, new(2018, 12, 1)), EcheanceKind.DemandeRenouvellement).DueOn);
    }

    [Fact(DisplayName = "L-02 Trois mois avant, le jour dit et le lendemain, la demande manque")]
    public void Demande_reached() => Given([.. EnVigueur, new EvaluationRecorded(Today, 1)]).When(new PassJour(new(2030, 1, 1))).Then(
        new EcheanceReached(new(2029, 9, 30), EcheanceKind.DemandeRenouvellement, 0, EcheanceStade.Proche, new(2029, 12, 31)),
        new EcheanceReached(new(2029, 12, 31), EcheanceKind.DemandeRenouvellement, 0, EcheanceStade.Echue, new(2029, 12, 31)),
        new EcheanceReached(new(2030, 1, 1), EcheanceKind.DemandeRenouvellement, 0, EcheanceStade.Depassee, new(2029, 12, 31)));

    [Fact(DisplayName = "L-02 Quatre mois de silence renouvellent le contrat, le lendemain du dernier jour")]
    public void Silence_2025() =>
        Given([.. EnVigueur, new EvaluationRecorded(Today, 1), .. Demande]).When(new PassJour(new(2030, 3, 1))).Then(
            new EcheanceReached(new(2030, 1, 28), EcheanceKind.ReponseRenouvellement, 0, EcheanceStade.Proche, new(2030, 2, 28)),
            new EcheanceReached(new(2030, 2, 28), EcheanceKind.ReponseRenouvellement, 0, EcheanceStade.Echue, new(2030, 2, 28)),
            new RenouvellementGrantedTacitly(new(2030, 3, 1)));

    [Fact(DisplayName = "L-02 Le dernier jour du quatrième mois, le silence n'a encore rien accordé")]
    public void Silence_not_yet() =>
        Given([.. EnVigueur, new EvaluationRecorded(Today, 1), .. Demande, NearAnswer]).When(new PassJour(new(2030, 2, 28))).Then(
            new EcheanceReached(new(2030, 2, 28), EcheanceKind.ReponseRenouvellement, 0, EcheanceStade.Echue, new(2030, 2, 28)));

    [Fact(DisplayName = "L-01 Sous le régime de 2018, quatre mois de silence laissent la réponse en retard")]
    public void Silence_2018() =>
        Given([.. Ancien, .. EvaluationsRecorded, new RenouvellementAsked(new(2023, 1, 15)), Rapport]).When(new PassJour(new(2023, 5, 16))).Then(
            new EcheanceReached(new(2023, 4, 15), EcheanceKind.ReponseRenouvellement, 0, EcheanceStade.Proche, new(2023, 5, 15)),
            new EcheanceReached(new(2023, 5, 15), EcheanceKind.ReponseRenouvellement, 0, EcheanceStade.Echue, new(2023, 5, 15)),
            new EcheanceReached(new(2023, 5, 16), EcheanceKind.ReponseRenouvellement, 0, EcheanceStade.Depassee, new(2023, 5, 15)));

    [Fact(DisplayName = "R-109 Sous le régime de 2018 le contrat s'évalue à chaque anniversaire, avant sa dernière année")]
    public void Evaluations_2018() => Assert.Equal(
        [new(2020, 3, 1), new(2021, 3, 1), new(2022, 3, 1), new(2023, 3, 1)],
        ContratEcheances.Of(State(Ancien)).Where(e => e.Kind == EcheanceKind.Evaluation).Select(e => e.DueOn));

    [Fact(DisplayName = "L-02 Sous le régime de 2025 il s'évalue une fois, à mi-parcours")]
    public void Evaluation_2025()
    {
        var due = Due(EnVigueur, EcheanceKind.Evaluation);
        Assert.Equal((1, "L-02", new DateOnly(2028, 7, 1)), (due.Numero, due.Rule, due.DueOn));
    }

    [Theory(DisplayName = "L-02 Le mi-parcours d'un contrat plus court compte ses mois entiers")]
    [InlineData(PartieKind.Cabinet, "2028-12-31", "2027-07-01")]
    [InlineData(PartieKind.Cabinet, "2026-11-30", "2026-06-01")]
    [InlineData(PartieKind.Cabinet, "2026-03-15", "2026-02-01")]
    [InlineData(PartieKind.Cabinet, "2026-02-27", null)]
    public void Evaluation_of_a_short_contrat(PartieKind partie, string fin, string? due)
    {
        var fiche = FicheEps with { Partie = partie, DateFin = DateOnly.Parse(fin, System.Globalization.CultureInfo.InvariantCulture) };
        var found = ContratEcheances.Of(State(InForce(fiche, Before))).SingleOrDefault(e => e.Kind == EcheanceKind.Evaluation);
        Assert.Equal(due, found?.DueOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact(DisplayName = "R-109 L'évaluation de 2018 qui manque est dite deux mois avant, le jour dit et le lendemain")]
    public void Evaluation_reached_2018() => Given([.. Ancien]).When(new PassJour(new(2020, 3, 2))).Then(
        new EcheanceReached(new(2020, 1, 1), EcheanceKind.Evaluation, 1, EcheanceStade.Proche, new(2020, 3, 1)),
        new EcheanceReached(new(2020, 3, 1), EcheanceKind.Evaluation, 1, EcheanceStade.Echue, new(2020, 3, 1)),
        new EcheanceReached(new(2020, 3, 2), EcheanceKind.Evaluation, 1, EcheanceStade.Depassee, new(2020, 3, 1)));

    [Fact(DisplayName = "L-02 L'évaluation à mi-parcours qui manque est dite de même")]
    public void Evaluation_reached_2025() => Given(EnVigueur).When(new PassJour(new(2028, 7, 2))).Then(
        new EcheanceReached(new(2028, 5, 1), EcheanceKind.Evaluation, 1, EcheanceStade.Proche, new(2028, 7, 1)),
        new EcheanceReached(new(2028, 7, 1), EcheanceKind.Evaluation, 1, EcheanceStade.Echue, new(2028, 7, 1)),
        new EcheanceReached(new(2028, 7, 2), EcheanceKind.Evaluation, 1, EcheanceStade.Depassee, new(2028, 7, 1)));

    [Fact(DisplayName = "R-059 Un avenant signé s'intègre de lui-même à sa date d'effet")]
    public void Avenant_integrated() =>
        Given([.. EnVigueur, .. AvenantSigne]).When(new PassJour(new(2026, 7, 1))).Then(new AvenantIntegrated(new(2026, 7, 1), 1));

    [Fact(DisplayName = "R-059 Ni la veille, ni s'il manque une signature")]
    public void Avenant_not_yet()
    {
        Given([.. EnVigueur, .. AvenantSigne]).When(new PassJour(new(2026, 6, 30))).ThenNothing();
        Given([.. EnVigueur, .. AvenantSigne[..^1]]).When(new PassJour(new(2026, 7, 1))).ThenNothing();
    }

    [Fact(DisplayName = "R-059 Signé après sa date d'effet, il s'intègre le jour de la signature, pour cette date")]
    public void Avenant_signed_late()
    {
        ContratEvent[] late = [.. AvenantSigne[..^1], AvenantSigned(new(2026, 9, 1), 1, Signatory.DgArs, "M. Roy")];
        Given([.. EnVigueur, .. late]).When(new PassJour(new(2026, 8, 31))).ThenNothing();
        Given([.. EnVigueur, .. late]).When(new PassJour(new(2026, 9, 1))).Then(new AvenantIntegrated(new(2026, 7, 1), 1));
    }

    [Fact(DisplayName = "R-059 Une personne l'a intégré avant l'horloge, ou après elle : rien de plus")]
    public void Avenant_by_hand()
    {
        Given([.. EnVigueur, .. AvenantSigne, new AvenantIntegrated(new(2026, 7, 1), 1)]).When(new PassJour(new(2026, 7, 2))).ThenNothing();
        Given([.. EnVigueur, .. AvenantSigne, new AvenantIntegrated(new(2026, 7, 1), 1)]).When(new IntegrateAvenant(1, new(2026, 7, 2))).ThenNothing();
    }

    [Fact(DisplayName = "Un jour déjà passé, redit par une horloge qui recule, n'ajoute rien")]
    public void Clock_runs_back() => Given([.. EnVigueur, NearEvaluation]).When(new PassJour(new(2026, 5, 1))).ThenNothing();

    [Fact(DisplayName = "D'un contrat plus ancien que sa reprise, seul le dernier stade de chaque échéance est dit")]
    public void Known_late()
    {
        var history = InForce(FicheAncienne, openedOn: new(2022, 3, 1));
        Given(history).When(new PassJour(new(2022, 3, 1))).Then(
            new EcheanceReached(new(2020, 3, 2), EcheanceKind.Evaluation, 1, EcheanceStade.Depassee, new(2020, 3, 1)),
            new EcheanceReached(new(2021, 3, 2), EcheanceKind.Evaluation, 2, EcheanceStade.Depassee, new(2021, 3, 1)),
            new EcheanceReached(new(2022, 1, 1), EcheanceKind.Evaluation, 3, EcheanceStade.Proche, new(2022, 3, 1)),
            new EcheanceReached(new(2022, 3, 1), EcheanceKind.Evaluation, 3, EcheanceStade.Echue, new(2022, 3, 1)));
    }

    [Fact(DisplayName = "Une échéance déplacée reprend ses stades")]
    public void Moved() => Given([.. EnVigueur, NearEvaluation with { DueOn = new(2028, 6, 1) }]).When(new PassJour(new(2028, 5, 1))).Then(NearEvaluation);

    [Fact(DisplayName = "Un échéancier suit les faits du contrat, et ne retient un jour que ce qui était su avant lui")]
    public void Schedule()
    {
        var echeancier = new Echeancier();
        var learnedOn = Before;
        foreach (var fact in (ContratEvent[])[.. EnVigueur, .. AvenantSigne])
        {
            if (Echeancier.Reads(fact.GetType()))
            {
                echeancier.Apply(FicheEps.Numero, fact, learnedOn = learnedOn.AddDays(1));
            }
        }

        Assert.Empty(echeancier.DueOn(new(2026, 6, 30)));
        Assert.Equal([FicheEps.Numero], echeancier.DueOn(new(2026, 7, 1)).Select(s => s.Id));
        echeancier.Apply(FicheEps.Numero, new AvenantIntegrated(new(2026, 7, 1), 1), new(2026, 7, 1));
        Assert.Equal(new(2028, 5, 1), echeancier.All.Single().Next);
        echeancier.Apply(FicheEps.Numero, NearEvaluation, new(2028, 5, 1));
        Assert.Empty(echeancier.DueOn(new(2028, 6, 30)));

        echeancier.Apply(FicheEps.Numero, new RenouvellementAsked(new(2026, 1, 15)), new(2028, 6, 30)); // Typed late: silence has answered since.
        Assert.Empty(echeancier.DueOn(new(2028, 6, 30)));
        Assert.Equal([FicheEps.Numero], echeancier.DueOn(new(2028, 7, 1)).Select(s => s.Id));
    }

    [Fact(DisplayName = "Ce qu'un échéancier ne lit pas ne déplace aucune échéance")]
    public void Schedule_reads_what_matters()
    {
        var state = State([.. EnVigueur, .. AvenantSigne[..^1], new RenouvellementAsked(Today)]);
        ContratEvent[] facts =
        [
            new SiteJoined(Today, SiteForeign), new FinancementLinked(Today, Mig.Id, Rc.Id), ContratSigned(Today, Signatory.DgArs, "M. Roy"),
            Pended(Act(2, Rc12, Rc14), Rc12), new SocleCaughtUp(Today), new EngagementAlerted(Today, 1, 1, 2026, EngagementStatut.Manque),
        ];
        Assert.All(facts, fact =>
        {
            Assert.False(Echeancier.Reads(fact.GetType()));
            Assert.Equal(EcheanceRules.Next(state), EcheanceRules.Next((ContratState.Ouvert)Contrat.Evolve(state, fact)));
        });
    }

    private static ContratEvent[] InForce(Fiche fiche, DateOnly openedOn) =>
        [new ContratOpened(openedOn, fiche, [SiteA, SiteB]), .. EnVigueur[1..^1], new ContratEnteredIntoForce(fiche.DateEffet)];

    private static Fiche Mass(string numero) => FicheEps with { Numero = numero, DateEffet = new(2013, 12, 28), DateFin = new(2018, 12, 27) };

    private static ContratState.Ouvert State(IEnumerable<ContratEvent> history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);

    private static Echeance Due(IEnumerable<ContratEvent> history, EcheanceKind kind) => ContratEcheances.Of(State(history)).Single(e => e.Kind == kind);
}
