using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>The négociation of the specs: one EPS, step by step; and a group of two.</summary>
internal static class Dossiers
{
    public static readonly DateOnly Trame = new(2026, 2, 1);
    public static readonly DateOnly Remis = new(2026, 3, 20);
    public static readonly DateOnly Partage = new(2026, 4, 10);

    public static readonly StructureNegociee Structure = new(Ej, PartieKind.Eps, Ght: null, Precedent: null, Contrat: "2026-001");

    public static readonly NegociationFiche FicheDossier = new(
        "N-1", Campagne: null, NegociationRoute.Initial, "Mme Diallo", Niveau.Departemental, MotifNiveau: null, Pilote: "75", Consultees: [], [Structure]);

    public static readonly NegociationFiche Groupe = FicheDossier with { Structures = [Structure, Structure with { Entite = OtherEj, Partie = PartieKind.Cabinet, Contrat = "2026-002" }] };

    public static readonly IndicateurDefini Defini = new("Taux de recours à la télémédecine", "actes à distance / actes", "%", "PMSI");

    public static readonly NegociationEvent[] Ouverte = [new NegociationOpened(Before, FicheDossier)];
    public static readonly NegociationEvent[] Recue = [.. Ouverte, new TrameReceived(Trame)];
    public static readonly NegociationEvent[] Ecrite =
        [.. Recue, new IndicateurDefined(Remis, Ej, Defini), new SectionWritten(Remis, Ej, new(Volet.A1V2, RapportAuteur.Structure, "Parcours", []), "Mme Roy")];
    public static readonly NegociationEvent[] Remise = [.. Ecrite, new VoletsHandedOver(Remis, Ej, [Volet.A1V2]), new RapportHandedOver(Remis, Ej)];
    public static readonly NegociationEvent[] Analysee = [.. Remise, new SectionWritten(Partage, Ej, new(Volet.A1V2, RapportAuteur.Agence, "Rien à ajouter", []))];
    public static readonly NegociationEvent[] Partagee = [.. Analysee, new VoletsShared(Partage, Ej, [Volet.A1V2]), new DiagnosticShared(Partage, Ej), new RencontreRecorded(Partage, null)];
    public static readonly NegociationEvent[] Proposee = [.. Partagee, new EngagementProposed(Partage, Ej, RapportAuteur.Structure, Engagement())];
    public static readonly NegociationEvent[] Acceptee =
    [
        .. Proposee,
        new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Structure),
        new SyntheseAcceptedBy(Partage, Ej, RapportAuteur.Agence),
        new SyntheseAccepted(Partage, Ej, 1, [Engagement()]),
    ];

    public static readonly NegociationEvent[] Signee =
    [
        .. Acceptee,
        new SignatureNoted(new(2026, 7, 1), Ej, Signatory.RepresentantLegal, new(2026, 7, 1)),
        new SignatureNoted(new(2026, 8, 1), Ej, Signatory.DgArs, new(2026, 8, 1)),
    ];

    public static Open Open(NegociationFiche fiche) => new(fiche, ["75"], [], Before);

    public static ProposeEngagement Propose(Engagement engagement) => new(Ej, RapportAuteur.Structure, engagement, [SiteA, SiteB], Partage);

    public static NegociationState.Ouverte State(IEnumerable<NegociationEvent> history) => (NegociationState.Ouverte)history.Aggregate(Negociation.Initial, Negociation.Evolve);
}
