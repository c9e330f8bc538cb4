namespace Cpom.Cli.Import;

/// <summary>Names as people order them: digits together count as one number.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    private static readonly CompareInfo Compared = CultureInfo.InvariantCulture.CompareInfo;

    public int Compare(string? x, string? y)
    {
        var byNumber = Compared.Compare(x, y, CompareOptions.NumericOrdering);
        return byNumber != 0 ? byNumber : string.CompareOrdinal(x, y);
    }
}
