using Cpom.Domain.Echeances;
using Cpom.Domain.Negociations;
using Xunit;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Negociations.Negociation, Cpom.Domain.Negociations.NegociationState,
    Cpom.Domain.Negociations.NegociationCommand, Cpom.Domain.Negociations.NegociationEvent>;

namespace Cpom.Domain.Specs;

/// <summary>From J+0 to J+210, and the extensions. Its bounds in plain figures: <see cref="Limits.ProlongationsMax"/>, <see cref="Limits.NegociationLeadDays"/>.</summary>
public sealed class NegociationCalendarSpecs
{
    private static readonly NegociationProlonged First = new(Today, 1, "projet de regroupement");

    [Fact(DisplayName = "R-077 Les délais courent du jour où la structure reçoit la trame ; avant, rien n'est dû")]
    public void Frame()
    {
        Given(Ouverte).When(new ReceiveTrame(Trame)).Then(Recue[^1]);
        Given(Recue).When(new ReceiveTrame(Trame)).ThenNothing();
        Given(Ouverte).When(new PassJour(DateOnly.MaxValue)).ThenNothing();
        Assert.All(NegociationEcheances.Of(State(Recue)), e => Assert.Equal(Trame, e.From));
    }

    [Fact(DisplayName = "R-077 Rien ne précède la réception de la trame")]
    public void Nothing_before_the_frame()
    {
        Given(Ouverte).When(new HandOverRapport(Ej, Remis)).ThenRefused(RefusalCode.TrameMissing);
        Given(Recue).When(new HandOverRapport(Ej, Trame.AddDays(-1))).ThenRefused(RefusalCode.TrameMissing);
    }

    [Fact(DisplayName = "Une trame reçue l'est d'un seul jour")]
    public void Frame_otherwise() => Given(Recue).When(new ReceiveTrame(Today)).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "01/02/2026");

    [Theory(DisplayName = "R-078 R-079 R-080 R-081 Le rapport à J+60, la négociation à J+120, la structure signe à J+180, l'agence à J+210")]
    [InlineData(EcheanceKind.RapportDiagnostic, "R-078", "2026-04-02", "2026-04-02")]
    [InlineData(EcheanceKind.FinNegociation, "R-079", "2026-06-01", "2026-08-30")]
    [InlineData(EcheanceKind.SignatureStructure, "R-080", "2026-07-31", "2026-10-29")]
    [InlineData(EcheanceKind.SignatureAgence, "R-081", "2026-08-30", "2026-11-28")]
    public void Steps(EcheanceKind kind, string rule, string due, string prolonged)
    {
        var step = Due(Recue, kind);
        Assert.Equal((rule, due), (step.Rule, Iso(step.DueOn)));
        Assert.Equal(prolonged, Iso(Due([.. Recue, First], kind).DueOn));
    }

    [Fact(DisplayName = "R-082 Une prolongation reporte de 90 jours les étapes 3 à 5, pas le rapport")]
    public void Prolonged()
    {
        Given(Recue).When(new Prolong(1, "projet de regroupement", Agreed: true, Today)).Then(First);
        Assert.Equal([0, 90, 90, 90], NegociationEcheances.Of(State([.. Recue, First])).Zip(NegociationEcheances.Of(State(Recue)), (with, without) => with.DueOn.DayNumber - without.DueOn.DayNumber));
    }

    [Fact(DisplayName = "R-083 Elle se reconduit, chaque fois d'un commun accord et avec son motif")]
    public void Prolonged_again()
    {
        NegociationEvent[] once = [.. Recue, First];
        Given(once).When(new Prolong(2, "attente du PRS", Agreed: true, Today)).Then(new NegociationProlonged(Today, 2, "attente du PRS"));
        Given(once).When(new Prolong(2, "attente du PRS", Agreed: false, Today)).ThenRefusedSaying(RefusalCode.ProlongationUnfit, "deux parties");
        Given(once).When(new Prolong(2, " ", Agreed: true, Today)).ThenRefusedSaying(RefusalCode.ProlongationUnfit, "motif");
        Given(once).When(new Prolong(3, "attente du PRS", Agreed: true, Today)).ThenRefusedSaying(RefusalCode.ProlongationUnfit, "la 2");
        Given(Signee).When(new Prolong(1, "attente du PRS", Agreed: true, Today)).ThenRefusedSaying(RefusalCode.ProlongationUnfit, "tout est signé");
    }

    [Fact(DisplayName = "Une prolongation se redit sans effet, et ne change pas de motif")]
    public void Prolonged_twice()
    {
        Given([.. Recue, First]).When(new Prolong(1, "projet de regroupement", Agreed: true, Remis)).ThenNothing();
        Given([.. Recue, First]).When(new Prolong(1, "autre", Agreed: true, Remis)).ThenRefused(RefusalCode.NegociationOtherwise);
    }

    [Fact(DisplayName = "Une négociation se prolonge huit fois au plus")]
    public void Prolonged_most()
    {
        NegociationEvent[] seven = [.. Recue, .. Enumerable.Range(1, 7).Select(rang => new NegociationProlonged(Today, rang, "m"))];
        Given(seven).When(new Prolong(8, "m", true, Today)).Then(new NegociationProlonged(Today, 8, "m"));
        Given([.. seven, new NegociationProlonged(Today, 8, "m")]).When(new Prolong(9, "m", true, Today)).ThenRefused(RefusalCode.NegociationOutsideLimits);
    }

    [Fact(DisplayName = "R-078 Le rapport qui manque est dit quinze jours avant, le jour dit et le lendemain")]
    public void Report_late() => Given(Recue).When(new PassJour(new(2026, 4, 3))).Then(
        new NegociationEcheanceReached(new(2026, 3, 18), EcheanceKind.RapportDiagnostic, 0, EcheanceStade.Proche, new(2026, 4, 2)),
        new NegociationEcheanceReached(new(2026, 4, 2), EcheanceKind.RapportDiagnostic, 0, EcheanceStade.Echue, new(2026, 4, 2)),
        new NegociationEcheanceReached(new(2026, 4, 3), EcheanceKind.RapportDiagnostic, 0, EcheanceStade.Depassee, new(2026, 4, 2)));

    [Fact(DisplayName = "R-081 Quand l'agence a signé, plus rien n'est dû")]
    public void All_done() => Given(Signee).When(new PassJour(DateOnly.MaxValue)).ThenNothing();

    [Fact(DisplayName = "R-080 L'étape d'un groupe est faite quand sa dernière structure l'a faite")]
    public void Group()
    {
        NegociationEvent[] group = [new NegociationOpened(Before, Groupe), new TrameReceived(Trame), new RapportHandedOver(Remis, Ej)];
        Assert.Null(Due(group, EcheanceKind.RapportDiagnostic).DoneOn);
        Assert.Equal(Partage, Due([.. group, new RapportHandedOver(Partage, OtherEj)], EcheanceKind.RapportDiagnostic).DoneOn);
    }

    [Fact(DisplayName = "Un échéancier calcule les mêmes jours de ce qu'il retient d'une négociation")]
    public void Schedule()
    {
        var echeancier = new Echeancier();
        foreach (var recorded in Signee.Where(e => Negociation.Dating.Contains(e.GetType())))
        {
            echeancier.Apply("N-1", recorded, Before);
        }

        var kept = Assert.Single(echeancier.All);
        Assert.Equal(Ej, kept.Entite);
        Assert.Equal(NegociationEcheances.Of(State(Signee)), Negociation.EcheancesOf((NegociationState)kept.State));
    }

    private static Echeance Due(IEnumerable<NegociationEvent> history, EcheanceKind kind) => NegociationEcheances.Of(State(history)).Single(e => e.Kind == kind);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
