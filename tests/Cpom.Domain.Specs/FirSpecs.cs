using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Sanctions.ManquementsCommand;
using static Cpom.Domain.Sanctions.ManquementsEvent;
using static Cpom.Domain.Specs.ManquementsSamples;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Sanctions.Manquements, Cpom.Domain.Sanctions.ManquementsState,
    Cpom.Domain.Sanctions.ManquementsCommand, Cpom.Domain.Sanctions.ManquementsEvent>;

namespace Cpom.Domain.Specs;

/// <summary>FIR money asks for a contract above <see cref="Limits.FirSansContratMax"/>, and the procedure of the FIR may be of a convention.</summary>
public sealed class FirSpecs
{
    private const string Convention = "FIR-2026-3";

    private static readonly Ligne.Financement Fir = new(Ej, 2026, new(2026, 2, 1), "FIR", "MISSION 3", "NR", "HAPI", 23_000.01m);
    private static readonly AutreContratInscrit Inscrite = new(new(Convention, new AutreContrat.ConventionFir([Fir.Id]), "Équipe mobile", DateEffet, DateFin), [], null);

    [Fact(DisplayName = "L-09 Au-dessus de vingt-trois mille euros de FIR dans une campagne il faut un contrat")]
    public void Threshold()
    {
        Assert.Equal([new FirSansContrat(2026, 23_000.01m)], Of([Fir], []));
        Assert.Empty(Of([Fir with { Montant = 23_000m }], []));
        Assert.Empty(Of([Fir, Fir with { Reference = "REPRISE", Montant = -0.01m }], []));
        Assert.Equal([new FirSansContrat(2026, 30_000m)], Of([Fir with { Montant = 15_000m }, Fir with { Reference = "B", Montant = 15_000m }], []));
        Assert.Empty(Of([Fir with { Montant = 15_000m }, Fir with { Campagne = 2027, Montant = 15_000m }], []));
    }

    [Theory(DisplayName = "L-09 Un contrat donne le FIR des campagnes et des numéros qu'il couvre")]
    [InlineData("2026-12-31", "2030-12-31", null, false)]
    [InlineData("2020-01-01", "2026-01-01", null, false)]
    [InlineData("2027-01-01", "2031-12-31", null, true)]
    [InlineData("2020-01-01", "2025-12-31", null, true)]
    [InlineData("2026-01-02", "2026-01-01", null, true)]
    [InlineData("2026-01-01", "2030-12-31", SiteA, true)]
    [InlineData("2026-01-01", "2030-12-31", Ej, false)]
    public void By_contrat(string from, string to, string? finess, bool alert) =>
        Assert.Equal(alert, Of([Fir], [new(Day(from), Day(to), finess is null ? null : new HashSet<string> { finess })]).Count > 0);

    [Fact(DisplayName = "L-09 Une convention donne les mouvements qu'elle désigne, des campagnes où elle vaut")]
    public void By_convention()
    {
        Assert.Empty(Of([Fir], [], Inscrite));
        Assert.Equal([new FirSansContrat(2026, 100m)], Of([Fir, Fir with { Reference = "B", Montant = 100m }], [], Inscrite));
        Assert.NotEmpty(Of([Fir], [], Inscrite with { EndedOn = DateEffet }));
        Assert.Empty(Of([Fir], [], Inscrite with { EndedOn = DateEffet.AddDays(1) })); // It had a day.
        Assert.NotEmpty(Of([Fir], [], Inscrite with { Fiche = Inscrite.Fiche with { From = new(2024, 1, 1), To = new(2025, 12, 31) } }));
        Assert.NotEmpty(Of([Fir], [], Inscrite with { Fiche = Inscrite.Fiche with { From = new(2027, 1, 1) } }));
        Assert.Empty(Of([Fir], [], Inscrite with { EndedOn = new(2026, 3, 1) }));
        Assert.Equal([new FirSansContrat(2026, 23_000.01m)], Of([Fir], [], Inscrite with { Fiche = Inscrite.Fiche with { Contrat = new AutreContrat.Autre() } }));
    }

    [Fact(DisplayName = "L-09 Un mouvement corrigé ou annulé l'est aussi pour l'alerte ; l'argent d'une autre enveloppe n'est pas du FIR")]
    public void Ledger()
    {
        var notified = FirRules.Evolve(null, Faits.Notified(Fir));
        Assert.Equal(new FirMouvement(Ej, 2026, 23_000.01m), Assert.Single(notified!).Value);
        Assert.Same(notified, FirRules.Evolve(notified, Faits.Notified(Mig)));
        Assert.Equal(2, FirRules.Evolve(notified, Faits.Notified(Fir with { Reference = "B" }))!.Count);
        Assert.Equal(5m, FirRules.Evolve(notified, new EntiteEvent.FinancementCorrected(Today, Fir.Id, 2, Fir, Fir with { Montant = 5m }, Proof))![Fir.Id].Montant);
        Assert.Empty(FirRules.Evolve(notified, new EntiteEvent.FinancementCancelled(Today, Fir.Id, 2, Fir, Proof))!);
    }

    [Fact(DisplayName = "L-09 La procédure du FIR peut être d'une convention de l'entité")]
    public void Of_convention()
    {
        var constat = LeConstat with { Kind = ManquementKind.Fir, Contrat = Convention, Engagements = [] };
        Given().When(new RecordConstat(Ej, constat, ContratProof.Of(Ej, Inscrite))).Then(new ConstatRecorded(Noticed, Ej, constat));
        Assert.Null(ContratProof.Of(Ej, null));
        Assert.Null(ContratProof.Of(Ej, Inscrite with { Fiche = Inscrite.Fiche with { Contrat = new AutreContrat.Autre() } }));
    }

    [Fact(DisplayName = "L-09 Une convention FIR n'est l'objet que de la procédure du FIR")]
    public void Other_procedure() => Given()
        .When(new RecordConstat(Ej, LeConstat with { Kind = ManquementKind.Grave, Contrat = Convention, Engagements = [] }, ContratProof.Of(Ej, Inscrite)))
        .ThenRefusedSaying(RefusalCode.ConventionOnlyFir, Convention);

    [Fact(DisplayName = "L-13 Une convention qui a pris fin ne fonde pas de procédure")]
    public void Ended() => Given()
        .When(new RecordConstat(Ej, LeConstat with { Kind = ManquementKind.Fir, Contrat = Convention, Engagements = [] }, ContratProof.Of(Ej, Inscrite with { EndedOn = Noticed })))
        .ThenRefused(RefusalCode.ManquementContratUnfit);

    [Fact(DisplayName = "L-09 Une convention résiliée prend fin au registre de l'entité")]
    public void Terminated()
    {
        var facts = Faits.Region(FicheEps).Then(Ej, Decided(new Sanction.Resiliation(new(2027, 7, 1))) with { Contrat = Convention });
        Assert.Equal([new Reaction.ToEntite(Ej, new EntiteCommand.EndAutreContrat(Convention, $"Résiliée (procédure {Numero}).", new(2027, 7, 1)))], facts.Last);
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<FirSansContrat> Of(Ligne.Financement[] mouvements, ContratCouvrant[] contrats, params AutreContratInscrit[] autres) =>
        FirRules.Of(mouvements.ToDictionary(m => m.Id, m => new FirMouvement(m.Finess, m.Campagne, m.Montant)), contrats, autres);
}
