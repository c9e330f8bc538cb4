using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>Edges of the contrat that survive a change of the code where nothing else is written of them: first and last days, orders, what is kept.</summary>
public sealed class ContratBornesSpecs
{
    private static readonly Document Piece = new("avis.pdf", new string('b', 64));
    private static readonly ContratEvent[] DeuxAvenants = [.. EnVigueur, Opened(1), new AvenantOpened(Today, 2, Request("r2"), [])];
    private static readonly ContratTerminated Resilie = new(new(2027, 1, 1), "P-1");

    /// <summary>From July to July: its fifth year after N is its last.</summary>
    private static readonly Fiche FicheJuillet = FicheEps with { DateEffet = new(2026, 7, 1), DateFin = new(2031, 6, 30) };

    [Fact(DisplayName = "R-086 L'avenant de ce qui s'accepte avant la date d'effet prend effet avec le contrat")]
    public void Accord_before_the_contract()
    {
        Assert.Equal(DateEffet, Effect(Before));
        Assert.Equal(Today, Effect(Today));

        static DateOnly Effect(DateOnly on) => Facts(EnVigueur, new RecordAccord("N-1", 1, [Engagement()], ByAvenant: true, on)).OfType<AvenantOpened>().Single().Request.DateEffet;
    }

    [Fact(DisplayName = "Une consultation redite autrement, même sans sa pièce, est refusée")]
    public void Consultation_told_otherwise()
    {
        Consultation known = new(Instance.Directoire, ConsultationKind.Avis, Before, "PV 1", Piece);
        ContratEvent[] recorded = [.. Projet, new ConsultationRecorded(Before, null, known)];
        Given(recorded).When(new RecordConsultation(null, known with { Piece = null })).ThenNothing();
        Given(recorded).When(new RecordConsultation(null, known with { Piece = null, Reference = "PV 2" })).ThenRefused(RefusalCode.ConsultationRecordedOtherwise);
    }

    [Fact(DisplayName = "Un avenant ne nomme pas plus de vingt mille éléments, fût-ce le même")]
    public void Named_too_often() => Given([.. EnVigueur, Pended(Act(0, null, Rc))])
        .When(Request("r1", [.. Enumerable.Repeat(Act(0, null, Rc).Id, 20_001)])).ThenRefused(RefusalCode.AvenantTooLarge);

    [Fact(DisplayName = "R-057 Une cible d'un engagement qu'un autre avenant ajoute ne se change pas ici")]
    public void Engagement_of_another_avenant() => Given([.. DeuxAvenants, new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement(4)))])
        .When(new ChangeEngagement(2, new EngagementChange.ChangeCible(4, 1, 1, "13"), Today)).ThenRefused(RefusalCode.EngagementUnknown);

    [Fact(DisplayName = "R-027 Ce qu'ajoutait un avenant abandonné peut s'ajouter ailleurs ; l'ajout redit, même suivi d'un autre, ne change rien")]
    public void Added_again()
    {
        ContratEvent[] added = [.. DeuxAvenants, new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement(4)))];
        var again = new ChangeEngagement(2, new EngagementChange.Add(Engagement(4)), Today);
        Given(added).When(again).ThenRefused(RefusalCode.EngagementExistsDifferent);
        Given([.. added, new AvenantAbandoned(Today, 1, "retard")]).When(again).Then(new AvenantEngagementChanged(Today, 2, again.Change));
        Given([.. added, new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement(5, "Autre")))]).When(again with { Avenant = 1 }).ThenNothing();
    }

    [Fact(DisplayName = "R-110 Le rapport final, l'évaluation et la demande valent du premier jour du contrat")]
    public void From_the_first_day()
    {
        Bilan bilan = new([], null, Piece);
        Given(EnVigueur).When(new RecordRapportFinal(bilan, DateEffet)).Then(new RapportFinalRecorded(DateEffet, bilan));
        Given(EnVigueur).When(new RecordEvaluation(1, DateEffet)).Then(new EvaluationRecorded(DateEffet, 1, null));
        Given(EnVigueur).When(new AskRenouvellement(DateEffet)).Then(new RenouvellementAsked(DateEffet));
        Given(EnVigueur).When(new AskRenouvellement(DateFin)).Then(new RenouvellementAsked(DateFin));
    }

    [Fact(DisplayName = "R-043 La cinquième année après la date d'effet se mesure encore, et c'est dû")]
    public void Fifth_year()
    {
        ContratEvent[] july = [new ContratOpened(Before, FicheJuillet, [SiteA]), new EngagementAdded(Before, Engagement() with { Indicateurs = [Indicateur() with { Cibles = ["15", "18", "20", "22", "25"] }] }), .. EnVigueur[1..]];
        Given(july).When(new RecordValeur(1, 1, 2031, "26", "PMSI", new(2031, 12, 1))).Then(new ValeurRecorded(new(2031, 12, 1), 1, 1, 2031, "26", "PMSI"));
        Assert.Equal([1, 2, 3, 4, 5], ContratEcheances.Of(State(july)).Where(e => e.Kind == EcheanceKind.Valeurs).Select(e => e.Numero));
    }

    [Fact(DisplayName = "R-043 Un engagement à mi-chemin est en retard s'il lui reste une cible mesurable, manqué sinon")]
    public void Half_way()
    {
        var further = Indicateur() with { ValeurReference = "10", Cibles = ["20", "30", null, null, null] };
        Assert.Equal(EngagementStatut.EnRetard, EngagementStatuts.Of(further, 1, "19"));
        Assert.Equal(EngagementStatut.Manque, EngagementStatuts.Of(further with { Cibles = ["20", "à définir", null, null, null] }, 1, "19"));
        Assert.Equal(EngagementStatut.Manque, EngagementStatuts.Of(further with { Cibles = ["20", null, null, null, null] }, 1, "19"));
    }

    [Fact(DisplayName = "R-043 L'année d'une cible se compte de celle de la date d'effet")]
    public void Year_of_a_target()
    {
        var state = State([.. Projet, new EngagementAdded(Before, Engagement()), .. EnVigueur[1..]]);
        Assert.Equal(EngagementStatut.SansCible, EngagementStatuts.In(state, Engagement(), 2026));
        Assert.Equal(EngagementStatut.NonRenseigne, EngagementStatuts.In(state, Engagement(), 2027));
        Assert.Equal(EngagementStatut.SansCible, EngagementStatuts.In(state, Engagement(), 2030));
    }

    [Fact(DisplayName = "R-040 Un indicateur sans valeur est un nombre ; une case blanche ne dit rien")]
    public void Measures()
    {
        var blank = Indicateur() with { ValeurReference = null, Cibles = [null, null, null, null, null] };
        Assert.False(Mesure.IsOuiNon(blank));
        Assert.True(Mesure.Fits(blank, "12"));
        Assert.True(Mesure.IsOuiNon(blank with { Cibles = ["oui", " ", null, null, null] }));
        Assert.True(Mesure.IsMeasured(blank with { Cibles = ["12", " ", null, null, null] }));
    }

    [Fact(DisplayName = "R-061 Un avenant du socle commun est de la région, qu'il prenne tout ou ce qui est nommé")]
    public void Rights_of_an_avenant()
    {
        Assert.Equal(Droits.Region, ContratDroits.Of(null, Request("r1")).Roles);
        Assert.Equal(Droits.Region, ContratDroits.Of(null, Request("r1") with { Motif = AvenantMotif.Engagements, AllPending = true }).Roles);
        Assert.Equal(Droits.Region, ContratDroits.Of(null, Request("r1", "x") with { Motif = AvenantMotif.Engagements }).Roles);
        Assert.Equal(Droits.Agence, ContratDroits.Of(null, Request("r1") with { Motif = AvenantMotif.Engagements }).Roles);
    }

    [Fact(DisplayName = "R-090 Au niveau régional, valider est au directeur de l'offre de soins")]
    public void Validator()
    {
        var validate = new Validate(null, Role.Dos, "M. Vert", Today);
        Assert.Equal([Role.DelegueDepartemental], ContratDroits.Of(State(Projet), validate).Roles);
        Assert.Equal([Role.Dos], ContratDroits.Of(State([.. Projet, new NiveauSet(Before, Niveau.Regional)]), validate).Roles);
    }

    [Fact(DisplayName = "R-109 Sous le régime de 2018 une évaluation est due chaque anniversaire d'avant la fin, par R-109 ; sous celui de 2025, par L-02")]
    public void Evaluations()
    {
        var yearAndDay = FicheEps with { DateEffet = new(2019, 3, 1), DateFin = new(2020, 3, 1) };
        Assert.Empty(Due(yearAndDay));
        Assert.Equal([("R-109", 1)], Due(yearAndDay with { DateFin = new(2020, 3, 2) }));
        Assert.Equal([("L-02", 1)], Due(FicheEps));

        static IEnumerable<(string, int)> Due(Fiche fiche) => ContratEcheances.Of(State([new ContratOpened(Before, fiche, [SiteA]), .. EnVigueur[1..]])).Where(e => e.Kind == EcheanceKind.Evaluation).Select(e => (e.Rule, e.Numero));
    }

    [Fact(DisplayName = "L-11 Ce qui est dû le jour de la résiliation ne l'est plus, la veille si ; sans demande, aucune réponse n'est due")]
    public void Due_at_the_end()
    {
        Assert.Contains(ContratEcheances.Of(State([.. EnVigueur, new ContratTerminated(DateFin.AddDays(1), "P-1")])), e => e.Kind == EcheanceKind.Fin);
        Assert.DoesNotContain(ContratEcheances.Of(State([.. EnVigueur, new ContratTerminated(DateFin, "P-1")])), e => e.Kind == EcheanceKind.Fin);
        Assert.Null(ContratEcheances.AnswerDueOn(State(EnVigueur)));
    }

    [Fact(DisplayName = "R-115 Après une résiliation, ni un avenant pris plus tard, même à effet d'avant, ni une seconde signature redite n'est autre chose que ce qu'il est")]
    public void After_the_end()
    {
        Given([.. EnVigueur, Resilie]).When(Request("r1") with { DateEffet = new(2026, 7, 1), On = new(2027, 1, 1) }).ThenRefused(RefusalCode.ContratTerminated);
        ContratEvent[] signed = [.. EnVigueur, Pended(Act(0, null, Rc)), Opened(1, Act(0, null, Rc).Id), AvenantSigned(new(2027, 1, 2), 1, Signatory.RepresentantLegal, "Mme Petit"), Resilie];
        Given(signed).When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", new(2027, 1, 2))).ThenNothing();
    }

    [Fact(DisplayName = "R-115 Chaque décision de modification ne compte qu'une fois, et la résiliation n'en efface aucune")]
    public void Modifications()
    {
        ContratEvent[] two = [.. EnVigueur, new ModificationRequired(Today, "P-1", "Horaires"), new ModificationRequired(Today, "P-2", "Accès")];
        Given(two).When(new RequireModification("P-1", "Horaires", Today)).ThenNothing();
        Assert.Equal(2, State([.. two, Resilie]).Suites!.Modifications.Count);
        Assert.NotNull(State([.. two, Resilie, new ModificationRequired(Today, "P-3", "x")]).Suites!.Resilie);
    }

    [Fact(DisplayName = "R-098 Les paraphes d'une partie restent jusqu'à ce que sa signature soit retirée")]
    public void Initials()
    {
        Assert.Equal([new Paraphes(Signatory.RepresentantLegal, Annexes)], State(EnSignature).Formalites.Of(null).Paraphes);
        Assert.Equal(2, State(EnVigueur).Formalites.Of(null).Paraphes.Count);
        Assert.Empty(State([.. EnSignature, new ContratSignatureWithdrawn(Today, "coquille")]).Formalites.Of(null).Paraphes);
    }

    [Fact(DisplayName = "R-108 La caisse informée, celui qui en était chargé reste dit")]
    public void Notifier_kept()
    {
        var told = State([.. EnVigueur, new NotificationAssigned(Today, "MSA Beauce", Notifiant.Structure, "Mme Roy"), new CaisseNotified(Today, "MSA Beauce")]).Formalites.Notification;
        Assert.Equal(new Notification("MSA Beauce", Notifiant.Structure, "Mme Roy", Today), told);
    }

    [Fact(DisplayName = "R-134 Un financement se lie à une ligne du socle, en attente, ou d'un avenant en cours, et se relie à une autre")]
    public void Links()
    {
        var link = new LinkFinancement(Mig.Id, Rc.Id, Today);
        ContratEvent[] withMoney = EnVigueurAvec(Mig);
        Given(withMoney).When(link).ThenRefused(RefusalCode.LigneUnknown);
        Given([.. withMoney, Pended(Act(0, null, Rc))]).When(link).Then(new FinancementLinked(Today, Mig.Id, Rc.Id));
        Given([.. withMoney, Pended(Act(0, null, Rc)), Opened(1, Act(0, null, Rc).Id)]).When(link).Then(new FinancementLinked(Today, Mig.Id, Rc.Id));
        Given([.. EnVigueurAvec(Mig, Rc), Pended(Act(1, Rc, null), Rc), Opened(1, Act(1, Rc, null).Id)]).When(link).Then(new FinancementLinked(Today, Mig.Id, Rc.Id));
        Given([.. EnVigueurAvec(Mig, Rc, OtherRc), new FinancementLinked(Today, Mig.Id, OtherRc.Id)]).When(link).Then(new FinancementLinked(Today, Mig.Id, Rc.Id));
    }

    [Fact(DisplayName = "R-058 Un site qui part le jour où il est venu n'est pas parti : c'est un relais qui répète")]
    public void Moved_twice() => Given([.. EnVigueur, new SiteJoined(Today, SiteForeign)]).When(new RecordSite(SiteForeign, Joined: false, Today)).ThenNothing();

    [Fact(DisplayName = "R-126 Le plan s'écrit dans un engagement au moins, quels que soient les autres")]
    public void Pref_written() => Given([.. Projet, new SocleCaughtUp(Before), new EngagementAdded(Before, Engagement()), new EngagementAdded(Before, Engagement(2) with { Volet = Volet.A2V3 }), .. Approuve])
        .When(Sign(Signatory.RepresentantLegal, "Mme Petit", Before) with { Pref = "PREF-1" }).Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit"));

    [Fact(DisplayName = "R-018 Après la première signature, un engagement d'un numéro connu et d'un autre contenu ne s'ajoute pas")]
    public void Text_signed() => Given([.. Projet, new EngagementAdded(Before, Engagement()), .. EnSignature[1..]])
        .When(new AddEngagement(Engagement(1, "Autre"), Today)).ThenRefused(RefusalCode.ContratTextSigned);

    [Fact(DisplayName = "R-059 Les contenus d'une ligne se suivent dans l'ordre des avenants, quel que soit celui des intégrations")]
    public void Versions_in_order()
    {
        LigneVersion[] versions = [new(Before, Rc, "a", null), new(Today, Rc14, "c", 3), new(Today, Rc12, "b", 2), new(Today, Rc, "d", 3)];
        Assert.Equal(["a", "b", "c", "d"], versions.Aggregate((LigneDatee?)null, LigneDatee.Extend)!.Versions.Select(v => v.ActId));
    }

    [Fact(DisplayName = "R-056 Ce qui attend se propose par volet et jour d'effet, dans les jours du contrat ; les désaccords à part et en dernier")]
    public void Proposals()
    {
        var early = Act(0, null, Rc, Before);
        var late = Act(0, null, OtherRc, DateFin.AddDays(1));
        var money = Act(0, null, Mig, DateEffet);
        var wrong = Act(0, null, Amm, Before);
        var proposals = AvenantProposals.Of(State([.. EnVigueur, Pended(late), Pended(wrong, conflict: true), Pended(money), Pended(early)]));
        Assert.Equal(
            [(Volet.A2V2, DateEffet, false, early.Id), (Volet.A2V4, DateEffet, false, money.Id), (Volet.A2V2, DateFin, false, late.Id), (Volet.A2V1, DateEffet, true, wrong.Id)],
            proposals.Select(p => (p.Volet, p.DateEffet, p.Conflict, Assert.Single(p.Items))));
        Assert.Equal(Today, Assert.Single(AvenantProposals.Of(State([.. EnVigueur, Pended(Act(0, null, Rc, Today))]))).DateEffet);
        Assert.Equal(
            [Act(0, null, Rc).Id, Act(0, null, OtherRc).Id],
            Assert.Single(AvenantProposals.Of(State([.. EnVigueur, Pended(Act(0, null, OtherRc)), Pended(Act(0, null, Rc))]))).Items);
    }

    [Fact(DisplayName = "R-015 La fin d'une ligne hors du champ n'est pas plus un acte du contrat que son début")]
    public void Outside() => Given(EnVigueur).When(new RecordAct(Act(1, Amm with { Nature = "AASA", Code = "A0/x" }, null), false)).ThenRefused(RefusalCode.LigneOutsideChamp);

    private static ContratState.Ouvert State(ContratEvent[] history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);

    private static ValueList<ContratEvent> Facts(ContratEvent[] history, ContratCommand command) => ((Decision<ContratEvent>.Accepted)Contrat.Decide(State(history), command)).Events.ToValueList();
}
