using System.Text.Json;

namespace Cpom.Sample.Writing;

/// <summary>
/// The FINESS+ activités file (formats.md section 1). An authorisation comes twice, under its EJ and under the site that
/// exercises it, with disjoint ids and the same ARHGOS number.
/// </summary>
internal static class ActivitesWriter
{
    public static void Write(DeflateBlocks target, RegionModel region, DateOnly date, DeflatedPart? fond) =>
        FinessJson.WriteFile(target, region, date, null, WriteEntite, fond);

    public static void WriteEntite(Utf8JsonWriter json, EntiteModel entite)
    {
        json.WriteStartObject();
        json.WriteString("numFiness"u8, entite.Finess);
        FinessJson.WriteId(json, "pmSmsseId"u8, entite.Id);
        json.WriteStartArray("activitesAutorisees"u8);
        foreach (var site in entite.Sites)
        {
            foreach (var autorisation in site.Autorisations)
            {
                WriteActivite(json, autorisation, entite, site: null);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("ege"u8);
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
        FinessJson.WriteId(json, "egeId"u8, site.Id);
        json.WriteString("numFinessEge"u8, site.Finess);
        json.WriteStartArray("activitesExercees"u8);
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
        json.WriteStartObject();
        WriteGeneriques(json, autorisation, site, id);
        NatureWriter.Write(json, autorisation, site is not null, id);
        WriteEvenements(json, autorisation, site is null ? (entite.Id, "PM") : (site.Id, "EG"), site is not null, id);
        FinessJson.WriteEmptyArray(json, "engagement"u8);
        WriteCapacites(json, autorisation.Places, site is not null, id);
        WriteZone(json, autorisation, id);
        json.WriteEndObject();
    }

    // On the site, an activity is both authorised (010, 013) and installed (012, 015).
    private static void WriteEvenements(Utf8JsonWriter json, AutorisationModel autorisation, (int, string) holder, bool onSite, int id)
    {
        json.WriteStartArray("evenement"u8);
        FinessJson.WriteEvenement(json, id, 10, autorisation.Start, autorisation.Recorded, "010"u8, "AC"u8, holder);
        if (onSite && autorisation.Nature != "EML")
        {
            FinessJson.WriteEvenement(json, id, 12, autorisation.Start, autorisation.Recorded, "012"u8, "AC"u8, holder);
        }

        if (autorisation.Ended is { } ended)
        {
            FinessJson.WriteEvenement(json, id, 13, ended, ended, "013"u8, "AC"u8, holder);
            if (onSite && autorisation.Nature != "EML")
            {
                FinessJson.WriteEvenement(json, id, 15, ended, ended, "015"u8, "AC"u8, holder);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteGeneriques(Utf8JsonWriter json, AutorisationModel autorisation, SiteModel? site, int id)
    {
        json.WriteStartObject("caracteristiquesGeneriques"u8);
        FinessJson.WriteId(json, "activiteAeId"u8, id);
        json.WriteString("etatObjet"u8, autorisation.Ended is null ? "A"u8 : "I"u8);
        if (site is null)
        {
            json.WriteNull("identifiantAutorisation"u8);
        }
        else
        {
            FinessJson.WriteId(json, "identifiantAutorisation"u8, autorisation.Id);
        }

        FinessJson.WriteOptional(json, "numAutorisationArhgos"u8, autorisation.Arhgos);
        FinessJson.WriteDate(json, "dateDebutActiviteAutorisee"u8, autorisation.Start);
        FinessJson.WriteDate(json, "dateFinActiviteAutorisee"u8, autorisation.End);
        FinessJson.WriteDate(json, "dateFinEffectiveActivite"u8, autorisation.Ended);
        json.WriteNull("dateCaduciteAutorisation"u8);
        if (site is null)
        {
            json.WriteNull("egeId"u8);
        }
        else
        {
            FinessJson.WriteId(json, "egeId"u8, site.Id);
        }

        json.WriteString("typeActiviteSMSSE"u8, NatureWriter.TypeSmsse(autorisation));
        if (site is null)
        {
            json.WriteNull("pmSmsseExploitanteId"u8);
        }
        else
        {
            json.WriteNull("egeExploitanteId"u8);
            json.WriteNull("egeFacturante"u8);
        }

        json.WriteEndObject();
    }

    // Authorised places (09) for the entity; for the site those installed (08) too, and for some the part open to aid (02).
    private static void WriteCapacites(Utf8JsonWriter json, int places, bool onSite, int id)
    {
        json.WriteStartArray("capacite"u8);
        if (places > 0)
        {
            WriteCapacite(json, id, 1, places, "09"u8, null);
            if (onSite)
            {
                WriteCapacite(json, id, 2, places, "08"u8, null);
                if (id % 4 == 1)
                {
                    WriteCapacite(json, id, 3, places, "08"u8, "02");
                }
            }
        }

        json.WriteEndArray();
    }

    private static void WriteCapacite(Utf8JsonWriter json, int id, int rank, int places, ReadOnlySpan<byte> statut, string? habilitation)
    {
        json.WriteStartObject();
        FinessJson.WriteId(json, "idCapacite"u8, id * 10L + rank);
        FinessJson.WriteId(json, "nombre"u8, places);
        json.WriteNull("precision"u8);
        json.WriteNull("variation"u8);
        FinessJson.WriteId(json, "activiteAeId"u8, id);
        json.WriteNull("engagementId"u8);
        FinessJson.WriteOptional(json, "habilitation"u8, habilitation);
        json.WriteString("statutCapacite"u8, statut);
        json.WriteNull("modeFinancement"u8);
        json.WriteString("uniteMesureCapacite"u8, "02"u8);
        json.WriteNull("typeLogement"u8);
        json.WriteNull("genre"u8);
        json.WriteEndObject();
    }

    // A home-care service serves named communes: few activities have a zone, and those a long one (148 communes on average).
    private static void WriteZone(Utf8JsonWriter json, AutorisationModel autorisation, int id)
    {
        if (autorisation.Nature != "ASMR" || autorisation.Codes[0] != "358" || autorisation.Id / 2 % 2 == 0)
        {
            json.WriteNull("zoneIntervention"u8);
            return;
        }

        json.WriteStartObject("zoneIntervention"u8);
        FinessJson.WriteId(json, "zoneInterventionAutoriseeId"u8, id * 10L);
        json.WriteNull("libelleZI"u8);
        FinessJson.WriteId(json, "activiteAeId"u8, id);
        json.WriteStartArray("communeZI"u8);
        for (var n = 20 + FinessJson.Scatter(autorisation.Id) % 256; n > 0; n--)
        {
            json.WriteStartObject();
            FinessJson.WriteId(json, "commune"u8, 10_000 + (autorisation.Id + n) % 85_000);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
