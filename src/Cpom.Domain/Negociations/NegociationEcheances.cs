using Cpom.Domain.Echeances;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>
/// The calendar of a négociation, in days from the one on which the structures received the report's frame. A step of a group is done when
/// the last of its structures has done it.
/// </summary>
public static class NegociationEcheances
{
    /// <summary>R-078.</summary>
    public const int RapportJours = 60;

    /// <summary>R-079.</summary>
    public const int NegociationJours = 120;

    /// <summary>R-080.</summary>
    public const int SignatureStructureJours = 180;

    /// <summary>R-081.</summary>
    public const int SignatureAgenceJours = 210;

    /// <summary>R-082: the guide says three months, and counts them as these days.</summary>
    public const int ProlongationJours = 90;

    public static IEnumerable<Echeance> Of(Ouverte negociation)
    {
        if (negociation.TrameOn is not { } trame || negociation.AbandonedOn is not null)
        {
            return [];
        }

        return
        [
            Step(EcheanceKind.RapportDiagnostic, "R-078", RapportJours, [], d => d.RapportOn),
            Step(EcheanceKind.FinNegociation, "R-079", NegociationJours, negociation.Prolongations, d => d.Accepted?.On),
            Step(EcheanceKind.SignatureStructure, "R-080", SignatureStructureJours, negociation.Prolongations, d => d.SignedByRepresentant),
            Step(EcheanceKind.SignatureAgence, "R-081", SignatureAgenceJours, negociation.Prolongations, d => d.SignedByAgence),
        ];

        Echeance Step(EcheanceKind kind, string rule, int jours, ValueList<Prorogation> prolongations, Func<Dossier, DateOnly?> doneOn) => new(
            kind, 0, rule, EcheanceDepart.ReceptionTrame, trame, Delai.OfJours(jours), prolongations,
            negociation.Structures.Values.All(d => doneOn(d) is not null) ? negociation.Structures.Values.Max(doneOn) : null);
    }
}
