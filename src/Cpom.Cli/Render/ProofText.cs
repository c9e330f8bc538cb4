namespace Cpom.Cli.Render;

/// <summary>The proof of a fact on one line: the act, then where it was read.</summary>
internal static class ProofText
{
    public static string Of(Cause? cause)
    {
        if (cause is null)
        {
            return "";
        }

        var parts = new[] { ActeOf(cause.Acte), PieceOf(cause.Piece), cause.Request.Length > 0 ? $"demande {cause.Request}" : "" };
        return string.Join(" · ", parts.Where(part => part.Length > 0));
    }

    public static string ActeOf(Acte? acte)
    {
        if (acte is null)
        {
            return "";
        }

        var words = new[] { acte.Kind, acte.Number, acte.Date.Length > 0 ? $"du {acte.Date}" : "", acte.Authority.Length > 0 ? $"({acte.Authority})" : "" };
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    public static string PieceOf(Piece? piece) => piece is null || piece.File.Length == 0 ? "" : $"{piece.File}, {piece.Place}";
}
