using System.Collections.Immutable;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Ghts;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Socles;

namespace Cpom.Runtime.Projections;

/// <param name="RequiredBy">The rule by which it must have a contrat and has none in force, with the reason; null when all is well.</param>
/// <param name="Held">Facts waiting until the entity becomes known.</param>
public sealed record EntiteRow(
    string Finess, bool Known, EntiteIdentite Identite, DateOnly? ClosedOn, (string Rule, string Reason)? RequiredBy, int Mouvements, int Held, long Version)
{
    public PartieKind Kind => Parties.KindOf(Identite.Statut);

    /// <summary>The version at which what the registers say of it last changed.</summary>
    public long IdentiteVersion { get; init; }

    /// <summary>R-103: it stays without contrat; null for all others.</summary>
    public HorsContrat? HorsContrat { get; init; }

    /// <summary>R-118: null while nothing was said of it.</summary>
    public NiveauEntite? Niveau { get; init; }

    /// <summary>R-124: its other contracts by number.</summary>
    public ImmutableSortedDictionary<string, AutreContratInscrit>? Autres { get; init; }

    /// <summary>L-09: its movements of FIR money by line; null where it has none.</summary>
    public ImmutableDictionary<string, FirMouvement>? Fir { get; init; }
}

/// <param name="Held">Facts waiting until the site becomes known.</param>
public sealed record SiteRow(
    string Finess, bool Known, string Entite, string Nom, string? Categorie, string? Departement, DateOnly? ClosedOn, int Autorisations, int Rc, int Held, long Version)
{
    /// <summary>The version at which what the registers say of it last changed, its lines apart.</summary>
    public long IdentiteVersion { get; init; }

    /// <summary>The version at which its autorisations, or the entity under which they are stated, last changed.</summary>
    public long AutorisationsVersion { get; init; }

    /// <summary>The same of its RC.</summary>
    public long RcVersion { get; init; }

    /// <summary>INSEE code, where the register gives it.</summary>
    public string? Commune { get; init; }

    /// <summary>Facts of other tools, not of files, that waited for the site and that it refused once it was known .</summary>
    public int Refused { get; init; }
}

public sealed record GhtRow(string Code, string Nom, ImmutableSortedDictionary<string, GhtRole> Membres, long Version);

/// <summary>A received file, and what the facts that quote it make of it.</summary>
/// <param name="Held">Lines that it brought and that wait.</param>
/// <param name="Refused">Lines that it brought, that had waited, and that their site refused once it was known.</param>
public sealed record FichierRow(
    string Sha256, string Name, string Kind, DateOnly SnapshotOn, DateTimeOffset ReceivedAt, int Rejected, int New, int Changed, int Ended, int Held, int Refused);

/// <summary>A published version of the socle contractuel.</summary>
public sealed record SocleRow(string Version, DateOnly PublishedOn, SocleTexte Texte, long ActorVersion);

/// <summary>The published generic engagements of a volet in a version .</summary>
public sealed record BibliothequeRow(string Id, Volet Volet, string Version, DateOnly PublishedOn, ValueList<Generique> Generiques, long ActorVersion);

/// <summary>An actor that owes things by a day, contrats apart: kept as it is.</summary>
/// <param name="Entite">In whose partition it is: a FINESS EJ where it belongs to one entity.</param>
public sealed record SuiviRow(string Category, string Id, string Entite, object State, long Version);

/// <summary>A contrat row of a query: the dossier with what the other actors say of its entity.</summary>
/// <param name="Day">The day on which it is looked at.</param>
public sealed record ContratRow(ContratDossier Dossier, EntiteRow? Entite, ImmutableArray<string> Ghts, DateOnly Day)
{
    public ContratStatut Statut { get; } = Dossier.StatutOn(Day);

    public ContratFigures Figures => Dossier.FiguresOn(Day);

    /// <summary>Its caisse pivot is still to be told: concluded, and not over.</summary>
    public bool IsToNotify => Statut is ContratStatut.AVenir or ContratStatut.EnVigueur && Dossier.State.Formalites.Notification?.On is null;

    /// <summary>Its original is still to be archived, also of one that is over: it is kept for as long as anybody may ask for it.</summary>
    public bool IsToArchive => Dossier.State.Phase == Domain.Contrats.ContratPhase.EnVigueur && Dossier.State.Formalites.Of(null).Archive is null;

    /// <summary>Procedures against it that have not ended .</summary>
    public int Procedures { get; init; }

    /// <summary>How far each of those is.</summary>
    public IEnumerable<ManquementEtape> ProcedureEtapes => Procedures == 0 || Manquements is null ? [] : Manquements.UnderWay(Dossier.Numero).Select(m => m.Etape);

    /// <summary>All that were begun against its entity; null where there never was one.</summary>
    internal ManquementsState? Manquements { get; init; }

    public RenouvellementStatut Renouvellement => ContratVie.RenouvellementOn(Dossier.State, Day);

    public ModificationStatut Modification => ContratVie.ModificationOn(Dossier.State, Day);

    /// <summary>R-101.</summary>
    public DateOnly? ArreteOn => ContratVie.ArreteOn(Dossier.State, Day);

    /// <summary>R-110.</summary>
    public bool HasRapportFinal => ContratVie.HasRapportFinalOn(Dossier.State, Day);

    /// <summary>Those that took place (R-109, L-02).</summary>
    public int Evaluations => Dossier.State.Suivi.Evaluations.Count;

    /// <summary>R-086: it bridges until engagements are negotiated.</summary>
    public bool IsSocleCommun => Dossier.State.Fiche.Nature == Domain.Contrats.ContratNature.SocleCommun;

    /// <summary>R-118.</summary>
    public bool IsRegional => Dossier.State.Formalites.Niveau == Niveau.Regional;

    /// <summary>Other contracts of its entity that are valid on the day .</summary>
    public int AutresContrats { get; init; }

    /// <summary>The négociation that it comes of, or that evaluates it; null where there is none, and of a project that was given up.</summary>
    public NegociationState.Ouverte? Negociation { get; init; }

    /// <summary>L-09: FIR money of its entity that no contract gives, by campaign; null where the entity has no such money.</summary>
    public Lazy<IReadOnlyList<FirSansContrat>>? Fir { get; init; }

    /// <summary>Members that have given notice and have not left it (L-05).</summary>
    public int Retraits => Dossier.State.Groupe?.Retraits.Count(r => r.LeftOn is null) ?? 0;

    /// <summary>Steps of that négociation recorded as passed and not done.</summary>
    public int NegociationOverdue => Negociation is { } n ? NegociationEcheances.Of(n).Count(n.Rappels.IsOverdue) : 0;
}

/// <summary>What a row shows of other actors than its contrat: compared before and after their facts, so that who watches is told of each and of nothing else.</summary>
/// <param name="Autres">The register itself, since what it counts depends on the day.</param>
internal readonly record struct OthersOnRow(
    string? Nom, string? Departement, string Ghts, string Procedures, string? Negociation, NegociationEtape? Etape, int NegociationOverdue,
    ImmutableSortedDictionary<string, AutreContratInscrit>? Autres, HorsContrat? HorsContrat);

/// <summary>One total of a summary.</summary>
/// <param name="Key">Code of the group; empty for the contrats that belong to none.</param>
/// <param name="EntitesRequired">Entities of the group that must have a contrat and have none in force.</param>
public sealed record PortfolioTotal(
    string Key,
    string Label,
    int Contrats,
    int EnVigueur,
    int Pending,
    int PendingAutorisations,
    int PendingRc,
    int PendingFinancements,
    decimal PendingAmount,
    int Conflicts,
    int AvenantsUnderWay,
    DateTimeOffset? OldestPending,
    int EntitesRequired,
    int Overdue)
{
    public int EngagementsAtRisk { get; init; }

    /// <summary>Contrats with a procedure that has not ended.</summary>
    public int EnProcedure { get; init; }

    public int Resilies { get; init; }

    /// <summary>Bridges that gave way to a contrat signed again .</summary>
    public int Remplaces { get; init; }

    /// <summary>Projects that were given up.</summary>
    public int Abandonnes { get; init; }

    /// <summary>Entities of the group that stay without contrat .</summary>
    public int HorsContrat { get; init; }

    /// <summary>Contrats whose négociation is neither signed nor abandoned.</summary>
    public int EnNegociation { get; init; }

    /// <summary>Of those, the ones with a step recorded as passed and not done.</summary>
    public int NegociationsLate { get; init; }

    /// <summary>R-107: contrats in force whose caisse pivot is still to be told.</summary>
    public int CaissesToNotify { get; init; }

    public int Renewed { get; init; }

    /// <summary>Contrats of which somebody was consulted, that are validated, or signed by one party.</summary>
    public int ApprobationsUnderWay { get; init; }

    /// <summary>Contrats in force whose original is still to be archived.</summary>
    public int OriginauxToArchive { get; init; }

    /// <summary>Contrats whose entity has another contract that is valid on the day.</summary>
    public int AvecAutreContrat { get; init; }

    /// <summary>Entities of the group given FIR money by no contract (L-09).</summary>
    public int EntitesFir { get; init; }

    /// <summary>Contrats for a whole GHT (L-05).</summary>
    public int ContratsUniques { get; init; }

    /// <summary>Members that have given notice and have not left such a contrat.</summary>
    public int Retraits { get; init; }

    /// <summary>Contrats negotiated at the level of the region that were not given up.</summary>
    public int Regionaux { get; init; }

    /// <summary>Contrats of socle commun that bridge, or are to: those that are over are not.</summary>
    public int SoclesCommuns { get; init; }

    /// <summary>Contrats that an arrêté has fixed .</summary>
    public int Arretes { get; init; }

    /// <summary>Contrats whose modification a sanction requires, and that are not modified yet .</summary>
    public int ModificationsRequired { get; init; }

    /// <summary>Contrats whose renewal is asked for and not answered (L-01, L-02).</summary>
    public int RenouvellementsToAnswer { get; init; }

    /// <summary>Contrats whose entity is put on notice, the delay renewed or not (L-10).</summary>
    public int MisEnDemeure { get; init; }

    /// <summary>Contrats for which a sum is recovered.</summary>
    public int EnRecouvrement { get; init; }

    public int AvenantsEnSignature { get; init; }

    public int AvenantsSignes { get; init; }

    public int DemandesAcces { get; init; }
}

/// <summary>The portfolio at one log position. Immutable: a query works on one view from end to end.</summary>
public sealed record PortfolioView(
    long Position,
    DateTimeOffset RecordedAt,
    ImmutableSortedDictionary<string, ContratDossier> Contrats,
    ImmutableSortedDictionary<string, EntiteRow> Entites,
    ImmutableSortedDictionary<string, SiteRow> Sites,
    ImmutableSortedDictionary<string, GhtRow> Ghts,
    ImmutableDictionary<string, ImmutableArray<string>> GhtsOfEntite,
    ImmutableDictionary<string, ImmutableSortedSet<string>> SitesOfEntite,
    ImmutableDictionary<string, NomenclatureState> Nomenclatures)
{
    public static PortfolioView Empty { get; } = new(
        0,
        DateTimeOffset.MinValue,
        ImmutableSortedDictionary.Create<string, ContratDossier>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, EntiteRow>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, SiteRow>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, GhtRow>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, NomenclatureState>(StringComparer.Ordinal));

    /// <summary>The newest day on which a file that was imported to its end spoke of each thing.</summary>
    public Couvertures Couvertures { get; init; } = Couvertures.Empty;

    /// <summary>Received files by sha-256.</summary>
    public ImmutableSortedDictionary<string, FichierRow> Fichiers { get; init; } = ImmutableSortedDictionary.Create<string, FichierRow>(StringComparer.Ordinal);

    /// <summary>What waits, by the actor that it waits for: an entité or a site that is not known yet.</summary>
    public ImmutableDictionary<string, ImmutableList<Attente>> Attentes { get; init; } = ImmutableDictionary.Create<string, ImmutableList<Attente>>(StringComparer.Ordinal);

    /// <summary>The line with the label that the nomenclature of its code gives it; as its source wrote it where there is none.</summary>
    public Ligne? Labelled(Ligne? ligne) =>
        ligne is not null && NomenclatureRules.CodeOf(ligne) is var (list, code) && Nomenclatures.GetValueOrDefault(list)?.Codes.GetValueOrDefault(code) is { } known
            ? ligne switch
            {
                Ligne.Autorisation a => a with { Libelle = known.Libelle },
                Ligne.Rc rc => rc with { Libelle = known.Libelle },
                _ => ligne,
            }
            : ligne;

    /// <summary>Actors that owe things by a day, contrats apart, by stored name.</summary>
    public ImmutableSortedDictionary<string, SuiviRow> Suivis { get; init; } = ImmutableSortedDictionary.Create<string, SuiviRow>(StringComparer.Ordinal);

    /// <summary>Published versions of the socle contractuel.</summary>
    public ImmutableSortedDictionary<string, SocleRow> Socles { get; init; } = ImmutableSortedDictionary.Create<string, SocleRow>(StringComparer.Ordinal);

    /// <summary>Published libraries of generic engagements.</summary>
    public ImmutableSortedDictionary<string, BibliothequeRow> Bibliotheques { get; init; } = ImmutableSortedDictionary.Create<string, BibliothequeRow>(StringComparer.Ordinal);

    /// <param name="validOn">The day on which the statut is asked for.</param>
    public IEnumerable<ContratRow> Rows(DateOnly validOn) => Contrats.Values.Select(dossier => Row(dossier, validOn));

    public ContratRow Row(ContratDossier dossier, DateOnly validOn)
    {
        var (entite, manquements) = (Entites.GetValueOrDefault(dossier.State.Fiche.Entite), ManquementsOf(dossier.State.Fiche.Entite));
        return new(dossier, entite, GhtsOf(dossier.State.Fiche), validOn)
        {
            Procedures = manquements?.UnderWay(dossier.Numero).Count() ?? 0,
            Manquements = manquements,
            Negociation = dossier.State.IsAbandoned ? null : NegociationOf(dossier.State.Fiche),
            AutresContrats = entite?.Autres?.Values.Count(a => a.IsValidOn(validOn)) ?? 0,
            Fir = entite is { Fir: not null } ? new(() => FirSansContratOf(entite)) : null,
        };
    }

    /// <summary>Those of its entity; of a contrat for a GHT that one, wherever the legal person that signs it is (L-06).</summary>
    private ImmutableArray<string> GhtsOf(Fiche fiche)
    {
        ImmutableArray<string> ghts = GhtsOfEntite.TryGetValue(fiche.Entite, out var known) ? known : [];
        return fiche.Ght is not { } ght || ghts.Contains(ght) ? ghts : [.. ghts.Append(ght).Order(StringComparer.Ordinal)];
    }

    /// <summary>L-09: FIR money of an entity that no contract gives, by campaign.</summary>
    public IReadOnlyList<FirSansContrat> FirSansContratOf(EntiteRow entite) => entite.Fir is not { } fir ? [] : FirRules.Of(
        fir,
        [.. ContratsOf(entite.Finess).Select(numero => Contrats[numero]).Where(c => c.State.Phase == ContratPhase.EnVigueur).Select(c => Couvrant(c, entite.Finess))],
        entite.Autres?.Values ?? []);

    private static ContratCouvrant Couvrant(ContratDossier dossier, string entite)
    {
        var (fiche, state) = (dossier.State.Fiche, dossier.State);
        return new(fiche.DateEffet, state.LastDayOf(entite), fiche.WholeEntite ? null : state.Sites.Keys.Append(fiche.Entite).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The procedures against an entity; null where there never was one.</summary>
    public ManquementsState? ManquementsOf(string entite) => Suivis.GetValueOrDefault($"{Manquements.Category}-{entite}")?.State as ManquementsState;

    /// <summary>Adopted PRS by name, with the day .</summary>
    public ImmutableSortedDictionary<string, DateOnly> Prs { get; init; } = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal);

    /// <summary>Négociations by their structures (FINESS EJ), the newest last.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> NegociationsOfEntite { get; init; } = ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Contrats by their entity (FINESS EJ), those for a GHT by each member (L-05), in the order in which they were opened.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> ContratsOfEntite { get; init; } = ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    public ImmutableArray<string> ContratsOf(string entite) => ContratsOfEntite.TryGetValue(entite, out var contrats) ? contrats : [];

    /// <summary>What the row of a contrat shows that is said by other actors.</summary>
    internal OthersOnRow OthersOn(string numero)
    {
        var row = Row(Contrats[numero], DateOnly.MinValue);
        return new(
            row.Entite?.Identite.Nom, row.Entite?.Identite.Departement, string.Join(' ', row.Ghts), string.Join(' ', row.ProcedureEtapes),
            row.Negociation?.Fiche.Numero, row.Negociation?.Etape, row.NegociationOverdue, row.Entite?.Autres, row.Entite?.HorsContrat);
    }

    private NegociationState.Ouverte? NegociationOf(Fiche fiche)
    {
        if (!NegociationsOfEntite.TryGetValue(fiche.Entite, out var ids))
        {
            return null;
        }

        var all = ids.Select(id => Suivis[id].State).OfType<NegociationState.Ouverte>().Where(n => n.AbandonedOn is null).ToList();
        return all.LastOrDefault(n => n.Structures[fiche.Entite].Structure.Precedent == fiche.Numero) ?? all.Find(n => n.Fiche.Numero == fiche.Negociation);
    }
}
