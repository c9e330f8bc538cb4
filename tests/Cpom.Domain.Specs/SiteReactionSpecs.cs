using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Faits;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Sites that wait, appear and move, and the money that waits under their number.</summary>
public sealed class SiteReactionSpecs
{
    private static readonly SiteEvent Declared = new SiteEvent.SiteDeclared(Today, SiteForeign, Ej, "Site nouveau");
    private static readonly Fiche Theirs = FicheEps with { Numero = "2026-009", Entite = OtherEj };
    private static readonly SiteEvent.SiteTransferred Moved = new(new(2026, 7, 1), SiteA, Ej, OtherEj);

    [Fact(DisplayName = "D-02 Un site déclaré sous une entité connue est admis")]
    public void Declared_under_known() => Assert.Equal(
        [new Reaction.ToSite(SiteForeign, new SiteCommand.ConfirmEntite(Ej))], Region().Then(SiteForeign, Declared).Last);

    [Fact(DisplayName = "D-02 Un site déclaré sous une entité inconnue attend ; l'entité connue, lui seul est admis")]
    public void Declared_under_unknown()
    {
        var waiting = Empty
            .Then(SiteForeign, Declared)
            .Then(SiteB, new SiteEvent.SiteDeclared(Today, SiteB, OtherEj, "D'une autre"))
            .Then(SiteA, new SiteEvent.SiteRegistered(Today, SiteA, Ej, Identite));
        Assert.Empty(Empty.Then(SiteForeign, Declared).Last);
        Assert.Equal(
            [new Reaction.ToSite(SiteForeign, new SiteCommand.ConfirmEntite(Ej))],
            waiting.Then(Ej, new EntiteEvent.EntiteRegistered(Before, Ej, Hopital)).Last);
    }

    [Fact(DisplayName = "R-004 Les lignes qu'un site refuse parce qu'elles nommaient une autre entité sont dites à chaque fichier, par lots")]
    public void Refused_lines()
    {
        var many = Enumerable.Range(1, Fichier.QuarantineTogetherMax + 1).Select(i => Read("aa", $"ligne {i}")).ToList();
        var refused = new SiteEvent.LignesRefused(Today, Ej, OtherEj, [.. many, Read("bb", "ligne 7"), new("RC-9", new Cause(Request: "outil"))]);
        var told = Region().Then(SiteA, refused).Last.Cast<Reaction.ToFichier>().Select(r => (r.Sha256, Command: (FichierCommand.Quarantine)r.Command)).ToList();
        Assert.Equal([("aa", Fichier.QuarantineTogetherMax), ("aa", 1), ("bb", 1)], told.Select(t => (t.Sha256, t.Command.Lignes.Count)));
        Assert.Equal(many.Select(l => l.Cause.Piece!.Place), told.Take(2).SelectMany(t => t.Command.Lignes).Select(l => l.Place));
        Assert.Equal(LigneRejetee.Of("ligne 7", Refuse.SiteOfAnotherEntite(SiteA, Ej, OtherEj)), Assert.Single(told[^1].Command.Lignes));

        static LigneRefusee Read(string sha256, string place) => new("RC-1", new Cause(Piece: new("rc.xml", sha256, place)));
    }

    [Fact(DisplayName = "R-004 Un site nouveau entre dans le périmètre des contrats de toute l'entité, et d'eux seuls")]
    public void Joins()
    {
        var region = Region(FicheEps).Open(FicheEps with { Numero = "2026-003", WholeEntite = false }, SiteA);
        Assert.Equal(
            [new Reaction.ToContrat("2026-001", new ContratCommand.RecordSite(SiteForeign, Joined: true, Today))],
            region.Then(SiteForeign, new SiteEvent.SiteRegistered(Today, SiteForeign, Ej, Identite)).Last);
    }

    [Fact(DisplayName = "R-058 Un site qui change d'entité quitte les contrats de l'une et entre dans ceux de l'autre")]
    public void Transfer()
    {
        var region = Region(FicheEps).Open(Theirs).Open(FicheEps with { Numero = "2026-003", WholeEntite = false }, SiteA)
            .Open(FicheEps with { Numero = "2026-004", WholeEntite = false }, SiteB);
        Assert.Equal(
            [
                new Reaction.ToContrat("2026-001", new ContratCommand.RecordSite(SiteA, Joined: false, Moved.ValidOn)),
                new Reaction.ToContrat("2026-003", new ContratCommand.RecordSite(SiteA, Joined: false, Moved.ValidOn)),
                new Reaction.ToContrat("2026-009", new ContratCommand.RecordSite(SiteA, Joined: true, Moved.ValidOn)),
                new Reaction.MoveLignes(SiteA, ["2026-001", "2026-003"], ["2026-009"], Moved.ValidOn),
            ],
            region.Then(SiteA, Moved).Last);
    }

    [Fact(DisplayName = "R-001 L'entité qui reçoit un site titulaire sans avoir de contrat est signalée")]
    public void Transfer_requires()
    {
        var region = Region().Then(OtherEj, new EntiteEvent.EntiteRegistered(Before, OtherEj, Hopital)).Then(SiteA, Granted(Amm)).Then(SiteA, Moved);
        var alert = Assert.IsType<EntiteCommand.RequireContrat>(Assert.Single(region.Last.OfType<Reaction.ToEntite>(), r => r.Entite == OtherEj).Command);
        Assert.Equal("R-001", alert.Rule);
    }

    [Fact(DisplayName = "R-058 Chaque ligne du site qui change d'entité sort d'un contrat et entre dans l'autre")]
    public void Lines_move()
    {
        var changed = new SiteEvent.RcChanged(Today, Rc.Id, 2, Rc, Rc12, Proof);
        var withdrawn = new SiteEvent.RcWithdrawn(Today, OtherRc.Id, 2, OtherRc, Proof);
        var region = Region(FicheEps).Open(Theirs)
            .Then(SiteA, Recognised(Rc)).Then(SiteA, changed).Then(SiteA, Recognised(OtherRc)).Then(SiteA, withdrawn)
            .Then(SiteA, Granted(Amm with { Nature = "AASA", Code = "A0/" })).Then(SiteA, Moved);

        Assert.Equal(
            [
                Move("2026-001", new($"{Rc.Id}#2@sortie-2026-07-01", Rc.Id, Volet.A2V2, SiteA, Moved.ValidOn, Rc12, null, Proof)),
                Move("2026-009", new($"{Rc.Id}#2@entree-2026-07-01", Rc.Id, Volet.A2V2, SiteA, Moved.ValidOn, null, Rc12, Proof)),
            ],
            Moves(region));
    }

    [Fact(DisplayName = "R-058 Le contrat échu au jour du transfert, et la ligne éteinte avant le contrat, ne bougent pas")]
    public void Lines_outside_stay()
    {
        var expired = FicheEps with { DateEffet = new(2021, 1, 1), DateFin = new(2025, 12, 31) };
        var ended = Amm with { Fin = new(2025, 6, 30) };
        Assert.Empty(Moves(Region(expired).Open(Theirs).Then(SiteA, Granted(ended, new(2020, 1, 1))).Then(SiteA, Moved)));
    }

    [Fact(DisplayName = "R-058 La ligne qui entre dans deux contrats de la nouvelle entité y est partagée")]
    public void Lines_shared()
    {
        var region = Region().Open(Theirs).Open(Theirs with { Numero = "2026-010" }).Then(SiteA, Recognised(Rc)).Then(SiteA, Moved);
        Assert.Equal([true, true], Moves(region).Select(r => ((ContratCommand.RecordAct)((Reaction.ToContrat)r).Command).Shared));
    }

    [Fact(DisplayName = "R-058 Après le transfert, les actes du site vont aux contrats de la nouvelle entité")]
    public void After_the_move() => Assert.Equal(
        [Recorded("2026-009", Recognised(Rc))],
        Region(FicheEps).Open(Theirs).EnterIntoForce("2026-009").Then(SiteA, Moved).Then(SiteA, Recognised(Rc)).Last);

    [Fact(DisplayName = "D-02 L'argent qui attendait sous un numéro de site rejoint le registre de son entité")]
    public void Money_forwarded()
    {
        var held = Held();
        var region = Empty.Then(SiteA, held).Then(SiteA, new SiteEvent.SiteRegistered(Today, SiteA, Ej, Identite));
        Assert.Equal(Forwarded(held), region.Last);
        Assert.Equal(region.Last, region.Again(SiteA, new SiteEvent.SiteRegistered(Today, SiteA, Ej, Identite)));
    }

    [Fact(DisplayName = "D-02 L'argent qui se met en attente sous un site déjà connu part aussitôt")]
    public void Money_forwarded_late() => Assert.Equal(Forwarded(Held()), Region().Then(SiteA, Held()).Last);

    [Fact(DisplayName = "D-02 L'argent déjà parti, ou reçu par une entité enfin connue, n'est plus à faire suivre")]
    public void Money_forwarded_once()
    {
        var site = new SiteEvent.SiteRegistered(Today, SiteA, Ej, Identite);
        Assert.Empty(Empty.Then(SiteA, Held()).Then(SiteA, new EntiteEvent.FinancementsForwarded(Today, Ej)).Then(SiteA, site).Last);
        Assert.Empty(Empty.Then(SiteA, Held()).Then(SiteA, new EntiteEvent.EntiteRegistered(Today, SiteA, Hopital)).Then(SiteA, site).Last);
    }

    private static EntiteEvent.FinancementsHeld Held() =>
        new(Today, new(SiteA, Today, [new([new(Mig.Mois, Mig with { Finess = SiteA })], null, Proof)]));

    private static Reaction[] Forwarded(EntiteEvent.FinancementsHeld held) =>
    [
        new Reaction.ToEntite(Ej, new EntiteCommand.ReceiveForwarded(held.Statement with { Finess = Ej })),
        new Reaction.ToEntite(SiteA, new EntiteCommand.ForwardHeld(Ej, Today)),
    ];

    private static List<Reaction> Moves(Faits region) =>
        [.. SiteToContrats.MoveLignes(Assert.Single(region.Last.OfType<Reaction.MoveLignes>()), region.Lignes.Select(l => l.Fact), region.Coverage, Proof)];

    private static Reaction Move(string contrat, Act act) => new Reaction.ToContrat(contrat, new ContratCommand.RecordAct(act, Shared: false));
}
