using System.Text.Json;

namespace Cpom.Sample.Writing;

/// <summary>
/// The FINESS+ activités file (formats.md section 1). An authorisation comes twice, under its EJ and under the site that
/// exercises it, with disjoint ids and the same ARHGOS number.
/// </summary>
internal static class ActivitesWriter
{
    public static void Write(Stream target, RegionModel region, DateOnly date)
    {
        using var json = new Utf8JsonWriter(target, FinessJson.Options);
        json.WriteStartObject();
        FinessJson.WriteHead(json, date);
        json.WriteStartArray("pmej");
        foreach (var entite in region.Entites)
        {
            WriteEntite(json, entite);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntite(Utf8JsonWriter json, EntiteModel entite)
    {
        json.WriteStartObject();
        json.WriteString("numFiness", entite.Finess);
        json.WriteString("pmSmsseId", Text.Number(entite.Id));
        json.WriteStartArray("activitesAutorisees");
        foreach (var site in entite.Sites)
        {
            foreach (var autorisation in site.Autorisations)
            {
                WriteActivite(json, autorisation, entite, site: null);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("ege");
        foreach (var site in entite.Sites)
        {
            WriteSite(json, entite, site);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSite(Utf8JsonWriter json, EntiteModel entite, SiteModel site)
    {
        json.WriteStartObject();
        json.WriteString("egeId", Text.Number(site.Id));
        json.WriteString("numFinessEge", site.Finess);
        json.WriteStartArray("activitesExercees");
        foreach (var autorisation in site.Autorisations)
        {
            WriteActivite(json, autorisation, entite, site);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteActivite(Utf8JsonWriter json, AutorisationModel autorisation, EntiteModel entite, SiteModel? site)
    {
        var id = site is null ? autorisation.Id : autorisation.Id + 1;
        var type = site is null ? (entite.Id, "PM") : (site.Id, "EG");
        json.WriteStartObject();
        WriteGeneriques(json, autorisation, site, id);
        WriteNature(json, autorisation, site is not null, id);
        json.WriteStartArray("evenement");
        FinessJson.WriteEvenement(json, id, 10, autorisation.Start, autorisation.Recorded, "010", "AC", type);
        if (autorisation.Ended is { } ended)
        {
            FinessJson.WriteEvenement(json, id, 13, ended, ended, "013", "AC", type);
        }

        json.WriteEndArray();
        FinessJson.WriteEmptyArrays(json, "engagement", "capacite");
        json.WriteNull("zoneIntervention");
        json.WriteEndObject();
    }

    private static void WriteGeneriques(Utf8JsonWriter json, AutorisationModel autorisation, SiteModel? site, int id)
    {
        json.WriteStartObject("caracteristiquesGeneriques");
        json.WriteString("activiteAeId", Text.Number(id));
        json.WriteString("etatObjet", autorisation.Ended is null ? "A" : "I");
        FinessJson.WriteOptional(json, "identifiantAutorisation", site is null ? null : Text.Number(autorisation.Id));
        json.WriteString("numAutorisationArhgos", autorisation.Arhgos);
        json.WriteString("dateDebutActiviteAutorisee", Text.Iso(autorisation.Start));
        FinessJson.WriteOptional(json, "dateFinActiviteAutorisee", autorisation.End is { } end ? Text.Iso(end) : null);
        FinessJson.WriteOptional(json, "dateFinEffectiveActivite", autorisation.Ended is { } ended ? Text.Iso(ended) : null);
        json.WriteNull("dateCaduciteAutorisation");
        FinessJson.WriteOptional(json, "egeId", site is null ? null : Text.Number(site.Id));
        json.WriteString("typeActiviteSMSSE", TypeSmsse(autorisation));
        if (site is null)
        {
            json.WriteNull("pmSmsseExploitanteId");
        }
        else
        {
            FinessJson.WriteNulls(json, "egeExploitanteId", "egeFacturante");
        }

        json.WriteEndObject();
    }

    // The register numbers its kinds of activity by nature: 2xxxx AMF, 3xxxx AASA, 4xxxx AMM, the type itself for an EML.
    private static string TypeSmsse(AutorisationModel autorisation)
    {
        var rank = autorisation.Codes.Aggregate(0, (sum, code) => (sum * 31 + code.Sum(c => c)) % 900);
        return autorisation.Nature switch
        {
            "AMF" => Text.Number(20_000 + rank),
            "AASA" => Text.Number(30_000 + rank),
            "EML" => autorisation.Codes[0],
            _ => Text.Number(40_000 + rank),
        };
    }

    private static void WriteNature(Utf8JsonWriter json, AutorisationModel autorisation, bool onSite, int id)
    {
        var codes = autorisation.Codes;
        json.WriteStartObject("nature");
        json.WriteString("codeNature", autorisation.Nature);
        json.WriteStartObject("caracteristiquesSpecifiques");
        switch (autorisation.Nature)
        {
            case "AMM":
                FinessJson.WriteNulls(json, "aaSoinAmmId", "activiteAeId");
                WriteAppareils(json, codes[0]);
                WriteType(json, "typeActiviteAMM", ["activiteAMM", "modaliteAMM", "mentionAMM", "ptsAMM", "declarationAMM"], codes);
                break;
            case "AMF":
                FinessJson.WriteNulls(json, "aaSoinAmfId", "activiteAeId");
                WriteType(json, "typeActiviteAMF", ["activiteAMF", "modaliteActivite", "formeActivite"], codes);
                break;
            case "AASA":
                FinessJson.WriteNulls(json, "dateLimDep", "dateLimVisiteConformite", "dateVisite", "numDecision", "resultatVisite");
                FinessJson.WriteOptional(json, "etatArhgos", onSite ? "02" : null);
                json.WriteString("activiteAeId", Text.Number(id));
                WriteType(json, "typeActiviteAASA", ["activiteSanitaireRegulee", "modaliteActivite", "formeActivite"], codes);
                break;
            default:
                FinessJson.WriteNulls(json, "aaEmlId", "marque", "numeroSerie", "activiteAeId");
                WriteType(json, "typeActiviteEML", ["typeEmlId"], codes);
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Imaging devices are attributes of the authorisation since the reform (D-10).
    private static void WriteAppareils(Utf8JsonWriter json, string activite)
    {
        json.WriteStartArray("appareil");
        if (activite == "QEML1")
        {
            foreach (var statut in new[] { "09", "08" })
            {
                json.WriteStartObject();
                json.WriteString("typeAppareilAMM", "232");
                json.WriteString("statutAppareilAMM", statut);
                json.WriteString("nombreAppareilAMM", "2");
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter json, string name, ReadOnlySpan<string> fields, string[] codes)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < fields.Length; i++)
        {
            json.WriteString(fields[i], codes[i]);
        }

        json.WriteEndObject();
    }
}
