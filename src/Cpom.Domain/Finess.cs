namespace Cpom.Domain;

/// <summary>A FINESS number: nine characters, of a legal entity (EJ) or of a geographic site (ET). Kept as a string in events.</summary>
public static class Finess
{
    public const int Length = 9;

    /// <summary>D-01, after the XSD of the flows: <c>[0-9][0-9A-Z][0-9]{7}</c> (the second character is a letter in Corsica and overseas).</summary>
    public static bool IsValid(string number) =>
        number.Length == Length
        && char.IsAsciiDigit(number[0])
        && (char.IsAsciiDigit(number[1]) || char.IsAsciiLetterUpper(number[1]))
        && number.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Its département as FINESS writes it: the first two characters, and "97" is followed by one more.</summary>
    public static string DepartementOf(string number) => number[..2] == "97" ? "97" + number[2] : number[..2];
}
