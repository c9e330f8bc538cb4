using System.Globalization;
using Cpom.Intake.Csv;

namespace Cpom.Intake;

/// <summary>Reads MEN_HAPI: one line per EJ, beneficiary, campaign, month, envelope, sub-envelope and mode.</summary>
public static class HapiNotificationsReader
{
    /// <param name="progress">Bytes of the file as received that have been read.</param>
    public static IAsyncEnumerable<SourceItem<FinancementRow>> Read(
        ValidFile file, IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        CsvTable.Read(file, CsvLayout.HapiNotifications, Parse, progress, cancellation);

    private static SourceItem<FinancementRow> Parse(CsvRow row)
    {
        var check = new RowCheck(row.Place);
        var finessEj = check.Finess(row["finess_ej"], "Finess EJ");
        var finess = check.Finess(row["finess"], "Finess");
        check.Text(row["annee_campagne_hapi"], "Année Campagne HAPI");
        var campagne = check.Integer(row["annee_campagne_hapi"], "Année Campagne HAPI") ?? 0;
        var mois = Mois(row["mois_annee"], check);
        var enveloppe = check.Text(row["enveloppe"], "Enveloppe");
        var montant = check.Amount(row["hapi_montant_notifie"], "HAPI - Montant Notifié");
        return check.Item(() => new FinancementRow(
            finessEj, finess, campagne, mois, enveloppe, row["sous_enveloppe"], row["mode_de_delegation"], montant, null, row.Place));
    }

    /// <summary>"1/2019" is January 2019.</summary>
    private static DateOnly Mois(string? written, RowCheck check)
    {
        string[] formats = ["M/yyyy", "MM/yyyy", "yyyy-MM"];
        if (DateOnly.TryParseExact(written ?? "", formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var mois))
        {
            return mois;
        }
        check.Fail(IntakeRules.Date, $"« Mois Année » n'est pas un mois : « {Values.Quote(written)} ».", "Écrire le mois et l'année, par exemple 7/2026.");
        return default;
    }
}
