using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Xunit;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What a contrat that is over still owes (decision 0048).</summary>
public sealed class TermeSpecs
{
    private static readonly DateOnly Ends = new(2029, 7, 1);

    /// <summary>Nothing was done of what was due: no evaluation, no value, no report.</summary>
    private static readonly ContratEvent[] Suivi = [EnVigueur[0], new EngagementAdded(Before, Engagement()), .. EnVigueur[1..]];

    private static readonly ContratEvent[] Demande = [.. Suivi, new RenouvellementAsked(new(2029, 1, 31))];

    [Fact(DisplayName = "R-087 Passé son terme, un contrat ne doit plus ni sa fin, ni une demande, ni une évaluation ; le dernier jour, encore")]
    public void At_its_term()
    {
        Assert.Equal([EcheanceKind.Fin, EcheanceKind.DemandeRenouvellement, EcheanceKind.Evaluation, EcheanceKind.Valeurs], Owed(Suivi, DateFin));
        Assert.Equal([EcheanceKind.Valeurs], Owed(Suivi, DateFin.AddDays(1)));
    }

    [Fact(DisplayName = "R-110 Passé son terme, un contrat dont le renouvellement est demandé doit encore son rapport final, et l'agence sa réponse (L-01)")]
    public void Renewal_asked()
    {
        Assert.Equal([EcheanceKind.Fin, EcheanceKind.ReponseRenouvellement, EcheanceKind.Evaluation, EcheanceKind.Valeurs, EcheanceKind.RapportFinal], Owed(Demande, DateFin));
        Assert.Equal([EcheanceKind.ReponseRenouvellement, EcheanceKind.Valeurs, EcheanceKind.RapportFinal], Owed(Demande, DateFin.AddDays(1)));
    }

    [Fact(DisplayName = "L-11 Résilié, un contrat ne doit plus rien de ce qui n'était pas fait, à compter du jour de l'effet")]
    public void Terminated()
    {
        ContratEvent[] history = [.. Demande, new ContratTerminated(Ends, "P-1")];
        Assert.Equal([EcheanceKind.ReponseRenouvellement, EcheanceKind.Evaluation, EcheanceKind.Valeurs, EcheanceKind.RapportFinal], Owed(history, Ends.AddDays(-1)));
        Assert.Empty(Owed(history, Ends));
    }

    [Fact(DisplayName = "R-088 Remplacé, un contrat ne doit plus que de passer le relais")]
    public void Replaced()
    {
        ContratEvent[] history = [.. Suivi, new ContratReplaced(Ends, "2026-002")];
        Assert.Equal([EcheanceKind.Evaluation, EcheanceKind.Valeurs, EcheanceKind.Relais], Owed(history, Ends.AddDays(-1)));
        Assert.Equal([EcheanceKind.Relais], Owed(history, Ends));
    }

    [Fact(DisplayName = "R-109 Ce qui est fait reste dit, que le contrat dure ou non")]
    public void Done()
    {
        ContratEvent[] history = [.. Suivi, new EvaluationRecorded(new(2028, 6, 1), 1), new ContratTerminated(Ends, "P-1")];
        Assert.Equal([EcheanceKind.Evaluation], ContratEcheances.On(State(history), DateOnly.MaxValue).Select(e => e.Kind));
    }

    /// <summary>What is still to be done, each kind once, as a day sees it.</summary>
    private static IEnumerable<EcheanceKind> Owed(IEnumerable<ContratEvent> history, DateOnly day) =>
        ContratEcheances.On(State(history), day).Where(e => e.DoneOn is null).Select(e => e.Kind).Distinct();

    private static ContratState.Ouvert State(IEnumerable<ContratEvent> history) => (ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve);
}
