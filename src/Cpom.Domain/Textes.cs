namespace Cpom.Domain;

/// <summary>Free texts of commands against their limits: what is too long is refused by name, before anything is stored.</summary>
public static class Textes
{
    /// <param name="rule">The rule that the texts are under; empty where the limit only protects the history.</param>
    /// <param name="textes">What people call it, the text, and the most signs that it may have (code points).</param>
    /// <returns>The refusal of the first one that is too long; null when all fit.</returns>
    public static Refusal? Check(string rule, params ReadOnlySpan<(string Champ, string? Texte, int Max)> textes)
    {
        foreach (var (champ, texte, max) in textes)
        {
            // A text has at most as many code points as units: most need no counting.
            if (texte is not null && texte.Length > max && Limits.LengthOf(texte) is var length && length > max)
            {
                return Refuse.TexteTooLong(rule, champ, length, max);
            }
        }

        return null;
    }

    /// <summary>A text that names an actor: stores keep it as a key, and people type it.</summary>
    public static Refusal? CheckCle(string rule, string champ, string cle, int max) =>
        Check(rule, (champ, cle, max)) ?? (cle.Any(char.IsControl) ? Refuse.CleInvalid(champ) : null);
}
