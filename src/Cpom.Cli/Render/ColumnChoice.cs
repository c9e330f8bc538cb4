namespace Cpom.Cli.Render;

/// <summary>A column and what it shows of a row.</summary>
internal sealed record ColumnOf<T>(Column Column, Func<T, Cell> Cell)
{
    public string Key => Column.Key;
}

/// <summary>All that a wide table could show, and the names under which some of it is shown. Keys and sets can be asked for together.</summary>
internal sealed class ColumnChoice<T>(IReadOnlyList<ColumnOf<T>> all, IReadOnlyDictionary<string, string[]> sets)
{
    /// <summary>Every column.</summary>
    public const string All = "tout";

    /// <param name="asked">Keys of columns and names of sets, in the order in which they are to be shown.</param>
    /// <exception cref="CliException">One of them is none.</exception>
    public Grid Grid(IEnumerable<T> rows, params IReadOnlyList<string> asked)
    {
        var columns = asked.SelectMany(Named).Distinct().ToList();
        return new([.. columns.Select(c => c.Column)], [.. rows.Select(row => (IReadOnlyList<Cell>)[.. columns.Select(c => c.Cell(row))])]);
    }

    private IEnumerable<ColumnOf<T>> Named(string name) =>
        name == All ? all
        : sets.TryGetValue(name, out var keys) ? keys.Select(key => all.Single(c => c.Key == key))
        : all.FirstOrDefault(c => c.Key == name) is { } column ? [column]
        : throw new CliException(
            $"« {name} » n'est ni un jeu de colonnes ({string.Join(", ", sets.Keys.Append(All))}) ni une colonne ({string.Join(", ", all.Select(c => c.Key))}).", isUsage: true);
}
