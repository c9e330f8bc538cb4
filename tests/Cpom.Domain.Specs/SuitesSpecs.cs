using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.ManquementsSamples;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>What is imposed on a contrat: termination, modification, an arrêté a year after the PRS (<see cref="Limits.PrsSignatureMonths"/>).</summary>
public sealed class SuitesSpecs
{
    private static readonly DateOnly Ends = new(2027, 7, 1);
    private static readonly ContratEvent[] Terminated = [.. EnVigueur, new ContratTerminated(Ends, Numero)];
    private static readonly Bilan Final = new([], null, new("rapport.pdf", new string('b', 64)));
    private static readonly ContratEvent[] Asked = [.. EnVigueur, new RenouvellementAsked(new(2027, 6, 1))];
    internal static readonly PrsProof Prs = new("PRS 2023-2028", new(2024, 11, 15));
    internal static readonly Arrete Arrete = new(new("ARS-2025-900", "arrete.pdf", new string('d', 64)), new(2025, 11, 16), "Cinq pour cent au plus, par engagement.", null);
    private static readonly ContratEvent[] Fixed =
        [.. ProjetPret, new EngagementAdded(Before, Engagement(1)), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet)];

    [Fact(DisplayName = "L-11 Un contrat résilié n'est plus en vigueur à compter du jour dit")]
    public void Ends_early()
    {
        Given(EnVigueur).When(new Terminate(Numero, Ends)).Then(new ContratTerminated(Ends, Numero));
        Given(Terminated).When(new Terminate(Numero, Ends)).ThenNothing();
        Assert.Equal(new(2027, 6, 30), Fold(Terminated).LastDay);
        Assert.Equal(DateFin, Fold(EnVigueur).LastDay);
    }

    [Fact(DisplayName = "L-11 De deux résiliations la première à prendre effet finit le contrat")]
    public void Twice()
    {
        Given(Terminated).When(new Terminate("S-2", Ends.AddDays(1))).ThenNothing();
        Given(Terminated).When(new Terminate("S-2", Ends.AddDays(-1))).Then(new ContratTerminated(Ends.AddDays(-1), "S-2"));
        Given(EnVigueur).When(new Terminate(Numero, DateFin.AddDays(1))).ThenNothing();
        Given(EnVigueur).When(new Terminate(Numero, DateFin)).Then(new ContratTerminated(DateFin, Numero)); // One day less than was signed.
    }

    [Fact(DisplayName = "R-115 Après la résiliation se redit la signature qui a été donnée, pas celle de l'autre partie")]
    public void Signed_before()
    {
        var item = Act(1, null, Rc);
        var signed = AvenantSigned(Today, 1, Signatory.RepresentantLegal, "Mme Petit");
        ContratEvent[] half = [.. EnVigueur, Pended(item), Opened(1, item.Id), signed, new ContratTerminated(Ends, Numero)];
        Given(half).When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today)).ThenNothing();
        Given(half).When(SignAvenant(1, Signatory.DgArs, "M. Roy", Ends)).ThenRefused(RefusalCode.ContratTerminated);
    }

    [Fact(DisplayName = "R-115 Chaque modification décidée reste, et la résiliation ne les efface pas")]
    public void Kept()
    {
        var suites = Fold([.. EnVigueur, new ModificationRequired(Today, "S-1", "Objet 1"), new ModificationRequired(Today, "S-2", "Objet 2"), new ContratTerminated(Ends, Numero)]).Suites;
        Assert.Equal(["S-1", "S-2"], suites!.Modifications.Select(m => m.Procedure));
        Assert.NotNull(suites.Resilie);
        Assert.NotNull(Fold([.. Terminated, new ModificationRequired(Today, "S-1", "Objet 1")]).Suites!.Resilie);
    }

    [Fact(DisplayName = "R-115 Rien ne change un contrat résilié à compter de ce jour ; ce qui a été fait avant se redit")]
    public void Over()
    {
        Given(Terminated).When(Request("r1") with { On = Ends, DateEffet = Ends }).ThenRefused(RefusalCode.ContratTerminated);
        Given(Terminated).When(Request("r1") with { DateEffet = Ends }).ThenRefusedSaying(RefusalCode.ContratTerminated, "01/07/2027");
        Given(Terminated).When(new RecordEvaluation(1, Ends)).ThenRefused(RefusalCode.ContratTerminated);
        Given(Terminated).When(new AskRenouvellement(Ends)).ThenRefused(RefusalCode.ContratTerminated);
        var before = Request("r1") with { DateEffet = new(2027, 6, 30) };
        Given(Terminated).When(before).Then(new AvenantOpened(Today, 1, before, []));
        Given([.. Terminated, new AvenantOpened(Today, 1, before, [])]).When(new ChangeEngagement(1, new EngagementChange.Remove(1), Ends)).ThenRefused(RefusalCode.ContratTerminated);
        Given([.. Terminated, new AvenantOpened(Today, 1, before, [])]).When(new SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Ends)).ThenRefused(RefusalCode.ContratTerminated);
        Given([.. Terminated, new AvenantOpened(Today, 1, before, [])]).When(before with { On = Ends }).ThenNothing();
    }

    [Fact(DisplayName = "L-11 Un contrat résilié n'a plus d'échéance à compter de ce jour")]
    public void Nothing_due()
    {
        Assert.Equal(
            [EcheanceKind.DemandeRenouvellement, EcheanceKind.Evaluation, EcheanceKind.Fin], ContratEcheances.Of(Fold(EnVigueur)).Select(e => e.Kind).Order().Select(k => k).OrderBy(k => k.ToString()));
        Assert.Empty(ContratEcheances.Of(Fold(Terminated)));
    }

    [Fact(DisplayName = "R-115 Une modification décidée ouvre la voie à un avenant de ce motif")]
    public void Amends()
    {
        var required = new ModificationRequired(DecidedOn, Numero, "Retirer l'engagement 2.");
        var avenant = Request("r1") with { Motif = AvenantMotif.Manquement };
        Given(EnVigueur).When(avenant).ThenRefused(RefusalCode.ModificationNotRequired);
        Given(EnVigueur).When(new RequireModification(Numero, "Retirer l'engagement 2.", DecidedOn)).Then(required);
        Given([.. EnVigueur, required]).When(new RequireModification(Numero, "Retirer l'engagement 2.", DecidedOn)).ThenNothing();
        Given([.. EnVigueur, required]).When(avenant).Then(new AvenantOpened(Today, 1, avenant, []));
    }

    [Fact(DisplayName = "Un projet n'est ni résilié ni modifié")]
    public void Projects() => Given(Projet).When(new Terminate(Numero, Ends)).ThenRefused(RefusalCode.ContratNotInForce);

    [Fact(DisplayName = "R-101 Un an après le PRS sans signature, l'arrêté fixe les engagements, et le contrat entre en vigueur")]
    public void Fixes()
    {
        var (drafted, fixed_) = (Engagement(1), Engagement(2, "Ouvrir des consultations avancées"));
        Given([.. ProjetPret, new EngagementAdded(Before, drafted)]).When(new FixByArrete(Arrete, [fixed_], Prs)).Then(
            new EngagementRemoved(Arrete.On, 1), new EngagementAdded(Arrete.On, fixed_), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
    }

    [Fact(DisplayName = "R-101 Ce que le projet disait déjà reste ; le même arrêté répété ne change rien")]
    public void Keeps()
    {
        Given([.. EnSignature, new EngagementAdded(Before, Engagement(1))]).When(new FixByArrete(Arrete, [Engagement(1)], Prs))
            .Then(new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
        Given(Fixed).When(new FixByArrete(Arrete, [Engagement(1)], Prs)).ThenNothing();
        Assert.Equal(ContratPhase.EnVigueur, Fold(Fixed).Phase);
    }

    [Fact(DisplayName = "R-101 L'arrêté impose des engagements que la négociation n'a pas retenus, et un accord venu ensuite n'y change rien")]
    public void Imposed()
    {
        ContratEvent[] negotiated = [new ContratOpened(Before, FicheEps with { Negociation = "N-1" }, [SiteA, SiteB]), .. ProjetPret.Skip(1)];
        var imposed = Given(negotiated).When(new FixByArrete(Arrete, [Engagement(1)], Prs));
        imposed.Then(new EngagementAdded(Arrete.On, Engagement(1)), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
        Given([.. negotiated, new EngagementAdded(Arrete.On, Engagement(1)), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet)])
            .When(new RecordAccord("N-1", 1, [Engagement(2)], ByAvenant: false, Arrete.On)).ThenNothing();
    }

    [Fact(DisplayName = "R-044 Un engagement de l'arrêté pris dans la bibliothèque en garde les mots, de deux versions chacun les siens")]
    public void Imposed_from_library()
    {
        var generique = new Generique("TELEMED", "Développer la télémédecine", [new("Taux de recours", "actes / actes", "%", "PMSI")]);
        var taken = Engagement(1, generique.Objectif) with
        {
            Type = EngagementType.Generique,
            Generique = new("2026", "TELEMED"),
            Indicateurs = [Indicateur() with { Libelle = "Taux de recours", ModeCalcul = "actes / actes", Unite = "%", Source = "PMSI" }],
        };
        Given(ProjetPret).When(new FixByArrete(Arrete, [taken], Prs, [new(1, generique)]))
            .Then(new EngagementAdded(Arrete.On, taken), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
        Given(ProjetPret).When(new FixByArrete(Arrete, [taken, Engagement(2)], Prs, [new(1, generique)]))
            .Then(new EngagementAdded(Arrete.On, taken), new EngagementAdded(Arrete.On, Engagement(2)), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
        var next = generique with { Objectif = "Étendre la télémédecine" };
        var again = taken with { Number = 2, Objectif = next.Objectif, Generique = new("2027", "TELEMED") };
        Given(ProjetPret).When(new FixByArrete(Arrete, [taken, again], Prs, [new(1, generique), new(2, next)]))
            .Then(new EngagementAdded(Arrete.On, taken), new EngagementAdded(Arrete.On, again), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
        Given(ProjetPret).When(new FixByArrete(Arrete, [taken], Prs)).ThenRefused(RefusalCode.GeneriqueUnknown);
        Given(ProjetPret).When(new FixByArrete(Arrete, [taken with { Objectif = "Autre" }], Prs, [new(1, generique)])).ThenRefused(RefusalCode.GeneriqueReworded);
    }

    [Fact(DisplayName = "R-101 Un engagement que l'arrêté donne deux fois n'en fait qu'un")]
    public void Imposed_once() => Given(ProjetPret).When(new FixByArrete(Arrete, [Engagement(1), Engagement(1)], Prs))
        .Then(new EngagementAdded(Arrete.On, Engagement(1)), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));

    [Fact(DisplayName = "R-027 Un numéro ne désigne pas deux engagements d'un arrêté")]
    public void Imposed_twice() =>
        Given(ProjetPret).When(new FixByArrete(Arrete, [Engagement(1), Engagement(1, "Autre")], Prs)).ThenRefused(RefusalCode.EngagementExistsDifferent);

    [Fact(DisplayName = "R-126 L'arrêté d'un établissement sous plan de retour à l'équilibre en fixe un engagement")]
    public void Imposed_with_a_plan()
    {
        Given(ProjetPret).When(new FixByArrete(Arrete, [Engagement(1)], Prs, Pref: "PREF-1")).ThenRefused(RefusalCode.PrefUnwritten);
        var balance = Engagement(1) with { Volet = Volet.A2V3, Contrepartie = null };
        Given(ProjetPret).When(new FixByArrete(Arrete, [balance], Prs, Pref: "PREF-1"))
            .Then(new EngagementAdded(Arrete.On, balance), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
        Given(ProjetPret).When(new FixByArrete(Arrete, [balance, Engagement(2)], Prs, Pref: "PREF-1"))
            .Then(new EngagementAdded(Arrete.On, balance), new EngagementAdded(Arrete.On, Engagement(2)), new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
    }

    [Fact(DisplayName = "R-086 Un contrat-passerelle ne reçoit pas d'engagement par arrêté")]
    public void Imposed_on_a_bridge() => Given([new ContratOpened(Before, FicheEps with { Nature = ContratNature.SocleCommun }, [SiteA, SiteB]), .. ProjetPret.Skip(1)])
        .When(new FixByArrete(Arrete, [Engagement(1)], Prs)).ThenRefused(RefusalCode.ContratSocleCommun);

    [Fact(DisplayName = "R-018 Nul ne signe plus un contrat que l'arrêté a fixé (R-101), et il reste en vigueur")]
    public void Not_signed_afterwards()
    {
        Given(Fixed).When(new Sign(Signatory.RepresentantLegal, "Mme Petit", Today, Annexes, Reprise: true)).ThenRefused(RefusalCode.ContratTextSigned);
        Given(Fixed).When(new Sign(Signatory.DgArs, "M. Roy", Today, Annexes, Reprise: true)).ThenRefused(RefusalCode.ContratTextSigned);
    }

    [Fact(DisplayName = "R-099 Un contrat fixé par arrêté a ses originaux, à compter de ce jour")]
    public void Kept_on_paper()
    {
        var originaux = new RecordOriginaux(null, OriginauxForme.Papier, 2, null, Arrete.On);
        Given(Fixed).When(originaux with { On = Arrete.On.AddDays(-1) }).ThenRefused(RefusalCode.TexteNotSigned);
        Given(Fixed).When(originaux).Then(new OriginauxRecorded(Arrete.On, null, OriginauxForme.Papier, 2, null));
    }

    [Fact(DisplayName = "R-107 Un contrat fixé par arrêté se fait connaître de la caisse pivot")]
    public void Made_known()
    {
        Given(Fixed).When(new NotifyCaisse("75", Arrete.On)).Then(new CaisseNotified(Arrete.On, "CPAM du département 75"));
        Given(ProjetPret).When(new NotifyCaisse("75", Arrete.On)).ThenRefused(RefusalCode.TexteNotSigned);
    }

    [Fact(DisplayName = "R-106 Un contrat fixé par arrêté se communique à qui le demande")]
    public void Communicated() => Given(Fixed).When(new RecordDemande("D-1", "Une association", Arrete.On)).Then(new DemandeRecorded(Arrete.On, "D-1", "Une association"));

    [Theory(DisplayName = "R-101 L'année se compte du jour du PRS, et son dernier jour permet encore de signer")]
    [InlineData("2024-11-15", "2025-11-15", false)]
    [InlineData("2024-11-15", "2025-11-16", true)]
    [InlineData("2024-02-29", "2025-02-28", false)]
    [InlineData("2024-02-29", "2025-03-01", true)]
    public void A_year(string adopted, string on, bool may)
    {
        var arrete = Arrete with { On = Day(on) };
        var command = new FixByArrete(arrete, [Engagement(1)], Prs with { AdoptedOn = Day(adopted) });
        if (may)
        {
            Given(ProjetPret).When(command).Then(new EngagementAdded(arrete.On, Engagement(1)), new ArreteFixed(arrete.On, arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet));
        }
        else
        {
            Given(ProjetPret).When(command).ThenRefusedSaying(RefusalCode.ArreteUnfit, "peut être signé jusqu'au");
        }
    }

    [Fact(DisplayName = "R-101 L'arrêté fixe des engagements, porte sur les pénalités, et a son document et son PRS")]
    public void Incomplete()
    {
        Given(ProjetPret).When(new FixByArrete(Arrete, [], Prs)).ThenRefused(RefusalCode.ArreteUnfit);
        Given(ProjetPret).When(new FixByArrete(Arrete with { Penalites = " " }, [Engagement(1)], Prs)).ThenRefused(RefusalCode.ArreteUnfit);
        Given(ProjetPret).When(new FixByArrete(Arrete with { Courrier = new("1") }, [Engagement(1)], Prs)).ThenRefused(RefusalCode.ArreteUnfit);
        Given(ProjetPret).When(new FixByArrete(Arrete, [Engagement(1)], null)).ThenRefusedSaying(RefusalCode.ArreteUnfit, "PRS");
    }

    /// <summary><see cref="Limits.TexteLengthMax"/>, <see cref="Limits.ReferenceLengthMax"/>.</summary>
    [Fact(DisplayName = "R-101 Chacun de ses textes est borné, et tient à sa borne")]
    public void Long_texts()
    {
        var longest = Arrete with { Penalites = Of(4_000), Compensation = Of(4_000), Courrier = new(Of(500), Of(500), new string('d', 64)) };
        Assert.IsType<Decision<ContratEvent>.Accepted>(Contrat.Decide(Fold(ProjetPret), new FixByArrete(longest, [Engagement(1)], Prs)));
        Given(ProjetPret).When(new FixByArrete(Arrete with { Penalites = Of(4_001) }, [Engagement(1)], Prs)).ThenRefusedSaying(RefusalCode.TexteTooLong, "Pénalités");
        Given(ProjetPret).When(new FixByArrete(Arrete with { Compensation = Of(4_001) }, [Engagement(1)], Prs)).ThenRefusedSaying(RefusalCode.TexteTooLong, "Compensation");
    }

    [Fact(DisplayName = "Le numéro et le document de l'arrêté ont 500 caractères au plus")]
    public void Long_courrier()
    {
        Given(ProjetPret).When(new FixByArrete(Arrete with { Courrier = new(Of(501), "arrete.pdf", new string('d', 64)) }, [Engagement(1)], Prs)).ThenRefusedSaying(RefusalCode.TexteTooLong, "Numéro du courrier");
        Given(ProjetPret).When(new FixByArrete(Arrete with { Courrier = new("1", Of(501), new string('d', 64)) }, [Engagement(1)], Prs)).ThenRefusedSaying(RefusalCode.TexteTooLong, "Document");
    }

    [Fact(DisplayName = "R-035 Chacun des engagements de l'arrêté a la forme de tous les autres")]
    public void Second_engagement() => Given(ProjetPret)
        .When(new FixByArrete(Arrete, [Engagement(1), Engagement(2) with { Indicateurs = [Indicateur() with { Source = Of(4_001) }] }], Prs))
        .ThenRefusedSaying(RefusalCode.TexteTooLong, "Source");

    [Fact(DisplayName = "R-034 L'arrêté n'échappe pas à la forme des engagements")]
    public void Malformed() => Given(ProjetPret).When(new FixByArrete(Arrete, [Engagement(1, new string('x', 451))], Prs)).ThenRefused(RefusalCode.EngagementTextTooLong);

    [Theory(DisplayName = "R-102 Seuls les établissements publics et les ESPIC ne peuvent s'en passer")]
    [InlineData(PartieKind.Eps, true)]
    [InlineData(PartieKind.Espic, true)]
    [InlineData(PartieKind.PriveLucratif, false)]
    [InlineData(PartieKind.GcsMoyens, false)]
    public void Whom(PartieKind partie, bool may)
    {
        ContratEvent[] history = [new ContratOpened(Before, FicheEps with { Partie = partie }, [SiteA, SiteB]), new SocleCaughtUp(Before)];
        var decision = Contrat.Decide(history.Aggregate(Contrat.Initial, Contrat.Evolve), new FixByArrete(Arrete, [Engagement(1)], Prs));
        Assert.Equal(may, decision is Decision<ContratEvent>.Accepted);
    }

    [Fact(DisplayName = "R-018 Un contrat signé, ou déjà fixé par un autre arrêté, ne l'est pas")]
    public void Signed()
    {
        Given(EnVigueur).When(new FixByArrete(Arrete, [Engagement(1)], Prs)).ThenRefused(RefusalCode.ContratTextSigned);
        Given([.. ProjetPret, new ArreteFixed(Arrete.On, Arrete, Prs.Prs), new ContratEnteredIntoForce(DateEffet)])
            .When(new FixByArrete(Arrete with { Penalites = "Autres." }, [Engagement(1)], Prs)).ThenRefused(RefusalCode.ContratTextSigned);
    }

    [Fact(DisplayName = "R-052 L'arrêté attend que le socle commun soit complet")]
    public void Not_caught_up() => Given(Projet).When(new FixByArrete(Arrete, [Engagement(1)], Prs)).ThenRefused(RefusalCode.SocleIncomplete);

    [Fact(DisplayName = "R-115 Ni rapport final ni réponse au renouvellement d'un contrat résilié, à compter de ce jour")]
    public void Nothing_after()
    {
        ContratEvent[] over = [.. Asked, new ContratTerminated(Ends, "S-1")];
        Given(over).When(new RecordRapportFinal(Final, Ends)).ThenRefused(RefusalCode.ContratTerminated);
        Given(over).When(new AnswerRenouvellement(false, "résilié", Ends)).ThenRefused(RefusalCode.ContratTerminated);
        Given(over).When(new RecordRapportFinal(Final, new(2027, 6, 30))).Then(new RapportFinalRecorded(new(2027, 6, 30), Final));
        Given(over).When(new AnswerRenouvellement(false, "trop tard", new(2027, 6, 30))).Then(new RenouvellementAnswered(new(2027, 6, 30), false, "trop tard"));
    }

    [Fact(DisplayName = "R-115 Ce qui a été répondu et remis avant la résiliation se redit")]
    public void Said_before()
    {
        ContratEvent[] over = [.. Asked, new RapportFinalRecorded(Ends, Final), new RenouvellementAnswered(Ends, false, "x"), new ContratTerminated(Ends, "S-1")];
        Given(over).When(new RecordRapportFinal(Final, Ends)).ThenNothing();
        Given(over).When(new AnswerRenouvellement(false, "x", Ends)).ThenNothing();
    }

    [Fact(DisplayName = "R-115 Une décision de modification ouvre la voie à un avenant, et à un seul, sauf s'il est abandonné")]
    public void Used_up()
    {
        var first = Request("r1") with { Motif = AvenantMotif.Manquement };
        ContratEvent[] amended = [.. EnVigueur, new ModificationRequired(Today, "S-1", "Retirer l'engagement 2."), new AvenantOpened(Today, 1, first, [])];
        Given(amended).When(first with { RequestId = "r2" }).ThenRefused(RefusalCode.ModificationNotRequired);
        Given(amended).When(first).ThenNothing();
        Given([.. amended, new AvenantAbandoned(Today, 1, "x")]).When(first with { RequestId = "r2" }).Then(new AvenantOpened(Today, 2, first with { RequestId = "r2" }, []));
        Given([.. amended, new ModificationRequired(Today, "S-2", "Autre.")]).When(first with { RequestId = "r2" }).Then(new AvenantOpened(Today, 2, first with { RequestId = "r2" }, []));
    }

    private static ContratState.Ouvert Fold(IEnumerable<ContratEvent> history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);

    private static string Of(int length) => new('x', length);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
