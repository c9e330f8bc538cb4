using System.Text.Json;

namespace Cpom.Sample.Writing;

/// <summary>The FINESS+ structures file (formats.md section 1): gco, gcc, pmej and their ege, one entity in memory at a time.</summary>
internal static class StructuresWriter
{
    public static void Write(Stream target, RegionModel region, DateOnly date)
    {
        using var json = new Utf8JsonWriter(target, FinessJson.Options);
        json.WriteStartObject();
        FinessJson.WriteHead(json, date);
        json.WriteStartArray("gco");
        json.WriteEndArray();
        json.WriteStartArray("gcc");
        foreach (var ght in region.Ghts)
        {
            WriteGht(json, ght);
        }

        json.WriteEndArray();
        json.WriteStartArray("pmej");
        foreach (var entite in region.Entites)
        {
            WriteEntite(json, entite);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGht(Utf8JsonWriter json, GhtModel ght)
    {
        json.WriteStartObject();
        json.WriteString("gccId", Text.Number(ght.Id));
        json.WriteString("nomGcc", ght.Nom);
        json.WriteString("typeGcc", "001");
        json.WriteString("numFinessGcc", ght.Numero);
        FinessJson.WriteEmptyArrays(json, "engagement", "evenement");
        json.WriteStartArray("pmejDuGcc");
        for (var i = 0; i < ght.Membres.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("pmSmsseId", Text.Number(ght.Membres[i].Id));
            json.WriteString("typeRoleEntiteGroupe", i == 0 ? "S" : "M");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        FinessJson.WriteEmptyArrays(json, "egeDuGcc");
        json.WriteString("etatObjet", "A");
        json.WriteString("dateDerniereMaj", "1900-01-01 00:00:00");
        json.WriteEndObject();
    }

    private static void WriteEntite(Utf8JsonWriter json, EntiteModel entite)
    {
        json.WriteStartObject();
        json.WriteStartObject("informationsGeneralesPMEJ");
        json.WriteString("pmSmsseId", Text.Number(entite.Id));
        json.WriteString("codeApe", entite.Profile.Ape);
        json.WriteNull("complementAdressePmSmsse");
        json.WriteString("dateCreation", Text.Iso(entite.Created));
        json.WriteNull("dateFermeture");
        json.WriteString("denominationLonguePmSmsse", entite.NomLong);
        json.WriteString("denominationPm", entite.Nom);
        json.WriteString("numFinessPm", entite.Finess);
        FinessJson.WriteOptional(json, "fonctionPublique", entite.Profile.Secteur == Secteur.Public ? "02" : null);
        json.WriteNull("categorieentiteGeographiqueExercice");
        json.WriteString("siren", entite.Siren);
        json.WriteString("statutJuridique", entite.Statut);
        json.WriteNull("typeGroupeGco");
        json.WriteString("typePersonneMorale", "01");
        json.WriteEndObject();
        FinessJson.WriteAdresse(json, entite.Adresse, "02");
        FinessJson.WriteEmptyArrays(json, "contact", "engagement");
        json.WriteStartArray("evenement");
        FinessJson.WriteEvenement(json, entite.Id, 1, entite.Created, entite.Created, "001", "PM", null);
        json.WriteEndArray();
        json.WriteStartArray("ege");
        foreach (var site in entite.Sites)
        {
            WriteSite(json, entite, site);
        }

        json.WriteEndArray();
        WriteState(json, active: true, entite.Updated);
        json.WriteEndObject();
    }

    private static void WriteSite(Utf8JsonWriter json, EntiteModel entite, SiteModel site)
    {
        json.WriteStartObject();
        json.WriteStartObject("informationsGeneralesEGE");
        json.WriteString("egeId", Text.Number(site.Id));
        json.WriteNull("complementDenominationEg");
        FinessJson.WriteOptional(json, "dateFermeture", site.Closed is { } closed ? Text.Iso(closed) : null);
        json.WriteString("dateOuverture", Text.Iso(site.Opened));
        json.WriteString("datePremiereAutorisation", Text.Iso(site.Opened));
        json.WriteString("nomEgeCourt", site.Nom);
        json.WriteString("nomEgeLong", site.NomLong);
        json.WriteNull("numeroEducationNationale");
        json.WriteNull("numeroReferenceExterne");
        json.WriteString("numFinessEge", site.Finess);
        WriteEspic(json, entite, site);
        json.WriteString("siret", site.Siret);
        json.WriteEndObject();
        json.WriteString("categorieentiteGeographiqueExercice", site.Categorie);
        json.WriteString("modefixationtarifaire", site.Tarif);
        json.WriteStartArray("typeBudget");
        json.WriteStringValue("01");
        json.WriteEndArray();
        FinessJson.WriteAdresse(json, site.Adresse, "03");
        FinessJson.WriteEmptyArrays(json, "contact", "engagement");
        json.WriteStartArray("evenement");
        FinessJson.WriteEvenement(json, site.Id, 3, site.Opened, site.Opened, "003", "EG", null);
        if (site.Closed is { } day)
        {
            FinessJson.WriteEvenement(json, site.Id, 5, day, day, "005", "EG", null);
        }

        json.WriteEndArray();
        FinessJson.WriteEmptyArrays(json, "roleEge");
        WriteState(json, site.Closed is null, site.Updated);
        json.WriteEndObject();
    }

    // Seen in the files: 1 public, 6 ESPIC, 0 neither; médico-social sites carry nothing.
    private static void WriteEspic(Utf8JsonWriter json, EntiteModel entite, SiteModel site)
    {
        json.WriteStartArray("espic");
        if (!site.MedicoSocial)
        {
            json.WriteStringValue(entite.Profile.Secteur switch { Secteur.Public => "1", Secteur.NonLucratif => "6", _ => "0" });
        }

        json.WriteEndArray();
    }

    private static void WriteState(Utf8JsonWriter json, bool active, DateOnly updated)
    {
        json.WriteString("etatObjet", active ? "A" : "I");
        json.WriteString("dateDerniereMaj", Text.Iso(updated) + " 00:00:00");
    }
}
