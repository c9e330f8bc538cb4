using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Domain.Reactions;
using Xunit;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;
using ContratSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState, Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;
using NegociationSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Negociations.Negociation, Cpom.Domain.Negociations.NegociationState, Cpom.Domain.Negociations.NegociationCommand, Cpom.Domain.Negociations.NegociationEvent>;
using EntiteSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Entites.Entite, Cpom.Domain.Entites.EntiteState, Cpom.Domain.Entites.EntiteCommand, Cpom.Domain.Entites.EntiteEvent>;

namespace Cpom.Domain.Specs;

/// <summary>With whom the region negotiates, by exception, and what follows for its contrats (decision 0050).</summary>
public sealed class NiveauSpecs
{
    private const string Motif = "Négociée par le siège (guide, note 6).";
    private static readonly Habilitation Siege = new(Role.Siege, Perimetre.Region);
    private static readonly Habilitation Delegue = new(Role.DelegueDepartemental, Perimetre.Departement("75"));
    private static readonly EntiteRegistered Hopital = new(Before, Ej, Faits.Hopital);
    private static readonly SetNiveau Sets = new(Niveau.Regional, Motif, Today);
    private static readonly EntiteNiveauSet Set = new(Today, Niveau.Regional, Motif, 1);
    private static readonly ContratCommand.FollowNiveau Follows = new(Niveau.Regional, Motif, 1, Today);

    [Fact(DisplayName = "R-118 La région dit d'une entité qu'elle négocie avec elle, et pourquoi")]
    public void Says()
    {
        EntiteSpec.Given(Hopital).When(Sets).Then(Set);
        EntiteSpec.Given(Hopital, Set).When(Sets).ThenNothing();
        EntiteSpec.Given(Hopital, Set).When(Sets with { Motif = "Autre motif." }).Then(new EntiteNiveauSet(Today, Niveau.Regional, "Autre motif.", 2));
        EntiteSpec.Given(Hopital, Set).When(new SetNiveau(Niveau.Departemental, "Fusion.", Today)).Then(new EntiteNiveauSet(Today, Niveau.Departemental, "Fusion.", 2));
        EntiteSpec.Given(Hopital).When(new SetNiveau(Niveau.Departemental, "Rien n'a été dit d'autre.", Today)).ThenNothing();
    }

    [Fact(DisplayName = "R-118 Sans motif, le département négocie")]
    public void Reasoned() => EntiteSpec.Given(Hopital).When(Sets with { Motif = " " }).ThenRefused(RefusalCode.NiveauUnreasoned);

    [Fact(DisplayName = "R-058 Le retour au département se motive aussi")]
    public void Reasoned_back() => EntiteSpec.Given(Hopital, Set).When(new SetNiveau(Niveau.Departemental, "", Today)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "Le motif du niveau est borné, d'une entité et d'un contrat")]
    public void Bounded()
    {
        var (fits, tooLong) = (new string('x', 4_000), new string('x', 4_001));
        EntiteSpec.Given(Hopital).When(Sets with { Motif = fits }).Then(Set with { Motif = fits });
        EntiteSpec.Given(Hopital).When(Sets with { Motif = tooLong }).ThenRefused(RefusalCode.TexteTooLong);
        ContratSpec.Given(Projet).When(new ContratCommand.SetNiveau(Niveau.Regional, Before, tooLong)).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "D-02 D'une entité encore inconnue, rien n'est dit")]
    public void Unknown() => EntiteSpec.Given().When(Sets).ThenRefused(RefusalCode.EntiteUnknown);

    [Fact(DisplayName = "R-117 Le message à ses contrats est de la plateforme seule")]
    public void By_nobody() => ContratSpec.Given(Projet).When(Follows with { Auteur = Siege }).ThenRefused(RefusalCode.RoleNotAllowed);

    [Fact(DisplayName = "R-118 Seule la région le dit")]
    public void Who()
    {
        EntiteSpec.Given(Hopital).When(Sets with { Auteur = Siege }).Then(Set);
        EntiteSpec.Given(Hopital).When(Sets with { Auteur = Delegue }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-119 Une entité que la région négocie n'est plus l'affaire du délégué ; rendue, elle l'est de nouveau")]
    public void Whose()
    {
        var caqes = new AutreContratFiche("CAQES-2026", new AutreContrat.Caqes([]), "Pertinence", Before, null);
        EntiteSpec.Given(Hopital, Set).When(new RecordAutreContrat(caqes) { Auteur = Delegue }).ThenRefusedSaying(RefusalCode.PerimetreForeign, "niveau régional");
        EntiteSpec.Given(Hopital, Set, new EntiteNiveauSet(Today, Niveau.Departemental, "Fusion.", 2)).When(new RecordAutreContrat(caqes) { Auteur = Delegue })
            .Then(new AutreContratRecorded(Before, caqes));
    }

    [Fact(DisplayName = "R-118 Ses contrats suivent, ceux qui sont ouverts et ceux qui le seront")]
    public void Reaches()
    {
        var facts = Faits.Region(FicheEps).Then(Ej, Set);
        Assert.Equal([new Reaction.ToContrat(FicheEps.Numero, Follows)], facts.Last);
        Assert.Contains(new Reaction.ToContrat("2026-002", Follows), facts.Open(FicheEps with { Numero = "2026-002" }).Last);
        Assert.Equal(Set.Motif, Coverage.From(facts.Coverage.ToShape()).NiveauOf(Ej)!.Motif);
    }

    [Fact(DisplayName = "R-118 Rendue au département, ses contrats suivent aussi ; un contrat ouvert ensuite dit le sien")]
    public void Reaches_back()
    {
        var back = new EntiteNiveauSet(Today, Niveau.Departemental, "Fusion.", 2);
        var facts = Faits.Region(FicheEps).Then(Ej, Set).Then(Ej, back);
        Assert.Equal([new Reaction.ToContrat(FicheEps.Numero, new ContratCommand.FollowNiveau(Niveau.Departemental, "Fusion.", 2, Today))], facts.Last);
        Assert.DoesNotContain(facts.Open(FicheEps with { Numero = "2026-002" }).Last, r => r is Reaction.ToContrat { Command: ContratCommand.FollowNiveau });
    }

    [Fact(DisplayName = "R-118 Un contrat suit une fois ce qui est dit de son entité : redit, un message ancien ne défait rien")]
    public void Follows_once()
    {
        var followed = new ContratEvent.NiveauSet(Today, Niveau.Regional, Motif, 1);
        var own = new ContratEvent.NiveauSet(Today, Niveau.Departemental, "Ce contrat-ci est local.");
        ContratSpec.Given(Projet).When(Follows).Then(followed);
        ContratSpec.Given([.. Projet, followed, own]).When(Follows).ThenNothing();
        ContratSpec.Given([.. Projet, followed, own]).When(Follows with { Revision = 2 }).Then(followed with { Revision = 2 });
        ContratSpec.Given([.. Projet, own with { Niveau = Niveau.Regional }]).When(Follows).Then(followed);
        ContratSpec.Given([.. Projet, new ContratEvent.ContratAbandoned(Today, "Doublon.")]).When(Follows).ThenNothing();
    }

    [Fact(DisplayName = "R-118 D'un seul contrat, le niveau se dit avec son motif")]
    public void Of_one_contrat()
    {
        var set = new ContratEvent.NiveauSet(Before, Niveau.Regional, Motif);
        ContratSpec.Given(Projet).When(new ContratCommand.SetNiveau(Niveau.Regional, Before, Motif)).Then(set);
        ContratSpec.Given([.. Projet, set]).When(new ContratCommand.SetNiveau(Niveau.Regional, Before, "Redit.")).ThenNothing();
        ContratSpec.Given(Projet).When(new ContratCommand.SetNiveau(Niveau.Departemental, Before)).ThenNothing();
        ContratSpec.Given(Projet).When(new ContratCommand.SetNiveau(Niveau.Regional, Before)).ThenRefused(RefusalCode.NiveauUnreasoned);
    }

    [Fact(DisplayName = "R-118 La négociation d'une entité que la région négocie s'ouvre à ce niveau")]
    public void Negotiated()
    {
        var opens = Dossiers.Open(FicheDossier);
        NegociationSpec.Given().When(opens with { NiveauOfEntites = Niveau.Regional }).ThenRefused(RefusalCode.NiveauOfEntite);
        NegociationSpec.Given().When(opens with { NiveauOfEntites = Niveau.Departemental }).Then(new NegociationEvent.NegociationOpened(Before, FicheDossier));
        var regionale = FicheDossier with { Niveau = Niveau.Regional, MotifNiveau = Motif };
        NegociationSpec.Given().When(opens with { Fiche = regionale, NiveauOfEntites = Niveau.Regional }).Then(new NegociationEvent.NegociationOpened(Before, regionale));
    }
}
