using Cpom.Domain.Nomenclatures;
using Cpom.Intake.Csv;

namespace Cpom.Intake;

/// <summary>Reads the AMM nomenclature as the ANS publishes it, and that of the RC in the format of docs/templates/nomenclature-rc.csv.</summary>
public static class NomenclatureCsvReader
{
    private const string Between = " — ";

    /// <param name="progress">Bytes of the file as received that have been read.</param>
    public static IAsyncEnumerable<SourceItem<NomenclatureRow>> Read(
        ValidFile file, IProgress<long>? progress = null, CancellationToken cancellation = default) => file.Kind == FileKind.NomenclatureAmm
        ? CsvTable.Read(file, CsvLayout.NomenclatureAmm, ParseAmm, progress, cancellation)
        : CsvTable.Read(file, CsvLayout.NomenclatureRc, ParseRc, progress, cancellation);

    private static SourceItem<NomenclatureRow> ParseAmm(CsvRow row)
    {
        var check = new RowCheck(row.Place);
        string[] columns = ["code_activite", "code_modalite", "code_mention", "code_pratique_therapeutique_specifique", "code_declaration"];
        var code = string.Join('/', columns.Select(column => Part(row[column], column, check)));
        var libelle = Libelle(
            check.Text(row["libelle_activite"], "libelle_activite"),
            row["libelle_modalite"],
            row["code_libelle"] ?? row["libelle_mention"],
            row["libelle_pratique_therapeutique_specifique"],
            row["libelle_declaration"]);
        return check.Item(() => new NomenclatureRow(new(code, libelle), row.Place));
    }

    private static SourceItem<NomenclatureRow> ParseRc(CsvRow row)
    {
        var check = new RowCheck(row.Place);
        string[] columns = ["activite", "modalite", "forme"];
        var code = string.Join('/', columns.Select(column => Part(row[column], column, check)));
        var libelle = Libelle(check.Text(row["libelle_activite"], "libelle_activite"), row["libelle_modalite"], row["libelle_forme"]);
        var (debut, fin) = (check.Date(row["debut"], "debut"), check.Date(row["fin"], "fin"));
        if (fin < debut)
        {
            check.Fail(IntakeRules.Date, "« fin » précède « debut ».", "Corriger les deux dates : « fin » est le dernier jour de validité du code.");
        }

        var duree = check.Integer(row["duree_ans"], "duree_ans");
        if (duree is <= 0)
        {
            check.Fail(IntakeRules.Number, $"« duree_ans » est un nombre d'années : « {duree} ».", "Écrire un nombre positif, ou laisser vide.");
        }

        var capacite = Capacite(row["capacite"], check);
        return check.Item(() => new NomenclatureRow(new(code, libelle, debut, fin, duree, capacite), row.Place));
    }

    /// <summary>A part of a code. A "/" would make it two.</summary>
    private static string Part(string? written, string name, RowCheck check)
    {
        var part = check.Text(written, name);
        if (part.Contains('/', StringComparison.Ordinal))
        {
            check.Fail(IntakeRules.Code, $"« {name} » contient une barre oblique : « {Values.Quote(part)} ».", "Écrire un code par colonne.");
        }

        return part;
    }

    private static CapaciteRule? Capacite(string? written, RowCheck check)
    {
        switch (written is null ? null : Values.Fold(written))
        {
            case null:
                return null;
            case "requise":
                return CapaciteRule.Requise;
            case "admise":
                return CapaciteRule.Admise;
            case "sans":
                return CapaciteRule.Sans;
            default:
                check.Fail(IntakeRules.Capacite, $"« capacite » : « {Values.Quote(written)} ».", "Écrire « requise », « admise » ou « sans », ou laisser vide.");
                return null;
        }
    }

    /// <summary>The labels that say something. The published file has zero-width spaces in some, and "Pas de …" where there is nothing to say.</summary>
    private static string Libelle(params string?[] parts) => string.Join(Between, parts
        .Select(part => part?.Replace("\u200B", string.Empty, StringComparison.Ordinal).Trim())
        .Where(part => !string.IsNullOrEmpty(part) && !part.StartsWith("Pas de ", StringComparison.OrdinalIgnoreCase)));
}
