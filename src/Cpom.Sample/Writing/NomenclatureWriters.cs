namespace Cpom.Sample.Writing;

/// <summary>The two lists of codes: AMM with the ten columns of the published file, RC with those of docs/templates/nomenclature-rc.csv.</summary>
internal static class NomenclatureWriters
{
    private const int RcYears = 5;

    public static void WriteAmm(Stream target)
    {
        using var text = CsvWriters.NewWriter(target);
        // The published file calls the label of the mention so.
        CsvWriters.WriteLine(text, "Code Activité", "Libellé Activité", "Code Modalité", "Libellé Modalité", "Code Mention", "Code Libellé", "Code Pratique Thérapeutique Spécifique", "Libellé Pratique Thérapeutique Spécifique", "Code Déclaration", "Libellé Déclaration");
        foreach (var codes in Nomenclatures.Amms)
        {
            CsvWriters.WriteLine(text, [.. codes.SelectMany((code, part) => new[] { code, AmmLibelles.Parts[part][code] })]);
        }
    }

    public static void WriteRc(Stream target, DateOnly baseDate)
    {
        using var text = CsvWriters.NewWriter(target);
        CsvWriters.WriteLine(text, "activite", "libelle_activite", "modalite", "libelle_modalite", "forme", "libelle_forme", "debut", "fin", "duree_ans", "capacite");
        var debut = Text.Iso(new DateOnly(baseDate.Year - 10, 1, 1)); // Before the oldest RC of the stock.
        foreach (var kind in Nomenclatures.Rcs)
        {
            WriteRc(text, kind, debut, "");
        }

        // One that nobody is granted any more, as every list has.
        WriteRc(text, Nomenclatures.RetiredRc, debut, Text.Iso(new DateOnly(baseDate.Year - 3, 12, 31)));
    }

    private static void WriteRc(StreamWriter text, RcKind kind, string debut, string fin) => CsvWriters.WriteLine(
        text,
        kind.Activite,
        kind.LibActivite,
        kind.Modalite,
        kind.LibModalite,
        kind.Forme,
        kind.LibForme,
        debut,
        fin,
        Text.Number(RcYears),
        kind.AvecCapacite ? "requise" : "sans");
}
