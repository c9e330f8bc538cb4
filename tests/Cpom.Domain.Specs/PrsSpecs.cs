using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Sanctions.Prs, Cpom.Domain.Sanctions.PrsState, Cpom.Domain.Sanctions.PrsCommand, Cpom.Domain.Sanctions.PrsEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The adoption of a projet régional de santé.</summary>
public sealed class PrsSpecs
{
    private static readonly PrsEvent.PrsAdopted Adopted = new(new(2018, 7, 23), "PRS 2018-2022");

    [Fact(DisplayName = "R-101 L'adoption d'un PRS s'enregistre une fois, sous son nom")]
    public void Adopts()
    {
        Given().When(new PrsCommand.Adopt("PRS 2018-2022", new(2018, 7, 23))).Then(Adopted);
        Given(Adopted).When(new PrsCommand.Adopt("PRS 2018-2022", new(2018, 7, 23))).ThenNothing();
    }

    [Fact(DisplayName = "R-101 Un autre jour, ou aucun nom, est refusé")]
    public void Otherwise()
    {
        Given(Adopted).When(new PrsCommand.Adopt("PRS 2018-2022", new(2018, 7, 24))).ThenRefusedSaying(RefusalCode.PrsUnfit, "23/07/2018");
        Given().When(new PrsCommand.Adopt(" ", new(2018, 7, 24))).ThenRefused(RefusalCode.PrsUnfit);
    }

    [Fact(DisplayName = "Le nom d'un PRS a soixante caractères au plus")]
    public void Long_name() => Given().When(new PrsCommand.Adopt(new string('x', 61), new(2018, 7, 23))).ThenRefused(RefusalCode.TexteTooLong);
}
