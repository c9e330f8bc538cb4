using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Sanctions.Prs, Cpom.Domain.Sanctions.PrsState, Cpom.Domain.Sanctions.PrsCommand, Cpom.Domain.Sanctions.PrsEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The adoption of a projet régional de santé, and the year that it begins (<see cref="Limits.PrsSignatureLeadMonths"/>).</summary>
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

    [Fact(DisplayName = "R-101 L'année pour signer se voit venir un trimestre avant, puis elle est passée")]
    public void A_year()
    {
        PrsEvent[] passed =
        [
            new PrsEvent.PrsEcheanceReached(new(2019, 4, 23), EcheanceKind.SignaturePrs, 0, EcheanceStade.Proche, new(2019, 7, 23)),
            new PrsEvent.PrsEcheanceReached(new(2019, 7, 23), EcheanceKind.SignaturePrs, 0, EcheanceStade.Echue, new(2019, 7, 23)),
            new PrsEvent.PrsEcheanceReached(new(2019, 7, 24), EcheanceKind.SignaturePrs, 0, EcheanceStade.Depassee, new(2019, 7, 23)),
        ];
        Given(Adopted).When(new PrsCommand.PassJour(new(2019, 4, 22))).ThenNothing();
        Given(Adopted).When(new PrsCommand.PassJour(new(2019, 7, 24))).Then(passed);
        Given([Adopted, .. passed]).When(new PrsCommand.PassJour(new(2030, 1, 1))).ThenNothing();
        Given([Adopted, .. passed]).When(new PrsCommand.Adopt("PRS 2018-2022", new(2018, 7, 23))).ThenNothing();
        Assert.Equal((new DateOnly(2019, 7, 23), "R-101", null), (Due(Adopted).DueOn, Due(Adopted).Rule, Due(Adopted).DoneOn));
        Assert.Equal((new DateOnly(2019, 7, 23), false), (Due([Adopted, .. passed]).DoneOn, Due([Adopted, .. passed]).IsLate));
        Assert.Empty(Prs.EcheancesOf(Prs.Initial));
        Assert.Equal(new DateOnly(2019, 4, 23), Prs.NextDay(State(Adopted)));
        Assert.Equal("PRS 2018-2022", Prs.EntiteOf(State(Adopted)));
    }

    [Fact(DisplayName = "R-117 Le jour qui commence n'est à personne")]
    public void Clock() => Given(Adopted).When(new PrsCommand.PassJour(new(2019, 7, 24)) { Auteur = new(Role.Siege, Perimetre.Region) }).ThenRefused(RefusalCode.RoleNotAllowed);

    private static PrsState State(params IEnumerable<PrsEvent> history) => history.Aggregate(Prs.Initial, Prs.Evolve);

    private static Echeance Due(params IEnumerable<PrsEvent> history) => Assert.Single(Prs.EcheancesOf(State(history)));

    [Fact(DisplayName = "Le nom d'un PRS a soixante caractères au plus")]
    public void Long_name() => Given().When(new PrsCommand.Adopt(new string('x', 61), new(2018, 7, 23))).ThenRefused(RefusalCode.TexteTooLong);
}
