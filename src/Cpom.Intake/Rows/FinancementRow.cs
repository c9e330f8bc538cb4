namespace Cpom.Intake;

/// <summary>What only the 40-column layout of HAPI tells.</summary>
/// <param name="Mesures">Levels 1 to 3, those that are there.</param>
/// <param name="IdEngagement">PEP_ENGAGEMENT, for example E2024000477_01: HAPI's own identifier of the engagement.</param>
public sealed record FinancementDetail(
    DateOnly? DateEffet,
    string? NumeroNotification,
    string? NumeroArrete,
    string? TypeArrete,
    DateOnly? DateDocument,
    IReadOnlyList<string> Mesures,
    string? LibelleAction,
    string? Pep,
    string? IdEngagement);

/// <summary>A movement of money notified to an establishment. It may be negative.</summary>
/// <param name="FinessEj">Null in the 40-column layout, which names one beneficiary only.</param>
/// <param name="FinessBeneficiaire">Whom it is paid to: an ET, or the EJ itself.</param>
/// <param name="Campagne">Year of the HAPI campaign; its movements go on into the next year.</param>
/// <param name="Mois">First day of the month of the movement.</param>
/// <param name="Montant">Euros.</param>
/// <param name="Detail">Null in the MEN_HAPI layout.</param>
public sealed record FinancementRow(
    string? FinessEj,
    string FinessBeneficiaire,
    int Campagne,
    DateOnly Mois,
    string Enveloppe,
    string? SousEnveloppe,
    string? Mode,
    decimal Montant,
    FinancementDetail? Detail,
    string Place) : ISourceRow;
