using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>Who may do what, on which perimeter (Guide 3.2).</summary>
public sealed class HabilitationSpecs
{
    private static readonly Habilitation Siege = new(Role.Siege, Perimetre.Region);
    private static readonly Habilitation Dos = new(Role.Dos, Perimetre.Region);
    private static readonly Habilitation Delegue = new(Role.DelegueDepartemental, Perimetre.Departement("75"));
    private static readonly Habilitation Chef = new(Role.ChefDeProjet, Perimetre.Departement("75"));
    private static readonly Habilitation Negociateur = new(Role.Negociateur, Perimetre.Dossier("2026-001"));
    private static readonly Habilitation Expert = new(Role.Expert, Perimetre.Region);
    private static readonly Habilitation Representant = new(Role.RepresentantLegal, Perimetre.Entite(Ej));
    private static readonly Habilitation Correspondant = new(Role.Correspondant, Perimetre.Entite(Ej));

    private static readonly ContratEvent[] AvecItems = [.. EnVigueur, Pended(Act(1, null, Rc)), Opened(1, Act(1, null, Rc).Id)];
    private static readonly ContratEvent[] AvecEngagement = [.. EnVigueur, Opened(1), new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement()))];
    private static readonly AddEngagement Adds = new(Engagement(), Before);

    [Fact(DisplayName = "Sans rôle dit, rien n'est refusé à ce titre ; et ce qui est enregistré est le même avec un rôle")]
    public void Nobody_named()
    {
        var asked = Request("r1") with { AllPending = true };
        Given(EnVigueur).When(asked).Then(new AvenantOpened(Today, 1, asked, []));
        Given(EnVigueur).When(asked with { Auteur = Siege, Territoire = "75" }).Then(new AvenantOpened(Today, 1, asked, []));
        Given([.. EnVigueur, new AvenantOpened(Today, 1, asked, [])]).When(asked with { Auteur = Dos }).ThenNothing();
        Given().When(Open() with { Auteur = Negociateur }).Then(Projet);
    }

    [Fact(DisplayName = "Un rôle ne change rien à ce qui n'existe pas")]
    public void Nothing_there() => Given().When(Adds with { Auteur = Expert }).ThenRefused(RefusalCode.ContratUnknown);

    [Fact(DisplayName = "R-121 Le négociateur écrit les engagements de son dossier, d'aucun autre, et l'expert conseille sans écrire")]
    public void Negotiator()
    {
        Given(Projet).When(Adds with { Auteur = Negociateur }).Then(new EngagementAdded(Before, Engagement()));
        Given(Projet).When(Adds with { Auteur = Negociateur with { Perimetre = Perimetre.Dossier("2026-002") } }).ThenRefused(RefusalCode.PerimetreForeign);
        Given(Projet).When(Adds with { Auteur = Expert }).ThenRefusedSaying(RefusalCode.RoleNotAllowed, "le négociateur");
        Given(Projet).When(Adds with { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(Projet).When(Open() with { Auteur = Correspondant }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(ProjetPret).When(new Transmit(null, null, Before) { Auteur = Negociateur }).Then(new Transmitted(Before, null, null));
    }

    [Fact(DisplayName = "R-119 Le délégué n'ouvre pas le contrat que la région négocie, par son entité ou par sa négociation")]
    public void Opened_by_the_region()
    {
        var opens = Open() with { Auteur = Delegue, Territoire = "75" };
        Given().When(opens).Then(Projet);
        Given().When(opens with { NiveauOfEntites = Niveau.Regional }).ThenRefused(RefusalCode.PerimetreForeign);
        var negociee = opens with { Fiche = FicheEps with { Negociation = "N-1" }, Dossier = new(Ej, FicheEps.Numero) };
        Given().When(negociee with { NiveauOfEntites = Niveau.Regional }).Then(new ContratOpened(Before, negociee.Fiche, [SiteA, SiteB])); // Its négociation says it.
        Given().When(negociee with { Dossier = new(Ej, FicheEps.Numero, Niveau.Regional) }).ThenRefused(RefusalCode.PerimetreForeign);
    }

    [Fact(DisplayName = "R-119 Le délégué répond des contrats de son département, et de ceux-là seulement")]
    public void Delegate()
    {
        Given(Projet).When(Adds with { Auteur = Delegue, Territoire = "75" }).Then(new EngagementAdded(Before, Engagement()));
        Given(Projet).When(Adds with { Auteur = Delegue, Territoire = "92" }).ThenRefused(RefusalCode.PerimetreForeign);
        Given(Projet).When(Adds with { Auteur = Delegue }).ThenRefused(RefusalCode.PerimetreForeign);
        Given(Projet).When(Adds with { Auteur = Delegue with { Perimetre = Perimetre.Region } }).ThenRefused(RefusalCode.HabilitationInvalid);
        Given(EnVigueur).When(new AskRenouvellement(Today) { Auteur = Delegue, Territoire = "75" }).Then(new RenouvellementAsked(Today));
    }

    [Fact(DisplayName = "R-119 Renouveler ou refuser revient au délégué et à la région, non au négociateur")]
    public void Answer()
    {
        ContratEvent[] asked = [.. EnVigueur, new RenouvellementAsked(Today)];
        var answer = new AnswerRenouvellement(false, "activité cédée", Today);
        Given(asked).When(answer with { Auteur = Delegue, Territoire = "75" }).Then(new RenouvellementAnswered(Today, false, "activité cédée"));
        Given(asked).When(answer with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-120 Le chef de projet départemental coordonne le suivi dans son département ; la structure ne l'enregistre pas")]
    public void Project_lead()
    {
        var evaluation = new RecordEvaluation(1, new(2028, 7, 1));
        Given(EnVigueur).When(evaluation with { Auteur = Chef, Territoire = "75" }).Then(new EvaluationRecorded(new(2028, 7, 1), 1));
        Given(EnVigueur).When(evaluation with { Auteur = Chef, Territoire = "77" }).ThenRefused(RefusalCode.PerimetreForeign);
        Given(EnVigueur).When(evaluation with { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-118 Un contrat du niveau régional n'est plus l'affaire du département")]
    public void Level()
    {
        ContratEvent[] regional = [.. Projet, new NiveauSet(Before, Niveau.Regional)];
        Given(regional).When(Adds with { Auteur = Siege }).Then(new EngagementAdded(Before, Engagement()));
        Given(Projet).When(new SetNiveau(Niveau.Regional, Before, "Envergure régionale.") { Auteur = Dos }).Then(new NiveauSet(Before, Niveau.Regional, "Envergure régionale."));
        Given(Projet).When(new SetNiveau(Niveau.Regional, Before) { Auteur = Delegue, Territoire = "75" }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-119 Le délégué n'écrit pas un contrat du niveau régional")]
    public void Regional_is_not_the_departements() =>
        Given([.. Projet, new NiveauSet(Before, Niveau.Regional)]).When(Adds with { Auteur = Delegue, Territoire = "75" })
            .ThenRefusedSaying(RefusalCode.PerimetreForeign, "niveau régional");

    [Fact(DisplayName = "R-117 La région voit tout ; elle seule reprend un contrat signé ailleurs")]
    public void Region()
    {
        ContratEvent[] ready = [.. Projet, new SocleCaughtUp(Before)];
        var reprise = new Sign(Signatory.RepresentantLegal, "Mme Petit", Before, Reprise: true);
        Given(ready).When(reprise with { Auteur = Siege }).Then(new ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit", null, true));
        Given(ready).When(reprise with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(ready).When(new PassJour(Today) { Auteur = Siege }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(ready).When(Adds with { Auteur = Siege with { Perimetre = Perimetre.Departement("75") } }).ThenRefused(RefusalCode.HabilitationInvalid);
    }

    [Fact(DisplayName = "R-024 Personne ne porte lui-même un acte au contrat, quel que soit son rôle")]
    public void No_act_by_hand() => Given(Projet).When(new RecordAct(Act(1, null, Rc), false) { Auteur = Siege }).ThenRefused(RefusalCode.RoleNotAllowed);

    [Fact(DisplayName = "R-061 Un avenant qui change le socle commun se coordonne à la région ; un avenant d'engagements, chez qui négocie")]
    public void Socle_commun()
    {
        var opens = Request("r9") with { AllPending = true };
        Given(EnVigueur).When(opens with { Auteur = Negociateur }).ThenRefusedSaying(RefusalCode.RoleNotAllowed, "contractualisation du siège");
        Given(EnVigueur).When(Request("r9", "x") with { Motif = AvenantMotif.Perimetre, Auteur = Delegue, Territoire = "75" }).ThenRefused(RefusalCode.RoleNotAllowed);
        var engagements = Request("r9") with { Motif = AvenantMotif.Engagements };
        Given(EnVigueur).When(engagements with { Auteur = Negociateur }).Then(new AvenantOpened(Today, 1, engagements, []));
        Given(AvecItems).When(new AbandonAvenant(1, "x", Today) { Auteur = Chef, Territoire = "75" }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given([.. AvecItems, Signed(1)[0]]).When(SignAvenant(1, Signatory.DgArs, "M. Roy", Today) with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given([.. AvecItems, Signed(1)[0]]).When(SignAvenant(1, Signatory.DgArs, "M. Roy", Today) with { Auteur = Siege }).Then(Signed(1)[1]);
        Given([.. AvecEngagement, Signed(1)[0]]).When(SignAvenant(1, Signatory.DgArs, "M. Roy", Today) with { Auteur = Negociateur }).Then(Signed(1)[1]);
        Given([.. EnVigueur, Pended(Act(1, null, Rc))]).When(new DismissItem(Act(1, null, Rc).Id, "x", Today) { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-122 Le représentant légal signe pour sa structure, et pour elle seule ; son correspondant ne signe pas")]
    public void Structure()
    {
        var signs = Sign(Signatory.RepresentantLegal, "Mme Petit", Before);
        Given(ProjetPret).When(signs with { Auteur = Representant }).Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit"));
        Given(ProjetPret).When(signs with { Auteur = Representant with { Perimetre = Perimetre.Entite(OtherEj) } }).ThenRefused(RefusalCode.PerimetreForeign);
        Given(ProjetPret).When(signs with { Auteur = Correspondant }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(ProjetPret).When(signs with { Auteur = Representant with { Perimetre = Perimetre.Dossier("2026-001") } }).ThenRefused(RefusalCode.HabilitationInvalid);
        var asked = Avis.First() with { On = Today };
        Given(Projet).When(new RecordConsultation(null, asked) { Auteur = Correspondant }).Then(new ConsultationRecorded(Today, null, asked));
    }

    [Fact(DisplayName = "R-121 La structure ne signe pas pour l'agence")]
    public void Structure_for_the_agency() =>
        Given(EnSignature).When(Sign(Signatory.DgArs, "M. Roy", Before) with { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);

    [Fact(DisplayName = "R-090 Qui valide est celui qu'il dit être, au niveau du contrat")]
    public void Validator()
    {
        var validates = new Validate(null, Role.DelegueDepartemental, "Mme Blanc", Before);
        Given(Projet).When(validates with { Auteur = Delegue, Territoire = "75" }).Then(new Validated(Before, null, Role.DelegueDepartemental, "Mme Blanc"));
        Given(Projet).When(validates with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(Projet).When(validates with { Auteur = Dos }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(Projet).When(validates with { By = Role.Dos, Auteur = Delegue, Territoire = "75" }).ThenRefused(RefusalCode.ValidationOfAnotherLevel);
    }

    [Fact(DisplayName = "R-100 La délégation garde l'original ; R-106 et R-108 disent qui répond et qui informe")]
    public void After_signature()
    {
        Given(EnVigueur).When(new RecordOriginaux(null, OriginauxForme.Papier, 2, null, Today) { Auteur = Chef, Territoire = "75" })
            .Then(new OriginauxRecorded(Today, null, OriginauxForme.Papier, 2, null));
        Given(EnVigueur).When(new RecordOriginaux(null, OriginauxForme.Papier, 2, null, Today) { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(EnVigueur).When(new NotifyCaisse("75", Today) { Auteur = Representant }).Then(new CaisseNotified(Today, "CPAM du département 75"));
    }

    [Fact(DisplayName = "R-108 La structure informe la caisse, mais ne se confie pas elle-même de le faire")]
    public void Assignment() =>
        Given(EnVigueur).When(new AssignNotification("75", null, Notifiant.Structure, null, Today) { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);

    [Fact(DisplayName = "R-106 La structure ne répond pas aux demandes d'accès reçues par l'agence")]
    public void Access() =>
        Given(EnVigueur).When(new RecordDemande("D-1", "Une association", Today) { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
}
