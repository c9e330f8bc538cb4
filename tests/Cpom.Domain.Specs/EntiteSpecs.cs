using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Xunit;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Entites.Entite, Cpom.Domain.Entites.EntiteState, Cpom.Domain.Entites.EntiteCommand, Cpom.Domain.Entites.EntiteEvent>;

namespace Cpom.Domain.Specs;

/// <summary>An entité, its bound included: <see cref="Limits.EntiteLignesHeldMax"/>.</summary>
public sealed class EntiteSpecs
{
    private static readonly EntiteIdentite Identite = new("Centre hospitalier A", "13", "123456789", "75113", "75");
    private static readonly DateOnly Since = new(2010, 5, 4);
    private static readonly DateOnly D1 = new(2026, 2, 1);
    private static readonly DateOnly D2 = new(2026, 3, 8);
    private static readonly Register Structures = new(Ej, Identite, Since, ClosedOn: null, AsOf: Today);
    private static readonly EntiteEvent[] Known = [new EntiteRegistered(Since, Ej, Identite)];
    private static readonly EntiteEvent[] Funded = [.. Known, new FinancementNotified(D1, Mig.Id, 1, Mig, Proof)];
    private static readonly Ligne.Financement Corrected = Mig with { Montant = -80.25m };

    [Fact(DisplayName = "R-003 Une entité juridique est enregistrée")]
    public void Registered() => Given().When(Structures).Then(Known);

    [Fact(DisplayName = "Une entité fermée est enregistrée comme telle")]
    public void Registered_closed() => Given().When(Structures with { ClosedOn = D1 }).Then(Known[0], new EntiteClosed(D1));

    [Fact(DisplayName = "D-01 Une entité mal numérotée est refusée")]
    public void Malformed() => Given().When(Structures with { Finess = "75" }).ThenRefused(RefusalCode.FinessInvalid);

    [Fact(DisplayName = "Le même fichier ne change rien")]
    public void Registered_again() => Given(Known).When(Structures with { AsOf = D2 }).ThenNothing();

    [Fact(DisplayName = "Une entité change d'identité")]
    public void Renamed() =>
        Given(Known).When(Structures with { Identite = Identite with { Statut = "14" } })
            .Then(new EntiteIdentiteChanged(Today, Identite with { Statut = "14" }));

    [Fact(DisplayName = "Une entité ferme")]
    public void Closed() => Given(Known).When(Structures with { ClosedOn = D1 }).Then(new EntiteClosed(D1));

    [Fact(DisplayName = "Une entité rouvre")]
    public void Reopened() => Given([.. Known, new EntiteClosed(D1)]).When(Structures).Then(new EntiteReopened(Today));

    [Fact(DisplayName = "Un mouvement est notifié à une entité")]
    public void Notified() => Given(Known).When(State(D1, Mig)).Then(Funded[^1]);

    [Fact(DisplayName = "Le même mouvement ne se notifie qu'une fois")]
    public void Notified_once() => Given(Funded).When(State(D2, Mig)).ThenNothing();

    [Fact(DisplayName = "Un mouvement est corrigé, en moins aussi")]
    public void Correction() =>
        Given(Funded).When(Stated(D2, [new([new(D2, Corrected)], null, Proof)]))
            .Then(new FinancementCorrected(D2, Mig.Id, 2, Mig, Corrected, Proof));

    [Fact(DisplayName = "Un mouvement est annulé")]
    public void Cancelled() =>
        Given(Funded).When(Stated(D2, [new([new(D1, Mig)], D2, Proof)])).Then(new FinancementCancelled(D2, Mig.Id, 2, Mig, Proof));

    [Fact(DisplayName = "Un mouvement qu'un autre envoi ne porte pas demeure")]
    public void Never_complete()
    {
        var other = Mig with { Reference = "2" };
        Given(Funded).When(State(D1, other)).Then(new FinancementNotified(D1, other.Id, 1, other, Proof));
    }

    [Fact(DisplayName = "R-024 Une ligne qui n'est pas un financement est refusée")]
    public void Misplaced() => Given(Known).When(State(D1, Rc)).ThenRefused(RefusalCode.LigneMisplaced);

    [Fact(DisplayName = "Un envoi sans mouvement est refusé")]
    public void Empty() => Given(Known).When(State(D1)).ThenRefused(RefusalCode.TooManyLignes);

    [Fact(DisplayName = "Les mouvements d'une entité inconnue attendent")]
    public void Held() => Given().When(State(D1, Mig)).Then(new FinancementsHeld(D1, State(D1, Mig)));

    [Fact(DisplayName = "Les mêmes mouvements n'attendent qu'une fois")]
    public void Held_once() => Given(new FinancementsHeld(D1, State(D1, Mig))).When(State(D2, Mig)).ThenNothing();

    [Fact(DisplayName = "Un mouvement revenu à sa première valeur compte aussi en attente")]
    public void Held_back_and_forth() =>
        Given(new FinancementsHeld(D1, State(D1, Mig)), new FinancementsHeld(D2, State(D2, Corrected)))
            .When(State(Today, Mig)).Then(new FinancementsHeld(Today, State(Today, Mig)));

    [Fact(DisplayName = "Les mouvements qui attendaient s'appliquent, dans l'ordre, quand l'entité est connue")]
    public void Held_then_registered() =>
        Given(new FinancementsHeld(D1, State(D1, Mig)), new FinancementsHeld(D2, State(D2, Corrected))).When(Structures)
            .Then([.. Funded, new FinancementCorrected(D1, Mig.Id, 2, Mig, Corrected, Proof)]);

    [Fact(DisplayName = "Les mouvements qui attendaient sous le numéro d'un site vont à son entité, une fois")]
    public void Forwarded()
    {
        Given(new FinancementsHeld(D1, State(D1, Mig))).When(new ForwardHeld(OtherEj, D2)).Then(new FinancementsForwarded(D2, OtherEj));
        Given(new FinancementsHeld(D1, State(D1, Mig)), new FinancementsForwarded(D2, OtherEj)).When(Structures).Then(Known);
        Given(Known).When(new ForwardHeld(OtherEj, D2)).ThenNothing();
    }

    [Fact(DisplayName = "Des mouvements qu'un relais fait suivre une seconde fois ne défont pas leur correction")]
    public void Forwarded_again()
    {
        var forwarded = new ReceiveForwarded(State(D1, Mig));
        Given(Known).When(forwarded).Then(new FinancementNotified(D1, Mig.Id, 1, Mig, Proof));
        Given(Funded).When(forwarded).ThenNothing();
        Given([.. Funded, new FinancementCorrected(D1, Mig.Id, 2, Mig, Corrected, Proof)]).When(forwarded).ThenNothing();
        Given().When(forwarded).Then(new FinancementsHeld(D1, State(D1, Mig)));
    }

    [Fact(DisplayName = "Des mouvements qui ont attendu avec leur correction arrivent ensemble, dans l'ordre")]
    public void Forwarded_with_its_correction()
    {
        var forwarded = new ReceiveForwarded(State(D2, Mig, Corrected));
        EntiteEvent[] both = [new FinancementNotified(D1, Mig.Id, 1, Mig, Proof), new FinancementCorrected(D1, Mig.Id, 2, Mig, Corrected, Proof)];
        Given(Known).When(forwarded).Then(both);
        Given([.. Known, .. both]).When(forwarded).ThenNothing();
        Given(Funded).When(forwarded).Then(new FinancementCorrected(D1, Mig.Id, 2, Mig, Corrected, Proof));
    }

    [Fact(DisplayName = "Une entité fermée le reste au jour dit, même si un fichier la redit fermée au sien")]
    public void Closed_already() => Given([.. Known, new EntiteClosed(D1)]).When(Structures with { ClosedOn = Today }).ThenNothing();

    [Fact(DisplayName = "Un mouvement dont rien n'est dit est refusé (trouvé par make fuzz)")]
    public void Line_without_content()
    {
        var empty = new StateFinancements(Ej, D1, [new LigneStatement([], null, Cause.Unknown)]);
        Given(Known).When(empty).ThenRefused(RefusalCode.TooManyLignes);
        Given(Known).When(new ReceiveForwarded(empty)).ThenRefused(RefusalCode.TooManyLignes);
    }

    [Fact(DisplayName = "Un envoi de 20 000 mouvements attend")]
    public void State_at_the_limit() => Given().When(State(D1, Many(20_000))).Then(new FinancementsHeld(D1, State(D1, Many(20_000))));

    [Fact(DisplayName = "Un envoi de 20 001 mouvements est refusé")]
    public void State_over_the_limit() => Given().When(State(D1, Many(20_001))).ThenRefused(RefusalCode.TooManyLignes);

    [Fact(DisplayName = "Le mouvement de trop à attendre est refusé")]
    public void Held_over_the_limit() =>
        Given(new FinancementsHeld(D1, State(D1, Many(20_000)))).When(State(D1, Mig)).ThenRefused(RefusalCode.TooManyHeld);

    [Fact(DisplayName = "R-001 Une entité qui doit avoir un contrat et n'en a pas est signalée")]
    public void Required() =>
        Given(Known).When(new RequireContrat("R-001", "titulaire d'autorisations", D1)).Then(new ContratRequired(D1, "R-001", "titulaire d'autorisations"));

    [Fact(DisplayName = "R-007 Une entité déjà signalée ne l'est pas deux fois")]
    public void Required_once() =>
        Given([.. Known, new ContratRequired(D1, "R-001", "x")]).When(new RequireContrat("R-007", "FIR", D1)).ThenNothing();

    [Fact(DisplayName = "D-02 Une entité inconnue ne peut être signalée")]
    public void Required_of_unknown() => Given().When(new RequireContrat("R-001", "x", D1)).ThenRefused(RefusalCode.EntiteUnknown);

    [Fact(DisplayName = "R-001 Un contrat en vigueur lève le signalement, une fois")]
    public void Requirement_met()
    {
        Given([.. Known, new ContratRequired(D1, "R-001", "x")]).When(new NoteContratInForce("2026-001", D1, Today)).Then(new ContratRequirementMet(D1, "2026-001", Today));
        Given([.. Known, new ContratRequirementMet(D1, "2026-001", Today)]).When(new NoteContratInForce("2026-001", D1, Today)).ThenNothing();
        Given([.. Known, new ContratRequirementMet(D1, "2026-001", Today)]).When(new RequireContrat("R-001", "x", D1)).ThenNothing();
        Given().When(new NoteContratInForce("2026-001", D1, Today)).ThenNothing();
    }

    [Fact(DisplayName = "R-001 Un contrat échu ne tient plus lieu de contrat")]
    public void Required_after_the_end() =>
        Given([.. Known, new ContratRequirementMet(D1, "2026-001", Today)]).When(new RequireContrat("R-001", "x", Today.AddDays(1)))
            .Then(new ContratRequired(Today.AddDays(1), "R-001", "x"));

    [Fact(DisplayName = "Une entité fermée n'est pas signalée")]
    public void Required_of_closed() =>
        Given([.. Known, new EntiteClosed(D1)]).When(new RequireContrat("R-001", "x", D2)).ThenNothing();

    [Fact(DisplayName = "Ce qui attend sous le numéro d'une entité connue ne part pas ailleurs")]
    public void Forwarded_of_known() => Given(Funded).When(new ForwardHeld(OtherEj, D2)).ThenNothing();

    private static Ligne[] Many(int count) => [.. Enumerable.Range(1, count).Select(n => Mig with { Reference = $"n{n}" })];

    private static StateFinancements State(DateOnly asOf, params Ligne[] lignes) =>
        Stated(asOf, lignes.Select(l => new LigneStatement([new(D1, l)], null, Proof)).ToValueList());

    private static StateFinancements Stated(DateOnly asOf, ValueList<LigneStatement> lignes) => new(Ej, asOf, lignes);
}
