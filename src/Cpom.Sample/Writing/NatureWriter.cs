using System.Text.Json;

namespace Cpom.Sample.Writing;

/// <summary>The nature of an activity and what is told of each nature (formats.md section 1).</summary>
internal static class NatureWriter
{
    private static readonly string[] Amm = ["activiteAMM", "modaliteAMM", "mentionAMM", "ptsAMM", "declarationAMM"];
    private static readonly string[] Amf = ["activiteAMF", "modaliteActivite", "formeActivite"];
    private static readonly string[] Aasa = ["activiteSanitaireRegulee", "modaliteActivite", "formeActivite"];
    private static readonly string[] Eml = ["typeEmlId"];
    private static readonly string[] Asdr = ["activiteSanitaireDiverseRegulee", "modeFonctionnement", "public"];
    private static readonly string[] Sociale = ["activiteSocialeRegulee", "modeFonctionnement", "public"];
    private static readonly string[] Aer = ["activiteEnseignementRegulee", "modeFonctionnement", "public"];

    public static void Write(Utf8JsonWriter json, AutorisationModel autorisation, bool onSite, int id)
    {
        json.WriteStartObject("nature"u8);
        json.WriteString("codeNature"u8, autorisation.Nature);
        json.WriteStartObject("caracteristiquesSpecifiques"u8);
        switch (autorisation.Nature)
        {
            case "AMM":
                WriteKey(json, "aaSoinAmmId"u8, onSite, id);
                WriteAppareils(json, autorisation.Codes[0], onSite);
                WriteType(json, "typeActiviteAMM"u8, Amm, autorisation.Codes);
                break;
            case "AMF":
                WriteKey(json, "aaSoinAmfId"u8, onSite, id);
                WriteType(json, "typeActiviteAMF"u8, Amf, autorisation.Codes);
                break;
            case "AASA":
                WriteAasa(json, onSite, id);
                WriteType(json, "typeActiviteAASA"u8, Aasa, autorisation.Codes);
                break;
            case "ASMR" or "ASOCR":
                WriteAges(json, autorisation, id);

                // The key of the nature ASMR is written AMSR in every file: so do we.
                WriteType(json, autorisation.Nature == "ASMR" ? "typeActiviteAMSR"u8 : "typeActiviteASOCR"u8, Sociale, autorisation.Codes);
                break;
            case "ASDR":
                json.WriteNull("aaSanitaireDiverseReguleeId"u8);
                json.WriteNull("activiteAeId"u8);
                WriteType(json, "typeActiviteASDR"u8, Asdr, autorisation.Codes);
                break;
            case "AER":
                FinessJson.WriteId(json, "activiteAeId"u8, id);
                WriteType(json, "typeActiviteAER"u8, Aer, autorisation.Codes);
                break;
            default:
                json.WriteNull("aaEmlId"u8);
                json.WriteNull("marque"u8);
                json.WriteNull("numeroSerie"u8);
                json.WriteNull("activiteAeId"u8);
                WriteType(json, "typeActiviteEML"u8, Eml, autorisation.Codes);
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The register numbers its kinds of activity by nature: 2xxxx AMF, 3xxxx AASA, 4xxxx AMM, 5xxxx ASDR, 6xxxx AER, 7xxxx
    // ASMR, 8xxxx ASOCR, the type itself for an EML.
    public static string TypeSmsse(AutorisationModel autorisation)
    {
        var rank = autorisation.Codes.Aggregate(0, (sum, code) => (sum * 31 + code.Sum(c => c)) % 900);
        return autorisation.Nature switch
        {
            "AMF" => Text.Number(20_000 + rank),
            "AASA" => Text.Number(30_000 + rank),
            "EML" => autorisation.Codes[0],
            "ASDR" => Text.Number(50_000 + rank),
            "AER" => Text.Number(60_000 + rank),
            "ASMR" => Text.Number(70_000 + rank),
            "ASOCR" => Text.Number(80_000 + rank),
            _ => Text.Number(40_000 + rank),
        };
    }

    private static void WriteKey(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool onSite, int id)
    {
        if (onSite)
        {
            FinessJson.WriteId(json, name, id / 10);
            FinessJson.WriteId(json, "activiteAeId"u8, id);
        }
        else
        {
            json.WriteNull(name);
            json.WriteNull("activiteAeId"u8);
        }
    }

    private static void WriteAasa(Utf8JsonWriter json, bool onSite, int id)
    {
        json.WriteNull("dateLimDep"u8);
        json.WriteNull("dateLimVisiteConformite"u8);
        json.WriteNull("dateVisite"u8);
        json.WriteNull("numDecision"u8);
        json.WriteNull("resultatVisite"u8);
        FinessJson.WriteOptional(json, "etatArhgos"u8, onSite ? "02" : null);
        FinessJson.WriteId(json, "activiteAeId"u8, id);
    }

    // Children's and young people's places have bounds of age: one in eight in the files.
    private static void WriteAges(Utf8JsonWriter json, AutorisationModel autorisation, int id)
    {
        var young = autorisation.Codes[2][0] == '1';
        FinessJson.WriteId(json, "aaSocialeReguleeId"u8, id / 2);
        FinessJson.WriteOptional(json, "ageMaxAutorise"u8, young ? "20" : null);
        FinessJson.WriteOptional(json, "ageMaxInstalle"u8, young ? "20" : null);
        FinessJson.WriteOptional(json, "ageMinAutorise"u8, young ? "6" : null);
        FinessJson.WriteOptional(json, "ageMinInstalle"u8, young ? "6" : null);
        FinessJson.WriteId(json, "activiteAeId"u8, id);
    }

    // Imaging devices are attributes of the authorisation since the reform (D-10); the entity's line has none.
    private static void WriteAppareils(Utf8JsonWriter json, string activite, bool onSite)
    {
        json.WriteStartArray("appareil"u8);
        if (onSite && activite == "QEML1")
        {
            foreach (var statut in new[] { "09", "08" })
            {
                json.WriteStartObject();
                json.WriteString("typeAppareilAMM"u8, "232"u8);
                json.WriteString("statutAppareilAMM"u8, statut);
                json.WriteString("nombreAppareilAMM"u8, "2"u8);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter json, ReadOnlySpan<byte> name, string[] fields, string[] codes)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < fields.Length; i++)
        {
            json.WriteString(fields[i], codes[i]);
        }

        json.WriteEndObject();
    }
}
