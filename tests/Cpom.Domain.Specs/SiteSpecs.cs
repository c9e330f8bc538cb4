using Cpom.Domain.Acts;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Sites.SiteCommand;
using static Cpom.Domain.Sites.SiteEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Sites.Site, Cpom.Domain.Sites.SiteState, Cpom.Domain.Sites.SiteCommand, Cpom.Domain.Sites.SiteEvent>;

namespace Cpom.Domain.Specs;

/// <summary>A site, its bounds included: <see cref="Limits.SiteLignesMax"/>, <see cref="Limits.SiteLignesHeldMax"/>.</summary>
public sealed class SiteSpecs
{
    private static readonly SiteIdentite Identite = new("Hôpital A", "355", "75113", "75");
    private static readonly DateOnly Since = new(2010, 5, 4);
    private static readonly DateOnly D1 = new(2026, 2, 1);
    private static readonly DateOnly D2 = new(2026, 2, 8);
    private static readonly SiteEvent[] Known = [new SiteRegistered(Since, SiteA, Ej, Identite)];
    private static readonly SiteEvent[] AvecRc = [.. Known, new RcRecognised(D1, Rc.Id, 1, Rc, Proof)];
    private static readonly Register Structures = new(SiteA, Ej, Identite, Since, ClosedOn: null, AsOf: Today);

    [Fact(DisplayName = "R-004 Un site est enregistré sous son entité juridique")]
    public void Registered() => Given().When(Structures).Then(Known);

    [Fact(DisplayName = "Un site fermé est enregistré comme tel")]
    public void Registered_closed() => Given().When(Structures with { ClosedOn = D1 }).Then(Known[0], new SiteClosed(D1));

    [Fact(DisplayName = "Le même fichier des structures ne change rien")]
    public void Registered_again() => Given([.. Known, new SiteClosed(D1)]).When(Structures with { ClosedOn = D1, AsOf = D2 }).ThenNothing();

    [Fact(DisplayName = "D-01 Un site mal numéroté est refusé")]
    public void Malformed() => Given().When(Structures with { Finess = "75" }).ThenRefusedSaying(RefusalCode.FinessInvalid, "« 75 »");

    [Fact(DisplayName = "D-01 Un site d'une entité mal numérotée est refusé")]
    public void Malformed_entite() => Given().When(Structures with { Entite = "75 000" }).ThenRefusedSaying(RefusalCode.FinessInvalid, "« 75 000 »");

    [Fact(DisplayName = "D-01 Une déclaration mal numérotée est refusée")]
    public void Malformed_declaration()
    {
        Given().When(new Declare(SiteA, "75X", "Hôpital A", D1)).ThenRefusedSaying(RefusalCode.FinessInvalid, "75X");
        Given().When(new Declare("92Y", Ej, "Hôpital A", D1)).ThenRefusedSaying(RefusalCode.FinessInvalid, "92Y");
        Given().When(new Declare("92Y", "75X", "Hôpital A", D1)).ThenRefusedSaying(RefusalCode.FinessInvalid, "92Y");
    }

    [Fact(DisplayName = "Un site change d'identité")]
    public void Renamed() =>
        Given(Known).When(Structures with { Identite = Identite with { Nom = "Hôpital neuf" } })
            .Then(new SiteIdentiteChanged(Today, Identite with { Nom = "Hôpital neuf" }));

    [Fact(DisplayName = "R-004 Un site passe à une autre entité")]
    public void Transferred() =>
        Given(Known).When(Structures with { Entite = OtherEj }).Then(new SiteTransferred(Today, SiteA, Ej, OtherEj));

    [Fact(DisplayName = "Un site ferme")]
    public void Closed() => Given(Known).When(Structures with { ClosedOn = D1 }).Then(new SiteClosed(D1));

    [Fact(DisplayName = "Un site rouvre")]
    public void Reopened() => Given([.. Known, new SiteClosed(D1)]).When(Structures).Then(new SiteReopened(Today));

    [Fact(DisplayName = "Un autre flux déclare un site")]
    public void Declared() => Given().When(new Declare(SiteA, Ej, "Hôpital A", D1)).Then(new SiteDeclared(D1, SiteA, Ej, "Hôpital A"));

    [Fact(DisplayName = "Un site connu n'a pas à être déclaré ni confirmé")]
    public void Declared_known()
    {
        Given(Known).When(new Declare(SiteA, OtherEj, "Autre", D1)).ThenNothing();
        Given(Known).When(new ConfirmEntite(OtherEj)).ThenNothing();
    }

    [Fact(DisplayName = "Les lignes d'un site inconnu attendent")]
    public void Held() => Given().When(Rcs(D1, Rc)).Then(new LignesHeld(D1, Rcs(D1, Rc)));

    [Fact(DisplayName = "Les mêmes lignes d'un site inconnu n'attendent qu'une fois")]
    public void Held_once() => Given(new LignesHeld(D1, Rcs(D1, Rc))).When(Rcs(D2, Rc)).ThenNothing();

    [Fact(DisplayName = "L'état vide d'un site inconnu n'attend pas")]
    public void Nothing_to_hold() => Given().When(Rcs(D1)).ThenNothing();

    [Fact(DisplayName = "L'état vide qui suit des lignes en attente compte")]
    public void Empty_state_counts() => Given(new LignesHeld(D1, Rcs(D1, Rc))).When(Rcs(D2)).Then(new LignesHeld(D2, Rcs(D2)));

    [Fact(DisplayName = "Une ligne revenue à sa première valeur compte aussi en attente")]
    public void Held_back_and_forth() =>
        Given(new LignesHeld(D1, Rcs(D1, Rc) with { Complete = false }), new LignesHeld(D2, Rcs(D2, Rc12) with { Complete = false }))
            .When(Rcs(Today, Rc) with { Complete = false }).Then(new LignesHeld(Today, Rcs(Today, Rc) with { Complete = false }));

    [Fact(DisplayName = "Ce qui attend déjà n'attend pas de nouveau, même dit en plusieurs fois ; un relevé partiel attend tel qu'il est dit")]
    public void Held_in_parts()
    {
        LignesHeld first = new(D1, Rcs(D1, RcTold) with { Complete = false }), second = new(D2, Rcs(D2, OtherRc) with { Complete = false });
        Given(first, second).When(Rcs(Today, RcTold) with { Complete = false }).ThenNothing();
        Given(first).When(Rcs(D2, Rc12) with { Complete = false }).Then(new LignesHeld(D2, Rcs(D2, Rc12) with { Complete = false }));
    }

    [Fact(DisplayName = "Les lignes qui attendaient s'appliquent quand le site est connu")]
    public void Held_then_registered() =>
        Given(new LignesHeld(D1, Rcs(D1, Rc))).When(Structures).Then(Known[0], AvecRc[^1]);

    [Fact(DisplayName = "Un état complet remplace celui qui attendait")]
    public void Later_snapshot_stands_for_the_earlier() =>
        Given(new LignesHeld(D1, Rcs(D1, Rc)), new LignesHeld(D2, Rcs(D2, OtherRc))).When(Structures)
            .Then(Known[0], new RcRecognised(D1, OtherRc.Id, 1, OtherRc, Proof));

    [Fact(DisplayName = "Une ligne en attente que le flux complet n'a plus n'attend plus")]
    public void Snapshot_without_a_waiting_line() =>
        Given(new LignesHeld(D1, Rcs(D1, Rc) with { Complete = false }), new LignesHeld(D1, Rcs(D1, OtherRc) with { Complete = false }))
            .When(new CloseMissing(Volet.A2V2, D2, [OtherRc.Id], Proof))
            .Then(new LignesHeld(D2, Rcs(D1, OtherRc) with { Complete = true, AsOf = D2, Absence = Proof }));

    [Fact(DisplayName = "Un flux complet qui a toutes les lignes en attente n'y change rien")]
    public void Snapshot_with_every_waiting_line() =>
        Given(new LignesHeld(D1, Rcs(D1, Rc))).When(new CloseMissing(Volet.A2V2, D2, [Rc.Id], Proof)).ThenNothing();

    [Fact(DisplayName = "R-004 Les lignes qui attendaient sous une autre entité sont refusées, et dites")]
    public void Held_under_another_entity() =>
        Given(new LignesHeld(D1, Rcs(D1, OtherRc)), new LignesHeld(D1, Rcs(D1, Rc) with { Entite = OtherEj })).When(Structures)
            .Then(Known[0], new RcRecognised(D1, OtherRc.Id, 1, OtherRc, Proof), new LignesRefused(Known[0].ValidOn, Ej, OtherEj, [new(Rc.Id, Proof)]));

    [Fact(DisplayName = "R-004 Un site confirmé refuse aussi les lignes qui attendaient sous une autre entité")]
    public void Confirmed_with_lines_of_another_entity() =>
        Given(new SiteDeclared(D1, SiteA, Ej, "Hôpital A"), new LignesHeld(D1, Rcs(D1, Rc) with { Entite = OtherEj })).When(new ConfirmEntite(Ej))
            .Then(Admitted(), new LignesRefused(D1, Ej, OtherEj, [new(Rc.Id, Proof)]));

    [Fact(DisplayName = "R-004 Un état vide qui attendait sous une autre entité n'a rien à refuser")]
    public void Nothing_held_under_another_entity() =>
        Given(new LignesHeld(D1, Rcs(D1, Rc) with { Entite = OtherEj }), new LignesHeld(D2, Rcs(D2) with { Entite = OtherEj })).When(Structures).Then(Known);

    [Fact(DisplayName = "Ce qui a été refusé ne change rien à ce que le site sait")]
    public void After_a_refusal() =>
        Given([.. Known, new LignesRefused(D1, Ej, OtherEj, [new(Rc.Id, Proof)])]).When(Rcs(D1, Rc)).Then(AvecRc[^1]);

    [Fact(DisplayName = "Un site déclaré est admis avec ses lignes quand son entité est connue")]
    public void Confirmed() =>
        Given(new SiteDeclared(D1, SiteA, Ej, "Hôpital A"), new LignesHeld(D1, Rcs(D1, Rc))).When(new ConfirmEntite(Ej))
            .Then(Admitted(), AvecRc[^1]);

    [Fact(DisplayName = "Un site déclaré est admis quand son entité est connue, même si rien n'attendait")]
    public void Confirmed_without_lines() =>
        Given(new SiteDeclared(D1, SiteA, Ej, "Hôpital A")).When(new ConfirmEntite(Ej)).Then(Admitted());

    private static SiteRegistered Admitted() => new(D1, SiteA, Ej, new("Hôpital A", null, null, Finess.DepartementOf(SiteA)));

    [Fact(DisplayName = "R-004 Une autre entité ne confirme pas un site")]
    public void Confirmed_by_another() =>
        Given(new SiteDeclared(D1, SiteA, Ej, "Hôpital A"), new LignesHeld(D1, Rcs(D1, Rc))).When(new ConfirmEntite(OtherEj)).ThenNothing();

    [Fact(DisplayName = "R-049 Une RC est reconnue à un site")]
    public void Recognised() => Given(Known).When(Rcs(D1, Rc)).Then(AvecRc[^1]);

    [Fact(DisplayName = "Le même état ne change rien, même sous un autre libellé")]
    public void Same_state() => Given(AvecRc).When(Rcs(D2, Rc with { Libelle = "nouveau libellé" })).ThenNothing();

    [Fact(DisplayName = "Une RC change de capacité")]
    public void Changed() => Given(AvecRc).When(RcsStated(D2, [Line(D2, Rc12)])).Then(new RcChanged(D2, Rc.Id, 2, Rc, Rc12, Proof));

    [Fact(DisplayName = "D-04 L'ancienne capacité que dit la source est celle de l'événement")]
    public void Declared_before() =>
        Given(AvecRc).When(RcsStated(D2, [new([new(D1, Rc), new(D2, Rc14, Rc12)], null, Proof)]))
            .Then(new RcChanged(D2, Rc.Id, 2, Rc12, Rc14, Proof));

    [Fact(DisplayName = "D-04 Une RC inconnue arrive avec tous ses avenants")]
    public void With_its_avenants() =>
        Given(Known).When(RcsStated(Today, [new([new(D1, Rc), new(D2, Rc12, Rc)], null, Proof)]))
            .Then(AvecRc[^1], new RcChanged(D2, Rc.Id, 2, Rc, Rc12, Proof));

    [Fact(DisplayName = "Une RC supprimée par la source est retirée au jour dit")]
    public void Withdrawn() =>
        Given(AvecRc).When(RcsStated(Today, [new([new(D1, Rc)], D2, Proof)])).Then(new RcWithdrawn(D2, Rc.Id, 2, Rc, Proof));

    [Fact(DisplayName = "Une RC inconnue et déjà supprimée par la source est reconnue puis retirée")]
    public void Recognised_and_withdrawn() =>
        Given(Known).When(RcsStated(Today, [new([new(D1, Rc)], D2, Proof)])).Then(AvecRc[^1], new RcWithdrawn(D2, Rc.Id, 2, Rc, Proof));

    [Fact(DisplayName = "Une RC retirée le reste")]
    public void Withdrawn_twice() =>
        Given([.. AvecRc, new RcWithdrawn(D2, Rc.Id, 2, Rc, Proof)]).When(RcsStated(Today, [new([new(D1, Rc)], D2, Proof)])).ThenNothing();

    [Fact(DisplayName = "Une RC qu'un état complet ne porte plus a pris fin ce jour-là")]
    public void Absent() => Given(AvecRc).When(Rcs(D2)).Then(new RcWithdrawn(D2, Rc.Id, 2, Rc, Cause.Unknown));

    [Fact(DisplayName = "Une RC qu'un état partiel ne porte pas demeure")]
    public void Not_stated() => Given(AvecRc).When(Rcs(D2) with { Complete = false }).ThenNothing();

    [Fact(DisplayName = "L'état complet d'un volet ne termine pas les lignes d'un autre")]
    public void Absent_from_another_volet() =>
        Given(AvecRc).When(new StateLignes(SiteA, Ej, Volet.A2V1, true, D2, [], Cause.Unknown)).ThenNothing();

    [Fact(DisplayName = "La fin d'un état donné ligne à ligne termine ce qu'il ne portait pas")]
    public void Closed_after_lines_one_by_one()
    {
        SiteEvent[] two = [.. AvecRc, new RcRecognised(D1, OtherRc.Id, 1, OtherRc, Proof)];
        Given(two).When(new CloseMissing(Volet.A2V2, D2, [OtherRc.Id], Proof)).Then(new RcWithdrawn(D2, Rc.Id, 2, Rc, Proof));
        Given(two).When(new CloseMissing(Volet.A2V1, D2, [], Proof)).ThenNothing();
        Given().When(new CloseMissing(Volet.A2V2, D2, [], Proof)).ThenNothing();
    }

    [Fact(DisplayName = "Une ligne qu'un autre outil a dite ne finit pas parce qu'un fichier ne la porte pas")]
    public void Told_by_another_tool() =>
        Given([.. Known, new RcRecognised(D1, Rc.Id, 1, Rc, new Cause(Request: "r1"))]).When(Rcs(D2)).ThenNothing();

    [Fact(DisplayName = "Une demande renvoyée ne refait ni l'octroi ni la fin qu'elle a dits d'une même ligne")]
    public void Request_again()
    {
        var request = new Cause(Request: "r1");
        var statement = Told(new([new(D1, Amm)], null, request), new([new(D1, Amm)], D2, request));
        SiteEvent[] ended = [new AutorisationGranted(D1, Amm.Id, 1, Amm, request), new AutorisationEnded(D2, Amm.Id, 2, Amm, request)];
        Given(Known).When(statement).Then(ended);
        Given([.. Known, .. ended]).When(statement).ThenNothing();
        Given(new LignesHeld(Today, statement)).When(statement).ThenNothing();
        var other = new Cause(Request: "r2");
        Given([.. Known, .. ended]).When(Told(new LigneStatement([new(D1, Amm)], null, other))).Then(new AutorisationGranted(Today, Amm.Id, 3, Amm, other));
    }

    [Fact(DisplayName = "Un site fermé le reste au jour dit, même si un fichier le redit fermé au sien")]
    public void Closed_already() => Given([.. Known, new SiteClosed(D1)]).When(Structures with { ClosedOn = Today }).ThenNothing();

    [Fact(DisplayName = "Une fermeture est corrigée quand le fichier donne un autre jour")]
    public void Closed_on_another_day() => Given([.. Known, new SiteClosed(D1)]).When(Structures with { ClosedOn = D2 }).Then(new SiteClosed(D2));

    [Fact(DisplayName = "Une ligne retirée puis redite à l'identique revient au jour de l'état")]
    public void Back_again() =>
        Given([.. AvecRc, new RcWithdrawn(D2, Rc.Id, 2, Rc, Proof)]).When(Rcs(Today, Rc)).Then(new RcRecognised(Today, Rc.Id, 3, Rc, Proof));

    [Fact(DisplayName = "Une autorisation est accordée")]
    public void Authorised() => Given(Known).When(Auts(D1, Amm)).Then(new AutorisationGranted(D1, Amm.Id, 1, Amm, Proof));

    [Fact(DisplayName = "Une autorisation est prorogée")]
    public void Prolonged()
    {
        var longer = Amm with { Fin = new(2039, 5, 31) };
        Given([.. Known, new AutorisationGranted(D1, Amm.Id, 1, Amm, Proof)]).When(AutsStated(D2, [Line(D2, longer)]))
            .Then(new AutorisationChanged(D2, Amm.Id, 2, Amm, longer, Proof));
    }

    [Fact(DisplayName = "Une autorisation prend fin")]
    public void Ended() =>
        Given([.. Known, new AutorisationGranted(D1, Amm.Id, 1, Amm, Proof)]).When(Auts(D2))
            .Then(new AutorisationEnded(D2, Amm.Id, 2, Amm, Cause.Unknown));

    [Fact(DisplayName = "R-004 Un flux qui nomme encore l'ancienne entité est refusé")]
    public void Behind() =>
        Given([.. Known, new SiteTransferred(D1, SiteA, Ej, OtherEj)]).When(Rcs(D2, Rc)).ThenRefused(RefusalCode.SiteOfAnotherEntite);

    [Fact(DisplayName = "R-024 Une ligne d'un autre site ou d'un autre volet est refusée")]
    public void Misplaced()
    {
        Given(Known).When(Rcs(D1, Rc with { Finess = SiteB })).ThenRefused(RefusalCode.LigneMisplaced);
        Given(Known).When(Auts(D1) with { Lignes = [Line(D1, Rc)] }).ThenRefused(RefusalCode.LigneMisplaced);
        Given(Known).When(new StateLignes(SiteA, Ej, Volet.A2V4, false, D1, [Line(D1, Mig with { Finess = SiteA })], Proof))
            .ThenRefused(RefusalCode.LigneMisplaced);
    }

    [Theory(DisplayName = "R-045 Une activité soumise à autorisation n'est pas une RC")]
    [InlineData("04")]
    [InlineData("QC")]
    [InlineData("r4")]
    [InlineData("R")]
    [InlineData("R45678")]
    [InlineData("")]
    public void Not_an_rc(string activite) =>
        Given(Known).When(Rcs(D1, Rc with { Activite = activite })).ThenRefused(RefusalCode.RcActiviteSoumiseAutorisation);

    [Theory(DisplayName = "R-050 Une RC a un numéro, une modalité et une forme")]
    [InlineData("", "M1", "F1")]
    [InlineData("1", " ", "F1")]
    [InlineData("1", "M1", "")]
    public void Incomplete(string numero, string modalite, string forme) =>
        Given(Known).When(Rcs(D1, Rc with { Numero = numero, Modalite = modalite, Forme = forme })).ThenRefused(RefusalCode.RcIncomplete);

    [Fact(DisplayName = "R-051 Une RC peut n'avoir pas de capacité, ou une capacité nulle")]
    public void Without_capacity()
    {
        Given(Known).When(Rcs(D1, Rc with { Capacite = null })).Then(new RcRecognised(D1, Rc.Id, 1, Rc with { Capacite = null }, Proof));
        Given(Known).When(Rcs(D1, Rc with { Capacite = 0 })).Then(new RcRecognised(D1, Rc.Id, 1, Rc with { Capacite = 0 }, Proof));
    }

    [Fact(DisplayName = "R-051 Une capacité négative est refusée")]
    public void Negative_capacity() => Given(Known).When(Rcs(D1, Rc with { Capacite = -1 })).ThenRefused(RefusalCode.RcCapaciteNegative);

    [Fact(DisplayName = "Un état de 20 000 lignes attend")]
    public void State_at_the_limit()
    {
        var statement = RcsStated(D1, Many(20_000));
        Given().When(statement).Then(new LignesHeld(D1, statement));
    }

    [Fact(DisplayName = "Une ligne dont rien n'est dit est refusée (trouvé par make fuzz)")]
    public void Line_without_content() =>
        Given(Known).When(RcsStated(D1, [new LigneStatement([], null, Cause.Unknown)])).ThenRefused(RefusalCode.TooManyLignes);

    [Fact(DisplayName = "Un état de 20 001 lignes est refusé")]
    public void State_over_the_limit()
    {
        Given().When(RcsStated(D1, Many(20_001))).ThenRefused(RefusalCode.TooManyLignes);
        Given(Known).When(RcsStated(D1, Many(20_001))).ThenRefused(RefusalCode.TooManyLignes);
    }

    [Fact(DisplayName = "La ligne de trop à attendre est refusée")]
    public void Held_over_the_limit()
    {
        var held = new LignesHeld(D1, RcsStated(D1, Many(20_000)));
        Given(held).When(Auts(D2, Amm)).ThenRefused(RefusalCode.TooManyHeld);
        Given(held).When(Rcs(D2, Rc) with { Complete = false }).ThenRefused(RefusalCode.TooManyHeld);
    }

    [Fact(DisplayName = "Un état complet qui remplace celui qui attendait n'est pas de trop")]
    public void Held_replaced_at_the_limit()
    {
        var statement = RcsStated(D2, Many(20_000, capacite: 3));
        Given(new LignesHeld(D1, RcsStated(D1, Many(20_000)))).When(statement).Then(new LignesHeld(D2, statement));
    }

    private static ValueList<LigneStatement> Many(int count, int? capacite = null) =>
        Enumerable.Range(1, count).Select(n => Line(D1, Rc with { Numero = $"{n}", Capacite = capacite })).ToValueList();

    private static LigneStatement Line(DateOnly on, Ligne ligne) => new([new(on, ligne)], null, Proof);

    private static StateLignes Rcs(DateOnly asOf, params Ligne[] lignes) => RcsStated(asOf, lignes.Select(l => Line(D1, l)).ToValueList());

    private static StateLignes RcsStated(DateOnly asOf, ValueList<LigneStatement> lignes) =>
        new(SiteA, Ej, Volet.A2V2, Complete: true, asOf, lignes, Cause.Unknown);

    private static StateLignes Auts(DateOnly asOf, params Ligne[] lignes) => AutsStated(asOf, lignes.Select(l => Line(D1, l)).ToValueList());

    private static StateLignes Told(params LigneStatement[] statements) =>
        new(SiteA, Ej, Volet.A2V1, Complete: false, Today, statements.ToValueList(), statements[0].Cause);

    private static StateLignes AutsStated(DateOnly asOf, ValueList<LigneStatement> lignes) =>
        new(SiteA, Ej, Volet.A2V1, Complete: true, asOf, lignes, Cause.Unknown);
}
