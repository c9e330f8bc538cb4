using System.Collections.Immutable;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;

namespace Cpom.Domain.Negociations;

/// <summary>Only what a later decision needs, and the report, which is kept for the whole life of the contrat .</summary>
public abstract record NegociationState
{
    private NegociationState() { }

    public sealed record None : NegociationState;

    /// <param name="Negociateur">Today's; the fiche has the first.</param>
    /// <param name="TrameOn">J; null until the frame is received.</param>
    /// <param name="Structures">By FINESS EJ.</param>
    public sealed record Ouverte(
        NegociationFiche Fiche,
        string Negociateur,
        DateOnly? TrameOn,
        ImmutableSortedDictionary<string, Dossier> Structures,
        ValueList<Note> Notes,
        ValueList<Rencontre> Rencontres,
        ValueList<Prorogation> Prolongations,
        DateOnly? AbandonedOn,
        Rappels Rappels) : NegociationState
    {
        public NegociationEtape Etape =>
            AbandonedOn is not null ? NegociationEtape.Abandonnee
            : Structures.Values.All(d => d.SignedByAgence is not null) ? NegociationEtape.Signee
            : TrameOn is null ? NegociationEtape.Ouverte
            : Structures.Values.Min(d => d.Etape);
    }
}

/// <summary>How far a négociation is. In this order; a group is as far as the last of its structures.</summary>
public enum NegociationEtape
{
    /// <summary>The frame has not been received.</summary>
    Ouverte = 1,

    /// <summary>The structure fills its report.</summary>
    Autodiagnostic = 2,

    /// <summary>The agency has the report, and adds its analysis.</summary>
    Analyse = 3,

    /// <summary>The diagnosis is shared, engagements are negotiated.</summary>
    Negociation = 4,

    /// <summary>Both have accepted.</summary>
    Signature = 5,

    Signee = 6,
    Abandonnee = 7,
}

/// <summary>What a négociation holds of one structure.</summary>
/// <param name="Sections">The report, by volet and author.</param>
/// <param name="Volets">Of each volet that somebody wrote: who, and since when it is closed to whom.</param>
/// <param name="RapportOn">The structure has said that its report is complete, and the agency has received it.</param>
/// <param name="DiagnosticOn">The agency has shared every volet that is written.</param>
/// <param name="Reponses">Of the ten questions.</param>
/// <param name="Acceptances">Who has accepted the engagements as they stand.</param>
/// <param name="Version">Of the last acceptance or reopening.</param>
/// <param name="Accepted">What both accepted, and when; null while they have not.</param>
public sealed record Dossier(
    StructureNegociee Structure,
    ImmutableSortedDictionary<string, Section> Sections,
    ImmutableSortedDictionary<Volet, RapportVolet> Volets,
    ValueList<IndicateurDefini> Indicateurs,
    DateOnly? RapportOn,
    DateOnly? DiagnosticOn,
    ImmutableSortedDictionary<int, Reponse> Reponses,
    Synthese? Synthese,
    ImmutableSortedDictionary<int, Proposition> Propositions,
    ImmutableSortedDictionary<RapportAuteur, DateOnly> Acceptances,
    int Version,
    Accord? Accepted,
    NegociationIssue Issue,
    string? Contrat,
    DateOnly? SignedByRepresentant,
    DateOnly? SignedByAgence)
{
    public NegociationEtape Etape =>
        SignedByAgence is not null ? NegociationEtape.Signee
        : Accepted is not null ? NegociationEtape.Signature
        : DiagnosticOn is not null ? NegociationEtape.Negociation
        : RapportOn is not null ? NegociationEtape.Analyse
        : NegociationEtape.Autodiagnostic;

    public static Dossier Of(StructureNegociee structure) => new(
        structure,
        ImmutableSortedDictionary.Create<string, Section>(StringComparer.Ordinal),
        ImmutableSortedDictionary<Volet, RapportVolet>.Empty,
        [],
        null,
        null,
        ImmutableSortedDictionary<int, Reponse>.Empty,
        null,
        ImmutableSortedDictionary<int, Proposition>.Empty,
        ImmutableSortedDictionary<RapportAuteur, DateOnly>.Empty,
        0,
        null,
        NegociationIssue.Contrat,
        structure.Contrat,
        null,
        null);
}

public sealed record Reponse(bool Oui, string? Commentaire);

public sealed record Proposition(RapportAuteur By, Engagement Engagement);

/// <summary>R-075: what both accepted.</summary>
public sealed record Accord(DateOnly On, ValueList<Engagement> Engagements);
