using Cpom.Intake.Json;

namespace Cpom.Intake;

/// <summary>
/// Reads FINESS+ activités, one site at a time. Only the activities exercised on sites are read: the list of the legal
/// entity mirrors them with other identifiers and no link between the two (formats.md §1).
/// </summary>
public static class FinessActivitesReader
{
    private static readonly JsonObject<ActivitesDraft> Shape = new("", new JsonArray<ActivitesDraft>("pmej", new JsonObject<ActivitesDraft>(
        "",
        new JsonText<ActivitesDraft>("numFiness", (d, v) => d.NumFinessEj = v),
        new JsonArray<ActivitesDraft>("ege", EgeShape()))
    {
        OnEnter = (d, pump) => d.BeginPmej(pump.Here),
        OnLeave = d => d.EndPmej(),
    })
    {
        OnEnter = (d, _) => d.HasPmej = true,
    });

    /// <summary>
    /// Memory: the activities of one site (<see cref="IntakeLimits.ActivitesPerSiteMax"/>) and what is read ahead. A file that is not whole is refused at
    /// the latest where it ends: of one that is read for the first time, what was handed out counts only after that.
    /// </summary>
    /// <param name="progress">Bytes of the file as received that have been read.</param>
    /// <exception cref="MalformedContentException">The file is not whole.</exception>
    public static IAsyncEnumerable<SourceItem<SiteActivites>> Read(SourceFile file, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        if (file.Kind != FileKind.FinessActivites)
        {
            throw new ArgumentException($"{file.Name} is {file.Kind}.", nameof(file));
        }
        return JsonReading.Items(file, Shape, new ActivitesDraft(), draft => draft.TakeReady(), progress, cancellation);
    }

    private static JsonObject<ActivitesDraft> EgeShape() => new(
        "",
        new JsonText<ActivitesDraft>("numFinessEge", (d, v) => d.NumFinessEt = v),
        new JsonArray<ActivitesDraft>("activitesExercees", ActiviteShape()))
    {
        OnEnter = (d, pump) => d.BeginEge(pump.Here),
        OnLeave = d => d.EndEge(),
    };

    private static JsonObject<ActivitesDraft> ActiviteShape() => new(
        "",
        new JsonObject<ActivitesDraft>(
            "caracteristiquesGeneriques",
            new JsonText<ActivitesDraft>("activiteAeId", (d, v) => d.Activite.ActiviteAeId = v),
            new JsonCode<ActivitesDraft>("etatObjet", (d, v) => d.Activite.Etat = v),
            new JsonText<ActivitesDraft>("numAutorisationArhgos", (d, v) => d.Activite.NumAutorisationArhgos = v),
            new JsonInstant<ActivitesDraft>("dateDebutActiviteAutorisee", (d, v) => d.Activite.DateDebut = v),
            new JsonInstant<ActivitesDraft>("dateFinActiviteAutorisee", (d, v) => d.Activite.DateFin = v),
            new JsonInstant<ActivitesDraft>("dateFinEffectiveActivite", (d, v) => d.Activite.DateFinEffective = v),
            new JsonInstant<ActivitesDraft>("dateCaduciteAutorisation", (d, v) => d.Activite.DateCaducite = v)),
        new JsonObject<ActivitesDraft>(
            "nature",
            new JsonCode<ActivitesDraft>("codeNature", (d, v) => d.Activite.Nature = v),
            new JsonObject<ActivitesDraft>("caracteristiquesSpecifiques", [.. TypeShapes(), .. Parts()])),
        new JsonArray<ActivitesDraft>("evenement", new JsonObject<ActivitesDraft>(
            "", new JsonInstant<ActivitesDraft>("dateEnregistrement", (d, v) => d.Activite.SeeRecorded(v)))),
        new JsonArray<ActivitesDraft>("capacite", new JsonObject<ActivitesDraft>(
            "",
            new JsonCode<ActivitesDraft>("nombre", (d, v) => d.Activite.CapaciteNombre = v),
            new JsonText<ActivitesDraft>("precision", (d, v) => d.Activite.CapacitePrecision = v),
            new JsonCode<ActivitesDraft>("statutCapacite", (d, v) => d.Activite.CapaciteStatut = v),
            new JsonCode<ActivitesDraft>("uniteMesureCapacite", (d, v) => d.Activite.CapaciteUnite = v))
        {
            OnLeave = d => d.Activite.EndCapacite(),
        }))
    {
        OnEnter = (d, pump) => d.BeginActivite(pump.Here),
        OnLeave = d => d.EndActivite(),
    };

    /// <summary>The code stands in an object named after the nature; ASMR's is spelled AMSR in the real files.</summary>
    private static IEnumerable<JsonNode<ActivitesDraft>> TypeShapes() =>
        from nature in (string[])["AMM", "AMF", "AASA", "EML", "ASR", "ASDR", "ASOCR", "AMSR", "ASMR", "AER"]
        select new JsonObject<ActivitesDraft>("typeActivite" + nature, [.. Parts()]);

    /// <summary>The older schema puts the parts directly under the characteristics: both are read by the same names.</summary>
    private static IEnumerable<JsonNode<ActivitesDraft>> Parts() =>
        from part in ActiviteParts.Places
        select new JsonCode<ActivitesDraft>(part.Key, (d, v) => d.Activite.SetPart(part.Value, v));
}
