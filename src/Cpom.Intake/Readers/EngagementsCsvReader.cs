using Cpom.Intake.Csv;

namespace Cpom.Intake;

/// <summary>Reads engagements in the guide's format (docs/templates/engagements.csv), one indicator per line.</summary>
public static class EngagementsCsvReader
{
    /// <summary>R-019 to R-021: how many volets each annexe has.</summary>
    private static readonly int[] VoletsByAnnexe = [4, 5, 3];

    /// <param name="progress">Bytes of the file as received that have been read.</param>
    public static IAsyncEnumerable<SourceItem<EngagementRow>> Read(
        ValidFile file, IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        CsvTable.Read(file, CsvLayout.Engagements, Parse, progress, cancellation);

    private static SourceItem<EngagementRow> Parse(CsvRow row)
    {
        var check = new RowCheck(row.Place);
        var numeroContrat = ContratsCsvReader.Numero(row["numero_contrat"], "numero_contrat", check);
        check.Text(row["numero"], "numero", IntakeRules.Engagement);
        var numero = check.Integer(row["numero"], "numero") ?? 0;
        var volet = Volet(row["annexe_volet"], check);
        check.Text(row["finess"], "finess", IntakeRules.EngagementFiness);
        var finess = ContratsCsvReader.FinessList(row["finess"], "finess", check);
        var objectif = row.Raw("objectif") ?? check.Text(null, "objectif", IntakeRules.Engagement);
        var indicateur = row.Raw("indicateur") ?? check.Text(null, "indicateur", IntakeRules.Indicateur);
        var type = Type(row["type"], check);
        var annee = check.Integer(row["annee_reference"], "annee_reference");
        var impact = YesNo(row["impact_medical"], "impact_medical", check);
        var themes = Themes(row["themes"], check);
        if (row["numero_rc"] is not null && row["contrepartie"] is not null)
        {
            check.Fail(IntakeRules.Contrepartie, "« numero_rc » et « contrepartie » sont remplis tous les deux.", "Un engagement a une seule contrepartie : vider l'une des deux colonnes.");
        }

        return check.Item(() => new EngagementRow(
            numeroContrat,
            numero,
            volet,
            finess,
            objectif,
            type,
            row["numero_rc"],
            row["contrepartie"],
            indicateur,
            row["mode_calcul"],
            row["unite"],
            row["source"],
            row["valeur_reference"],
            annee,
            [row["cible_n1"], row["cible_n2"], row["cible_n3"], row["cible_n4"], row["cible_n5"]],
            impact,
            themes,
            row.Place));
    }

    /// <summary>"A1.V1", also written "a1v1" or "A1-V1".</summary>
    private static string Volet(string? written, RowCheck check)
    {
        var folded = Values.Fold(written ?? "").Replace("_", "", StringComparison.Ordinal);
        if (folded is ['a', >= '1' and <= '3' and var annexe, 'v', >= '1' and <= '9' and var volet] && volet - '0' <= VoletsByAnnexe[annexe - '1'])
        {
            return $"A{annexe}.V{volet}";
        }
        check.Fail(
            IntakeRules.Volet,
            $"« annexe_volet » n'est pas un volet du contrat : « {Values.Quote(written)} ».",
            "Écrire A1.V1 à A1.V4, A2.V1 à A2.V5, ou A3.V1 à A3.V3.");
        return "";
    }

    private static EngagementType Type(string? written, RowCheck check)
    {
        switch (Values.Fold(written ?? ""))
        {
            case "generique":
                return EngagementType.Generique;
            case "specifique":
                return EngagementType.Specifique;
            default:
                check.Fail(
                    IntakeRules.EngagementType,
                    $"« type » n'est ni « generique » ni « specifique » : « {Values.Quote(written)} ».",
                    "Écrire generique pour un engagement de la bibliothèque de l'ARS, specifique sinon.");
                return default;
        }
    }

    /// <summary>Words separated by spaces or "|", each once.</summary>
    private static IReadOnlyList<EngagementTheme> Themes(string? written, RowCheck check)
    {
        var themes = new List<EngagementTheme>();
        foreach (var word in ContratsCsvReader.Words(written))
        {
            if (Enum.TryParse<EngagementTheme>(Values.Fold(word), ignoreCase: true, out var theme) && !char.IsAsciiDigit(word[0]))
            {
                themes.Add(theme);
            }
            else
            {
                check.Fail(
                    IntakeRules.Theme,
                    $"« themes » a un mot inconnu : « {Values.Quote(word)} ».",
                    "Écrire organisation, personnels, equipements, cooperations ou fluidification, séparés par des espaces.");
            }
        }

        return [.. themes.Distinct()];
    }

    private static bool? YesNo(string? written, string name, RowCheck check)
    {
        switch (Values.Fold(written ?? ""))
        {
            case "":
                return null;
            case "oui":
                return true;
            case "non":
                return false;
            default:
                check.Fail(IntakeRules.Compulsory, $"« {name} » n'est ni « oui » ni « non » : « {Values.Quote(written)} ».", "Écrire oui, non, ou laisser vide.");
                return null;
        }
    }
}
