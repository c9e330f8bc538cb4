using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cpom.Sample.Writing;

/// <summary>
/// Pieces that both FINESS+ files share. Every key of the national census is written, the unused ones as null, so that a
/// file of ours weighs and reads like a real one. What no builder decides (a telephone, a score) comes from the id of its
/// object: the same every day, and no draw of the builders is shifted.
/// </summary>
internal static class FinessJson
{
    /// <summary>Accents stay readable, as in the agency's files; the writers are ours, so that the structure is not checked again.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A file: its head, its groups, the entities of the region, then the background as it was compressed.</summary>
    public static void WriteFile(
        DeflateBlocks target, RegionModel region, DateOnly date, Action<Utf8JsonWriter>? writeGroups, Action<Utf8JsonWriter, EntiteModel> writeEntite, DeflatedPart? fond)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("schemaVersion"u8, "v1.0.0"u8);
        json.WriteString("generatedAt"u8, Text.Iso(date) + "T02:05:00.000000000Z");
        writeGroups?.Invoke(json);
        json.WriteStartArray("pmej"u8);
        foreach (var entite in region.Entites.Concat(region.Doublons))
        {
            writeEntite(json, entite);
            json.Flush();
        }

        if (fond is not null)
        {
            target.Append(fond);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Entities as they stand behind others in an array: each with a comma in front.</summary>
    public static void WriteMore(Stream target, IEnumerable<EntiteModel> entites, Action<Utf8JsonWriter, EntiteModel> writeEntite)
    {
        using var json = new Utf8JsonWriter(target, Options);
        foreach (var entite in entites)
        {
            target.WriteByte((byte)',');
            writeEntite(json, entite);
            json.Flush();
            json.Reset();
        }
    }

    public static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
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

    public static void WriteEmptyArray(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    /// <summary>An identifier, which FINESS+ writes as a string.</summary>
    public static void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> name, long id)
    {
        Span<char> digits = stackalloc char[20];
        id.TryFormat(digits, out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString(name, digits[..written]);
    }

    public static void WriteDate(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateOnly? date)
    {
        if (date is not { } day)
        {
            json.WriteNull(name);
            return;
        }

        Span<char> text = stackalloc char[10];
        day.TryFormat(text, out _, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString(name, text);
    }

    /// <summary>One event: its id comes from the object and the code, so that the same event has the same id every day.</summary>
    public static void WriteEvenement(
        Utf8JsonWriter json, int objet, int rank, DateOnly happened, DateOnly recorded, ReadOnlySpan<byte> code, ReadOnlySpan<byte> type, (int Id, string Type)? other)
    {
        json.WriteStartObject();
        WriteId(json, "evenementId"u8, objet * 100L + rank);
        Span<char> instant = stackalloc char[19];
        recorded.TryFormat(instant, out _, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        " 08:30:00".CopyTo(instant[10..]);
        json.WriteString("dateEnregistrement"u8, instant);
        WriteDate(json, "dateEvenement"u8, happened);
        json.WriteString("etatObjet1"u8, code);
        WriteId(json, "identifiantObjet1"u8, objet);
        if (other is { } o)
        {
            WriteId(json, "identifiantObjet2"u8, o.Id);
        }
        else
        {
            json.WriteNull("identifiantObjet2"u8);
        }

        json.WriteString("systemeMaitre"u8, other is null ? "01"u8 : "02"u8);
        json.WriteString("typeObjet1"u8, type);
        WriteOptional(json, "typeObjet2"u8, other?.Type);
        json.WriteString("codeEvenement"u8, code);
        json.WriteEndObject();
    }

    public static void WriteAdresse(Utf8JsonWriter json, AdresseModel adresse, ReadOnlySpan<byte> usage, int id)
    {
        var numeroEtVoie = adresse.Numero + " " + adresse.TypeVoie + " " + adresse.Voie;
        json.WriteStartArray("adresse"u8);
        json.WriteStartObject();
        json.WriteString("usageAdresse"u8, usage);
        json.WriteString("numeroVoie"u8, adresse.Numero);
        json.WriteString("typeVoie"u8, adresse.TypeVoie);
        json.WriteString("libelleVoie"u8, adresse.Voie);
        json.WriteNull("complementVoie"u8);
        json.WriteNull("complementPointGeographique"u8);
        json.WriteNull("lieuDit"u8);
        json.WriteString("cogCommune"u8, adresse.Cog);
        json.WriteString("ligneAcheminement"u8, adresse.Commune);
        json.WriteNull("ligneUne"u8);
        json.WriteNull("ligneDeux"u8);
        json.WriteNull("ligneTrois"u8);
        json.WriteString("ligneQuatre"u8, numeroEtVoie);
        json.WriteNull("ligneCinq"u8);
        json.WriteString("ligneSix"u8, adresse.CodePostal + " " + adresse.Commune);
        json.WriteString("codePostal"u8, adresse.CodePostal);
        json.WriteStartObject("coordonneesGeographique"u8);
        json.WriteString("coordonneeX"u8, adresse.X);
        json.WriteString("coordonneeY"u8, adresse.Y);
        json.WriteString("directionLatitude"u8, adresse.Y);
        json.WriteString("directionLongitude"u8, adresse.X);
        json.WriteString("cleInInteropBAN"u8, Text.Invariant($"{adresse.Cog}_{id % 9_000 + 100:0000}_{adresse.Numero.PadLeft(5, '0')}"));
        json.WriteString("scoreBAN"u8, Text.Invariant($"0.9{Scatter(id) % 10_000_000:0000000}"));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Four in five have a telephone; the numbers begin with those kept for fiction (ARCEP, 01 99 00).</summary>
    public static void WriteContact(Utf8JsonWriter json, int id)
    {
        json.WriteStartArray("contact"u8);
        if (Scatter(id) % 5 != 0)
        {
            json.WriteStartObject();
            json.WriteStartObject("typeContact"u8);
            json.WriteString("roleContact"u8, "01"u8);
            json.WriteEndObject();
            json.WriteStartObject("telecom"u8);
            json.WriteString("telephone"u8, Text.Invariant($"019900{Scatter(id) % 10_000:0000}"));
            WriteOptional(json, "telecopie"u8, Scatter(id) % 2 == 0 ? Text.Invariant($"019900{Scatter(id + 1) % 10_000:0000}") : null);
            json.WriteNull("courriel"u8);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteEngagement(Utf8JsonWriter json, EngagementFinessModel engagement)
    {
        json.WriteStartObject();
        WriteId(json, "engagementId"u8, engagement.Id);
        json.WriteString("typeEngagement"u8, engagement.Type);
        json.WriteString("sousTypeEngagement"u8, engagement.SousType);
        WriteDate(json, "dateEffetEngagement"u8, engagement.Effet);
        WriteDate(json, "dateSignatureEngagement"u8, engagement.Signature);
        json.WriteNull("dateCaduciteEngagement"u8);
        WriteDate(json, "dateFinEngagement"u8, engagement.Fin);
        WriteDate(json, "dateNotificationEngagement"u8, engagement.Autorite is null ? null : engagement.Signature);
        WriteOptional(json, "nomEngagement"u8, engagement.Nom);
        WriteOptional(json, "identifiantEngagement"u8, engagement.Identifiant);
        WriteOptional(json, "motifArrete"u8, engagement.Type == "ARRT" && engagement.Autorite is not null ? "C" : null);
        json.WriteStartArray("autoriteRegulationEngagement"u8);
        if (engagement.Autorite is { } autorite)
        {
            json.WriteStartObject();
            json.WriteString("autoriteRegulationid"u8, autorite);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A number that looks drawn, from one that is counted.</summary>
    public static uint Scatter(int id)
    {
        var z = (uint)id * 2654435769u;
        return (z ^ (z >> 15)) * 2246822519u >> 3;
    }
}
