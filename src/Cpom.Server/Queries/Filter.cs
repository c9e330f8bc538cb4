namespace Cpom.Server;

/// <summary>
/// The filter of portfolio.proto, compiled to a predicate:
/// <code>
/// or   = and { "OR" and }
/// and  = term { "AND" term }
/// term = ( "NOT" | "-" ) term | "(" or ")" | field comparison value
/// </code>
/// </summary>
internal static class Filter
{
    public const int LengthMax = 2_000;
    public const int DepthMax = 32;

    /// <exception cref="QueryException">The filter cannot be read; the message says where and why, in French.</exception>
    public static Func<RowAt, bool> Compile(string filter)
    {
        if (filter.Length > LengthMax)
        {
            throw new QueryException(LengthMax + 1, $"un filtre a au plus {LengthMax} signes.");
        }

        var tokens = FilterTokens.Read(filter);
        if (tokens[0].Kind == FilterTokenKind.End)
        {
            return _ => true;
        }

        var parser = new Parser(tokens);
        var predicate = parser.Or(0);
        parser.ExpectEnd();
        return predicate;
    }

    private sealed class Parser(IReadOnlyList<FilterToken> tokens)
    {
        private int _at;

        private FilterToken Current => tokens[_at];

        public Func<RowAt, bool> Or(int depth)
        {
            var left = And(depth);
            while (TakeWord("OR"))
            {
                var (first, second) = (left, And(depth));
                left = row => first(row) || second(row);
            }

            return left;
        }

        public void ExpectEnd()
        {
            if (Current.Kind != FilterTokenKind.End)
            {
                throw new QueryException(Current.Position, $"« {Current.Text} » n'est pas attendu ici : AND, OR ou la fin.");
            }
        }

        private Func<RowAt, bool> And(int depth)
        {
            var left = Term(depth);
            while (TakeWord("AND"))
            {
                var (first, second) = (left, Term(depth));
                left = row => first(row) && second(row);
            }

            return left;
        }

        private Func<RowAt, bool> Term(int depth)
        {
            if (depth > DepthMax)
            {
                throw new QueryException(Current.Position, $"plus de {DepthMax} niveaux de parenthèses.");
            }

            if (TakeWord("NOT") || TakeWord("-"))
            {
                var negated = Term(depth + 1);
                return row => !negated(row);
            }

            return Current.Kind == FilterTokenKind.Open ? Group(depth) : Comparison();
        }

        private Func<RowAt, bool> Group(int depth)
        {
            var open = Take();
            var inner = Or(depth + 1);
            return Current.Kind == FilterTokenKind.Close && Take().Kind == FilterTokenKind.Close
                ? inner
                : throw new QueryException(open.Position, "cette parenthèse n'est pas refermée.");
        }

        private Func<RowAt, bool> Comparison()
        {
            var name = Take();
            if (name.Kind != FilterTokenKind.Word || !PortfolioFields.All.TryGetValue(name.Text, out var field))
            {
                throw new QueryException(name.Position, name.Kind == FilterTokenKind.End
                    ? "il manque une comparaison."
                    : $"« {name.Text} » n'est pas un champ : {string.Join(", ", PortfolioFields.All.Keys)}.");
            }

            var comparison = Take();
            if (comparison.Kind != FilterTokenKind.Comparison)
            {
                throw new QueryException(comparison.Position, $"après {name.Text}, écrivez =, !=, <, <=, >, >= ou :.");
            }

            var value = Take();
            return value.Kind is FilterTokenKind.Word or FilterTokenKind.Quoted
                ? field.Compare(comparison.Text, value.Text, value.Position)
                : throw new QueryException(value.Position, $"après {comparison.Text}, écrivez une valeur.");
        }

        private bool TakeWord(string word)
        {
            var found = Current.Kind == FilterTokenKind.Word && Current.Text == word;
            _at += found ? 1 : 0;
            return found;
        }

        /// <summary>The current token; the end stays where it is.</summary>
        private FilterToken Take() => Current.Kind == FilterTokenKind.End ? Current : tokens[_at++];
    }
}
