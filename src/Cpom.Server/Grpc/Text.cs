using System.Globalization;
using System.Text;

namespace Cpom.Server;

/// <summary>Days, months, money and etags as the protocol writes them, and how texts are compared. Parsing names the field it fails on.</summary>
internal static class Text
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string MonthFormat = "yyyy-MM";

    public static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static string Day(DateOnly? day) => day is { } value ? Day(value) : string.Empty;

    public static string Month(DateOnly day) => day.ToString(MonthFormat, CultureInfo.InvariantCulture);

    public static string Money(decimal euros) => euros.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);

    public static DateOnly ReadDay(string text, string field) => TryDay(text, out var day)
        ? day
        : throw Errors.Argument(field, $"« {text} » n'est pas un jour : écrivez AAAA-MM-JJ.");

    public static DateOnly ReadDay(string text, string field, DateOnly otherwise) => text.Length == 0 ? otherwise : ReadDay(text, field);

    public static DateOnly? ReadDayOrNone(string text, string field) => text.Length == 0 ? null : ReadDay(text, field);

    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static DateOnly ReadMonth(string text, string field) =>
        DateOnly.TryParseExact(text, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month
            : throw Errors.Argument(field, $"« {text} » n'est pas un mois : écrivez AAAA-MM.");

    public static decimal ReadMoney(string text, string field) => TryNumber(text, out var euros)
        ? euros
        : throw Errors.Argument(field, $"« {text} » n'est pas un montant : écrivez 19741.00.");

    public static bool TryNumber(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    public static long? ReadEtag(string text) => text.Length == 0
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw Errors.Argument("etag", $"« {text} » n'est pas un etag de ce service.");

    /// <summary>Without case and without accents, as people search.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.ToString();
    }

    /// <summary>"EnVigueur" → "en_vigueur".</summary>
    public static string Snake<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
