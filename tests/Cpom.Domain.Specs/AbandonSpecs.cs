using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Reactions;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>A project that is given up.</summary>
public sealed class AbandonSpecs
{
    private const string Reason = "ouvert deux fois";
    private static readonly ContratEvent[] Abandonne = [.. ProjetPret, new ContratAbandoned(Today, Reason)];

    [Fact(DisplayName = "Un projet s'abandonne avec un motif, une fois")]
    public void Given_up()
    {
        Given(ProjetPret).When(new Abandon(Reason, Today)).Then(new ContratAbandoned(Today, Reason));
        Given(Projet).When(new Abandon(Reason, Today)).Then(new ContratAbandoned(Today, Reason));
        Given(ProjetPret).When(new Abandon(" ", Today)).ThenRefused(RefusalCode.ReasonMissing);
        Given(ProjetPret).When(new Abandon(new string('x', 4_001), Today)).ThenRefused(RefusalCode.TexteTooLong);
        Given(Abandonne).When(new Abandon(Reason, Today.AddDays(1))).ThenNothing();
        Given(Abandonne).When(new Abandon("autre", Today)).ThenRefusedSaying(RefusalCode.ContratAbandoned, Reason);
    }

    [Fact(DisplayName = "Ce qu'une partie a signé ne s'abandonne pas ; la signature se retire d'abord")]
    public void Signed_by_one()
    {
        Given(EnSignature).When(new Abandon(Reason, Today)).ThenRefusedSaying(RefusalCode.AbandonUnfit, "retirez d'abord");
        Given(EnVigueur).When(new Abandon(Reason, Today)).ThenRefusedSaying(RefusalCode.AbandonUnfit, "en vigueur");
        Given([.. EnSignature, new ContratSignatureWithdrawn(Today, "coquille")]).When(new Abandon(Reason, Today)).Then(new ContratAbandoned(Today, Reason));
    }

    [Fact(DisplayName = "Un contrat abandonné ne prend plus rien, et son numéro reste pris")]
    public void Takes_nothing()
    {
        ContratCommand[] ofPeople = [Open(), Sign(Signatory.RepresentantLegal, "Mme Petit", Today), new AddEngagement(Engagement(), Today), new SetNiveau(Niveau.Regional, Today), new Transmit(null, null, Today)];
        Assert.All(ofPeople, command => Assert.Equal(RefusalCode.ContratAbandoned, Assert.IsType<Decision<ContratEvent>.Refused>(Contrat.Decide(Fold(Abandonne), command)).Refusal.Code));
        ContratCommand[] onTheWay = [new RecordAct(Act(0, null, Rc), false), new RecordSite(SiteForeign, true, Today), new CompleteCatchUp(Today), new RecordAccord("N-1", 1, [], false, Today), new PassJour(DateFin), new EndRelais("2026-002", Today)];
        Assert.All(onTheWay, command => Assert.Empty(Assert.IsType<Decision<ContratEvent>.Accepted>(Contrat.Decide(Fold(Abandonne), command)).Events));
        Assert.Empty(Demarches.Of(Fold(Abandonne), Today, "75", null));
        Assert.NotEmpty(ContratWarnings.Of(Fold(Projet)));
        Assert.Empty(ContratWarnings.Of(Fold([.. Projet, new ContratAbandoned(Today, Reason)])));
    }

    [Fact(DisplayName = "R-121 Qui ouvre un contrat l'abandonne, de l'agence seulement")]
    public void Rights()
    {
        Given(ProjetPret).When(new Abandon(Reason, Today) { Auteur = new(Role.Negociateur, Perimetre.Dossier(FicheEps.Numero)) }).Then(new ContratAbandoned(Today, Reason));
        Given(ProjetPret).When(new Abandon(Reason, Today) { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(Ej)) }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-056 Rien n'est plus envoyé à un contrat abandonné")]
    public void Forgotten()
    {
        var faits = Faits.Region(FicheEps).Then(FicheEps.Numero, new ContratAbandoned(Today, Reason));
        Assert.Empty(faits.Last);
        Assert.All([faits.Coverage, Coverage.From(faits.Coverage.ToShape())], coverage =>
        {
            Assert.Empty(coverage.ContratsFor(Ej, Faits.Recognised(Rc)));
            Assert.Empty(coverage.WholeContratsOf(Ej));
            Assert.False(coverage.IsOpen(FicheEps.Numero));
            Assert.Equal(FicheEps, coverage.FicheOf(FicheEps.Numero));
        });
    }

    [Fact(DisplayName = "R-001 Le projet abandonné n'était pas le contrat qu'il faut à l'entité : l'alerte vient comme sans lui")]
    public void Obligation()
    {
        var faits = Faits.Region(FicheEps).Then(FicheEps.Numero, new ContratAbandoned(Today, Reason));
        Assert.Contains(faits.Then(SiteA, Faits.Granted(Amm)).Last, r => r is Reaction.ToEntite { Command: EntiteCommand.RequireContrat { Rule: "R-001" } });
    }

    [Fact(DisplayName = "L-05 Le contrat unique abandonné n'est plus celui d'aucun membre")]
    public void Forgotten_by_each_member()
    {
        var opened = new ContratOpened(Before, FicheEps with { Ght = "GHT-75" }, [], Groupe: new([Ej, OtherEj], Before));
        var faits = Faits.Region().Then(OtherEj, new EntiteEvent.EntiteRegistered(Before, OtherEj, Faits.Hopital)).Then(FicheEps.Numero, opened);
        Assert.All([Ej, OtherEj], entite => Assert.Equal([FicheEps.Numero], faits.Coverage.WholeContratsOf(entite)));
        faits.Then(FicheEps.Numero, new ContratAbandoned(Today, Reason));
        Assert.All([Ej, OtherEj], entite => Assert.Empty(faits.Coverage.WholeContratsOf(entite)));
        Assert.All([Ej, OtherEj], entite => Assert.Empty(Coverage.From(faits.Coverage.ToShape()).WholeContratsOf(entite)));
    }

    private static ContratState.Ouvert Fold(IEnumerable<ContratEvent> events) => (ContratState.Ouvert)events.Aggregate(Contrat.Initial, Contrat.Evolve);
}
