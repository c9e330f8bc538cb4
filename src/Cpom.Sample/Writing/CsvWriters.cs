using System.Text;

namespace Cpom.Sample.Writing;

/// <summary>The three CSV files: HAPI (formats.md section 4), contrats and engagements (docs/intake.md). UTF-8, `;`, line feeds.</summary>
internal static class CsvWriters
{
    private const char ListSeparator = ' ';

    public static void WriteHapi(Stream target, IEnumerable<MouvementModel> mouvements)
    {
        using var text = NewWriter(target);
        WriteLine(text, "Finess EJ", "Finess", "Année Campagne HAPI", "Mois Année", "Enveloppe", "Sous Enveloppe", "Mode de Délégation", "HAPI - Montant Notifié");
        foreach (var m in mouvements)
        {
            WriteLine(text, m.FinessEj, m.Finess, Text.Number(m.Campagne), Text.Invariant($"{m.Mois}/{m.Annee}"), m.Enveloppe, m.SousEnveloppe, m.Mode, Text.Number(m.Montant));
        }
    }

    public static void WriteContrats(Stream target, IEnumerable<ContratModel> contrats)
    {
        using var text = NewWriter(target);
        WriteLine(text, "numero", "finess_ej", "finess_sites", "date_effet", "date_fin", "date_signature_structure", "signataire_structure", "date_signature_ars", "signataire_ars", "socle_version", "motif_duree", "date_deliberation_ag", "reference_deliberation_ag");
        foreach (var c in contrats)
        {
            WriteLine(
                text,
                c.Numero,
                c.Entite.Finess,
                string.Join(ListSeparator, c.Sites.Select(s => s.Finess)),
                Text.Iso(c.Effet),
                Text.Iso(c.Fin),
                c.SignatureStructure is { } s ? Text.Iso(s) : "",
                c.SignataireStructure,
                c.SignatureArs is { } a ? Text.Iso(a) : "",
                c.SignataireArs,
                c.SocleVersion,
                c.MotifDuree,
                c.DeliberationAg is { } day ? Text.Iso(day) : "",
                c.DeliberationAg is { } ag ? Text.Invariant($"AG-{ag.Year}-{ag.DayOfYear:000}") : "");
        }
    }

    public static void WriteEngagements(Stream target, IEnumerable<ContratModel> contrats)
    {
        using var text = NewWriter(target);
        WriteLine(text, "numero_contrat", "numero", "annexe_volet", "finess", "objectif", "type", "numero_rc", "indicateur", "mode_calcul", "unite", "source", "valeur_reference", "annee_reference", "cible_n1", "cible_n2", "cible_n3", "cible_n4", "cible_n5", "impact_medical", "themes");
        foreach (var contrat in contrats)
        {
            foreach (var engagement in contrat.Engagements)
            {
                foreach (var indicateur in engagement.Indicateurs)
                {
                    WriteEngagement(text, contrat, engagement, indicateur);
                }
            }
        }
    }

    private static void WriteEngagement(StreamWriter text, ContratModel contrat, EngagementModel engagement, IndicateurModel indicateur) => WriteLine(
        text,
        [
            contrat.Numero,
            Text.Number(engagement.Numero),
            engagement.AnnexeVolet,
            string.Join(ListSeparator, engagement.Finess),
            engagement.Objectif,
            engagement.Type,
            engagement.NumeroRc,
            indicateur.Libelle,
            indicateur.ModeCalcul,
            indicateur.Unite,
            indicateur.Source,
            indicateur.Reference,
            Text.Number(indicateur.AnneeReference),
            .. indicateur.Cibles.Select(c => c ?? ""),
            engagement.ImpactMedical,
            engagement.Themes,
        ]);

    public static StreamWriter NewWriter(Stream target) => new(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };

    public static void WriteLine(StreamWriter text, params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                text.Write(';');
            }

            text.Write(Quote(fields[i]));
        }

        text.WriteLine();
    }

    // RFC 4180: only what needs quotes has them.
    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(";\"\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
