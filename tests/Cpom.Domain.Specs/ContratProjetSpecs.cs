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

/// <summary>From the opening of a project to its entry into force.</summary>
public sealed class ContratProjetSpecs
{
    private static readonly ContratEvent[] Signe =
        [.. EnSignature, ContratSigned(Before, Signatory.DgArs, "M. Roy"), new ContratEnteredIntoForce(DateEffet)];

    [Fact(DisplayName = "R-013 Un contrat de cinq ans s'ouvre")]
    public void Opens() => Given().When(Open()).Then(Projet);

    [Fact(DisplayName = "R-005 Un contrat peut ne couvrir qu'une partie des sites")]
    public void Opens_on_some_sites()
    {
        var part = FicheEps with { WholeEntite = false };
        Given().When(Open(part) with { Sites = [SiteB] }).Then(new ContratOpened(Before, part, [SiteB]));
    }

    [Fact(DisplayName = "Une entité sans site ouvre un contrat qui la couvre en entier")]
    public void Whole_entity_without_sites() =>
        Given().When(Open() with { Sites = [] }).Then(new ContratOpened(Before, FicheEps, []));

    [Fact(DisplayName = "Rien n'est possible avant l'ouverture")]
    public void Nothing_before_opening() =>
        Given().When(new AddEngagement(Engagement(), Before)).ThenRefused(RefusalCode.ContratUnknown);

    [Fact(DisplayName = "Ouvrir deux fois avec la même fiche ne change rien")]
    public void Opened_twice() => Given(Projet).When(Open()).ThenNothing();

    [Fact(DisplayName = "Un contrat déjà ouvert avec une autre fiche est refusé")]
    public void Opened_otherwise() =>
        Given(Projet).When(Open(FicheEps with { SocleVersion = "2027" })).ThenRefused(RefusalCode.ContratAlreadyOpen);

    [Fact(DisplayName = "Un contrat déjà ouvert sur d'autres sites est refusé")]
    public void Opened_on_other_sites()
    {
        var part = FicheEps with { WholeEntite = false };
        Given(new ContratOpened(Before, part, [SiteA])).When(Open(part) with { Sites = [SiteB] }).ThenRefused(RefusalCode.ContratAlreadyOpen);
    }

    [Fact(DisplayName = "Un contrat de toute l'entité s'ouvre encore de même quand ses sites ont changé")]
    public void Whole_entity_opened_again_with_more_sites() =>
        Given([.. Projet, new SiteLeft(Today, SiteB)]).When(Open() with { Sites = [SiteA] }).ThenNothing();

    [Fact(DisplayName = "Un contrat sans numéro est refusé")]
    public void Without_number() => Given().When(Open(FicheEps with { Numero = " " })).ThenRefused(RefusalCode.ContratNumeroMissing);

    [Theory(DisplayName = "D-01 Un numéro FINESS mal formé est refusé")]
    [InlineData("75000000")]
    [InlineData("7500000011")]
    [InlineData("A50000001")]
    [InlineData("2a0000001")]
    [InlineData("75000000A")]
    [InlineData("75 000 00")]
    public void Malformed_finess(string entite) => Given().When(Open(FicheEps with { Entite = entite })).ThenRefused(RefusalCode.FinessInvalid);

    [Fact(DisplayName = "D-01 Un numéro FINESS de Corse est accepté")]
    public void Corsican_finess()
    {
        var corse = FicheEps with { Entite = "2A0000001" };
        Given().When(Open(corse)).Then(new ContratOpened(Before, corse, [SiteA, SiteB]));
    }

    [Fact(DisplayName = "D-01 Le site mal numéroté est celui que le refus nomme")]
    public void Malformed_site() =>
        Given().When(Open() with { Sites = [SiteA, "x"] }).ThenRefusedSaying(RefusalCode.FinessInvalid, "« x »");

    [Fact(DisplayName = "R-003 Un établissement sans personnalité juridique ne signe pas")]
    public void Site_never_signs() =>
        Given().When(Open(FicheEps with { Partie = PartieKind.Etablissement })).ThenRefused(RefusalCode.PartieWithoutPersonality);

    [Fact(DisplayName = "R-009 Un GHT ne signe pas")]
    public void Ght_never_signs() => Given().When(Open(FicheEps with { Partie = PartieKind.Ght })).ThenRefused(RefusalCode.GhtNeverSigns);

    [Fact(DisplayName = "R-006 La nature du signataire est nécessaire")]
    public void Kind_of_party() => Given().When(Open(FicheEps with { Partie = 0 })).ThenRefused(RefusalCode.PartieKindUnknown);

    [Theory(DisplayName = "R-006 Toute autre nature de personne peut conclure")]
    [InlineData(PartieKind.Cabinet)]
    [InlineData(PartieKind.PersonnePhysique)]
    [InlineData(PartieKind.Laboratoire)]
    [InlineData(PartieKind.GcsMoyens)]
    public void Other_parties(PartieKind partie)
    {
        var fiche = FicheEps with { Partie = partie };
        Given().When(Open(fiche)).Then(new ContratOpened(Before, fiche, [SiteA, SiteB]));
    }

    [Fact(DisplayName = "R-004 Le site d'une autre entité est refusé")]
    public void Foreign_site() =>
        Given().When(Open() with { Sites = [SiteA, SiteForeign] }).ThenRefusedSaying(RefusalCode.SiteOutsideEntite, SiteForeign);

    [Fact(DisplayName = "R-001 Un contrat qui ne couvre rien est refusé")]
    public void Empty_scope() =>
        Given().When(Open(FicheEps with { WholeEntite = false }) with { Sites = [] }).ThenRefused(RefusalCode.ScopeEmpty);

    [Fact(DisplayName = "R-013 Une date de fin avant la date d'effet est refusée")]
    public void Reversed_dates() =>
        Given().When(Open(FicheEps with { DateFin = DateEffet.AddDays(-1) })).ThenRefused(RefusalCode.DatesReversed);

    [Fact(DisplayName = "Un site qui entre dans l'entité entre dans le contrat")]
    public void Site_joins() =>
        Given(Projet).When(new RecordSite("750100003", true, Today)).Then(new SiteJoined(Today, "750100003"));

    [Fact(DisplayName = "Un site quitte le contrat au premier jour du calendrier")]
    public void Site_leaves_at_the_dawn_of_time() =>
        Given([.. Projet, new SiteLeft(DateOnly.MinValue, SiteB)]).When(new RecordSite(SiteB, false, DateOnly.MinValue)).ThenNothing();

    [Fact(DisplayName = "Un site qui quitte l'entité quitte le contrat")]
    public void Site_leaves() => Given(Projet).When(new RecordSite(SiteB, false, Today)).Then(new SiteLeft(Today, SiteB));

    [Fact(DisplayName = "R-023 Le socle commun liste les autorisations, les RC et les financements, chacun dans son volet, et rien d'autre")]
    public void Socle_commun() => Assert.Equal(
        [("Autorisation", Volet.A2V1), ("Financement", Volet.A2V4), ("Rc", Volet.A2V2)],
        typeof(Ligne).GetNestedTypes().Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name)))
            .Select(t => (t.Name, ((Ligne)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(t)).Volet)));

    [Fact(DisplayName = "Le dernier jour d'un site dans le contrat est la veille de son départ")]
    public void Last_day_of_a_site() =>
        Assert.Equal(Today.AddDays(-1), ((ContratState.Ouvert)Contrat.Evolve(Contrat.Evolve(Contrat.Initial, Projet[0]), new SiteLeft(Today, SiteB))).Sites[SiteB]);

    [Fact(DisplayName = "Un site parti peut revenir")]
    public void Site_returns() =>
        Given([.. Projet, new SiteLeft(Today, SiteB)]).When(new RecordSite(SiteB, true, Today.AddDays(1))).Then(new SiteJoined(Today.AddDays(1), SiteB));

    [Fact(DisplayName = "Une arrivée redite après un départ plus récent n'est pas reprise")]
    public void Arrival_told_again_after_a_departure() =>
        Given([.. Projet, new SiteLeft(Today, SiteB)]).When(new RecordSite(SiteB, true, Before)).ThenNothing();

    [Fact(DisplayName = "Un départ redit après un retour plus récent n'est pas repris")]
    public void Departure_told_again_after_a_return() =>
        Given([.. Projet, new SiteLeft(Before, SiteB), new SiteJoined(Today, SiteB)]).When(new RecordSite(SiteB, false, Before)).ThenNothing();

    [Fact(DisplayName = "Un site qui n'est pas dans le contrat n'en part pas")]
    public void Unknown_site_leaves() => Given(Projet).When(new RecordSite(SiteForeign, false, Today)).ThenNothing();

    [Fact(DisplayName = "R-056 Un acte connu d'un projet change aussitôt son socle commun")]
    public void Act_in_project() =>
        Given(Projet).When(new RecordAct(Act(1, null, Rc), true)).Then(new SocleLigneSet(new(2026, 2, 1), Act(1, null, Rc), true));

    [Fact(DisplayName = "Le même acte répété dans un projet ne change rien")]
    public void Act_in_project_repeated() =>
        Given([.. Projet, new SocleLigneSet(Before, Act(1, null, Rc), false)])
            .When(new RecordAct(Act(1, null, Rc, Before) with { Cause = Cause.Unknown }, false)).ThenNothing();

    [Fact(DisplayName = "Un acte connu d'un projet ne change pas de contenu")]
    public void Act_in_project_with_other_content() =>
        Given([.. Projet, new SocleLigneSet(Before, Act(1, null, Rc, Before), false)])
            .When(new RecordAct(Act(1, null, Rc12, Before), false)).ThenRefused(RefusalCode.ActKnownWithOtherContent);

    [Fact(DisplayName = "Un acte connu d'un projet ne change pas de date")]
    public void Act_in_project_on_another_day() =>
        Given([.. Projet, new SocleLigneSet(Before, Act(1, null, Rc, Before), false)])
            .When(new RecordAct(Act(1, null, Rc, Today), false)).ThenRefused(RefusalCode.ActKnownWithOtherContent);

    [Theory(DisplayName = "R-015 La chirurgie esthétique, le médico-social et la biologie sont hors du champ")]
    [InlineData("AASA", "A0/00/00")]
    [InlineData("AMS", "924/11/010")]
    [InlineData("BIO", "X/Y/Z")]
    public void Outside_the_field(string nature, string code) =>
        Given(Projet).When(new RecordAct(Act(1, null, Amm with { Nature = nature, Code = code }), false)).ThenRefused(RefusalCode.LigneOutsideChamp);

    [Fact(DisplayName = "R-015 Une autre activité sanitaire soumise à autorisation est dans le champ")]
    public void Inside_the_field()
    {
        var act = Act(1, null, Amm with { Nature = "AASA", Code = "B1/00/00" });
        Given(Projet).When(new RecordAct(act, false)).Then(new SocleLigneSet(act.ValidOn, act, false));
    }

    [Fact(DisplayName = "R-052 Le socle commun complet est noté une fois")]
    public void Caught_up() => Given(Projet).When(new CompleteCatchUp(Before)).Then(new SocleCaughtUp(Before));

    [Fact(DisplayName = "R-052 Un socle commun déjà complet le reste")]
    public void Caught_up_twice() => Given(ProjetPret).When(new CompleteCatchUp(Today)).ThenNothing();

    [Fact(DisplayName = "R-052 Signer avant que le socle commun soit complet est refusé")]
    public void Signed_too_soon() =>
        Given(Projet).When(Sign(Signatory.RepresentantLegal, "Mme Petit", Before)).ThenRefused(RefusalCode.SocleIncomplete);

    [Fact(DisplayName = "R-097 Le représentant légal signe d'abord")]
    public void Representative_first() =>
        Given(ProjetPret).When(Sign(Signatory.RepresentantLegal, "Mme Petit", Before))
            .Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit"));

    [Fact(DisplayName = "R-097 Le directeur général ne signe pas d'abord")]
    public void Agency_not_first() =>
        Given(ProjetPret).When(Sign(Signatory.DgArs, "M. Roy", Today)).ThenRefused(RefusalCode.SignatureOutOfOrder);

    [Fact(DisplayName = "R-097 Le directeur général ne signe pas à une date antérieure")]
    public void Agency_not_earlier() =>
        Given(EnSignature).When(Sign(Signatory.DgArs, "M. Roy", Before.AddDays(-1))).ThenRefused(RefusalCode.SignatureOutOfOrder);

    [Fact(DisplayName = "R-097 La seconde signature, même le même jour, met le contrat en vigueur à sa date d'effet")]
    public void Second_signature() =>
        Given(EnSignature).When(Sign(Signatory.DgArs, "M. Roy", Before)).Then(Signe[^2], Signe[^1]);

    [Fact(DisplayName = "R-097 Une signature ne se refait pas autrement")]
    public void Signed_otherwise() =>
        Given(Signe).When(Sign(Signatory.DgArs, "Mme Noir", Before)).ThenRefusedSaying(RefusalCode.AlreadySignedOtherwise, "M. Roy");

    [Fact(DisplayName = "R-097 Une signature a un nom")]
    public void Signature_without_name() =>
        Given(ProjetPret).When(Sign(Signatory.RepresentantLegal, "", Before)).ThenRefused(RefusalCode.SignatoryMissing);

    [Fact(DisplayName = "R-018 Un texte signé ne reçoit plus d'engagement")]
    public void Text_signed() =>
        Given(EnSignature).When(new AddEngagement(Engagement(), Before)).ThenRefused(RefusalCode.ContratTextSigned);

    [Fact(DisplayName = "R-018 Un texte signé ne perd plus d'engagement")]
    public void Text_signed_removal() =>
        Given(EnVigueur).When(new RemoveEngagement(1, Before)).ThenRefused(RefusalCode.ContratTextSigned);

    [Fact(DisplayName = "R-018 Répéter un engagement d'avant la signature ne change rien")]
    public void Same_engagement_after_signature() =>
        Given([.. Projet, new EngagementAdded(Before, Engagement()), .. EnVigueur[1..]])
            .When(new AddEngagement(Engagement(), Before)).ThenNothing();

    [Fact(DisplayName = "R-055 Un avenant suppose un contrat en vigueur")]
    public void Avenant_too_soon() => Given(EnSignature).When(Request("r1")).ThenRefused(RefusalCode.ContratNotInForce);
}
