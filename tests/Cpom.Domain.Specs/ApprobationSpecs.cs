using Cpom.Domain.Contrats;
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

/// <summary>Who is asked and who validates before a text is signed (Guide 2.3.1); the bound is <see cref="Limits.ConsultationsMax"/>.</summary>
public sealed class ApprobationSpecs
{
    private static readonly Document Compte = new("avis.pdf", new string('b', 64));
    private static readonly Validated Valide = new(Before, null, Role.DelegueDepartemental, "Mme Blanc");
    private static readonly Sign First = Sign(Signatory.RepresentantLegal, "Mme Petit", Before);
    private static readonly ContratSigned FirstSigned = ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit");
    private static readonly Consultation Avis2018 = new(Instance.ConferenceMedicale, ConsultationKind.Avis, Before, "séance du 1er octobre", Compte);

    [Fact(DisplayName = "R-091 Un EPS ne signe pas sans que son directoire se soit prononcé")]
    public void Directoire() =>
        Given(Without(Instance.Directoire)).When(First).ThenRefusedSaying(RefusalCode.ConsultationMissing, "le directoire donne un avis");

    [Fact(DisplayName = "R-091 L'avis du directoire, donné le jour même, permet de signer")]
    public void Directoire_asked() => Given(ProjetPret).When(First).Then(FirstSigned);

    [Fact(DisplayName = "R-091 Informer le directoire n'est pas le consulter, et un avis d'après la signature vient trop tard")]
    public void Directoire_told_or_late()
    {
        Given([.. Without(Instance.Directoire), Told(new(Instance.Directoire, ConsultationKind.Information, Before))]).When(First)
            .ThenRefusedSaying(RefusalCode.ConsultationMissing, "à une date qui ne suit pas la signature.");
        Given([.. Without(Instance.Directoire), Told(new(Instance.Directoire, ConsultationKind.Deliberation, Before.AddDays(1)))]).When(First)
            .ThenRefused(RefusalCode.ConsultationMissing);
        Given([.. Without(Instance.Directoire), Told(new(Instance.Directoire, ConsultationKind.Deliberation, Before))]).When(First).Then(FirstSigned);
    }

    [Theory(DisplayName = "R-093 Un EPS ne signe pas sans que son CTE soit informé et sa CME consultée")]
    [InlineData(Instance.Cte, "le comité technique d'établissement ou le comité social d'établissement est informé")]
    [InlineData(Instance.Cme, "la commission médicale d'établissement donne un avis")]
    public void Cte_and_cme(Instance instance, string saying) => Given(Without(instance)).When(First).ThenRefusedSaying(RefusalCode.ConsultationMissing, saying);

    [Fact(DisplayName = "R-093 Le comité social d'établissement, qui a remplacé le CTE, est informé à sa place")]
    public void Comite_social() =>
        Given([.. Without(Instance.Cte), Told(new(Instance.ComiteSocial, ConsultationKind.Information, Before))]).When(First).Then(FirstSigned);

    [Fact(DisplayName = "R-092 L'avis du conseil de surveillance est conseillé, et n'empêche pas de signer")]
    public void Conseil()
    {
        Assert.Contains("R-092", Warned(ProjetPret));
        Assert.DoesNotContain("R-092", Warned([.. ProjetPret, Told(new(Instance.ConseilDeSurveillance, ConsultationKind.Avis, Before))]));
        Assert.DoesNotContain("R-092", Warned(EnVigueur));
        Assert.DoesNotContain("R-092", Warned(ProjetOf(PartieKind.Espic)));
    }

    [Theory(DisplayName = "R-095 Un établissement privé ne signe son contrat qu'avec l'avis, joint, de sa conférence médicale")]
    [InlineData(PartieKind.Espic)]
    [InlineData(PartieKind.PriveLucratif)]
    public void Conference(PartieKind partie)
    {
        Given(ProjetOf(partie)).When(First).ThenRefusedSaying(RefusalCode.ConsultationMissing, "joignez-en l'avis");
        Given([.. ProjetOf(partie), Told(Avis2018 with { Piece = null })]).When(First).ThenRefused(RefusalCode.ConsultationMissing);
        Given([.. ProjetOf(partie), Told(Avis2018)]).When(First).Then(FirstSigned);
    }

    [Fact(DisplayName = "R-095 Un projet de contrat ou d'avenant ne se transmet pas sans l'avis de la conférence médicale")]
    public void Conference_before_transmission()
    {
        Given(ProjetOf(PartieKind.PriveLucratif)).When(new Transmit(null, Compte, Before)).ThenRefused(RefusalCode.ConsultationMissing);
        Given([.. ProjetOf(PartieKind.PriveLucratif), Told(Avis2018)]).When(new Transmit(null, Compte, Before)).Then(new Transmitted(Before, null, Compte));
        Given(AvenantOf(PartieKind.PriveLucratif)).When(new Transmit(1, Compte, Today)).ThenRefused(RefusalCode.ConsultationMissing);
    }

    [Fact(DisplayName = "R-095 Un avenant d'un établissement privé demande son propre avis ; celui du contrat ne vaut pas pour lui")]
    public void Conference_on_avenant()
    {
        var avenant = AvenantOf(PartieKind.Espic);
        Given(avenant).When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today)).ThenRefused(RefusalCode.ConsultationMissing);
        Given([.. avenant, new ConsultationRecorded(Today, 1, Avis2018 with { On = Today })]).When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today))
            .Then(AvenantSigned(Today, 1, Signatory.RepresentantLegal, "Mme Petit"));
    }

    [Theory(DisplayName = "R-008 Un GCS ne signe qu'après la délibération de son assemblée générale")]
    [InlineData(PartieKind.GcsEtablissement)]
    [InlineData(PartieKind.GcsMoyens)]
    public void Gcs(PartieKind partie)
    {
        var vote = new Consultation(Instance.AssembleeGenerale, ConsultationKind.Deliberation, Before, "AG du 1er octobre");
        Given(ProjetOf(partie)).When(First).ThenRefusedSaying(RefusalCode.ConsultationMissing, "l'assemblée générale délibère");
        Given([.. ProjetOf(partie), Told(vote with { Kind = ConsultationKind.Avis })]).When(First).ThenRefused(RefusalCode.ConsultationMissing);
        Given([.. ProjetOf(partie), Told(vote with { On = Before.AddDays(1) })]).When(First).ThenRefused(RefusalCode.ConsultationMissing);
        Given([.. ProjetOf(partie), Told(vote)]).When(First).Then(FirstSigned);
    }

    [Theory(DisplayName = "R-094 Les autres approuvent selon leurs statuts : rien n'est exigé, tout s'enregistre")]
    [InlineData(PartieKind.Laboratoire)]
    [InlineData(PartieKind.Cabinet)]
    [InlineData(PartieKind.PersonnePhysique)]
    public void Others(PartieKind partie)
    {
        var own = new Consultation(Instance.OrganeStatutaire, ConsultationKind.Deliberation, Before, "conseil d'administration");
        Given(ProjetOf(partie)).When(First).Then(FirstSigned);
        Given(ProjetOf(partie)).When(new RecordConsultation(null, own)).Then(Told(own));
    }

    [Fact(DisplayName = "R-096 Un engagement médical sans consultation de la commission médicale est signalé, dans un contrat comme dans un avenant")]
    public void Medical()
    {
        var medical = Engagement() with { ImpactMedical = true };
        ContratEvent[] projet = [.. ProjetOf(PartieKind.Laboratoire), new EngagementAdded(Before, medical)];
        Assert.Contains("R-096", Warned(projet));
        Assert.DoesNotContain("R-096", Warned([.. projet, Told(new(Instance.Cme, ConsultationKind.Avis, Before))]));
        ContratEvent[] avenant = [.. EnVigueur, Opened(1), new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(medical))];
        Assert.Contains("R-096", Warned(avenant));
        Assert.DoesNotContain("R-096", Warned([.. avenant, new ConsultationRecorded(Today, 1, new(Instance.Cme, ConsultationKind.Avis, Today))]));
        Assert.DoesNotContain("R-096", Warned([.. EnVigueur, Opened(1), new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement()))]));
    }

    [Fact(DisplayName = "R-090 Un contrat ne se signe pas avant que son contenu soit validé")]
    public void Not_validated()
    {
        Given([.. Projet, new SocleCaughtUp(Before), .. Approuve[..^1]]).When(First).ThenRefusedSaying(RefusalCode.ValidationMissing, "le délégué départemental");
        Given([.. Projet, new SocleCaughtUp(Before), .. Approuve[..^1], Valide with { ValidOn = Before.AddDays(1) }]).When(First).ThenRefused(RefusalCode.ValidationMissing);
        Given([.. Projet, new SocleCaughtUp(Before), .. Approuve[..^1]]).When(new Transmit(null, null, Before)).ThenRefused(RefusalCode.ValidationMissing);
    }

    [Fact(DisplayName = "R-090 Le délégué départemental valide, le directeur de l'offre de soins au niveau régional")]
    public void Validator()
    {
        ContratEvent[] regional = [.. Projet, new NiveauSet(Before, Niveau.Regional)];
        var (delegue, dos) = (new Validate(null, Role.DelegueDepartemental, "Mme Blanc", Before), new Validate(null, Role.Dos, "M. Vert", Before));
        Given(Projet).When(delegue).Then(Valide);
        Given(Projet).When(dos).ThenRefusedSaying(RefusalCode.ValidationOfAnotherLevel, "niveau départemental : le délégué départemental");
        Given(regional).When(dos).Then(new Validated(Before, null, Role.Dos, "M. Vert"));
        Given(regional).When(delegue).ThenRefusedSaying(RefusalCode.ValidationOfAnotherLevel, "niveau régional : le directeur de l'offre de soins");
        Given(Projet).When(delegue with { Name = " " }).ThenRefused(RefusalCode.NomMissing);
        Given([.. Projet, Valide]).When(delegue with { Name = "M. Gris" }).ThenRefusedSaying(RefusalCode.ValidatedOtherwise, "Mme Blanc");
    }

    [Fact(DisplayName = "R-090 Un texte qui change après sa validation se valide de nouveau")]
    public void Text_changed()
    {
        Given([.. ProjetPret, new EngagementAdded(Before, Engagement())]).When(First).ThenRefused(RefusalCode.ValidationMissing);
        Given([.. ProjetPret, new EngagementAdded(Before, Engagement()), new EngagementRemoved(Before, 1)]).When(First).ThenRefused(RefusalCode.ValidationMissing);
        Given([.. ProjetPret, new EngagementAdded(Before, Engagement()), Valide]).When(First).Then(FirstSigned);
        Given([.. ProjetPret, new SocleLigneSet(Before, Act(0, null, Rc), false)]).When(First).Then(FirstSigned);
    }

    [Fact(DisplayName = "Un texte signé ne se valide ni ne se transmet plus")]
    public void Signed_text()
    {
        var reprise = ProjetPret[..2].Append(new ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit", null, true));
        Given(reprise).When(new Validate(null, Role.DelegueDepartemental, "Mme Blanc", Before)).ThenRefused(RefusalCode.ContratTextSigned);
        Given(reprise).When(new Transmit(null, null, Before)).ThenRefused(RefusalCode.ContratTextSigned);
        Given([.. EnVigueur, Pended(Act(1, null, Rc)), Opened(1, Act(1, null, Rc).Id), .. Signed(1)]).When(new Transmit(1, null, Today)).ThenRefused(RefusalCode.AvenantAlreadySigned);
    }

    [Fact(DisplayName = "R-062 Un contrat validé, un avenant écrit, se transmettent pour signature avec leur texte")]
    public void Transmission()
    {
        ContratEvent[] avenant = [.. EnVigueur, Opened(1), new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement()))];
        Given(ProjetPret).When(new Transmit(null, Compte, Before)).Then(new Transmitted(Before, null, Compte));
        Given(avenant).When(new Transmit(1, Compte, Today)).Then(new Transmitted(Today, 1, Compte));
    }

    [Fact(DisplayName = "R-121 Une transmission ne se fait qu'une fois, tant que le texte ne change pas")]
    public void Transmission_again()
    {
        ContratEvent[] sent = [.. ProjetPret, new Transmitted(Before, null, Compte)];
        Given(sent).When(new Transmit(null, Compte, Before)).ThenNothing();
        Given(sent).When(new Transmit(null, Compte, Today)).ThenRefused(RefusalCode.RecordedOtherwise);
        Given([.. sent, new EngagementAdded(Today, Engagement()), Valide]).When(new Transmit(null, Compte, Today)).Then(new Transmitted(Today, null, Compte));
    }

    [Fact(DisplayName = "Ce qui n'est pas écrit ne se transmet pas")]
    public void Nothing_to_send()
    {
        Given([.. Projet, .. Approuve]).When(new Transmit(null, null, Before)).ThenRefused(RefusalCode.SocleIncomplete);
        Given([.. EnVigueur, Opened(1)]).When(new Transmit(1, null, Today)).ThenRefused(RefusalCode.AvenantEmpty);
        Given([.. EnVigueur, Opened(1), new AvenantAbandoned(Today, 1, "x")]).When(new Transmit(1, null, Today)).ThenRefused(RefusalCode.AvenantAbandoned);
        Given(EnVigueur).When(new Validate(7, Role.DelegueDepartemental, "Mme Blanc", Today)).ThenRefused(RefusalCode.AvenantUnknown);
        Given(EnVigueur).When(new RecordConsultation(7, Avis2018)).ThenRefused(RefusalCode.AvenantUnknown);
    }

    [Fact(DisplayName = "R-098 Qui signe a paraphé chaque annexe ; d'un avenant, celles qu'il change")]
    public void Initials()
    {
        Given(ProjetPret).When(First with { Paraphes = null }).ThenRefusedSaying(RefusalCode.ParaphesMissing, "1, 2, 3");
        Given(ProjetPret).When(First with { Paraphes = [1, 3] }).ThenRefused(RefusalCode.ParaphesMissing);
        Given(ProjetPret).When(First with { Paraphes = [1, 2, 3, 4] }).ThenRefused(RefusalCode.ParaphesMissing);
        Given(EnSignature).When(Sign(Signatory.DgArs, "M. Roy", Before) with { Paraphes = [1, 2] }).ThenRefused(RefusalCode.ParaphesMissing);
        ContratEvent[] avenant =
        [
            .. EnVigueur, Pended(Act(1, null, Rc)), Opened(1, Act(1, null, Rc).Id), new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement())),
        ];
        var sign = SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today);
        Given(avenant).When(sign with { Paraphes = [2] }).ThenRefusedSaying(RefusalCode.ParaphesMissing, "(1, 2)");
        Given(avenant).When(sign with { Paraphes = [1, 2] }).Then(AvenantSigned(Today, 1, Signatory.RepresentantLegal, "Mme Petit") with { Paraphes = [1, 2] });
    }

    [Fact(DisplayName = "Un contrat signé avant que la plate-forme le connaisse se reprend sans ses pièces, dans l'ordre des signatures")]
    public void Reprise()
    {
        ContratEvent[] known = [.. Projet, new SocleCaughtUp(Before)];
        var taken = new ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit", null, true);
        Given(known).When(new Sign(Signatory.RepresentantLegal, "Mme Petit", Before, Reprise: true)).Then(taken);
        Given(known).When(new Sign(Signatory.DgArs, "M. Roy", Before, Reprise: true)).ThenRefused(RefusalCode.SignatureOutOfOrder);
        Given(Projet).When(new Sign(Signatory.RepresentantLegal, "Mme Petit", Before, Reprise: true)).ThenRefused(RefusalCode.SocleIncomplete);
        Given([.. known, taken]).When(new Sign(Signatory.DgArs, "M. Roy", Before, Reprise: true))
            .Then(new ContratSigned(Before, Signatory.DgArs, "M. Roy", null, true), new ContratEnteredIntoForce(DateEffet));
        Given([.. known, taken]).When(new Sign(Signatory.DgArs, "M. Roy", Before)).ThenRefused(RefusalCode.ParaphesMissing);
        Given(EnSignature).When(new Sign(Signatory.RepresentantLegal, "Mme Petit, directrice", Before, Reprise: true)).ThenNothing();
    }

    [Fact(DisplayName = "Une consultation redite n'ajoute rien ; l'avis s'y joint plus tard ; autre chose le même jour est refusé")]
    public void Told_again()
    {
        var bare = Avis2018 with { Piece = null };
        Given([.. Projet, Told(bare)]).When(new RecordConsultation(null, bare)).ThenNothing();
        Given([.. Projet, Told(bare)]).When(new RecordConsultation(null, Avis2018)).Then(Told(Avis2018));
        Given([.. Projet, Told(bare), Told(Avis2018)]).When(new RecordConsultation(null, bare)).ThenNothing();
        Given([.. Projet, Told(Avis2018)]).When(new RecordConsultation(null, Avis2018 with { Piece = Compte with { Nom = "autre.pdf" } }))
            .ThenRefused(RefusalCode.ConsultationRecordedOtherwise);
        Given([.. Projet, Told(bare)]).When(new RecordConsultation(null, Avis2018 with { Kind = ConsultationKind.Deliberation })).ThenRefused(RefusalCode.ConsultationRecordedOtherwise);
        Given([.. Projet, Told(bare)]).When(new RecordConsultation(null, Avis2018 with { On = Today })).Then(Told(Avis2018 with { On = Today }));
    }

    [Fact(DisplayName = "Cent consultations d'un texte s'enregistrent, pas cent une")]
    public void Many()
    {
        var told = Enumerable.Range(0, 101).Select(n => new Consultation(Instance.OrganeStatutaire, ConsultationKind.Avis, Before.AddDays(n))).ToList();
        Given([.. Projet, .. told.Take(99).Select(Told)]).When(new RecordConsultation(null, told[99])).Then(Told(told[99]));
        Given([.. Projet, .. told.Take(100).Select(Told)]).When(new RecordConsultation(null, told[100])).ThenRefusedSaying(RefusalCode.FormalitesTooMany, "100 consultations");
    }

    [Theory(DisplayName = "Un document sans nom, ou sans l'empreinte de son contenu, est refusé")]
    [InlineData("", 'a', 64)]
    [InlineData("avis.pdf", 'a', 63)]
    [InlineData("avis.pdf", 'A', 64)]
    [InlineData("avis.pdf", 'g', 64)]
    public void Document_ill_told(string nom, char sign, int length)
    {
        var document = new Document(nom, new string(sign, length));
        Given(Projet).When(new RecordConsultation(null, Avis2018 with { Piece = document })).ThenRefused(RefusalCode.DocumentInvalid);
        Given(ProjetPret).When(new Transmit(null, document, Before)).ThenRefused(RefusalCode.DocumentInvalid);
    }

    private static ConsultationRecorded Told(Consultation consultation) => new(consultation.On, null, consultation);

    private static ContratEvent[] Without(Instance instance) => [.. ProjetPret.Where(e => e is not ConsultationRecorded c || c.Consultation.Instance != instance)];

    private static ContratEvent[] ProjetOf(PartieKind partie) => [new ContratOpened(Before, FicheEps with { Partie = partie }, [SiteA, SiteB]), new SocleCaughtUp(Before), Valide];

    private static ContratEvent[] AvenantOf(PartieKind partie) =>
    [
        .. ProjetOf(partie), Told(Avis2018), .. EnVigueur[^3..], Pended(Act(1, null, Rc)), Opened(1, Act(1, null, Rc).Id),
    ];

    private static IEnumerable<string> Warned(ContratEvent[] history) =>
        ContratWarnings.Of((ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve)).Select(w => w.Rule);
}
