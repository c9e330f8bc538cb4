namespace Cpom.Server;

/// <summary>The order of portfolio.proto: "pending desc, numero". The numero always decides between equals, so that an order is total.</summary>
internal sealed class Order : IComparer<IReadOnlyList<string>>
{
    private const int PartsMax = 5;

    private readonly IReadOnlyList<(Field Field, bool Descending)> _parts;

    private Order(IReadOnlyList<(Field Field, bool Descending)> parts) => _parts = parts;

    /// <exception cref="QueryException">The order cannot be read.</exception>
    public static Order Read(string orderBy)
    {
        var parts = new List<(Field, bool)>();
        var position = 1;
        foreach (var part in orderBy.Split(',').Where(_ => orderBy.Trim().Length > 0))
        {
            parts.Add(ReadPart(part, position));
            position += part.Length + 1;
        }

        return parts.Count <= PartsMax
            ? new([.. parts, (PortfolioFields.All["numero"], false)])
            : throw new QueryException(1, $"un ordre a au plus {PartsMax} champs.");
    }

    /// <summary>What sorts a row.</summary>
    public IReadOnlyList<string> KeyOf(RowAt at) => [.. _parts.Select(p => p.Field.SortKey(at))];

    public bool Fits(IReadOnlyList<string> key) => key.Count == _parts.Count;

    public int Compare(IReadOnlyList<string>? x, IReadOnlyList<string>? y)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            var sign = string.CompareOrdinal(x![i], y![i]);
            if (sign != 0)
            {
                return _parts[i].Descending ? -sign : sign;
            }
        }

        return 0;
    }

    private static (Field Field, bool Descending) ReadPart(string part, int position)
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ([_] or [_, "asc" or "desc"]))
        {
            throw new QueryException(position, "écrivez un champ, puis desc au besoin.");
        }

        return PortfolioFields.All.TryGetValue(words[0], out var field)
            ? (field, words is [_, "desc"])
            : throw new QueryException(position, $"« {words[0]} » n'est pas un champ : {string.Join(", ", PortfolioFields.All.Keys)}.");
    }
}
