using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>What makes an engagement well formed, in a project.</summary>
public sealed class EngagementSpecs
{
    private static readonly ContratEvent[] AvecRc = [.. Projet, new SocleLigneSet(Before, Act(1, null, Rc), false)];

    [Fact(DisplayName = "R-027 Un engagement s'ajoute à un projet")]
    public void Added() => Accept(Engagement());

    [Fact(DisplayName = "R-027 Un objectif vide est refusé")]
    public void Empty() =>
        Given(Projet).When(Add(Engagement(objectif: " \t"))).ThenRefused(RefusalCode.EngagementTextEmpty);

    [Theory(DisplayName = "R-027 Un engagement est numéroté à partir de 1")]
    [InlineData(0)]
    [InlineData(-1)]
    public void Number(int number) => Given(Projet).When(Add(Engagement(number))).ThenRefused(RefusalCode.EngagementNumberInvalid);

    [Fact(DisplayName = "R-034 Un accent tapé en deux signes compte pour un caractère")]
    public void Decomposed_accents_count_once() =>
        Given(Projet).When(Add(Engagement(objectif: string.Concat(Enumerable.Repeat("e\u0301", 450)))))
            .Then(new EngagementAdded(Before, Engagement(objectif: new string('é', 450))));

    [Fact(DisplayName = "R-034 Les espaces comptent et restent")]
    public void Spaces_count() =>
        Given(Projet).When(Add(Engagement(objectif: new string('a', 450) + " "))).ThenRefused(RefusalCode.EngagementTextTooLong);

    [Fact(DisplayName = "R-034 Un espace final est gardé")]
    public void Spaces_stay() => Accept(Engagement(objectif: "Développer "));

    [Fact(DisplayName = "R-034 Un signe hors du plan de base compte pour un caractère")]
    public void Astral_signs_count_once() => Accept(Engagement(objectif: string.Concat(Enumerable.Repeat("🏥", 450))));

    [Fact(DisplayName = "Ajouter deux fois le même engagement ne change rien")]
    public void Twice() => Given([.. Projet, new EngagementAdded(Before, Engagement())]).When(Add(Engagement())).ThenNothing();

    [Fact(DisplayName = "Un numéro pris par un autre engagement est refusé")]
    public void Number_taken() =>
        Given([.. Projet, new EngagementAdded(Before, Engagement())])
            .When(Add(Engagement(objectif: "Autre"))).ThenRefused(RefusalCode.EngagementExistsDifferent);

    [Fact(DisplayName = "R-032 Un engagement se retire d'un projet : aucun n'est obligatoire")]
    public void Removed() =>
        Given([.. Projet, new EngagementAdded(Before, Engagement())])
            .When(new RemoveEngagement(1, Before)).Then(new EngagementRemoved(Before, 1));

    [Fact(DisplayName = "Retirer un engagement qui n'existe pas ne change rien")]
    public void Removed_unknown() => Given(Projet).When(new RemoveEngagement(1, Before)).ThenNothing();

    [Fact(DisplayName = "R-032 Un contrat sans engagement entre en vigueur")]
    public void None_needed() =>
        Given(EnSignature).When(Sign(Signatory.DgArs, "M. Roy", Before))
            .Then(ContratSigned(Before, Signatory.DgArs, "M. Roy"), new ContratEnteredIntoForce(DateEffet));

    [Fact(DisplayName = "R-030 Un engagement sans indicateur est refusé")]
    public void Without_indicateur() =>
        Given(Projet).When(Add(Engagement() with { Indicateurs = [] })).ThenRefused(RefusalCode.IndicateurMissing);

    [Fact(DisplayName = "R-030 Un indicateur sans libellé n'en est pas un")]
    public void Nameless_indicateur() =>
        Given(Projet).When(Add(Engagement() with { Indicateurs = [Indicateur(), Indicateur(" ")] })).ThenRefused(RefusalCode.IndicateurMissing);

    [Theory(DisplayName = "R-039 Un indicateur spécifique a mode de calcul, unité et source")]
    [InlineData("", "%", "PMSI")]
    [InlineData("a/b", " ", "PMSI")]
    [InlineData("a/b", "%", "")]
    public void Incomplete_indicateur(string mode, string unite, string source) =>
        Given(Projet)
            .When(Add(Engagement() with { Indicateurs = [Indicateur() with { ModeCalcul = mode, Unite = unite, Source = source }] }))
            .ThenRefused(RefusalCode.IndicateurIncomplete);

    [Fact(DisplayName = "R-036 Un indicateur générique renvoie à la bibliothèque et peut taire son mode de calcul")]
    public void Generic_indicateur() =>
        Accept(Engagement() with { Type = EngagementType.Generique, Indicateurs = [Indicateur() with { ModeCalcul = "", Unite = "", Source = "" }] });

    [Fact(DisplayName = "R-042 Des cibles peuvent rester vides")]
    public void Blank_cibles() => Accept(Engagement() with { Indicateurs = [Indicateur() with { Cibles = [null, null, null, null, null] }] });

    [Fact(DisplayName = "R-029 Un engagement porte sur l'entité juridique ou sur des sites du contrat")]
    public void Attached() => Accept(Engagement() with { Finess = [Ej, SiteB] });

    [Fact(DisplayName = "R-029 Un engagement sans numéro FINESS est refusé")]
    public void Unattached() => Given(Projet).When(Add(Engagement() with { Finess = [] })).ThenRefused(RefusalCode.EngagementFinessMissing);

    [Fact(DisplayName = "R-029 Un engagement sur un site d'ailleurs est refusé")]
    public void Attached_elsewhere() =>
        Given(Projet).When(Add(Engagement() with { Finess = [SiteA, SiteForeign] })).ThenRefusedSaying(RefusalCode.EngagementFinessForeign, SiteForeign);

    [Fact(DisplayName = "R-029 Un engagement sur un site parti est refusé")]
    public void Attached_to_a_site_that_left() =>
        Given([.. Projet, new SiteLeft(Before, SiteA)]).When(Add(Engagement())).ThenRefused(RefusalCode.EngagementFinessForeign);

    [Fact(DisplayName = "R-034 Le format prime (R-035) : un texte trop long est nommé avant un rattachement manquant")]
    public void Permanent_refusals_first() =>
        Given(Projet).When(Add(Engagement(objectif: new string('a', 451)) with { Finess = [] }))
            .ThenRefused(RefusalCode.EngagementTextTooLong);

    [Fact(DisplayName = "R-053 Un engagement en contrepartie d'une RC du contrat")]
    public void Linked_to_an_rc() =>
        Given(AvecRc).When(Add(Engagement() with { Contrepartie = Rc.Id })).Then(new EngagementAdded(Before, Engagement() with { Contrepartie = Rc.Id }));

    [Fact(DisplayName = "R-053 Un engagement en contrepartie d'une RC inconnue est refusé")]
    public void Linked_to_an_unknown_rc() =>
        Given(AvecRc).When(Add(Engagement() with { Contrepartie = OtherRc.Id })).ThenRefused(RefusalCode.EngagementRcUnknown);

    [Fact(DisplayName = "R-025 Un engagement en contrepartie d'une autorisation ou d'un financement du contrat")]
    public void Linked_to_any_line()
    {
        foreach (var ligne in new Ligne[] { Amm, Mig })
        {
            Given([.. Projet, new SocleLigneSet(Before, Act(1, null, ligne), false)])
                .When(Add(Engagement() with { Contrepartie = ligne.Id })).Then(new EngagementAdded(Before, Engagement() with { Contrepartie = ligne.Id }));
        }
    }

    [Fact(DisplayName = "R-025 Un engagement en contrepartie d'une ligne que le contrat n'a pas est refusé")]
    public void Linked_to_an_unknown_line()
    {
        Given(AvecRc).When(Add(Engagement() with { Contrepartie = Amm.Id })).ThenRefusedSaying(RefusalCode.EngagementContrepartieUnknown, Amm.Id);
        Given(AvecRc).When(Add(Engagement() with { Contrepartie = "n'importe quoi" })).ThenRefused(RefusalCode.EngagementContrepartieUnknown);
    }

    [Fact(DisplayName = "R-025 La fin d'une autorisation ou d'un financement signale l'engagement pris en contrepartie ; son retour lève le signal")]
    public void Any_line_lost()
    {
        foreach (var ligne in new Ligne[] { Amm, Mig })
        {
            var (loss, back) = (Act(2, ligne, null), Act(3, null, ligne));
            ContratEvent[] history =
            [
                .. Projet, new SocleLigneSet(Before, Act(1, null, ligne), false), new EngagementAdded(Before, Engagement() with { Contrepartie = ligne.Id }),
            ];
            Given(history).When(new RecordAct(loss, false))
                .Then(new SocleLigneSet(loss.ValidOn, loss, false), new EngagementFlagged(loss.ValidOn, 1, ligne.Id, loss.Id));
            Given([.. history, new SocleLigneSet(loss.ValidOn, loss, false), new EngagementFlagged(loss.ValidOn, 1, ligne.Id, loss.Id)])
                .When(new RecordAct(back, false))
                .Then(new SocleLigneSet(back.ValidOn, back, false), new EngagementFlagCleared(back.ValidOn, 1, ligne.Id, back.Id));
        }
    }

    [Fact(DisplayName = "R-053 La perte d'une RC signale l'engagement qui en dépend")]
    public void Rc_lost()
    {
        var loss = Act(2, Rc, null);
        Given([.. AvecRc, new EngagementAdded(Before, Engagement(3) with { Contrepartie = Rc.Id }), new EngagementAdded(Before, Engagement(4))])
            .When(new RecordAct(loss, false))
            .Then(new SocleLigneSet(loss.ValidOn, loss, false), new EngagementFlagged(loss.ValidOn, 3, Rc.Id, loss.Id));
    }

    [Fact(DisplayName = "R-053 Un engagement retiré emporte son signal")]
    public void Flag_leaves_with_its_engagement()
    {
        var loss = Act(2, OtherRc, null);
        Given(
            [
                .. AvecRc, new SocleLigneSet(Before, Act(1, null, OtherRc), false),
                new EngagementAdded(Before, Engagement() with { Contrepartie = Rc.Id }),
                new EngagementFlagged(Before, 1, Rc.Id, "x"),
                new EngagementRemoved(Before, 1),
                new EngagementAdded(Before, Engagement() with { Contrepartie = OtherRc.Id }),
            ])
            .When(new RecordAct(loss, false))
            .Then(new SocleLigneSet(loss.ValidOn, loss, false), new EngagementFlagged(loss.ValidOn, 1, OtherRc.Id, loss.Id));
    }

    [Fact(DisplayName = "R-026 Un engagement porte des thèmes, chacun une fois, dans l'ordre")]
    public void Themes() =>
        Given(Projet)
            .When(Add(Engagement() with { Themes = [EngagementTheme.Fluidification, EngagementTheme.Organisation, EngagementTheme.Fluidification] }))
            .Then(new EngagementAdded(Before, Engagement() with { Themes = [EngagementTheme.Organisation, EngagementTheme.Fluidification] }));

    [Fact(DisplayName = "R-026 Un engagement sans thème reste celui d'avant qu'il y en ait")]
    public void No_themes() =>
        Given(Projet).When(Add(Engagement() with { Themes = [] })).Then(new EngagementAdded(Before, Engagement()));

    [Fact(DisplayName = "R-134 Un financement dépend d'une RC")]
    public void Financing_linked() =>
        Given([.. AvecRc, new SocleLigneSet(Before, Act(1, null, Mig), false)])
            .When(new LinkFinancement(Mig.Id, Rc.Id, Before)).Then(new FinancementLinked(Before, Mig.Id, Rc.Id));

    [Fact(DisplayName = "R-134 Un financement inconnu du contrat ne se rattache pas")]
    public void Unknown_financing() =>
        Given(AvecRc).When(new LinkFinancement(Mig.Id, Rc.Id, Before)).ThenRefusedSaying(RefusalCode.LigneUnknown, Mig.Id);

    [Fact(DisplayName = "R-134 Une RC inconnue du contrat ne conditionne rien")]
    public void Unknown_rc() =>
        Given([.. Projet, new SocleLigneSet(Before, Act(1, null, Mig), false)])
            .When(new LinkFinancement(Mig.Id, Rc.Id, Before)).ThenRefusedSaying(RefusalCode.LigneUnknown, Rc.Id);

    [Fact(DisplayName = "R-134 Le même rattachement répété ne change rien")]
    public void Linked_twice() =>
        Given([.. AvecRc, new SocleLigneSet(Before, Act(1, null, Mig), false), new FinancementLinked(Before, Mig.Id, Rc.Id)])
            .When(new LinkFinancement(Mig.Id, Rc.Id, Today)).ThenNothing();

    private static AddEngagement Add(Engagement engagement) => new(engagement, Before);

    private static void Accept(Engagement engagement) =>
        Given(Projet).When(Add(engagement)).Then(new EngagementAdded(Before, engagement));
}
