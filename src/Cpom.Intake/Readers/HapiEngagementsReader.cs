using Cpom.Intake.Csv;

namespace Cpom.Intake;

/// <summary>Reads ENGAGEMENTS_PAR_BENEFICIAIRE, the 40-column export of HAPI.</summary>
public static class HapiEngagementsReader
{
    /// <summary>The type of beneficiary that is known by a FINESS number: établissement de santé.</summary>
    private const string EtablissementDeSante = "ES";

    /// <param name="progress">Bytes of the file as received that have been read.</param>
    public static IAsyncEnumerable<SourceItem<FinancementRow>> Read(
        ValidFile file, IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        CsvTable.Read(file, CsvLayout.HapiEngagements, Parse, progress, cancellation);

    private static SourceItem<FinancementRow> Parse(CsvRow row)
    {
        if (OutOfScope(row) is { } reason)
        {
            return new SourceItem<FinancementRow>.OutOfScope(row.Place, reason);
        }
        var check = new RowCheck(row.Place);
        var finess = check.Finess(row["id_beneficiaire"], "ID_BENEFICIAIRE");
        check.Text(row["campagne"], "CAMPAGNE");
        var campagne = check.Integer(row["campagne"], "CAMPAGNE") ?? 0;
        var enveloppe = check.Text(row["enveloppe"], "ENVELOPPE");
        var montant = check.Amount(row["montant_notifie"], "MONTANT_NOTIFIE");
        var detail = Detail(row, check);
        if ((detail.DateEffet ?? detail.DateDocument) is not { } date)
        {
            check.Text(null, "DATE_EFFET");
            date = default;
        }
        return check.Item(() => new FinancementRow(
            null,
            finess,
            campagne,
            new DateOnly(date.Year, date.Month, 1),
            enveloppe,
            row["sous_enveloppe"],
            row["mode_delegation_utilise"] ?? row["mode_delegation_delegue"],
            montant,
            detail,
            row.Place));
    }

    /// <summary>Associations, towns and practices are paid too; they are in no FINESS file and in no contract.</summary>
    private static string? OutOfScope(CsvRow row) => row["type_beneficiaire"] switch
    {
        EtablissementDeSante => null,
        null when Values.Finess(row["id_beneficiaire"]) is not null => null,
        null => "Le bénéficiaire n'est pas désigné par un numéro FINESS.",
        var type => $"Bénéficiaire de type {Values.Quote(type)} : seuls les établissements de santé ({EtablissementDeSante}) sont suivis.",
    };

    private static FinancementDetail Detail(CsvRow row, RowCheck check)
    {
        string?[] mesures = [row["mesure_niv1"], row["mesure_niv2"], row["mesure_niv3"]];
        return new FinancementDetail(
            check.Date(row["date_effet"], "DATE_EFFET"),
            row["num_notification"],
            row["num_arrete_da"],
            row["type_arrete"],
            check.Date(row["date_document"], "DATE_DOCUMENT"),
            [.. mesures.OfType<string>()],
            row["libelle_action"],
            row["code_pep"],
            row["pep_engagement"]);
    }
}
