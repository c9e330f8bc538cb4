using System.Globalization;

namespace Cpom.Server;

/// <summary>Why a filter or an order cannot be read, and where: the rank of the sign, from 1.</summary>
internal sealed class QueryException(int position, string problem) : Exception($"Signe {position} : {problem}");

/// <summary>A field of the portfolio: how it compares with what a filter says, and how it sorts.</summary>
internal abstract record Field(string Name)
{
    /// <summary>What sorts rows by this field, as a text whose ordinal order is the field's order: page tokens carry it.</summary>
    public abstract string SortKey(RowAt at);

    /// <summary>The comparison of this field with a literal.</summary>
    /// <exception cref="QueryException">The comparison has no sense for this kind of field, or the literal cannot be read.</exception>
    public abstract Func<RowAt, bool> Compare(string comparison, string literal, int position);

    /// <summary>Compared without case and without accents; <c>:</c> means "contains".</summary>
    public sealed record OfText(string Name, Func<RowAt, string> Get) : Field(Name)
    {
        // As people sort; then as written, so that two numbers that differ only by case are not one page key.
        public override string SortKey(RowAt at) => $"{Folded(at)}\0{Get(at)}";

        public override Func<RowAt, bool> Compare(string comparison, string literal, int position)
        {
            var folded = Text.Fold(literal);
            return comparison == ":"
                ? at => Folded(at).Contains(folded, StringComparison.Ordinal)
                : Ordered(comparison, at => string.CompareOrdinal(Folded(at), folded));
        }

        private string Folded(RowAt at) => Text.Fold(Get(at));
    }

    /// <summary>One of a few words.</summary>
    public sealed record OfChoice(string Name, Func<RowAt, string> Get, IReadOnlyList<string> Choices) : Field(Name)
    {
        public override string SortKey(RowAt at) => Get(at);

        public override Func<RowAt, bool> Compare(string comparison, string literal, int position)
        {
            var choice = Chosen(Choices, literal, position);
            return comparison switch
            {
                "=" or ":" => at => Get(at) == choice,
                "!=" => at => Get(at) != choice,
                _ => throw new QueryException(position, $"{Name} se compare par = ou !=."),
            };
        }
    }

    /// <summary>Several texts: a comparison holds when it does for one of them, and <c>!=</c> when none is equal.</summary>
    public sealed record OfList(string Name, Func<RowAt, IReadOnlyList<string>> Get) : Field(Name)
    {
        public override string SortKey(RowAt at) => string.Join(' ', Get(at).Select(Text.Fold));

        public override Func<RowAt, bool> Compare(string comparison, string literal, int position)
        {
            var folded = Text.Fold(literal);
            return comparison switch
            {
                "=" or ":" => at => Get(at).Any(value => Text.Fold(value) == folded),
                "!=" => at => Get(at).All(value => Text.Fold(value) != folded),
                _ => throw new QueryException(position, $"{Name} se compare par =, != ou :."),
            };
        }
    }

    /// <summary>Several of a few words: compared as a list.</summary>
    public sealed record OfChoices(string Name, Func<RowAt, IReadOnlyList<string>> Get, IReadOnlyList<string> Choices) : Field(Name)
    {
        public override string SortKey(RowAt at) => string.Join(' ', Get(at));

        public override Func<RowAt, bool> Compare(string comparison, string literal, int position)
        {
            var choice = Chosen(Choices, literal, position);
            return comparison switch
            {
                "=" or ":" => at => Get(at).Contains(choice),
                "!=" => at => !Get(at).Contains(choice),
                _ => throw new QueryException(position, $"{Name} se compare par =, != ou :."),
            };
        }
    }

    public sealed record OfNumber(string Name, Func<RowAt, decimal> Get) : Field(Name)
    {
        // Moved above zero and padded, so that the texts sort as the numbers do. Euros of a whole region have twelve digits.
        private const decimal Shift = 1_000_000_000_000_000m;

        public override string SortKey(RowAt at) => (Get(at) + Shift).ToString("0000000000000000.00", CultureInfo.InvariantCulture);

        public override Func<RowAt, bool> Compare(string comparison, string literal, int position) => Text.TryNumber(literal, out var number)
            ? Ordered(NoContains(comparison, position), at => Get(at).CompareTo(number))
            : throw new QueryException(position, $"« {literal} » n'est pas un nombre, et {Name} en est un.");
    }

    public sealed record OfDay(string Name, Func<RowAt, DateOnly> Get) : Field(Name)
    {
        public override string SortKey(RowAt at) => Text.Day(Get(at));

        public override Func<RowAt, bool> Compare(string comparison, string literal, int position) => Text.TryDay(literal, out var day)
            ? Ordered(NoContains(comparison, position), at => Get(at).CompareTo(day))
            : throw new QueryException(position, $"« {literal} » n'est pas un jour (AAAA-MM-JJ), et {Name} en est un.");
    }

    /// <summary>The word that a literal means.</summary>
    private protected string Chosen(IReadOnlyList<string> choices, string literal, int position)
    {
        var choice = Text.Fold(literal).Replace('-', '_').Replace(' ', '_');
        return choices.Contains(choice)
            ? choice
            : throw new QueryException(position, $"« {literal} » n'est pas une valeur de {Name} : {string.Join(", ", choices)}.");
    }

    private protected string NoContains(string comparison, int position) =>
        comparison == ":" ? throw new QueryException(position, $"« : » n'a pas de sens pour {Name} : écrivez =.") : comparison;

    private protected static Func<RowAt, bool> Ordered(string comparison, Func<RowAt, int> sign) => comparison switch
    {
        "=" => at => sign(at) == 0,
        "!=" => at => sign(at) != 0,
        "<" => at => sign(at) < 0,
        "<=" => at => sign(at) <= 0,
        ">" => at => sign(at) > 0,
        ">=" => at => sign(at) >= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };
}
