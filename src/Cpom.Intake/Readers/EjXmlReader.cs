using System.Runtime.CompilerServices;
using Cpom.Intake.Xml;

namespace Cpom.Intake;

/// <summary>Reads the legal entities of cs1400101.</summary>
public static class EjXmlReader
{
    /// <param name="progress">Bytes of the file as received that have been read.</param>
    public static async IAsyncEnumerable<SourceItem<EntiteRow>> Read(
        ValidFile file, IProgress<long>? progress = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (file.Kind != FileKind.EjXml)
        {
            throw new ArgumentException($"{file.Name} is {file.Kind}.", nameof(file));
        }
        await foreach (var record in XmlRecords.Read(file, "structureej", progress, cancellation))
        {
            yield return Parse(record);
        }
    }

    private static SourceItem<EntiteRow> Parse(XmlRecord record)
    {
        var check = new RowCheck(record.Place);
        if (record.Problem is { } problem)
        {
            check.Fail(IntakeRules.Limit, problem, "Reprendre un flux complet, ou signaler l'enregistrement à son émetteur.");
        }
        var finess = check.Finess(record["nofiness"], "nofiness");
        var dateCreation = check.Date(record["datecrea"], "datecrea");
        var dateFermeture = check.Date(record["datefermeture"], "datefermeture");
        var commune = Values.CommuneOf(record["departement"], record["commune"]);
        return check.Item(() => new EntiteRow(
            finess,
            record["rs"],
            record["rslongue"],
            record["siren"],
            record["statutjuridique"],
            record["libstatutjuridique"],
            commune,
            Values.DepartementOf(commune) ?? record["departement"],
            dateCreation,
            dateFermeture,
            dateFermeture is null,
            null,
            record.Place));
    }
}
