using Cpom.Domain;
using Cpom.Intake.Csv;

namespace Cpom.Intake;

/// <summary>Reads contracts in the guide's format (docs/templates/contrats.csv).</summary>
public static class ContratsCsvReader
{
    private static readonly char[] ListMarks = [' ', '|', '\u00A0', '\t'];

    /// <param name="progress">Bytes of the file as received that have been read.</param>
    public static IAsyncEnumerable<SourceItem<ContratRow>> Read(
        ValidFile file, IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        CsvTable.Read(file, CsvLayout.Contrats, Parse, progress, cancellation);

    private static SourceItem<ContratRow> Parse(CsvRow row)
    {
        var check = new RowCheck(row.Place);
        var numero = Numero(row["numero"], "numero", check);
        var finessEj = check.Finess(row["finess_ej"], "finess_ej");
        var sites = FinessList(row["finess_sites"], "finess_sites", check);
        var dateEffet = Compulsory(row["date_effet"], "date_effet", check);
        var dateFin = Compulsory(row["date_fin"], "date_fin", check);
        var signatureStructure = check.Date(row["date_signature_structure"], "date_signature_structure");
        var signatureArs = check.Date(row["date_signature_ars"], "date_signature_ars");
        var deliberation = check.Date(row["date_deliberation_ag"], "date_deliberation_ag");
        return check.Item(() => new ContratRow(
            numero,
            finessEj,
            sites,
            dateEffet,
            dateFin,
            signatureStructure,
            row["signataire_structure"],
            signatureArs,
            row["signataire_ars"],
            row["socle_version"],
            row["motif_duree"],
            deliberation,
            row["reference_deliberation_ag"],
            row.Place));
    }

    internal static string Numero(string? written, string name, RowCheck check)
    {
        var numero = check.Text(written, name);
        if (numero.Length > Limits.ContratNumeroLengthMax)
        {
            check.Fail(
                IntakeRules.NumeroContrat,
                $"« {name} » dépasse {Limits.ContratNumeroLengthMax} caractères.",
                $"Reprendre le numéro d'ARHGOS (par exemple 11-00-C00000), au plus {Limits.ContratNumeroLengthMax} caractères.");
        }
        return numero;
    }

    /// <summary>Numbers separated by spaces or "|", each once.</summary>
    internal static IReadOnlyList<string> FinessList(string? written, string name, RowCheck check) =>
        [.. Words(written).Select(part => check.Finess(part, name)).Distinct()];

    internal static string[] Words(string? written) => (written ?? "").Split(ListMarks, StringSplitOptions.RemoveEmptyEntries);

    private static DateOnly Compulsory(string? written, string name, RowCheck check)
    {
        check.Text(written, name);
        return check.Date(written, name) ?? default;
    }
}
