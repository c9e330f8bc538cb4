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
}
