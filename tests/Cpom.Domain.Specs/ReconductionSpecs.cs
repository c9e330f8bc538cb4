using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Reactions;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>A contrat of 2020, under the regime of 2018, renewed on the first day of the regime of 2025.</summary>
public sealed class ReconductionSpecs
{
    private static readonly DateOnly LastDay = new(2025, 2, 24);
    private static readonly DateOnly Opening = new(2024, 11, 4);
    private static readonly Fiche FicheAncienne = FicheEps with { Numero = "2020-001", DateEffet = new(2020, 2, 25), DateFin = LastDay };
    private static readonly Fiche FicheNouvelle = FicheEps with { Numero = "2025-001", DateEffet = new(2025, 2, 25), DateFin = new(2030, 2, 24) };
    private static readonly Bilan Final = new([new(1, EngagementStatut.Tenu, null), new(2, EngagementStatut.Manque, null), new(3, EngagementStatut.EnRetard, null)], null, new("rapport.pdf", new string('a', 64)));

    private static readonly ContratEvent[] Ancien =
    [
        new ContratOpened(new(2019, 12, 1), FicheAncienne, [SiteA, SiteB]),
        .. Enumerable.Range(1, 3).Select(n => new EngagementAdded(new(2019, 12, 1), Engagement(n) with { Contrepartie = n == 2 ? Rc.Id : null })),
        .. EnVigueur[1..^1],
        new ContratEnteredIntoForce(FicheAncienne.DateEffet),
        new ValeurRecorded(new(2022, 3, 1), 1, 1, 2021, "15", "PMSI"),
        new ValeurRecorded(new(2024, 3, 1), 1, 1, 2023, "19,5", "PMSI"),
        new RenouvellementAsked(new(2024, 2, 1)),
        new RapportFinalRecorded(new(2024, 3, 15), Final),
    ];

    private static readonly ValueList<Issue> Issues = [new(1, EngagementIssue.Poursuivi, null), new(2, EngagementIssue.Modifie, null), new(3, EngagementIssue.Abandonne, "faute d'enjeu")];
    private static readonly Engagement Modifie = Engagement(2, "Étendre la télémédecine au domicile") with { Contrepartie = Rc.Id };

    [Fact(DisplayName = "R-111 Un contrat renouvelle un autre : chaque engagement a une issue, ce qui continue devient celui du projet")]
    public void Renewed() => Given().When(Open()).Then(
        new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB], new("2020-001", LastDay, Issues)),
        new EngagementAdded(Opening, Engagement(1) with { Indicateurs = [Indicateur() with { ValeurReference = "19,5", AnneeReference = 2023, Cibles = [null, null, null, null, null] }] }),
        new EngagementAdded(Opening, Modifie));

    [Fact(DisplayName = "R-075 Un renouvellement négocié, ou qui fait la jonction, ne reprend rien de lui-même : les issues restent")]
    public void Negotiated()
    {
        Fiche[] fiches = [FicheNouvelle with { Negociation = "N-1" }, FicheNouvelle with { Nature = ContratNature.SocleCommun }];
        Assert.All(fiches, fiche => Given()
            .When(Open(fiche: fiche) with { Dossier = new(Ej, fiche.Numero) })
            .Then(new ContratOpened(Opening, fiche, [SiteA, SiteB], new("2020-001", LastDay, Issues))));
    }

    [Fact(DisplayName = "R-118 Un renouvellement a le niveau de sa négociation ; sans elle, celui du contrat qu'il renouvelle")]
    public void Level()
    {
        var negociee = FicheNouvelle with { Negociation = "N-1" };
        var opened = new ContratOpened(Opening, negociee, [SiteA, SiteB], new("2020-001", LastDay, Issues));
        ContratEvent[] regional = [.. Ancien, new NiveauSet(Opening, Niveau.Regional)];
        Given().When(Open(fiche: negociee) with { Dossier = new(Ej, "2025-001", Niveau.Regional) }).Then(opened, new NiveauSet(Opening, Niveau.Regional));
        Given().When(Open(regional, fiche: negociee) with { Dossier = new(Ej, "2025-001") }).Then(opened);
        var abandoned = Issues.Select(i => i with { Kind = EngagementIssue.Abandonne, Motif = "atteint" }).ToValueList();
        Given().When(Open(regional, issues: abandoned, modifies: [])).Then(
            new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB], new("2020-001", LastDay, abandoned)), new NiveauSet(Opening, Niveau.Regional));
    }

    [Fact(DisplayName = "R-111 Sans valeur renseignée, un engagement continue depuis sa référence d'origine")]
    public void From_its_reference()
    {
        ValueList<Issue> issues = [new(1, EngagementIssue.Abandonne, "atteint"), new(2, EngagementIssue.Abandonne, "manqué"), new(3, EngagementIssue.Poursuivi, null)];
        Given().When(Open(issues: issues, modifies: [])).Then(
            new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB], new("2020-001", LastDay, issues)),
            new EngagementAdded(Opening, Engagement(3) with { Indicateurs = [Indicateur() with { Cibles = [null, null, null, null, null] }] }));
    }

    [Fact(DisplayName = "R-111 Le même renouvellement demandé de nouveau ne change rien")]
    public void Again()
    {
        ContratEvent[] opened = [new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB], new("2020-001", LastDay, Issues))];
        Given(opened).When(Open(issues: [.. Issues])).ThenNothing();
    }

    [Fact(DisplayName = "Un contrat ouvert pour lui-même, ou avec d'autres issues, ne s'ouvre pas de nouveau en renouvellement d'un autre")]
    public void Opened_otherwise()
    {
        Given(new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB])).When(Open()).ThenRefused(RefusalCode.ContratAlreadyOpen);
        Given(new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB], new("2020-001", LastDay, [Issues[0]]))).When(Open()).ThenRefused(RefusalCode.ContratAlreadyOpen);
        Given(new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB], new("2020-001", LastDay, Issues)))
            .When(Open() with { Reconduction = null }).ThenRefused(RefusalCode.ContratAlreadyOpen);
    }

    [Fact(DisplayName = "R-110 Sans rapport final, pas de renouvellement")]
    public void Without_report() => Given().When(Open(Ancien[..^1])).ThenRefused(RefusalCode.RapportFinalMissing);

    [Fact(DisplayName = "R-111 Le contrat renouvelé existe, est signé, de la même entité, son renouvellement demandé et non refusé")]
    public void Unfit()
    {
        Given().When(Open() with { Reconduction = new("2020-001", Issues, [Modifie], null) }).ThenRefusedSaying(RefusalCode.ReconductionUnfit, "n'existe pas");
        Given().When(Open(Ancien[..6])).ThenRefusedSaying(RefusalCode.ReconductionUnfit, "pas signé");
        Given().When(Open([.. Ancien, new ContratTerminated(Opening, "P-1")])).ThenRefusedSaying(RefusalCode.ReconductionUnfit, "résilié");
        Given().When(Open(Ancien[..^2])).ThenRefusedSaying(RefusalCode.ReconductionUnfit, "pas demandé");
        Given().When(Open([.. Ancien, new RenouvellementAnswered(new(2024, 5, 1), false, "fusion")])).ThenRefusedSaying(RefusalCode.ReconductionUnfit, "refusé");
        Given().When(Open([.. Ancien, new ContratRenewed(Opening, "2025-000", FicheNouvelle.DateEffet)])).ThenRefusedSaying(RefusalCode.ReconductionUnfit, "2025-000");
        Given().When(Open([Ancien[0] is ContratOpened first ? first with { Fiche = FicheAncienne with { Entite = OtherEj } } : Ancien[0], .. Ancien[1..]])).ThenRefusedSaying(RefusalCode.ReconductionUnfit, OtherEj);
    }

    [Fact(DisplayName = "R-111 Il prend effet le lendemain de la fin de l'ancien, ou plus tard")]
    public void Too_early()
    {
        var early = FicheNouvelle with { DateEffet = LastDay, DateFin = new(2030, 2, 23) };
        Given().When(Open(fiche: early)).ThenRefusedSaying(RefusalCode.ReconductionTooEarly, "24/02/2025");
    }

    [Fact(DisplayName = "R-111 Chaque engagement reçoit une issue, une fois ; un abandon a un motif, un engagement modifié son texte")]
    public void Issues_incomplete()
    {
        Given().When(Open(issues: [Issues[0], Issues[1]])).ThenRefusedSaying(RefusalCode.IssuesIncomplete, "Engagement 3");
        Given().When(Open(issues: [.. Issues, Issues[0]])).ThenRefusedSaying(RefusalCode.IssuesIncomplete, "Engagement 1");
        Given().When(Open(issues: [.. Issues, new(4, EngagementIssue.Poursuivi, null)])).ThenRefusedSaying(RefusalCode.IssuesIncomplete, "Engagement 4");
        Given().When(Open(issues: [Issues[0], Issues[1], new(3, EngagementIssue.Abandonne, " ")])).ThenRefusedSaying(RefusalCode.IssuesIncomplete, "Engagement 3");
        Given().When(Open(modifies: [])).ThenRefusedSaying(RefusalCode.IssuesIncomplete, "Engagement 2");
        Given().When(Open(modifies: [Modifie, Engagement(1)])).ThenRefusedSaying(RefusalCode.IssuesIncomplete, "Engagement 1");
    }

    [Fact(DisplayName = "R-029 Un engagement ne continue que sur les sites du nouveau contrat")]
    public void Foreign_site() => Given().When(Open() with { Fiche = FicheNouvelle with { WholeEntite = false }, Sites = [SiteB] }).ThenRefused(RefusalCode.EngagementFinessForeign);

    [Fact(DisplayName = "R-034 Le nouveau texte d'un engagement modifié a les mêmes bornes")]
    public void Modified_text() => Given().When(Open(modifies: [Modifie with { Objectif = new string('x', 451) }])).ThenRefused(RefusalCode.EngagementTextTooLong);

    [Fact(DisplayName = "R-044 Un engagement modifié ne garde sa fiche que s'il en garde les mots")]
    public void Modified_generic()
    {
        ContratEvent[] generic = [.. Ancien.Select(e => e is EngagementAdded { Engagement.Number: 2 } a ? a with { Engagement = a.Engagement with { Type = EngagementType.Generique, Generique = new("2020", "TELEMED") } } : e)];
        Given().When(Open(generic, modifies: [Modifie with { Type = EngagementType.Generique, Generique = new("2020", "TELEMED") }])).ThenRefused(RefusalCode.GeneriqueReworded);
        Given().When(Open(generic, modifies: [Modifie with { Type = EngagementType.Generique, Generique = new("2021", "TELEMED") }])).ThenRefused(RefusalCode.GeneriqueUnknown);
    }

    [Fact(DisplayName = "R-111 Les motifs d'un renouvellement ont 4 000 caractères au plus")]
    public void Motifs()
    {
        Assert.IsType<Decision<ContratEvent>.Accepted>(Contrat.Decide(Contrat.Initial, Open(issues: [Issues[0], Issues[1], Issues[2] with { Motif = new string('x', 4_000) }])));
        Given().When(Open(issues: [Issues[0], Issues[1], Issues[2] with { Motif = new string('x', 4_001) }])).ThenRefusedSaying(RefusalCode.TexteTooLong, "Motif");
    }

    [Fact(DisplayName = "R-035 Un engagement modifié a la forme de tous les autres")]
    public void Modified_form() =>
        Given().When(Open(modifies: [Modifie with { Indicateurs = [Indicateur() with { ModeCalcul = new string('x', 4_001) }] }])).ThenRefusedSaying(RefusalCode.TexteTooLong, "Mode de calcul");

    [Fact(DisplayName = "D-08 Le numéro du contrat renouvelé a 45 caractères au plus")]
    public void Numero_of_the_former()
    {
        var open = Open();
        Given().When(open with { Reconduction = open.Reconduction! with { Contrat = new string('9', 46) } }).ThenRefusedSaying(RefusalCode.TexteTooLong, "Numéro du contrat renouvelé");
    }

    [Fact(DisplayName = "R-111 Un engagement poursuivi part de la valeur de la première année, s'il n'en a pas d'autre")]
    public void Value_of_the_first_year_alone()
    {
        ContratEvent[] once = [.. Ancien.Where(e => e is not ValeurRecorded), new ValeurRecorded(new(2021, 1, 15), 1, 1, 2020, "12", "PMSI")];
        var opened = Assert.IsType<Decision<ContratEvent>.Accepted>(Contrat.Decide(Contrat.Initial, Open(once))).Events;
        var indicateur = Assert.Single(opened.OfType<EngagementAdded>(), e => e.Engagement.Number == 1).Engagement.Indicateurs[0];
        Assert.Equal(("12", 2020), (indicateur.ValeurReference, indicateur.AnneeReference));
    }

    [Fact(DisplayName = "R-111 L'ancien contrat apprend son renouvellement, une fois, et sa fin n'est plus due")]
    public void Noted()
    {
        Given(Ancien).When(new NoteRenewed("2025-001", FicheNouvelle.DateEffet, Opening)).Then(new ContratRenewed(Opening, "2025-001", FicheNouvelle.DateEffet));
        ContratEvent[] renewed = [.. Ancien, new ContratRenewed(Opening, "2025-001", FicheNouvelle.DateEffet)];
        Given(renewed).When(new NoteRenewed("2025-001", FicheNouvelle.DateEffet, Opening)).ThenNothing();
        Given(renewed).When(new NoteRenewed("2025-002", FicheNouvelle.DateEffet, Opening)).ThenRefusedSaying(RefusalCode.ReconductionUnfit, "2025-001");
        var due = ContratEcheances.Of(State(renewed)).ToList();
        Assert.Equal(Opening, due.Single(e => e.Kind == EcheanceKind.Fin).DoneOn);
        Assert.Equal(Opening, due.Single(e => e.Kind == EcheanceKind.ReponseRenouvellement).DoneOn);
    }

    [Fact(DisplayName = "R-111 L'entrée en vigueur d'un renouvellement se dit à l'ancien contrat, et à lui seul")]
    public void Told()
    {
        var faits = Faits.Region(FicheAncienne).EnterIntoForce("2020-001");
        Assert.DoesNotContain(faits.Last, r => r is Reaction.ToContrat);
        faits = faits.Then("2025-001", new ContratOpened(Opening, FicheNouvelle, [], new("2020-001", LastDay, Issues))).EnterIntoForce("2025-001");
        Assert.Contains(new Reaction.ToContrat("2020-001", new NoteRenewed("2025-001", FicheNouvelle.DateEffet, Today)), faits.Last);
        Assert.Equal("2020-001", Coverage.From(faits.Coverage.ToShape()).RenewedBy("2025-001"));
    }

    [Fact(DisplayName = "L-02 Le régime change au jour d'effet du renouvellement, ce jour-là et pas avant")]
    public void Regime_changes_that_day()
    {
        Assert.Equal(("2018", "2025"), (Regimes.Of(LastDay).Code, Regimes.Of(LastDay.AddDays(1)).Code));

        // The former contrat keeps its rules to its last day: four months of silence leave the answer overdue, and the agency may still give it.
        Given(Ancien).When(new AnswerRenouvellement(true, null, LastDay)).Then(new RenouvellementAnswered(LastDay, true, null));
        Assert.DoesNotContain(Passed(Ancien, LastDay), e => e is RenouvellementGrantedTacitly);
        Assert.Equal([1, 2, 3, 4], ContratEcheances.Of(State(Ancien)).Where(e => e.Kind == EcheanceKind.Evaluation).Select(e => e.Numero));

        // The new one has the others from its first day: one evaluation, and silence that renews.
        ContratEvent[] nouveau = [new ContratOpened(Opening, FicheNouvelle, [SiteA, SiteB], new("2020-001", LastDay, Issues)), .. EnVigueur[1..^1], new ContratEnteredIntoForce(FicheNouvelle.DateEffet)];
        Assert.Equal([1], ContratEcheances.Of(State(nouveau)).Where(e => e.Kind == EcheanceKind.Evaluation).Select(e => e.Numero));
        Assert.Contains(Passed([.. nouveau, new RenouvellementAsked(new(2029, 1, 1))], new(2029, 5, 2)), e => e is RenouvellementGrantedTacitly { ValidOn: { Month: 5, Day: 2 } });
        Assert.DoesNotContain(Passed([.. nouveau, new RenouvellementAsked(new(2029, 1, 1))], new(2029, 5, 1)), e => e is RenouvellementGrantedTacitly);
    }

    [Fact(DisplayName = "R-111 Des jours sans contrat entre les deux sont signalés")]
    public void Gap()
    {
        Assert.DoesNotContain("R-111", Rules(FicheNouvelle));
        Assert.Contains("R-111", Rules(FicheNouvelle with { DateEffet = new(2025, 2, 26), DateFin = new(2030, 2, 25) }));
    }

    [Fact(DisplayName = "R-025 Une contrepartie que le nouveau socle commun n'a plus est signalée avant la signature")]
    public void Contrepartie_gone()
    {
        Assert.Contains("R-025", Rules(FicheNouvelle, new EngagementAdded(Opening, Modifie), new SocleCaughtUp(Opening)));
        Assert.DoesNotContain("R-025", Rules(FicheNouvelle, new EngagementAdded(Opening, Modifie)));
        Assert.DoesNotContain("R-025", Rules(FicheNouvelle, new EngagementAdded(Opening, Modifie), new SocleLigneSet(Opening, Act(1, null, Rc), false), new SocleCaughtUp(Opening)));
    }

    private static Open Open(ContratEvent[]? ancien = null, Fiche? fiche = null, ValueList<Issue>? issues = null, ValueList<Engagement>? modifies = null) => new(
        fiche ?? FicheNouvelle, [SiteA, SiteB], [SiteA, SiteB], Opening,
        Reconduction: new("2020-001", issues ?? Issues, modifies ?? [Modifie], ReconductionRules.Prove(State(ancien ?? Ancien))));

    private static IReadOnlyList<ContratEvent> Passed(IEnumerable<ContratEvent> history, DateOnly day) =>
        ((Decision<ContratEvent>.Accepted)Contrat.Decide(State(history), new PassJour(day))).Events;

    private static List<string> Rules(Fiche fiche, params ContratEvent[] more) =>
        [.. ContratWarnings.Of(State([new ContratOpened(Opening, fiche, [SiteA, SiteB], new("2020-001", LastDay, Issues)), .. more])).Select(w => w.Rule)];

    private static ContratState.Ouvert State(IEnumerable<ContratEvent> history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
