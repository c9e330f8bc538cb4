using Cpom.Domain.Contrats;
using Cpom.Domain.Negociations;

namespace Cpom.Domain.Reactions;

/// <summary>What a négociation has come to for one structure: what its contrat is to be told.</summary>
/// <param name="Contrat">The contrat to come; null for an avenant of the precedent one, or while it has no number.</param>
/// <param name="Version">0 while nothing was accepted.</param>
/// <param name="Engagements">Null while they are negotiated.</param>
public sealed record DossierCover(string? Precedent, string? Contrat, NegociationIssue Issue, int Version, DateOnly On, ValueList<Engagement>? Engagements)
{
    public bool ByAvenant => Issue == NegociationIssue.Avenant;

    public string? Target => ByAvenant ? Precedent : Contrat;
}

/// <summary>Which négociation a contrat, or an avenant, comes of.</summary>
public sealed partial class Coverage
{
    private static Type[] NegociationFacts =>
    [
        typeof(NegociationEvent.NegociationOpened), typeof(NegociationEvent.IssueChosen), typeof(NegociationEvent.SyntheseAccepted), typeof(NegociationEvent.SyntheseReopened),
        typeof(ContratEvent.ContratSigned), typeof(ContratEvent.ContratSignatureWithdrawn), typeof(ContratEvent.AccordRecorded),
        typeof(ContratEvent.AvenantSigned), typeof(ContratEvent.AvenantSignatureWithdrawn),
    ];

    private readonly Dictionary<string, NegociationCover> _negociations = new(StringComparer.Ordinal);

    /// <summary>Avenants that a négociation opened; under 0 the contrat itself, where it came of one.</summary>
    private readonly Dictionary<(string Contrat, int Numero), string> _avenants = [];

    public bool IsOpen(string contrat) => _contrats.TryGetValue(contrat, out var found) && !found.Abandoned;

    /// <summary>The entity in whose partition a négociation is spoken to: that of its first structure.</summary>
    public string EntiteOfNegociation(string negociation) => _negociations[negociation].Entite;

    public DossierCover? DossierOf(string negociation, string entite) =>
        _negociations.TryGetValue(negociation, out var found) ? found.Dossiers.GetValueOrDefault(entite) : null;

    /// <summary>The négociation of a contrat, or of one of its avenants; null where there is none.</summary>
    public string? NegociationOf(string contrat, int? avenant)
    {
        var ofContrat = FicheOf(contrat).Negociation;
        return (avenant is { } numero ? _avenants.GetValueOrDefault((contrat, numero)) : ofContrat) is { } found && _negociations.ContainsKey(found) ? found : null;
    }

    private void ApplyNegociation(string id, IFact fact)
    {
        switch (fact)
        {
            case NegociationEvent.NegociationOpened e:
                _negociations[id] = new(
                    e.Fiche.Structures.Select(s => s.Entite).Order(StringComparer.Ordinal).First(),
                    e.Fiche.Structures.ToDictionary(s => s.Entite, s => new DossierCover(s.Precedent, s.Contrat, NegociationIssue.Contrat, 0, e.ValidOn, null), StringComparer.Ordinal));
                break;
            case NegociationEvent.IssueChosen e:
                Change(id, e.Entite, d => d with { Issue = e.Issue, Contrat = e.Contrat });
                break;
            case NegociationEvent.SyntheseAccepted e:
                Change(id, e.Entite, d => d with { Version = e.Version, On = e.ValidOn, Engagements = e.Engagements });
                break;
            case NegociationEvent.SyntheseReopened e:
                Change(id, e.Entite, d => d with { Version = e.Version, On = e.ValidOn, Engagements = null });
                break;
            case ContratEvent.AccordRecorded e:
                _avenants[(id, e.Avenant ?? 0)] = e.Negociation;
                break;
        }
    }

    private void Change(string id, string entite, Func<DossierCover, DossierCover> change)
    {
        var dossiers = _negociations[id].Dossiers;
        dossiers[entite] = change(dossiers[entite]);
    }

    private sealed record NegociationCover(string Entite, Dictionary<string, DossierCover> Dossiers);
}
