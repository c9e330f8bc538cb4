using System.Globalization;
using System.Text.RegularExpressions;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Nomenclatures;

namespace Cpom.Intake;

/// <summary>From a file that is known to be whole to the commands that say what it says.</summary>
public static partial class Import
{
    /// <exception cref="MalformedContentException">An <see cref="UnreadFile"/> is not whole: none of its steps is to be taken.</exception>
    public static IAsyncEnumerable<ImportStep> Steps(ImportContext context, CancellationToken cancellation) => context.File.Kind switch
    {
        FileKind.FinessStructures => StructuresImport.Steps(context, cancellation),
        FileKind.EjXml => StructuresImport.EntitesSteps(context, cancellation),
        FileKind.FinessActivites => ActivitesImport.Steps(context, cancellation),
        FileKind.RcXml => RcImport.Steps(context, cancellation),
        FileKind.HapiNotifications => FinancementsImport.Steps(HapiNotificationsReader.Read(context.Whole, context.Progress, cancellation), context),
        FileKind.HapiEngagements => FinancementsImport.Steps(HapiEngagementsReader.Read(context.Whole, context.Progress, cancellation), context),
        FileKind.ContratsCsv => ContratsImport.Steps(context, cancellation),
        FileKind.EngagementsCsv => EngagementsImport.Steps(context, cancellation),
        FileKind.NomenclatureAmm or FileKind.NomenclatureRc => NomenclatureImport.Steps(context, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(context), context.File.Kind, "No import for this kind."),
    };

    /// <summary>
    /// The day that a file describes, by its name (AAAAMMJJ or AAAA_MM_JJ; AAAAMM is the last day of the month); the day of its reception when
    /// the name tells none.
    /// </summary>
    public static DateOnly SnapshotOn(string name, DateOnly received)
    {
        foreach (Match match in DayInName().Matches(name))
        {
            var digits = string.Concat(match.ValueSpan.ToString().Where(char.IsAsciiDigit));
            if (DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= received)
            {
                return day;
            }
        }

        var month = MonthInName().Match(name);
        return month.Success && DateOnly.TryParseExact(month.Value + "01", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first <= received
            ? Earlier(first.AddMonths(1).AddDays(-1), received)
            : received;
    }

    /// <summary>Each item of a reader as a step; the rows by the caller's own mapping.</summary>
    internal static IEnumerable<ImportStep> StepsOf<TRow>(SourceItem<TRow> item, Func<TRow, IEnumerable<ImportStep>> rows)
        where TRow : ISourceRow => item switch
    {
        SourceItem<TRow>.Row row => rows(row.Value),
        SourceItem<TRow>.Fault fault => [new ImportStep.Reject(fault.Value)],
        SourceItem<TRow>.Warning warning => [new ImportStep.Warn(warning.Value)],
        SourceItem<TRow>.OutOfScope outside => [new ImportStep.OutOfScope(outside.Place, 1)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>R-048: a code that its nomenclature, where it is known, does not have on the day of the act.</summary>
    internal static IEnumerable<ImportStep> Advise(ImportContext context, Ligne ligne, DateOnly day, string place)
    {
        if (NomenclatureRules.CodeOf(ligne) is { Nomenclature: var list }
            && NomenclatureRules.Advise(context.Referentiel.NomenclatureOf(list), ligne, day) is { } problem)
        {
            yield return new ImportStep.Warn(new(
                place, IntakeRules.Code, problem, "L'acte est pris. Corriger le code à la source, ou importer la nomenclature à jour."));
        }
    }

    internal static Cause CauseAt(ImportContext context, string place, Acte? acte = null) => new(acte, context.File.PieceAt(place));

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;

    [GeneratedRegex(@"(?<!\d)20\d{2}[-_]?\d{2}[-_]?\d{2}(?!\d)")]
    private static partial Regex DayInName();

    [GeneratedRegex(@"(?<!\d)20\d{4}(?!\d)")]
    private static partial Regex MonthInName();
}
