using Cpom.Domain.Echeances;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What the clock needs to know of contrats.</summary>
public sealed partial class Contrat : ICalendrier<ContratState, ContratCommand, ContratEvent>
{
    public static IReadOnlySet<Type> Dating { get; } = new HashSet<Type>
    {
        typeof(ContratOpened), typeof(ContratEnteredIntoForce), typeof(AvenantOpened), typeof(AvenantSigned), typeof(AvenantSignatureWithdrawn),
        typeof(AvenantIntegrated), typeof(AvenantAbandoned), typeof(EcheanceReached), typeof(RenouvellementAsked), typeof(RenouvellementAnswered),
        typeof(RenouvellementGrantedTacitly), typeof(EvaluationRecorded), typeof(RapportFinalRecorded), typeof(ContratRenewed), typeof(ValeurRecorded), typeof(ContratReplaced), typeof(RelaisEnded),
        typeof(EngagementAdded), typeof(EngagementRemoved), typeof(AvenantEngagementChanged),
        typeof(RetraitNotified), typeof(RetraitFixed), typeof(MembreWithdrawn),
    };

    /// <summary>Sites, items and texts are the bulk of a contrat, and nothing is due because of them.</summary>
    public static ContratEvent Lighten(ContratEvent recorded) => recorded switch
    {
        ContratOpened e => e with { Sites = [], Reconduction = null },
        AvenantOpened e => e with { Items = [], Request = e.Request with { Items = [] } },
        EngagementAdded e => e with { Engagement = Lighten(e.Engagement) },
        AvenantEngagementChanged { Change: EngagementChange.Add add } e => e with { Change = new EngagementChange.Add(Lighten(add.Engagement)) },
        ValeurRecorded e => e with { Source = string.Empty },
        EvaluationRecorded e => e with { Bilan = null },
        RapportFinalRecorded e => e with { Bilan = new([], null, null) },
        _ => recorded,
    };

    public static string EntiteOf(ContratState state) => ((Ouvert)state).Fiche.Entite;

    public static IEnumerable<Echeance> EcheancesOf(ContratState state) => state is Ouvert contrat ? ContratEcheances.Of(contrat) : [];

    public static DateOnly? NextDay(ContratState state) => state is Ouvert contrat ? EcheanceRules.Next(contrat)?.Day : null;

    public static ContratCommand PassJour(DateOnly jour) => new ContratCommand.PassJour(jour);

    /// <summary>The wording stays: by it an engagement is another one under the same number.</summary>
    private static Engagement Lighten(Engagement engagement) =>
        engagement with { Finess = [], Indicateurs = engagement.Indicateurs.Select(i => i with { ModeCalcul = string.Empty, Source = string.Empty }).ToValueList() };
}
