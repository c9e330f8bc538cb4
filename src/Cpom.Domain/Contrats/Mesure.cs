using System.Globalization;

namespace Cpom.Domain.Contrats;

/// <summary>What is measured of an indicateur, as people write it: a number, or yes/no on a defined action .</summary>
public static class Mesure
{
    private static readonly string[] OuiNonUnites = ["OUI/NON", "O/N", "OUI-NON", "OUIOUNON"];

    /// <summary>By its unit; where that says nothing, by its reference and its cibles.</summary>
    public static bool IsOuiNon(Indicateur indicateur)
    {
        var values = Values(indicateur);
        return OuiNonUnites.Contains(Bare(indicateur.Unite).ToUpperInvariant()) || (values.Count > 0 && values.TrueForAll(v => OuiNon(v) is not null));
    }

    /// <summary>True where the reference and the cibles are all numbers, or all yes/no.</summary>
    public static bool IsMeasured(Indicateur indicateur)
    {
        var values = Values(indicateur);
        return values.TrueForAll(v => Number(v) is not null) || values.TrueForAll(v => OuiNon(v) is not null);
    }

    /// <summary>True for a value of the indicateur's kind.</summary>
    public static bool Fits(Indicateur indicateur, string valeur) => IsOuiNon(indicateur) ? OuiNon(valeur) is not null : Number(valeur) is not null;

    /// <summary>As people write it: a decimal comma or point, spaces between thousands, the unit "%" after it.</summary>
    public static decimal? Number(string? value) =>
        decimal.TryParse(Bare(value).TrimEnd('%').Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static bool? OuiNon(string? value) => value?.Trim().ToUpperInvariant() switch
    {
        "OUI" => true,
        "NON" => false,
        _ => null,
    };

    private static List<string> Values(Indicateur indicateur) =>
        indicateur.Cibles.Append(indicateur.ValeurReference).OfType<string>().Select(v => v.Trim()).Where(v => v.Length > 0).ToList();

    private static string Bare(string? text) => new([.. (text ?? string.Empty).Where(c => !char.IsWhiteSpace(c))]);
}
