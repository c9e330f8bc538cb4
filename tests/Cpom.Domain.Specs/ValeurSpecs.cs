using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>
/// Yearly values and what they say of an engagement, in plain figures: <see cref="Limits.ValeursDueMonths"/>, <see cref="Limits.ValeursLeadMonths"/>,
/// <see cref="Limits.EnRetardWayPercentMin"/>, <see cref="Limits.MaintienTolerancePercent"/>,
/// <see cref="Limits.ValeurDemandesMax"/>.
/// </summary>
public sealed class ValeurSpecs
{
    private static readonly DateOnly Early2028 = new(2028, 2, 15);
    private static readonly ContratEvent[] Suivi = [EnVigueur[0], new EngagementAdded(Before, Engagement()), .. EnVigueur[1..]];
    private static readonly RecordValeur First = new(1, 1, 2027, "15", "PMSI 2027", Early2028, "r1");
    private static readonly Indicateur OuiNon = Indicateur() with { Unite = "oui / non", ValeurReference = "non", Cibles = ["non", "oui", null, null, null] };

    [Fact(DisplayName = "R-043 La valeur d'une année est enregistrée avec sa source")]
    public void Recorded() => Given(Suivi).When(Value("15,5")).Then(new ValeurRecorded(Early2028, 1, 1, 2027, "15,5", "PMSI 2027"));

    [Fact(DisplayName = "R-043 Une valeur en retard sur sa cible est une alerte, une fois")]
    public void Alerted()
    {
        ContratEvent[] late = [new ValeurRecorded(Early2028, 1, 1, 2027, "14", "PMSI 2027"), new EngagementAlerted(Early2028, 1, 1, 2027, EngagementStatut.EnRetard)];
        Given(Suivi).When(Value("14")).Then(late);
        Given([.. Suivi, .. late]).When(Value("14,2")).Then(new ValeurRecorded(Early2028, 1, 1, 2027, "14,2", "PMSI 2027"));
        Given([.. Suivi, .. late]).When(Value("13")).Then(
            new ValeurRecorded(Early2028, 1, 1, 2027, "13", "PMSI 2027"), new EngagementAlerted(Early2028, 1, 1, 2027, EngagementStatut.Manque));
    }

    [Fact(DisplayName = "R-043 Une valeur est corrigée par une autre ; la même n'ajoute rien")]
    public void Corrected()
    {
        ContratEvent[] given = [.. Suivi, new ValeurRecorded(Early2028, 1, 1, 2027, "15", "PMSI 2027")];
        Given(given).When(Value("16")).Then(new ValeurRecorded(Early2028, 1, 1, 2027, "16", "PMSI 2027"));
        Given(given).When(Value(" 15 ") with { On = Early2028.AddDays(9) }).ThenNothing();
    }

    [Fact(DisplayName = "R-043 Une valeur se rapporte à un indicateur du contrat")]
    public void Unknown_indicateur()
    {
        Given(Suivi).When(Value("15") with { Engagement = 2 }).ThenRefused(RefusalCode.ValeurIndicateurUnknown);
        Given(Suivi).When(Value("15") with { Indicateur = 2 }).ThenRefused(RefusalCode.ValeurIndicateurUnknown);
        Given(Suivi).When(Value("15") with { Indicateur = 0 }).ThenRefused(RefusalCode.ValeurIndicateurUnknown);
    }

    [Fact(DisplayName = "R-043 Les années suivies vont de N à N+5, dans le contrat")]
    public void Years()
    {
        DateOnly later = new(2032, 1, 1);
        Given(Suivi).When(Value("12") with { Annee = 2026 }).Then(new ValeurRecorded(Early2028, 1, 1, 2026, "12", "PMSI 2027"));
        Given(Suivi).When(Value("12") with { Annee = 2030, On = later }).Then(new ValeurRecorded(later, 1, 1, 2030, "12", "PMSI 2027"));
        Given(Suivi).When(Value("12") with { Annee = 2025 }).ThenRefusedSaying(RefusalCode.ValeurAnneeOutside, "de 2026 (N) à N+5");
        Given(Suivi).When(Value("12") with { Annee = 2031, On = later }).ThenRefused(RefusalCode.ValeurAnneeOutside);
    }

    [Fact(DisplayName = "R-043 Une année qui n'a pas commencé n'a pas de valeur")]
    public void Too_early()
    {
        Given(Suivi).When(Value("15") with { On = new(2026, 12, 31) }).ThenRefused(RefusalCode.ValeurTooEarly);
        Given(Suivi).When(Value("15") with { On = new(2027, 1, 1) }).Then(new ValeurRecorded(new(2027, 1, 1), 1, 1, 2027, "15", "PMSI 2027"));
    }

    [Fact(DisplayName = "R-043 Une valeur est un nombre, ou oui/non, selon l'indicateur")]
    public void Unfit()
    {
        Given(Suivi).When(Value("oui")).ThenRefusedSaying(RefusalCode.ValeurUnfit, "un nombre");
        ContratEvent[] given = [Suivi[0], new EngagementAdded(Before, Engagement() with { Indicateurs = [OuiNon] }), .. EnVigueur[1..]];
        Given(given).When(Value("12")).ThenRefusedSaying(RefusalCode.ValeurUnfit, "« oui » ou « non »");
        Given(given).When(Value("non")).Then(new ValeurRecorded(Early2028, 1, 1, 2027, "non", "PMSI 2027"));
    }

    [Fact(DisplayName = "R-043 Une valeur a une source")]
    public void Source_missing() => Given(Suivi).When(Value("15") with { Source = " " }).ThenRefused(RefusalCode.ValeurSourceMissing);

    [Fact(DisplayName = "R-043 Une valeur a 500 caractères au plus, sa source 4 000")]
    public void Texts()
    {
        Given(Suivi).When(Value(new string('1', 501))).ThenRefused(RefusalCode.TexteTooLong);
        Given(Suivi).When(Value("15") with { Source = new string('x', 4_001) }).ThenRefused(RefusalCode.TexteTooLong);
        Given(Suivi).When(Value("15") with { Source = new string('x', 4_000) }).Then(new ValeurRecorded(Early2028, 1, 1, 2027, "15", new string('x', 4_000)));
    }

    [Fact(DisplayName = "R-055 Un projet n'a pas de valeurs")]
    public void Not_in_force() => Given(EnSignature).When(Value("15")).ThenRefused(RefusalCode.ContratNotInForce);

    [Theory(DisplayName = "R-043 Une cible est tenue, en retard ou manquée, dans le sens qui va de la référence à la cible")]
    [InlineData("12", "15|18|20||", 1, "15", EngagementStatut.Tenu)]
    [InlineData("12", "15|18|20||", 1, "14,99", EngagementStatut.EnRetard)]
    [InlineData("12", "15|18|20||", 1, "13.5", EngagementStatut.EnRetard)] // Half of the way.
    [InlineData("12", "15|18|20||", 1, "13.4", EngagementStatut.Manque)]
    [InlineData("12", "15|18|20||", 3, "19.9", EngagementStatut.Manque)] // The last cible is held or missed.
    [InlineData("12", "15|18|20||", 3, "20 %", EngagementStatut.Tenu)]
    [InlineData("12", "15|18|20||", 4, "20", EngagementStatut.SansCible)]
    [InlineData("12", "15|18|20||", 2, null, EngagementStatut.NonRenseigne)]
    [InlineData("8", "6|4|||", 1, "6", EngagementStatut.Tenu)] // Less is better.
    [InlineData("8", "6|4|||", 1, "5", EngagementStatut.Tenu)]
    [InlineData("8", "6|4|||", 1, "7", EngagementStatut.EnRetard)]
    [InlineData("8", "6|4|||", 1, "9", EngagementStatut.Manque)]
    [InlineData("100", "100|100|||", 1, "95", EngagementStatut.Tenu)] // What is to stay.
    [InlineData("100", "100|100|||", 1, "105", EngagementStatut.Tenu)]
    [InlineData("100", "100|100|||", 1, "106", EngagementStatut.EnRetard)]
    [InlineData("100", "100|100|||", 2, "94", EngagementStatut.Manque)]
    [InlineData(null, "10|20|||", 1, "10", EngagementStatut.Tenu)]
    [InlineData(null, "10|20|||", 1, "1", EngagementStatut.EnRetard)]
    [InlineData(null, "20|10|||", 1, "19", EngagementStatut.Tenu)]
    [InlineData(null, "80||||", 1, "79", EngagementStatut.Manque)]
    [InlineData("non", "non|oui|||", 1, "non", EngagementStatut.Tenu)]
    [InlineData("non", "oui|oui|||", 1, "non", EngagementStatut.EnRetard)]
    [InlineData("non", "non|oui|||", 2, "non", EngagementStatut.Manque)]
    [InlineData("non", "non|oui|||", 2, "Oui", EngagementStatut.Tenu)]
    [InlineData("12", "mieux|18|||", 1, "15", EngagementStatut.SansCible)]
    public void Statuts(string? reference, string cibles, int rang, string? valeur, EngagementStatut expected) => Assert.Equal(
        expected, EngagementStatuts.Of(Indicateur() with { ValeurReference = reference, Cibles = Cibles(cibles) }, rang, valeur));

    [Fact(DisplayName = "R-043 L'indicateur le plus en retard parle pour l'engagement")]
    public void Worst_speaks()
    {
        var engagement = Engagement() with { Indicateurs = [Indicateur(), OuiNon with { Cibles = ["oui", null, null, null, null] }] };
        ContratEvent[] given = [Suivi[0], new EngagementAdded(Before, engagement), .. EnVigueur[1..], new ValeurRecorded(Early2028, 1, 1, 2027, "15", "PMSI")];
        Assert.Equal(EngagementStatut.NonRenseigne, EngagementStatuts.Of(State(given), engagement, 1));
        Assert.Equal(EngagementStatut.Manque, EngagementStatuts.Of(State([.. given, new ValeurRecorded(Early2028, 1, 2, 2027, "non", "visite")]), engagement, 1));
        Assert.Equal(EngagementStatut.Tenu, EngagementStatuts.Of(State([.. given, new ValeurRecorded(Early2028, 1, 2, 2027, "oui", "visite")]), engagement, 1));
    }

    [Fact(DisplayName = "R-043 Un engagement est à risque quand sa dernière valeur est en retard, ou quand une valeur manque après son échéance")]
    public void At_risk()
    {
        Assert.False(AtRisk(Suivi));
        ContratEvent[] late = [.. Suivi, new ValeurRecorded(Early2028, 1, 1, 2027, "14", "PMSI")];
        Assert.True(AtRisk(late));
        Assert.False(AtRisk([.. late, new ValeurRecorded(new(2029, 2, 1), 1, 1, 2028, "18", "PMSI")])); // Caught up a year later.
        var overdue = new EcheanceReached(new(2028, 4, 1), EcheanceKind.Valeurs, 1, EcheanceStade.Depassee, new(2028, 3, 31));
        Assert.True(AtRisk([.. Suivi, overdue]));
        Assert.False(AtRisk([.. Suivi, overdue, new ValeurRecorded(new(2028, 5, 1), 1, 1, 2027, "15", "PMSI")]));
    }

    [Fact(DisplayName = "R-043 Les valeurs d'une année sont dues trois mois après elle, et l'horloge le dit une fois par stade")]
    public void Due() => Given([.. Suivi, new EvaluationRecorded(Today, 1)]).When(new PassJour(new(2028, 4, 1))).Then(
        new EcheanceReached(new(2028, 2, 29), EcheanceKind.Valeurs, 1, EcheanceStade.Proche, new(2028, 3, 31)),
        new EcheanceReached(new(2028, 3, 31), EcheanceKind.Valeurs, 1, EcheanceStade.Echue, new(2028, 3, 31)),
        new EcheanceReached(new(2028, 4, 1), EcheanceKind.Valeurs, 1, EcheanceStade.Depassee, new(2028, 3, 31)));

    [Fact(DisplayName = "R-043 Une année sans cible ne demande rien, et la dernière valeur donnée clôt l'échéance")]
    public void Done()
    {
        Assert.Equal([1, 2, 3], Echeances(Suivi).Select(e => e.Numero));
        var two = Engagement() with { Indicateurs = [Indicateur(), OuiNon] };
        ContratEvent[] given = [Suivi[0], new EngagementAdded(Before, two), .. EnVigueur[1..], new ValeurRecorded(Early2028, 1, 1, 2027, "15", "PMSI")];
        Assert.Null(Echeances(given).First().DoneOn);
        given = [.. given, new ValeurRecorded(Early2028.AddDays(2), 1, 2, 2027, "non", "visite"), new ValeurRecorded(new(2029, 1, 1), 1, 1, 2027, "16", "PMSI")];
        Assert.Equal(Early2028.AddDays(2), Echeances(given).First().DoneOn);
    }

    [Fact(DisplayName = "R-043 Une cible qui tombe après la fin du contrat n'a pas d'échéance")]
    public void After_the_end()
    {
        var engagement = Engagement() with { Indicateurs = [Indicateur() with { Cibles = [null, null, null, "20", "21"] }] };
        Assert.Equal([new DateOnly(2031, 3, 31)], Echeances([Suivi[0], new EngagementAdded(Before, engagement), .. EnVigueur[1..]]).Select(e => e.DueOn));
    }

    [Fact(DisplayName = "R-057 Un engagement qui quitte le contrat, ou qui devient un autre sous le même numéro, emporte ses valeurs")]
    public void Values_leave()
    {
        ContratEvent[] given = [.. Suivi, new ValeurRecorded(Early2028, 1, 1, 2027, "15", "PMSI"), Opened(1)];
        Assert.Empty(Kept(new EngagementChange.Remove(1)));
        Assert.Empty(Kept(new EngagementChange.Remove(1), new EngagementChange.Add(Engagement(objectif: "Autre chose"))));
        Assert.Single(Kept(new EngagementChange.ChangeCible(1, 1, 1, "14")));

        IEnumerable<string> Kept(params EngagementChange[] changes) =>
            Execution.Of(State([.. given, .. changes.Select(c => new AvenantEngagementChanged(Today, 1, c)), .. Signed(1), new AvenantIntegrated(Early2028, 1)])).Valeurs.Keys;
    }

    [Fact(DisplayName = "R-043 La même demande redite après une correction ne corrige rien")]
    public void Sent_again_after_a_correction()
    {
        var corrected = First with { Valeur = "16", Request = "r2" };
        ContratEvent[] given = [.. Suivi, Said(First), Said(corrected)];
        Given(Suivi).When(First).Then(Said(First));
        Given(given).When(First).ThenNothing();
        Given(given).When(First with { Request = "r3" }).Then(Said(First with { Request = "r3" }));
        Given(given).When(First with { Request = null }).Then(Said(First with { Request = null }));
    }

    [Fact(DisplayName = "R-043 Une demande ne porte pas deux valeurs")]
    public void Reused() => Given([.. Suivi, Said(First)]).When(First with { Valeur = "17" }).ThenRefusedSaying(RefusalCode.ValeurRequestReused, "« 15 »");

    [Fact(DisplayName = "R-043 Un risque se suit jusqu'à la fin du contrat, et à son terme jusqu'au rapport final ; pas après une résiliation")]
    public void Watched()
    {
        var ends = new DateOnly(2027, 7, 1);
        Assert.False(EngagementStatuts.IsWatched(State(ProjetPret), Today));
        Assert.True(EngagementStatuts.IsWatched(State(EnVigueur), DateFin));
        Assert.True(EngagementStatuts.IsWatched(State(EnVigueur), DateFin.AddDays(1)));
        ContratEvent[] reported = [.. EnVigueur, new RapportFinalRecorded(DateFin, new([], null, new("rapport.pdf", new string('b', 64))))];
        Assert.True(EngagementStatuts.IsWatched(State(reported), DateFin));
        Assert.False(EngagementStatuts.IsWatched(State(reported), DateFin.AddDays(1)));
        ContratEvent[] terminated = [.. EnVigueur, new ContratTerminated(ends, "S-1")];
        Assert.True(EngagementStatuts.IsWatched(State(terminated), ends.AddDays(-1)));
        Assert.False(EngagementStatuts.IsWatched(State(terminated), ends));
    }

    [Fact(DisplayName = "R-043 Les vingt dernières demandes d'une valeur sont reconnues")]
    public void Remembered()
    {
        var many = Enumerable.Range(1, 21).Select(n => First with { Valeur = $"{100 + n}", Request = $"d{n}" }).ToList();
        ContratEvent[] given = [.. Suivi, .. many.Select(Said)];
        Given(given).When(many[1]).ThenNothing();
        Given(given).When(many[0]).Then(Said(many[0]));
        Given(Suivi).When(First with { Request = new string('x', 201) }).ThenRefusedSaying(RefusalCode.TexteTooLong, "demande");
    }

    private static RecordValeur Value(string valeur) => new(1, 1, 2027, valeur, "PMSI 2027", Early2028);

    private static ValeurRecorded Said(RecordValeur told) => new(told.On, told.Engagement, told.Indicateur, told.Annee, told.Valeur, told.Source, told.Request);

    private static ValueList<string?> Cibles(string text) => text.Split('|').Select(c => c.Length == 0 ? null : c).ToValueList();

    private static bool AtRisk(IEnumerable<ContratEvent> history) => EngagementStatuts.IsAtRisk(State(history), Engagement());

    private static IEnumerable<Echeance> Echeances(IEnumerable<ContratEvent> history) => ContratEcheances.Of(State(history)).Where(e => e.Kind == EcheanceKind.Valeurs);

    private static ContratState.Ouvert State(IEnumerable<ContratEvent> history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
