using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Domain.Reactions;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>What a contrat takes of its négociation, and how it comes there.</summary>
public sealed class AccordSpecs
{
    private static readonly Fiche Negociee = FicheEps with { Negociation = "N-1" };
    private static readonly ContratEvent[] Ouvert = [new ContratOpened(Before, Negociee, [SiteA, SiteB]), new SocleCaughtUp(Before)];
    private static readonly ContratEvent[] Accorde = [.. Ouvert, new AccordRecorded(Today, "N-1", 1, [Engagement()], null), new EngagementAdded(Today, Engagement())];
    private static readonly ContratEvent[] Signe = [.. Accorde, new ContratSigned(Today, Signatory.RepresentantLegal, "Mme Petit")];
    private static readonly ContratEvent[] Pont = [new ContratOpened(Before, FicheEps with { Nature = ContratNature.SocleCommun }, [SiteA, SiteB]), .. EnVigueur[1..]];

    [Fact(DisplayName = "R-118 Le contrat d'une négociation du niveau régional est du niveau régional")]
    public void Level()
    {
        var opens = Open() with { Fiche = Negociee, Dossier = new(Ej, FicheEps.Numero, Niveau.Regional) };
        var opened = new ContratOpened(Before, opens.Fiche, opens.Sites);
        Given().When(opens).Then(opened, new NiveauSet(Before, Niveau.Regional));
        Given().When(opens with { Dossier = new(Ej, FicheEps.Numero) }).Then(opened);
    }

    [Fact(DisplayName = "R-011 Un contrat nomme la négociation dont il vient, si elle le prévoit pour cette structure")]
    public void Opens()
    {
        var open = Open(Negociee);
        Given().When(open with { Dossier = new(Ej, "2026-001") }).Then(Ouvert[0]);
        Given().When(open).ThenRefusedSaying(RefusalCode.StructuresUnfit, "N-1");
        Given().When(open with { Dossier = new(Ej, null) }).ThenRefused(RefusalCode.StructuresUnfit);
        Given().When(open with { Dossier = new(Ej, "2026-9") }).ThenRefusedSaying(RefusalCode.StructuresUnfit, "2026-9");
        Given().When(open with { Dossier = new(OtherEj, "2026-001") }).ThenRefused(RefusalCode.StructuresUnfit);
    }

    [Fact(DisplayName = "R-075 Le projet prend les engagements acceptés, mot pour mot")]
    public void Takes()
    {
        Given(Ouvert).When(Record(1, Engagement())).Then(Accorde[2..]);
        Given(Accorde).When(Record(1, Engagement(2))).ThenNothing();
        Given(Accorde).When(Record(3, Engagement(2))).Then(
            new AccordRecorded(Today, "N-1", 3, [Engagement(2)], null), new EngagementRemoved(Today, 1), new EngagementAdded(Today, Engagement(2)));
        Given(Accorde).When(Record(2) with { Engagements = null }).Then(new AccordRecorded(Today, "N-1", 2, null, null), new EngagementRemoved(Today, 1));
        Given(Projet).When(Record(1, Engagement())).ThenNothing();
    }

    [Fact(DisplayName = "R-076 Ce que le contrat prend d'une négociation laisse ses lignes et leurs actes comme ils sont")]
    public void Leaves_lines()
    {
        var before = (ContratState.Ouvert)Fold([.. Ouvert, new SocleLigneSet(Before, Act(0, null, Rc), false)]);
        var after = (ContratState.Ouvert)Fold([.. Ouvert, new SocleLigneSet(Before, Act(0, null, Rc), false), .. Accorde[2..]]);
        Assert.Equal(before.Lignes, after.Lignes);
        Assert.Equal(before.Items, after.Items);
        Assert.Equal(before.Seen, after.Seen);
    }

    [Fact(DisplayName = "R-075 Aucun engagement n'y vient ni n'en part à la main")]
    public void By_hand()
    {
        Given(Ouvert).When(new AddEngagement(Engagement(), Today)).ThenRefusedSaying(RefusalCode.SyntheseBinds, "N-1");
        Given(Accorde).When(new AddEngagement(Engagement(2), Today)).ThenRefused(RefusalCode.SyntheseBinds);
        Given(Accorde).When(new RemoveEngagement(1, Today)).ThenRefused(RefusalCode.SyntheseBinds);
        Given(Accorde[..^1]).When(new AddEngagement(Engagement(), Today)).Then(Accorde[^1]);
    }

    [Fact(DisplayName = "R-075 Rien ne se signe avant que les deux parties aient accepté, ni autre chose que ce qu'elles ont accepté")]
    public void Signs()
    {
        var sign = new Sign(Signatory.RepresentantLegal, "Mme Petit", Today);
        Given(Ouvert).When(sign).ThenRefusedSaying(RefusalCode.SyntheseBinds, "n'ont pas accepté");
        Given(Accorde[..^1]).When(sign).ThenRefusedSaying(RefusalCode.SyntheseBinds, "L'engagement 1 accepté n'est pas dans le contrat");
        Given([.. Accorde, new EngagementAdded(Today, Engagement(2))]).When(sign).ThenRefusedSaying(RefusalCode.SyntheseBinds, "L'engagement 2 du contrat");
        Given([.. Accorde, .. Approuve]).When(sign with { Paraphes = Annexes }).Then((ContratSigned)Signe[^1] with { Paraphes = Annexes });
    }

    [Fact(DisplayName = "R-075 L'engagement accepté qui n'entre pas dans le contrat est dit à la signature, avec la raison")]
    public void Does_not_fit()
    {
        var foreign = Engagement() with { Finess = [SiteForeign] };
        Given(Ouvert).When(Record(1, foreign)).Then(new AccordRecorded(Today, "N-1", 1, [foreign], null));
        Given([.. Ouvert, new AccordRecorded(Today, "N-1", 1, [foreign], null)]).When(new Sign(Signatory.RepresentantLegal, "Mme Petit", Today))
            .ThenRefusedSaying(RefusalCode.SyntheseBinds, SiteForeign);
    }

    [Fact(DisplayName = "R-075 Un texte signé d'une partie attend : renégocié, il ne se contresigne plus, et se met à jour quand la signature est retirée")]
    public void Signed_by_one()
    {
        var renegotiated = new AccordRecorded(Today, "N-1", 3, [Engagement(2)], null);
        Given(Signe).When(Record(3, Engagement(2))).Then(renegotiated);
        Given([.. Signe, renegotiated]).When(new Sign(Signatory.DgArs, "M. Roy", Today)).ThenRefused(RefusalCode.SyntheseBinds);
        Given([.. Signe, renegotiated]).When(new WithdrawSignature("renégocié", Today)).Then(
            new ContratSignatureWithdrawn(Today, "renégocié"), new EngagementRemoved(Today, 1), new EngagementAdded(Today, Engagement(2)));
        Given([.. Signe, new ContratSigned(Today, Signatory.DgArs, "M. Roy"), new ContratEnteredIntoForce(Today)]).When(Record(3, Engagement(2))).ThenNothing();
    }

    [Fact(DisplayName = "R-086 Un contrat « socle commun » n'a pas d'engagement avant son premier avenant")]
    public void Bridge_by_hand() => Given(Pont[0]).When(new AddEngagement(Engagement(), Before)).ThenRefused(RefusalCode.ContratSocleCommun);

    [Fact(DisplayName = "R-086 Les engagements négociés y viennent par un avenant qui leur est propre")]
    public void Bridge()
    {
        var request = new OpenAvenant("negociation N-1/1", Today, AvenantMotif.Engagements, false, [], false, Today);
        ContratEvent[] taken =
        [
            new AvenantOpened(Today, 1, request, []), new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement())),
            new AccordRecorded(Today, "N-1", 1, [Engagement()], 1),
        ];
        Given(Pont).When(Record(1, Engagement()) with { ByAvenant = true }).Then(taken);
        Given([.. Pont, .. taken]).When(Record(1, Engagement()) with { ByAvenant = true }).ThenNothing();
        Given([.. Pont, .. taken]).When(Record(2) with { ByAvenant = true, Engagements = null }).Then(
            new AvenantAbandoned(Today, 1, "Négociation N-1 rouverte"), new AccordRecorded(Today, "N-1", 2, null, null));
    }

    [Fact(DisplayName = "R-055 Un avenant suppose que le contrat « socle commun » soit signé")]
    public void Bridge_unsigned() => Given(Pont[..2]).When(Record(1, Engagement()) with { ByAvenant = true }).ThenRefused(RefusalCode.ContratNotInForce);

    [Fact(DisplayName = "R-075 Ce que les deux ont accepté va au contrat, qu'il soit ouvert avant ou après")]
    public void Travels()
    {
        var coverage = new Coverage();
        coverage.Apply("N-1", new NegociationEvent.NegociationOpened(Before, Dossiers.FicheDossier));
        NegociationEvent accepted = new NegociationEvent.SyntheseAccepted(Today, Ej, 1, [Engagement()]);
        coverage.Apply("N-1", accepted);
        Assert.Empty(Reactions.Reactions.To("N-1", accepted, coverage, Today));
        coverage.Apply("2026-001", Ouvert[0]);
        Reaction.ToContrat told = new("2026-001", Record(1, Engagement()));
        Assert.Contains(told, Reactions.Reactions.To("2026-001", Ouvert[0], coverage, Today));
        Assert.Equal([told], Reactions.Reactions.To("N-1", accepted, coverage, Today));
        NegociationEvent reopened = new NegociationEvent.SyntheseReopened(Today, Ej, 2, "acte");
        coverage.Apply("N-1", reopened);
        Assert.Equal([new Reaction.ToContrat("2026-001", Record(2) with { Engagements = null })], Reactions.Reactions.To("N-1", reopened, coverage, Today));
    }

    [Fact(DisplayName = "R-080 Les signatures du contrat reviennent à la négociation, et leur retrait")]
    public void Signatures_come_back()
    {
        var coverage = new Coverage();
        coverage.Apply("N-1", new NegociationEvent.NegociationOpened(Before, Dossiers.FicheDossier));
        coverage.Apply("2026-001", Ouvert[0]);
        Assert.Equal(
            [new Reaction.ToNegociation("N-1", new NegociationCommand.NoteSignature(Ej, Signatory.RepresentantLegal, Today, Today))],
            Reactions.Reactions.To("2026-001", Signe[^1], coverage, Today));
        Assert.Equal(
            [new Reaction.ToNegociation("N-1", new NegociationCommand.NoteSignature(Ej, Signatory.RepresentantLegal, null, Today))],
            Reactions.Reactions.To("2026-001", new ContratSignatureWithdrawn(Today, "coquille"), coverage, Today));
        coverage.Apply("2024-P", Pont[0]);
        Assert.Empty(Reactions.Reactions.To("2024-P", new AvenantSigned(Today, 1, Signatory.DgArs, "M. Roy"), coverage, Today));
        coverage.Apply("2024-P", new AccordRecorded(Today, "N-1", 1, [], 1));
        Assert.Equal(
            [new Reaction.ToNegociation("N-1", new NegociationCommand.NoteSignature(Ej, Signatory.DgArs, Today, Today))],
            Reactions.Reactions.To("2024-P", new AvenantSigned(Today, 1, Signatory.DgArs, "M. Roy"), coverage, Today));
    }

    private static RecordAccord Record(int version, params Engagement[] engagements) => new("N-1", version, engagements.ToValueList(), ByAvenant: false, Today);

    private static ContratState Fold(IEnumerable<ContratEvent> events) => events.Aggregate(Contrat.Initial, Contrat.Evolve);
}
