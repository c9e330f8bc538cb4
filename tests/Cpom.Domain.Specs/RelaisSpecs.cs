using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Negociations;
using Cpom.Domain.Reactions;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>A contrat of socle commun that bridges, and the whole one that is signed again in its place.</summary>
public sealed class RelaisSpecs
{
    private const string Nouveau = "2026-002";
    private const string Reason = "Le contrat 2026-002, signé à nouveau, en tient compte (R-088).";
    private static readonly DateOnly Ends = new(2026, 9, 1);
    private static readonly ContratEvent[] Pont = [new ContratOpened(Before, FicheEps with { Nature = ContratNature.SocleCommun }, [SiteA, SiteB]), .. EnVigueur[1..]];
    private static readonly ContratEvent[] Remplace = [.. Pont, new ContratReplaced(Ends, Nouveau)];

    [Fact(DisplayName = "R-088 Le contrat « socle commun » prend fin quand le contrat signé à nouveau prend effet, une fois")]
    public void Ended()
    {
        Given(Pont).When(new EndRelais(Nouveau, Ends)).Then(new ContratReplaced(Ends, Nouveau));
        Given(Remplace).When(new EndRelais(Nouveau, Ends)).ThenNothing();
        Assert.Equal(new(2026, 8, 31), Fold(Remplace).LastDay);
        Assert.Equal(new(2026, 8, 31), Fold([.. Remplace, new ContratTerminated(new(2027, 1, 1), "P-1")]).LastDay);
        Assert.Equal(new(2026, 5, 31), Fold([.. Remplace, new ContratTerminated(new(2026, 6, 1), "P-1")]).LastDay);
    }

    [Fact(DisplayName = "R-088 Un pont qui finit avant, par son terme ou résilié, n'apprend rien")]
    public void Over_before()
    {
        Given(Pont).When(new EndRelais(Nouveau, DateFin.AddDays(1))).ThenNothing();
        Given(Pont).When(new EndRelais(Nouveau, DateFin)).Then(new ContratReplaced(DateFin, Nouveau));
        Given([.. Pont, new ContratTerminated(Ends, "P-1")]).When(new EndRelais(Nouveau, Ends)).ThenNothing();
        Given(Remplace).When(new Terminate("P-1", Ends)).ThenNothing();
    }

    [Fact(DisplayName = "R-088 Seul un contrat « socle commun » prend fin ainsi, et par un seul contrat")]
    public void Unfit()
    {
        Given(EnVigueur).When(new EndRelais(Nouveau, Ends)).ThenRefusedSaying(RefusalCode.RelaisUnfit, "jusqu'à son terme");
        Given(Remplace).When(new EndRelais("2026-003", Ends)).ThenRefusedSaying(RefusalCode.RelaisUnfit, Nouveau);
    }

    [Fact(DisplayName = "R-088 Le jour venu, ce qui attendait encore est écarté : le contrat signé à nouveau l'a")]
    public void Emptied()
    {
        var (rc, mig) = (Act(0, null, Rc), Act(0, null, Mig));
        ContratEvent[] waiting = [.. Remplace, Pended(rc), Pended(mig)];
        Given(waiting).When(new PassJour(Ends.AddDays(-1))).ThenNothing();
        Given(waiting).When(new PassJour(Ends)).Then(new RelaisEnded(Ends, Nouveau), new ItemDismissed(Ends, mig.Id, Reason), new ItemDismissed(Ends, rc.Id, Reason));
    }

    [Fact(DisplayName = "R-088 Après un arrêt de l'horloge, la fin vient de même, une fois")]
    public void After_downtime()
    {
        var rc = Act(0, null, Rc);
        Given([.. Remplace, Pended(rc)]).When(new PassJour(new(2026, 12, 24))).Then(new RelaisEnded(Ends, Nouveau), new ItemDismissed(Ends, rc.Id, Reason));
        Given([.. Remplace, new RelaisEnded(Ends, Nouveau)]).When(new PassJour(new(2026, 12, 24))).ThenNothing();
    }

    [Fact(DisplayName = "R-088 Un avenant du pont qui n'est pas en vigueur ce jour-là est abandonné, signé ou non, avec ce qu'il tient")]
    public void Avenants_given_up()
    {
        var (rc, mig) = (Act(0, null, Rc), Act(0, null, Mig));
        ContratEvent[] waiting = [.. Remplace, Pended(rc), Opened(1, rc.Id), Pended(mig), new AvenantOpened(Today, 2, Request("r2", mig.Id) with { DateEffet = Ends }, [mig.Id]), .. Signed(2)];
        Given(waiting).When(new PassJour(Ends)).Then(
            new RelaisEnded(Ends, Nouveau),
            new AvenantAbandoned(Ends, 2, Reason),
            new AvenantAbandoned(Ends, 1, Reason),
            new ItemDismissed(Ends, mig.Id, Reason),
            new ItemDismissed(Ends, rc.Id, Reason));
    }

    [Fact(DisplayName = "R-088 Un avenant signé du pont qui prend effet avant entre dans ses volets")]
    public void Avenant_before()
    {
        var rc = Act(0, null, Rc);
        Given([.. Remplace, Pended(rc), Opened(1, rc.Id), .. Signed(1)]).When(new PassJour(Ends)).Then(new AvenantIntegrated(new(2026, 7, 1), 1), new RelaisEnded(Ends, Nouveau));
    }

    [Fact(DisplayName = "R-088 Une ligne que tient un avenant du pont et qui a changé depuis n'est écartée qu'une fois, telle qu'elle est")]
    public void Changed_since()
    {
        var (rc, changed) = (Act(0, null, Rc), Act(1, Rc, Rc12));
        Given([.. Remplace, Pended(rc), Opened(1, rc.Id), Pended(changed, Rc)]).When(new PassJour(Ends)).Then(
            new RelaisEnded(Ends, Nouveau),
            new AvenantAbandoned(Ends, 1, Reason),
            new ItemSuperseded(Ends, rc.Id, changed.Id),
            new ItemRebased(Ends, changed.Id, null, false),
            new ItemDismissed(Ends, changed.Id, Reason));
    }

    [Fact(DisplayName = "R-088 Un acte des jours du pont, appris après sa fin, n'y attend rien")]
    public void Learned_after()
    {
        var rc = Act(0, null, Rc);
        ContratEvent[] over = [.. Remplace, new RelaisEnded(Ends, Nouveau)];
        Given(over).When(new RecordAct(rc, true)).Then(Pended(rc, shared: true), new ItemDismissed(rc.ValidOn, rc.Id, Reason));
        Given(Remplace).When(new RecordAct(rc, true)).Then(Pended(rc, shared: true));
        Given([.. over, Pended(rc, shared: true), new ItemDismissed(rc.ValidOn, rc.Id, Reason)]).When(new RecordAct(rc, true)).ThenNothing();
    }

    [Fact(DisplayName = "R-088 À compter de ce jour on s'adresse au contrat signé à nouveau")]
    public void Said()
    {
        Given(Remplace).When(Request("r1") with { DateEffet = Ends }).ThenRefusedSaying(RefusalCode.ContratReplaced, Nouveau);
        Given(Remplace).When(new AskRenouvellement(Ends)).ThenRefused(RefusalCode.ContratReplaced);
        var before = Request("r1") with { DateEffet = Ends.AddDays(-1) };
        Given(Remplace).When(before).Then(new AvenantOpened(Today, 1, before, []));
    }

    [Fact(DisplayName = "R-115 Résilié avant, c'est de la résiliation qu'il est parlé")]
    public void Terminated_first() =>
        Given([.. Remplace, new ContratTerminated(Today, "P-1")]).When(Request("r1") with { DateEffet = Ends }).ThenRefused(RefusalCode.ContratTerminated);

    [Fact(DisplayName = "R-088 Du pont remplacé rien n'est plus dû que de céder la place ce jour-là")]
    public void Due()
    {
        var due = Assert.Single(ContratEcheances.Of(Fold(Remplace)));
        Assert.Equal((EcheanceKind.Relais, "R-088", Ends, null), (due.Kind, due.Rule, due.DueOn, due.DoneOn));
        Assert.Equal(Ends, Assert.Single(ContratEcheances.Of(Fold([.. Remplace, new RelaisEnded(Ends, Nouveau)]))).DoneOn);
    }

    [Fact(DisplayName = "R-088 La signature de l'agence au contrat signé à nouveau se dit au pont, et à lui seul")]
    public void Told()
    {
        var fiche = FicheEps with { Numero = Nouveau, Negociation = "N-1", DateEffet = Ends };
        Reaction expected = new Reaction.ToContrat(FicheEps.Numero, new EndRelais(Nouveau, Ends));
        Assert.Contains(expected, Signe(fiche, NegociationIssue.Resignature, Nouveau).Last);
        Assert.DoesNotContain(Signe(fiche, NegociationIssue.Contrat, Nouveau).Last, r => r is Reaction.ToContrat);
        Assert.DoesNotContain(Signe(fiche, NegociationIssue.Resignature, "2026-003").Last, r => r is Reaction.ToContrat);
        Assert.DoesNotContain(Signe(fiche with { Negociation = null }, NegociationIssue.Resignature, Nouveau).Last, r => r is Reaction.ToContrat);
        Assert.DoesNotContain(Signe(fiche, NegociationIssue.Resignature, Nouveau, "1999-001").Last, r => r is Reaction.ToContrat);
    }

    [Fact(DisplayName = "R-001 Le pont laisse l'entité au contrat signé à nouveau, sans alerte ; les actes des jours d'après ne vont plus qu'à celui-ci")]
    public void Covered()
    {
        var faits = Signe(FicheEps with { Numero = Nouveau, Negociation = "N-1", DateEffet = Ends }, NegociationIssue.Resignature, Nouveau)
            .Then(FicheEps.Numero, new ContratReplaced(Ends, Nouveau));
        Assert.Equal([new Reaction.ToEntite(Ej, new EntiteCommand.NoteContratTerminated(FicheEps.Numero, Ends))], faits.Last);
        Assert.Equal(new(2026, 8, 31), Coverage.From(faits.Coverage.ToShape()).LastDayOf(FicheEps.Numero));
        Assert.Equal([Nouveau], faits.Coverage.ContratsFor(Ej, Faits.Recognised(Rc, Ends)));
        Assert.Equal([FicheEps.Numero, Nouveau], faits.Coverage.ContratsFor(Ej, Faits.Recognised(Rc, Ends.AddDays(-1))));
    }

    private static Faits Signe(Fiche fiche, NegociationIssue issue, string contrat, string? precedent = null) => Faits
        .Region(FicheEps with { Nature = ContratNature.SocleCommun }).EnterIntoForce(FicheEps.Numero)
        .Then("N-1", new NegociationEvent.NegociationOpened(Before, Dossiers.FicheDossier with { Structures = [Dossiers.FicheDossier.Structures[0] with { Precedent = precedent ?? FicheEps.Numero }] }))
        .Then("N-1", new NegociationEvent.IssueChosen(Today, Ej, issue, contrat))
        .Open(fiche).EnterIntoForce(fiche.Numero);

    private static ContratState.Ouvert Fold(IEnumerable<ContratEvent> events) => (ContratState.Ouvert)events.Aggregate(Contrat.Initial, Contrat.Evolve);
}
