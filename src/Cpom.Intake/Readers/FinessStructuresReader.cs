using System.Runtime.CompilerServices;
using Cpom.Intake.Json;

namespace Cpom.Intake;

/// <summary>Reads FINESS+ structures: each legal entity, then its sites; the GHT at the end.</summary>
public static class FinessStructuresReader
{
    private static readonly JsonObject<StructuresDraft> Shape = new(
        "",
        new JsonArray<StructuresDraft>("gcc", GccShape()),
        new JsonArray<StructuresDraft>("pmej", PmejShape()) { OnEnter = (d, _) => d.HasPmej = true });

    /// <summary>
    /// Memory: one entity with its sites (<see cref="IntakeLimits.SitesPerEntiteMax"/>), the groups, and the number of every
    /// entity (<see cref="IntakeLimits.EntitesMax"/>; 98,168 in France, about 12 MB), because <c>gcc</c> comes before
    /// <c>pmej</c> and names its members by pmSmsseId only; and what is read ahead. A file that is not whole is refused at the latest where it ends: of
    /// one that is read for the first time, what was handed out counts only after that.
    /// </summary>
    /// <param name="progress">Bytes of the file as received that have been read.</param>
    /// <exception cref="MalformedContentException">The file is not whole.</exception>
    public static async IAsyncEnumerable<SourceItem<StructureRow>> Read(
        SourceFile file, IProgress<long>? progress = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (file.Kind != FileKind.FinessStructures)
        {
            throw new ArgumentException($"{file.Name} is {file.Kind}.", nameof(file));
        }
        var draft = new StructuresDraft();
        await foreach (var item in JsonReading.Items(file, Shape, draft, d => d.TakeReady(), progress, cancellation))
        {
            yield return item;
        }
        foreach (var item in draft.TakeGhts())
        {
            yield return item;
        }
    }

    private static JsonObject<StructuresDraft> GccShape() => new(
        "",
        new JsonText<StructuresDraft>("gccId", (d, v) => d.Gcc.GccId = v),
        new JsonText<StructuresDraft>("nomGcc", (d, v) => d.Gcc.Nom = v),
        new JsonCode<StructuresDraft>("typeGcc", (d, v) => d.Gcc.Type = v),
        new JsonText<StructuresDraft>("numFinessGcc", (d, v) => d.Gcc.NumFiness = v),
        new JsonText<StructuresDraft>("gccIdentifiantExterne", (d, v) => d.Gcc.IdentifiantExterne = v),
        new JsonArray<StructuresDraft>("evenement", new JsonObject<StructuresDraft>(
            "",
            new JsonInstant<StructuresDraft>("dateEvenement", (d, v) => d.Gcc.EvenementDate = v),
            new JsonCode<StructuresDraft>("codeEvenement", (d, v) => d.Gcc.EvenementCode = v))
        {
            OnLeave = d => d.Gcc.EndEvenement(),
        }),
        new JsonArray<StructuresDraft>("pmejDuGcc", new JsonObject<StructuresDraft>(
            "",
            new JsonText<StructuresDraft>("pmSmsseId", (d, v) => d.Gcc.MembreId = v),
            new JsonCode<StructuresDraft>("typeRoleEntiteGroupe", (d, v) => d.Gcc.MembreRole = v))
        {
            OnLeave = d => d.Gcc.EndMembre(),
        }),
        new JsonCode<StructuresDraft>("etatObjet", (d, v) => d.Gcc.Etat = v))
    {
        OnEnter = (d, pump) => d.BeginGcc(pump.Here),
        OnLeave = d => d.EndGcc(),
    };

    private static JsonObject<StructuresDraft> PmejShape() => new(
        "",
        new JsonObject<StructuresDraft>(
            "informationsGeneralesPMEJ",
            new JsonText<StructuresDraft>("pmSmsseId", (d, v) => d.Pmej.PmSmsseId = v),
            new JsonInstant<StructuresDraft>("dateCreation", (d, v) => d.Pmej.DateCreation = v),
            new JsonInstant<StructuresDraft>("dateFermeture", (d, v) => d.Pmej.DateFermeture = v),
            new JsonText<StructuresDraft>("denominationLonguePmSmsse", (d, v) => d.Pmej.DenominationLongue = v),
            new JsonText<StructuresDraft>("denominationPm", (d, v) => d.Pmej.Denomination = v),
            new JsonText<StructuresDraft>("numFinessPm", (d, v) => d.Pmej.NumFiness = v),
            new JsonText<StructuresDraft>("siren", (d, v) => d.Pmej.Siren = v),
            new JsonCode<StructuresDraft>("statutJuridique", (d, v) => d.Pmej.StatutJuridique = v)),
        new JsonArray<StructuresDraft>("adresse", new JsonObject<StructuresDraft>(
            "", new JsonCode<StructuresDraft>("cogCommune", (d, v) => d.Pmej.Commune ??= v))),
        new JsonArray<StructuresDraft>("ege", EgeShape()),
        new JsonCode<StructuresDraft>("etatObjet", (d, v) => d.Pmej.Etat = v))
    {
        OnEnter = (d, pump) => d.BeginPmej(pump.Here),
        OnLeave = d => d.EndPmej(),
    };

    private static JsonObject<StructuresDraft> EgeShape() => new(
        "",
        new JsonObject<StructuresDraft>(
            "informationsGeneralesEGE",
            new JsonInstant<StructuresDraft>("dateFermeture", (d, v) => d.Ege.DateFermeture = v),
            new JsonInstant<StructuresDraft>("dateOuverture", (d, v) => d.Ege.DateOuverture = v),
            new JsonInstant<StructuresDraft>("datePremiereAutorisation", (d, v) => d.Ege.DateAutorisation = v),
            new JsonText<StructuresDraft>("nomEgeCourt", (d, v) => d.Ege.Nom = v),
            new JsonText<StructuresDraft>("nomEgeLong", (d, v) => d.Ege.NomLong = v),
            new JsonText<StructuresDraft>("numFinessEge", (d, v) => d.Ege.NumFiness = v),
            new JsonArray<StructuresDraft>("espic", new JsonCode<StructuresDraft>("espic", (d, v) => d.Ege.AddEspic(v))),
            new JsonText<StructuresDraft>("siret", (d, v) => d.Ege.Siret = v)),
        new JsonCode<StructuresDraft>("categorieentiteGeographiqueExercice", (d, v) => d.Ege.Categorie = v),
        new JsonCode<StructuresDraft>("modefixationtarifaire", (d, v) => d.Ege.ModeFixationTarifaire = v),
        new JsonArray<StructuresDraft>("adresse", new JsonObject<StructuresDraft>(
            "", new JsonCode<StructuresDraft>("cogCommune", (d, v) => d.Ege.Commune ??= v))),
        new JsonCode<StructuresDraft>("etatObjet", (d, v) => d.Ege.Etat = v))
    {
        OnEnter = (d, pump) => d.BeginEge(pump.Here),
        OnLeave = d => d.EndEge(),
    };
}
