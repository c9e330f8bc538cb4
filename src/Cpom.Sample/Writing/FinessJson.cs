using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cpom.Sample.Writing;

/// <summary>Pieces that both FINESS+ files share.</summary>
internal static class FinessJson
{
    /// <summary>Accents stay readable, as in the agency's files.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteHead(Utf8JsonWriter json, DateOnly date)
    {
        json.WriteString("schemaVersion", "v1.0.0");
        json.WriteString("generatedAt", Text.Iso(date) + "T02:05:00.000000000Z");
    }

    public static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }

    public static void WriteEmptyArrays(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            json.WriteStartArray(name);
            json.WriteEndArray();
        }
    }

    public static void WriteNulls(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            json.WriteNull(name);
        }
    }

    /// <summary>One event: its id comes from the object and the code, so that the same event has the same id every day.</summary>
    public static void WriteEvenement(Utf8JsonWriter json, int objet, int rank, DateOnly happened, DateOnly recorded, string code, string type, (int Id, string Type)? other)
    {
        json.WriteStartObject();
        json.WriteString("evenementId", Text.Invariant($"{objet}{rank:00}"));
        json.WriteString("dateEnregistrement", Text.Iso(recorded) + " 08:30:00");
        json.WriteString("dateEvenement", Text.Iso(happened));
        json.WriteString("etatObjet1", code);
        json.WriteString("identifiantObjet1", Text.Number(objet));
        WriteOptional(json, "identifiantObjet2", other is { } o ? Text.Number(o.Id) : null);
        json.WriteString("systemeMaitre", other is null ? "01" : "02");
        json.WriteString("typeObjet1", type);
        WriteOptional(json, "typeObjet2", other?.Type);
        json.WriteString("codeEvenement", code);
        json.WriteEndObject();
    }

    public static void WriteAdresse(Utf8JsonWriter json, AdresseModel adresse, string usage)
    {
        json.WriteStartArray("adresse");
        json.WriteStartObject();
        json.WriteString("usageAdresse", usage);
        json.WriteString("numeroVoie", adresse.Numero);
        json.WriteString("typeVoie", adresse.TypeVoie);
        json.WriteString("libelleVoie", adresse.Voie);
        WriteNulls(json, "complementVoie", "complementPointGeographique", "lieuDit");
        json.WriteString("cogCommune", adresse.Cog);
        json.WriteString("ligneAcheminement", adresse.Commune);
        WriteNulls(json, "ligneUne", "ligneDeux", "ligneTrois");
        json.WriteString("ligneQuatre", adresse.Numero + " " + adresse.TypeVoie + " " + adresse.Voie);
        WriteNulls(json, "ligneCinq", "ligneSix");
        json.WriteString("codePostal", adresse.CodePostal);
        json.WriteStartObject("coordonneesGeographique");
        json.WriteString("coordonneeX", adresse.X);
        json.WriteString("coordonneeY", adresse.Y);
        WriteNulls(json, "directionLatitude", "directionLongitude", "cleInInteropBAN", "scoreBAN");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
