using System.Text.Json;

namespace Cpom.Sample.Writing;

/// <summary>The FINESS+ structures file (formats.md section 1): gco, gcc, pmej and their ege, one entity in memory at a time.</summary>
internal static class StructuresWriter
{
    public static void Write(DeflateBlocks target, RegionModel region, DateOnly date, DeflatedPart? fond) =>
        FinessJson.WriteFile(target, region, date, json => WriteGroups(json, region), WriteEntite, fond);

    public static void WriteEntite(Utf8JsonWriter json, EntiteModel entite)
    {
        json.WriteStartObject();
        WriteGenerales(json, entite);
        FinessJson.WriteAdresse(json, entite.Adresse, "02"u8, entite.Id);
        FinessJson.WriteContact(json, entite.Id);
        FinessJson.WriteEmptyArray(json, "engagement"u8);
        json.WriteStartArray("evenement"u8);
        FinessJson.WriteEvenement(json, entite.Id, 1, entite.Created, entite.Created, "001"u8, "PM"u8, null);
        if (entite.Closed is { } day)
        {
            FinessJson.WriteEvenement(json, entite.Id, 5, day, day, "005"u8, "PM"u8, null);
        }
        else if (entite.Profile.Familles.Length == 0)
        {
            FinessJson.WriteEvenement(json, entite.Id, 34, entite.Created, entite.Updated, "034"u8, "PM"u8, null);
        }

        json.WriteEndArray();
        json.WriteStartArray("ege"u8);
        foreach (var site in entite.Sites)
        {
            WriteSite(json, entite, site);
        }

        json.WriteEndArray();
        WriteState(json, entite.Closed is null, entite.Updated);
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, RegionModel region)
    {
        FinessJson.WriteEmptyArray(json, "gco"u8);
        json.WriteStartArray("gcc"u8);
        foreach (var ght in region.Ghts)
        {
            WriteGht(json, ght);
        }

        json.WriteEndArray();
    }

    private static void WriteGht(Utf8JsonWriter json, GhtModel ght)
    {
        json.WriteStartObject();
        FinessJson.WriteId(json, "gccId"u8, ght.Id);
        json.WriteString("nomGcc"u8, ght.Nom);
        json.WriteString("typeGcc"u8, "001"u8);
        json.WriteString("numFinessGcc"u8, ght.Numero);
        FinessJson.WriteEmptyArray(json, "engagement"u8);
        FinessJson.WriteEmptyArray(json, "evenement"u8);
        json.WriteStartArray("pmejDuGcc"u8);
        for (var i = 0; i < ght.Membres.Count; i++)
        {
            json.WriteStartObject();
            FinessJson.WriteId(json, "pmSmsseId"u8, ght.Membres[i].Id);
            json.WriteString("typeRoleEntiteGroupe"u8, i == 0 ? "S"u8 : "M"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        FinessJson.WriteEmptyArray(json, "egeDuGcc"u8);
        json.WriteString("etatObjet"u8, "A"u8);
        json.WriteString("dateDerniereMaj"u8, "1900-01-01 00:00:00"u8);
        json.WriteEndObject();
    }

    private static void WriteGenerales(Utf8JsonWriter json, EntiteModel entite)
    {
        json.WriteStartObject("informationsGeneralesPMEJ"u8);
        FinessJson.WriteId(json, "pmSmsseId"u8, entite.Id);
        json.WriteString("codeApe"u8, entite.Profile.Ape);
        json.WriteNull("complementAdressePmSmsse"u8);
        FinessJson.WriteDate(json, "dateCreation"u8, entite.Created);
        FinessJson.WriteDate(json, "dateFermeture"u8, entite.Closed);
        json.WriteString("denominationLonguePmSmsse"u8, entite.NomLong);
        json.WriteString("denominationPm"u8, entite.Nom);
        json.WriteString("numFinessPm"u8, entite.Finess);
        FinessJson.WriteOptional(json, "fonctionPublique"u8, entite.Profile.Secteur == Secteur.Public ? "02" : null);
        json.WriteNull("categorieentiteGeographiqueExercice"u8);
        json.WriteString("siren"u8, entite.Siren);
        json.WriteString("statutJuridique"u8, entite.Statut);
        json.WriteNull("typeGroupeGco"u8);
        json.WriteString("typePersonneMorale"u8, "01"u8);
        json.WriteEndObject();
    }

    private static void WriteSite(Utf8JsonWriter json, EntiteModel entite, SiteModel site)
    {
        json.WriteStartObject();
        json.WriteStartObject("informationsGeneralesEGE"u8);
        FinessJson.WriteId(json, "egeId"u8, site.Id);
        json.WriteNull("complementDenominationEg"u8);
        FinessJson.WriteDate(json, "dateFermeture"u8, site.Closed);
        FinessJson.WriteDate(json, "dateOuverture"u8, site.Opened);
        FinessJson.WriteDate(json, "datePremiereAutorisation"u8, site.Opened);
        json.WriteString("nomEgeCourt"u8, site.Nom);
        json.WriteString("nomEgeLong"u8, site.NomLong);
        json.WriteNull("numeroEducationNationale"u8);
        FinessJson.WriteOptional(json, "numeroReferenceExterne"u8, site.Categorie == "620" ? Text.Invariant($"{site.Finess[..2]}#{site.Id % 1_000_000:000000}") : null);
        json.WriteString("numFinessEge"u8, site.Finess);
        WriteEspic(json, entite, site);
        json.WriteString("siret"u8, site.Siret);
        json.WriteEndObject();
        json.WriteString("categorieentiteGeographiqueExercice"u8, site.Categorie);
        json.WriteString("modefixationtarifaire"u8, site.Tarif);
        json.WriteStartArray("typeBudget"u8);
        json.WriteStringValue("01"u8);
        json.WriteEndArray();
        FinessJson.WriteAdresse(json, site.Adresse, "03"u8, site.Id);
        FinessJson.WriteContact(json, site.Id);
        json.WriteStartArray("engagement"u8);
        foreach (var engagement in site.Engagements)
        {
            FinessJson.WriteEngagement(json, engagement);
        }

        json.WriteEndArray();
        WriteEvenements(json, site);
        FinessJson.WriteEmptyArray(json, "roleEge"u8);
        WriteState(json, site.Closed is null, site.Updated);
        json.WriteEndObject();
    }

    // Opening and first authorisation always; the check with the register of enterprises (035, 036) for part of the living.
    private static void WriteEvenements(Utf8JsonWriter json, SiteModel site)
    {
        json.WriteStartArray("evenement"u8);
        FinessJson.WriteEvenement(json, site.Id, 3, site.Opened, site.Opened, "003"u8, "EG"u8, null);
        FinessJson.WriteEvenement(json, site.Id, 7, site.Opened, site.Opened, "007"u8, "EG"u8, null);
        if (site.Closed is { } day)
        {
            FinessJson.WriteEvenement(json, site.Id, 5, day, day, "005"u8, "EG"u8, null);
        }
        else if (FinessJson.Scatter(site.Id) % 5 == 0)
        {
            FinessJson.WriteEvenement(json, site.Id, 35, site.Opened, site.Opened, "035"u8, "EG"u8, null);
            FinessJson.WriteEvenement(json, site.Id, 36, site.Opened, site.Opened, "036"u8, "EG"u8, null);
        }

        json.WriteEndArray();
    }

    // Seen in the files: 1 public, 6 ESPIC, 0 neither; médico-social sites carry nothing.
    private static void WriteEspic(Utf8JsonWriter json, EntiteModel entite, SiteModel site)
    {
        json.WriteStartArray("espic"u8);
        if (!site.MedicoSocial)
        {
            json.WriteStringValue(entite.Profile.Secteur switch { Secteur.Public => "1"u8, Secteur.NonLucratif => "6"u8, _ => "0"u8 });
        }

        json.WriteEndArray();
    }

    private static void WriteState(Utf8JsonWriter json, bool active, DateOnly updated)
    {
        json.WriteString("etatObjet"u8, active ? "A"u8 : "I"u8);
        json.WriteString("dateDerniereMaj"u8, Text.Iso(updated) + " 00:00:00");
    }
}
