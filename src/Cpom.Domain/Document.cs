namespace Cpom.Domain;

/// <summary>A document kept elsewhere, told by its name and its content: whoever holds the file can prove that it is the one.</summary>
/// <param name="Sha256">Lowercase hexadecimal.</param>
public sealed record Document(string Nom, string Sha256)
{
    private const int Sha256Length = 64;

    /// <summary>The refusal of a document that names nothing, or whose content is not told; null where it is well told, or none.</summary>
    public static Refusal? Check(Document? document) => document switch
    {
        null => null,
        _ when !IsWhole(document.Nom, document.Sha256) => Refuse.DocumentInvalid(""),
        _ => Textes.Check("", ("Nom du document", document.Nom, Limits.ReferenceLengthMax)),
    };

    /// <summary>It has a name, and the fingerprint of its content.</summary>
    internal static bool IsWhole(string? nom, string? sha256) =>
        !string.IsNullOrWhiteSpace(nom) && sha256 is { Length: Sha256Length } && sha256.All(char.IsAsciiHexDigitLower);
}
