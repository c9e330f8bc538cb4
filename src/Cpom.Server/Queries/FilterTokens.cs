namespace Cpom.Server;

internal enum FilterTokenKind
{
    Open,
    Close,
    Comparison,
    /// <summary>A word: a keyword, a field or a value.</summary>
    Word,
    /// <summary>A value between quotes: never a keyword.</summary>
    Quoted,
    End,
}

/// <param name="Position">Rank of its first sign, from 1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position);

/// <summary>Cuts a filter into tokens. Inside quotes a backslash takes the next sign as it is.</summary>
internal static class FilterTokens
{
    public static IReadOnlyList<FilterToken> Read(string filter)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; at < filter.Length;)
        {
            if (char.IsWhiteSpace(filter[at]))
            {
                at++;
                continue;
            }

            var (token, length) = Next(filter, at);
            tokens.Add(token);
            at += length;
        }

        tokens.Add(new(FilterTokenKind.End, string.Empty, filter.Length + 1));
        return tokens;
    }

    private static (FilterToken Token, int Length) Next(string filter, int at) => filter[at] switch
    {
        '(' => (new(FilterTokenKind.Open, "(", at + 1), 1),
        ')' => (new(FilterTokenKind.Close, ")", at + 1), 1),
        '"' => Quoted(filter, at),
        _ when Comparison(filter.AsSpan(at)) is { } comparison => (new(FilterTokenKind.Comparison, comparison, at + 1), comparison.Length),
        _ => Word(filter, at),
    };

    private static string? Comparison(ReadOnlySpan<char> rest) => rest switch
    {
        ['!', '=', ..] => "!=",
        ['<', '=', ..] => "<=",
        ['>', '=', ..] => ">=",
        ['=', ..] => "=",
        ['<', ..] => "<",
        ['>', ..] => ">",
        [':', ..] => ":",
        _ => null,
    };

    private static (FilterToken Token, int Length) Word(string filter, int start)
    {
        var end = start;
        while (end < filter.Length && !char.IsWhiteSpace(filter[end]) && filter[end] is not ('(' or ')' or '"') && Comparison(filter.AsSpan(end)) is null)
        {
            end++;
        }

        return end > start
            ? (new(FilterTokenKind.Word, filter[start..end], start + 1), end - start)
            : throw new QueryException(start + 1, $"« {filter[start]} » n'est pas attendu ici.");
    }

    private static (FilterToken Token, int Length) Quoted(string filter, int start)
    {
        var text = new System.Text.StringBuilder();
        for (var at = start + 1; at < filter.Length; at++)
        {
            if (filter[at] == '"')
            {
                return (new(FilterTokenKind.Quoted, text.ToString(), start + 1), at + 1 - start);
            }

            at += filter[at] == '\\' && at + 1 < filter.Length ? 1 : 0;
            text.Append(filter[at]);
        }

        throw new QueryException(start + 1, "ce guillemet n'est pas refermé.");
    }
}
