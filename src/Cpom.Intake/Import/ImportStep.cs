using Cpom.Domain.Flux;
using Cpom.Domain.Nomenclatures;

namespace Cpom.Intake;

/// <summary>What one place of a file asks of the platform. The mapping is pure: whoever runs the steps speaks to the actors.</summary>
public abstract record ImportStep(string Place)
{
    /// <summary>A command for one actor.</summary>
    /// <param name="Lignes">Rows of the file that the command accounts for.</param>
    public sealed record Send(string Id, object Command, string Place, int Lignes = 1) : ImportStep(Place);

    /// <summary>A row set aside, with its remedy.</summary>
    public sealed record Reject(LineFault Fault) : ImportStep(Fault.Place);

    /// <summary>Something to know about a row that is read all the same.</summary>
    public sealed record Warn(LineWarning Warning) : ImportStep(Warning.Place);

    /// <summary>Sound rows that are of no concern to a sanitary contrat.</summary>
    public sealed record OutOfScope(string Place, int Lignes) : ImportStep(Place);

    /// <summary>Sound rows about what a later snapshot has already told.</summary>
    public sealed record Outdated(string Place, int Lignes) : ImportStep(Place);

    /// <summary>What the file speaks of: to be recorded when all of it is done.</summary>
    public sealed record Covered(Couverture Couverture, string Place) : ImportStep(Place);

    /// <summary>Every step before this one is to be done, and its effects to be seen everywhere, before the next begins.</summary>
    public sealed record Barrier(string Place) : ImportStep(Place);
}

/// <summary>The file being imported, as its facts will quote it.</summary>
/// <param name="SnapshotOn">The day that the file describes: valid day of what it shows as changed without saying when.</param>
/// <param name="Complete">The file holds everything of the départements it speaks of: what is known there and absent from it has ended.</param>
/// <param name="Force">What the file says is taken even where a later snapshot spoke of the same.</param>
/// <param name="Sign">Contrats whose row has both signatures are signed, once their socle commun and engagements are in.</param>
public sealed record ImportContext(SourceFile File, DateOnly SnapshotOn, bool Complete, bool Force, bool Sign, IReferentiel Referentiel, IProgress<long>? Progress)
{
    /// <summary>The file, for the readers that take no other than one that was read to its end before.</summary>
    internal ValidFile Whole => File as ValidFile ?? throw new InvalidOperationException($"{File.Name} is {File.Kind}, which is not checked while it is read.");
}

/// <summary>What the platform already knows, for the rows that name other actors.</summary>
public interface IReferentiel
{
    /// <summary>The entity of a site, or of the entity itself; null when the number is unknown.</summary>
    string? EntiteOf(string finess);

    bool IsEntite(string finess);

    bool IsGht(string code);

    /// <summary>Statut juridique of an entity, or null.</summary>
    string? StatutOf(string entite);

    IReadOnlyList<string> SitesOf(string entite);

    /// <summary>Known sites with lines of a volet, in any of the départements (FINESS prefix).</summary>
    IReadOnlyList<(string Site, string Entite)> SitesWithLignes(Domain.Volet volet, IReadOnlySet<string> departements);

    /// <summary>What the snapshots that were imported to their end have spoken of.</summary>
    Couvertures Couvertures { get; }

    /// <summary>A nomenclature by the name of its actor, or null where none was published.</summary>
    NomenclatureState? NomenclatureOf(string name);

    bool IsContrat(string numero);

    /// <summary>Ids of the lines that a contrat lists under a line's own id, or under the ARHGOS number of RC or autorisations, in order.</summary>
    IReadOnlyList<string> LignesOf(string contrat, string numero);
}
