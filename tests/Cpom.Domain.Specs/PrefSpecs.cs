using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>A plan of return to financial balance shows in the contrat.</summary>
public sealed class PrefSpecs
{
    private static readonly Sign First = Sign(Signatory.RepresentantLegal, "Mme Petit", Before) with { Pref = "PREF-2026" };

    [Fact(DisplayName = "R-126 Un contrat dont l'entité a un PREF ne se signe pas sans engagement à l'annexe 2, volet 3")]
    public void Unwritten() => Given([.. ProjetPret, new EngagementAdded(Before, Engagement())]).When(First).ThenRefusedSaying(RefusalCode.PrefUnwritten, "PREF-2026");

    [Fact(DisplayName = "R-126 Un contrat signé avant que la plate-forme le connaisse est repris tel quel")]
    public void Taken_over() => Given(ProjetPret).When(First with { Reprise = true }).Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit") with { Reprise = true });

    [Fact(DisplayName = "R-126 Avec lui, ou sans PREF, il se signe")]
    public void Written()
    {
        Given([.. Projet, new SocleCaughtUp(Before), new EngagementAdded(Before, Engagement() with { Volet = Volet.A2V3 }), .. Approuve]).When(First).Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit"));
        Given(ProjetPret).When(First with { Pref = null }).Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit"));
    }

    [Fact(DisplayName = "R-126 Un avenant n'en retire pas le dernier engagement, même à deux")]
    public void Amended()
    {
        var (one, two) = (Engagement(1) with { Volet = Volet.A2V3 }, Engagement(2) with { Volet = Volet.A2V3 });
        ContratEvent[] both = [.. Avec(one, two, Engagement(9)), Opened(1), Removes(1, 1), .. Signed(1), Opened(2), Removes(2, 2)];
        var second = SignAvenant(2, Signatory.RepresentantLegal, "Mme Petit", Today) with { Pref = "PREF-2026" };
        Given(both).When(second).ThenRefusedSaying(RefusalCode.PrefUnwritten, "PREF-2026");
        Given(both).When(second with { Pref = null }).Then(AvenantSigned(Today, 2, Signatory.RepresentantLegal, "Mme Petit"));
        Given([.. both, new AvenantEngagementChanged(Today, 2, new EngagementChange.Add(Engagement(3) with { Volet = Volet.A2V3 }))]).When(second)
            .Then(AvenantSigned(Today, 2, Signatory.RepresentantLegal, "Mme Petit"));
    }

    [Fact(DisplayName = "R-126 Un contrat qui n'en avait pas quand le plan est venu s'amende quand même")]
    public void Had_none() =>
        Given([.. Avec(Engagement(1)), Opened(1), Removes(1, 1)]).When(SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today) with { Pref = "PREF-2026" })
            .Then(AvenantSigned(Today, 1, Signatory.RepresentantLegal, "Mme Petit"));

    [Fact(DisplayName = "R-126 Ce qui explique un contrat dit que le plan en retient la signature")]
    public void Explained()
    {
        var contrat = (ContratState.Ouvert)ProjetPret.Aggregate(Contrat.Initial, Contrat.Evolve);
        var told = Demarches.Of(contrat, Today, null, null, command => command is Sign sign ? sign with { Pref = "PREF-2026" } : command);
        Assert.Equal(RefusalCode.PrefUnwritten, Assert.Single(told, d => d.Libelle == "signer pour la structure").Refusal!.Code);
    }

    private static ContratEvent[] Avec(params Engagement[] engagements) => [.. Projet, .. engagements.Select(e => new EngagementAdded(Before, e)), .. EnVigueur[1..]];

    private static AvenantEngagementChanged Removes(int avenant, int engagement) => new(Today, avenant, new EngagementChange.Remove(engagement));
}
