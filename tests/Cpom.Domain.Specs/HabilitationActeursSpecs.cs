using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Socles;
using Xunit;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>The rights over whatever is not a contrat (Guide 3.2): each actor asks the same question of the same roles and perimeters.</summary>
public sealed class HabilitationActeursSpecs
{
    private static readonly Habilitation Siege = new(Role.Siege, Perimetre.Region);
    private static readonly Habilitation Delegue = new(Role.DelegueDepartemental, Perimetre.Departement("75"));
    private static readonly Habilitation Chef = new(Role.ChefDeProjet, Perimetre.Departement("75"));
    private static readonly Habilitation Negociateur = new(Role.Negociateur, Perimetre.Dossier("2026-001"));
    private static readonly Habilitation Expert = new(Role.Expert, Perimetre.Region);
    private static readonly Habilitation Representant = new(Role.RepresentantLegal, Perimetre.Entite(Ej));
    private static readonly Habilitation Correspondant = new(Role.Correspondant, Perimetre.Entite(Ej));

    private static readonly CampagneEvent[] Campagne = [new CampagneEvent.CampagneOpened(Before, "2026", "Campagne 2026")];
    private static readonly CampagneEvent[] Inscrite = [.. Campagne, new CampagneEvent.VaguePlanned(Before, 1, 2026), new CampagneEvent.StructuresEntered(Before, 1, [Ej])];
    private static readonly CampagneCommand.PlanVague Plans = new(1, 2026, [Ej], Before);
    private static readonly CampagneCommand.NameNegociateur Names = new([Ej], "Mme Diallo", Before);

    private static readonly Constat Constat = new("M-1", ManquementKind.Inexecution, "2026-001", [1], "Rien n'est fait.", Today);
    private static readonly ManquementsEvent[] Constate = [new ManquementsEvent.ConstatRecorded(Today, Ej, Constat)];
    private static readonly Dialogue Parle = new(Today, "Reçus le matin.", null);
    private static readonly MiseEnDemeure Lettre = new(Today, "L'engagement 1 n'est pas tenu.", new("MD-1", "lettre.pdf", new string('a', 64)));

    private static readonly EntiteEvent[] Clinique = [new EntiteEvent.EntiteRegistered(Before, Ej, new("Clinique", "73", null, null, "75"))];
    private static readonly EntiteCommand.DeclareHorsContrat Hors = new("Elle ne veut pas signer.", Today);

    [Fact(DisplayName = "R-117 La région ouvre la campagne, personne d'autre")]
    public void Campagne_is_opened_by_the_region()
    {
        var opens = new CampagneCommand.Open("2026", "Campagne 2026", Before);
        Campagnes().When(opens with { Auteur = Siege }).Then(Campagne);
        Campagnes(Campagne).When(opens with { Auteur = Siege }).ThenNothing();
        Campagnes().When(opens with { Auteur = Delegue, Territoire = "75" }).ThenRefused(RefusalCode.RoleNotAllowed);
        Campagnes(Inscrite).When(new CampagneCommand.PassJour(Today) { Auteur = Siege }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-119 Le délégué désigne les négociateurs des structures de son département, et d'elles seules")]
    public void Negotiators_are_named_by_the_delegate()
    {
        Campagnes(Inscrite).When(Names with { Auteur = Delegue, Territoire = "75" }).Then(new CampagneEvent.NegociateurNamed(Before, [Ej], "Mme Diallo"));
        Campagnes(Inscrite).When(Names with { Auteur = Delegue, Territoire = "92" }).ThenRefusedSaying(RefusalCode.PerimetreForeign, "Cette part de la campagne");
        Campagnes(Inscrite).When(Names with { Auteur = Delegue }).ThenRefused(RefusalCode.PerimetreForeign);
        Campagnes(Inscrite).When(Names with { Auteur = Delegue, Territoire = "75", NiveauOfEntites = Niveau.Regional }).ThenRefusedSaying(RefusalCode.PerimetreForeign, "niveau régional");
        Campagnes(Inscrite).When(Names with { Auteur = Chef, Territoire = "75" }).ThenRefusedSaying(RefusalCode.RoleNotAllowed, "le délégué départemental");
    }

    [Fact(DisplayName = "R-120 Le chef de projet inscrit ses structures et envoie leurs lettres ; ni le négociateur ni la structure ne le font")]
    public void Waves_are_planned_by_the_project_lead()
    {
        Campagnes(Campagne).When(Plans with { Auteur = Chef, Territoire = "75" }).Then(Inscrite[1..]);
        Campagnes(Campagne).When(Plans with { Auteur = Chef, Territoire = "77" }).ThenRefused(RefusalCode.PerimetreForeign);
        Campagnes(Campagne).When(Plans with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
        Campagnes(Campagne).When(Plans with { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-122 De sa négociation la structure a sa part : indicateurs, rapport, réponses, propositions et synthèse")]
    public void Share_of_the_structure()
    {
        NegociationCommand[] shared =
        [
            new NegociationCommand.DefineIndicateur(Ej, new("I", "n / n", "%", "PMSI"), Today), new NegociationCommand.HandOverRapport(Ej, Today),
            new NegociationCommand.AnswerQuestion(Ej, 1, true, null, Today), new NegociationCommand.WithdrawEngagement(Ej, 1, Today), new NegociationCommand.ReopenSynthese(Ej, "motif", Today),
        ];
        Assert.All(shared, c => Assert.Equal(("R-122", Droits.AgenceOrStructure), (NegociationDroits.Of(c).Rule, NegociationDroits.Of(c).Roles)));
    }

    [Fact(DisplayName = "R-121 Le négociateur mène la négociation de son dossier, connu par son numéro ou par celui du contrat à venir")]
    public void Negotiation_is_the_negotiators()
    {
        var shares = new NegociationCommand.ShareDiagnostic(Ej, Partage);
        var dossier = Negociateur with { Perimetre = Perimetre.Dossier("N-1") };
        Negociations(Analysee).When(shares with { Auteur = Negociateur }).Then(Partagee[Analysee.Length..^1]);
        Negociations(Analysee).When(shares with { Auteur = dossier }).Then(Partagee[Analysee.Length..^1]);
        Negociations(Analysee).When(shares with { Auteur = Negociateur with { Perimetre = Perimetre.Dossier("N-2") } }).ThenRefused(RefusalCode.PerimetreForeign);
        Negociations(Analysee).When(shares with { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
        Negociations(Analysee).When(shares with { Auteur = Expert }).ThenRefused(RefusalCode.RoleNotAllowed);
        Negociations().When(Open(FicheDossier) with { Auteur = dossier }).Then(Ouverte);
    }

    [Fact(DisplayName = "R-119 La délégation pilote répond de la négociation ; une autre, même consultée, lit")]
    public void Negotiation_of_the_lead_delegation()
    {
        var changes = new NegociationCommand.ChangeNegociateur("M. Roy", Trame);
        Negociations(Recue).When(changes with { Auteur = Delegue }).Then(new NegociationEvent.NegociateurChanged(Trame, "M. Roy"));
        Negociations([new NegociationEvent.NegociationOpened(Before, FicheDossier with { Pilote = "92", Consultees = ["75"] })])
            .When(changes with { Auteur = Delegue }).ThenRefusedSaying(RefusalCode.PerimetreForeign, "Cette négociation");
        Negociations(Recue).When(changes with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-118 Une négociation du niveau régional s'ouvre à la région")]
    public void Regional_negotiation_is_opened_by_the_region()
    {
        var regionale = FicheDossier with { Niveau = Niveau.Regional, MotifNiveau = "Envergure régionale." };
        Negociations().When(Open(regionale) with { Auteur = Siege }).Then(new NegociationEvent.NegociationOpened(Before, regionale));
        Negociations().When(Open(regionale) with { Auteur = Delegue }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-120 Le chef de projet n'a rien d'une négociation du niveau régional")]
    public void Regional_negotiation_is_not_the_departements() =>
        Negociations([new NegociationEvent.NegociationOpened(Before, FicheDossier with { Niveau = Niveau.Regional, MotifNiveau = "Envergure régionale." })])
            .When(new NegociationCommand.ReceiveTrame(Trame) { Auteur = Chef }).ThenRefusedSaying(RefusalCode.PerimetreForeign, "niveau régional");

    [Fact(DisplayName = "R-122 La structure écrit sa part du rapport, et accepte par son représentant ; elle n'écrit ni n'accepte pour l'agence, ni pour une autre")]
    public void Structure_negotiates_for_itself()
    {
        var writes = new NegociationCommand.WriteSection(Ej, new(Volet.A1V1, RapportAuteur.Structure, "Notre analyse.", []), Remis);
        Negociations(Recue).When(writes with { Auteur = Correspondant }).Then(new NegociationEvent.SectionWritten(Remis, Ej, writes.Section));
        var ofGroup = new NegociationEvent[] { new NegociationEvent.NegociationOpened(Before, Groupe), new NegociationEvent.TrameReceived(Trame) };
        Negociations(ofGroup).When(writes with { Entite = OtherEj, Auteur = Correspondant }).ThenRefused(RefusalCode.PerimetreForeign);
        var accepts = new NegociationCommand.AcceptSynthese(Ej, RapportAuteur.Structure, Partage);
        Negociations(Proposee).When(accepts with { Auteur = Representant }).Then(new NegociationEvent.SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Structure));
        Negociations(Proposee).When(accepts with { Auteur = Correspondant }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-121 Ce que l'agence écrit, propose et accepte ne vient pas de la structure")]
    public void Structure_does_not_write_for_the_agency()
    {
        Negociations(Proposee).When(new NegociationCommand.AcceptSynthese(Ej, RapportAuteur.Agence, Partage) { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
        Negociations(Remise).When(new NegociationCommand.WriteSection(Ej, new(Volet.A1V1, RapportAuteur.Agence, "x", []), Remis) { Auteur = Correspondant })
            .ThenRefused(RefusalCode.RoleNotAllowed);
        Negociations(Partagee).When(Propose(Engagement()) with { By = RapportAuteur.Agence, Auteur = Correspondant }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-117 Une signature se lit du contrat : personne ne la note dans la négociation")]
    public void Signatures_are_noted_by_the_platform() =>
        Negociations(Acceptee).When(new NegociationCommand.NoteSignature(Ej, Signatory.DgArs, Today, Today) { Auteur = Siege }).ThenRefused(RefusalCode.RoleNotAllowed);

    [Fact(DisplayName = "R-119 Expliquée, une négociation dit de chaque pas qui peut le faire, et à chacun ce qu'il peut")]
    public void Explained_with_roles()
    {
        var accepts = NegociationDemarches.Of(State(Proposee), Partage).Single(d => d.Libelle == "Accepter les engagements, pour la structure");
        Assert.Equal(new ValueList<Role>([Role.Siege, Role.Dos, Role.DelegueDepartemental, Role.ChefDeProjet, Role.Negociateur, Role.RepresentantLegal]), accepts.Roles);
        var ofExpert = NegociationDemarches.Of(State(Proposee), Partage, Expert);
        Assert.All(ofExpert, d => Assert.Equal(RefusalCode.RoleNotAllowed, d.Refusal!.Code));
        Assert.Contains(NegociationDemarches.Of(State(Proposee), Partage, Representant), d => d.Libelle == accepts.Libelle && d.Refusal is null);
    }

    [Fact(DisplayName = "R-121 Qui suit le contrat constate et dialogue ; la mise en demeure n'est pas à lui")]
    public void Breach_is_noticed_by_who_follows()
    {
        var talks = new ManquementsCommand.RecordDialogue("M-1", Parle);
        Procedures(Constate).When(talks with { Auteur = Negociateur }).Then(new ManquementsEvent.DialogueRecorded(Today, "M-1", Parle));
        Procedures(Constate).When(talks with { Auteur = Negociateur with { Perimetre = Perimetre.Dossier("2026-002") } })
            .ThenRefusedSaying(RefusalCode.PerimetreForeign, "Cette procédure");
        Procedures().When(new ManquementsCommand.RecordConstat(Ej, Constat, null) { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-119 Mettre en demeure et sanctionner revient à qui répond du contrat")]
    public void Breach_is_answered_by_who_answers()
    {
        ManquementsEvent[] parle = [.. Constate, new ManquementsEvent.DialogueRecorded(Today, "M-1", Parle)];
        var sends = new ManquementsCommand.SendMiseEnDemeure("M-1", Lettre);
        Procedures(parle).When(sends with { Auteur = Delegue, Territoire = "75" }).Then(new ManquementsEvent.MiseEnDemeureSent(Today, "M-1", Lettre));
        Procedures(parle).When(sends with { Auteur = Delegue, Territoire = "92" }).ThenRefused(RefusalCode.PerimetreForeign);
        Procedures(parle).When(sends with { Auteur = Delegue, Territoire = "75", NiveauOfEntites = Niveau.Regional }).ThenRefused(RefusalCode.PerimetreForeign);
        Procedures(parle).When(sends with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-120 Les produits et les paiements s'enregistrent au pilotage")]
    public void Money_is_recorded_by_the_pilots()
    {
        var produits = new ManquementsCommand.RecordProduits(Ej, new(2025, 12, 31), 1_000m, "e-PMSI", Today);
        Procedures().When(produits with { Auteur = Chef, Territoire = "75" }).Then(new ManquementsEvent.ProduitsRecorded(Today, Ej, new(2025, 12, 31), 1_000m, "e-PMSI"));
        Procedures().When(produits with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-122 La structure se fait entendre dans sa procédure, et dans aucune autre")]
    public void Structure_is_heard()
    {
        var heard = new ManquementsCommand.RecordObservations("M-1", new(Today, ObservationForme.Ecrite, "Nous contestons.", null));
        Procedures([.. Constate, new ManquementsEvent.DialogueRecorded(Today, "M-1", Parle), new ManquementsEvent.MiseEnDemeureSent(Today, "M-1", Lettre)])
            .When(heard with { Auteur = Correspondant }).Then(new ManquementsEvent.ObservationsRecorded(Today, "M-1", heard.Observations));
        Procedures(Constate).When(heard with { Auteur = Correspondant with { Perimetre = Perimetre.Entite(OtherEj) } }).ThenRefused(RefusalCode.PerimetreForeign);
    }

    [Fact(DisplayName = "R-117 Le PRS, le socle et la bibliothèque sont à la région")]
    public void References_are_the_regions()
    {
        var adopts = new PrsCommand.Adopt("PRS 2026", Today);
        Spec<Prs, PrsState, PrsCommand, PrsEvent>.Given().When(adopts with { Auteur = Siege }).Then(new PrsEvent.PrsAdopted(Today, "PRS 2026"));
        Spec<Prs, PrsState, PrsCommand, PrsEvent>.Given().When(adopts with { Auteur = Delegue, Territoire = "75" }).ThenRefused(RefusalCode.RoleNotAllowed);
        Spec<Bibliotheque, BibliothequeState, BibliothequeCommand, BibliothequeEvent>.Given()
            .When(new BibliothequeCommand.Publish(Volet.A1V1, "2026", [], Today) { Auteur = Expert }).ThenRefused(RefusalCode.RoleNotAllowed);
        Spec<Socle, SocleState, SocleCommand, SocleEvent>.Given()
            .When(new SocleCommand.Publish("2026", new("a", "b", "c", "d", "e", "f", "g"), Today) { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-119 Hors contrat se déclare par qui répond de l'entité")]
    public void Without_contrat_is_declared_by_who_answers()
    {
        Entites(Clinique).When(Hors with { Auteur = Delegue }).Then(new EntiteEvent.HorsContratDeclared(Today, Hors.Motif));
        Entites(Clinique).When(Hors with { Auteur = Delegue with { Perimetre = Perimetre.Departement("92") } }).ThenRefusedSaying(RefusalCode.PerimetreForeign, "Cette entité");
        Entites([.. Clinique, new EntiteEvent.EntiteNiveauSet(Before, Niveau.Regional, "Groupe régional.", 1)]).When(Hors with { Auteur = Delegue }).ThenRefused(RefusalCode.PerimetreForeign);
        Entites(Clinique).When(Hors with { Auteur = Negociateur }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-121 Les autres contrats d'une entité sont tenus par qui suit ses contrats")]
    public void Other_contracts_are_kept_by_who_follows()
    {
        var ends = new EntiteCommand.EndAutreContrat("FIR-1", "Fin anticipée.", Today);
        var records = new EntiteCommand.RecordAutreContrat(new("MS-1", new AutreContrat.MedicoSocial(), "CPOM médico-social", Before, null));
        EntiteEvent[] suivie = [.. Clinique, new EntiteEvent.ContratRequirementMet(Before, "2026-001", new(2030, 12, 31))];
        Entites(suivie).When(records with { Auteur = Negociateur }).Then(new EntiteEvent.AutreContratRecorded(Before, records.Fiche));
        Entites(Clinique).When(ends with { Auteur = Negociateur }).ThenRefused(RefusalCode.PerimetreForeign);
        Entites(Clinique).When(ends with { Auteur = Representant }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-122 Une structure conclut ses contrats de clinicien, non ceux d'une autre")]
    public void Clinicians_are_engaged_by_the_structure()
    {
        var concludes = new EntiteCommand.ConcludeClinicien("C-1", new("REF-1", "cardiologie", Today));
        Entites(Clinique).When(concludes with { Auteur = Representant with { Perimetre = Perimetre.Entite(OtherEj) } }).ThenRefused(RefusalCode.PerimetreForeign);
    }

    [Fact(DisplayName = "R-117 Ce que disent les registres et les actes ne s'enregistre à aucun titre")]
    public void Registers_are_nobodys()
    {
        var register = new EntiteCommand.Register(Ej, new("Clinique", "73", null, null, "75"), Before, null, Before);
        Entites().When(register with { Auteur = Siege }).ThenRefused(RefusalCode.RoleNotAllowed);
        Entites(Clinique).When(new EntiteCommand.RequireContrat("R-001", "x", Today) { Auteur = Siege }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "Un rôle ne change rien à ce qui n'existe pas")]
    public void Nothing_there()
    {
        Campagnes().When(Plans with { Auteur = Expert }).ThenRefused(RefusalCode.CampagneUnknown);
        Negociations().When(new NegociationCommand.ReceiveTrame(Trame) { Auteur = Expert }).ThenRefused(RefusalCode.NegociationUnknown);
        Procedures().When(new ManquementsCommand.RecordDialogue("M-1", Parle) { Auteur = Expert }).ThenRefused(RefusalCode.ManquementUnknown);
        Entites().When(Hors with { Auteur = Expert }).ThenRefused(RefusalCode.EntiteUnknown);
    }

    private static Spec<Campagnes.Campagne, CampagneState, CampagneCommand, CampagneEvent>.Scenario Campagnes(params IEnumerable<CampagneEvent> history) =>
        Spec<Campagnes.Campagne, CampagneState, CampagneCommand, CampagneEvent>.Given(history);

    private static Spec<Negociation, NegociationState, NegociationCommand, NegociationEvent>.Scenario Negociations(params IEnumerable<NegociationEvent> history) =>
        Spec<Negociation, NegociationState, NegociationCommand, NegociationEvent>.Given(history);

    private static Spec<Manquements, ManquementsState, ManquementsCommand, ManquementsEvent>.Scenario Procedures(params IEnumerable<ManquementsEvent> history) =>
        Spec<Manquements, ManquementsState, ManquementsCommand, ManquementsEvent>.Given(history);

    private static Spec<Entite, EntiteState, EntiteCommand, EntiteEvent>.Scenario Entites(params IEnumerable<EntiteEvent> history) =>
        Spec<Entite, EntiteState, EntiteCommand, EntiteEvent>.Given(history);
}
