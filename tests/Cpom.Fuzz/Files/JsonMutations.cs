using System.Globalization;

namespace Cpom.Fuzz;

/// <summary>Edits of a JSON document by its structure. Each takes the tokens and leaves others, possibly no JSON any more.</summary>
internal static class JsonMutations
{
    public static readonly Action<List<string>, Random>[] All =
    [
        DropMember, DropMember, DuplicateMember, RenameMember, RetypeValue, RetypeValue, HostileText, HostileText, LoneSurrogate, HugeNumber, SentinelDay, NullEverywhere,
        SwapArrays, RepeatElement, EmptyArray, DeepNesting, DropToken, SwapTokens, WrapInArray, HugeToken, CommentOrComma, Repeated, ChangeOneDigit,
    ];

    private static void DropMember(List<string> tokens, Random random)
    {
        if (Member(tokens, random) is var (from, to))
        {
            to += to < tokens.Count && tokens[to] == "," ? 1 : 0;
            tokens.RemoveRange(from, to - from);
        }
    }

    private static void DuplicateMember(List<string> tokens, Random random)
    {
        if (Member(tokens, random) is var (from, to))
        {
            tokens.InsertRange(from, [.. tokens[from..to], ","]);
        }
    }

    private static void RenameMember(List<string> tokens, Random random)
    {
        if (Member(tokens, random) is var (from, _))
        {
            tokens[from] = random.Chance(50) ? Quoted(random.Pick(Hostile.Texts)) : tokens[random.Pick(Names(tokens))];
        }
    }

    private static void RetypeValue(List<string> tokens, Random random)
    {
        if (Value(tokens, random) is var (from, to))
        {
            Replace(tokens, from, to, random.Pick(["null", "true", "false", "0", "-1.5e3", "\"\"", "[]", "{}", "[null]", "[[]]", "{\"a\":[1,{}]}", "\"2026-01-01\"", "[\"a\",\"b\"]"]));
        }
    }

    private static void HostileText(List<string> tokens, Random random)
    {
        if (Value(tokens, random) is var (from, to))
        {
            Replace(tokens, from, to, Quoted(random.Chance(85) ? random.Pick(Hostile.Texts) : random.Pick(Hostile.Broken)));
        }
    }

    /// <summary>Escaped: well-formed JSON that is no Unicode.</summary>
    private static void LoneSurrogate(List<string> tokens, Random random)
    {
        var at = random.Chance(20) ? Member(tokens, random) : Value(tokens, random);
        if (at is var (from, _) && tokens[from].StartsWith('"'))
        {
            tokens[from] = $"{tokens[from][..^1]}\\u{random.Pick(["d800", "DC00", "dbff", "d83d\\ud83d", "0000", "ffff"])}\"";
        }
    }

    private static void HugeNumber(List<string> tokens, Random random)
    {
        if (Value(tokens, random) is var (from, to))
        {
            Replace(tokens, from, to, random.Chance(20) ? new string('9', 5_000) : random.Pick(Hostile.Numbers));
        }
    }

    private static void SentinelDay(List<string> tokens, Random random)
    {
        var days = tokens.Select((t, i) => (t, i)).Where(p => p.t.Length > 10 && p.t[0] == '"' && char.IsDigit(p.t[1]) && p.t.Contains('-')).Select(p => p.i).ToList();
        if (days.Count > 0)
        {
            tokens[random.Pick(days)] = Quoted(random.Pick(Hostile.Days));
        }
    }

    private static void NullEverywhere(List<string> tokens, Random random)
    {
        var percent = random.Pick([1, 10, 100]);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (IsScalar(tokens, i) && random.Chance(percent))
            {
                tokens[i] = "null";
            }
        }
    }

    private static void SwapArrays(List<string> tokens, Random random)
    {
        if (Bracketed(tokens, random, "[") is var (from, to) && Bracketed(tokens, random, random.Pick(["[", "{"])) is var (from2, to2) && to <= from2)
        {
            var (one, other) = (tokens[from..to], tokens[from2..to2]);
            tokens.RemoveRange(from2, to2 - from2);
            tokens.InsertRange(from2, one);
            tokens.RemoveRange(from, to - from);
            tokens.InsertRange(from, other);
        }
    }

    private static void RepeatElement(List<string> tokens, Random random)
    {
        if (Bracketed(tokens, random, "{") is var (from, to) && to - from < 20_000)
        {
            tokens.InsertRange(from, [.. tokens[from..to], ","]);
        }
    }

    private static void EmptyArray(List<string> tokens, Random random)
    {
        if (Bracketed(tokens, random, "[") is var (from, to))
        {
            Replace(tokens, from, to, "[]");
        }
    }

    private static void DeepNesting(List<string> tokens, Random random)
    {
        if (Value(tokens, random) is var (from, to))
        {
            var depth = random.Pick([20, 70, 5_000]);
            var (open, close) = random.Chance(50) ? ("[", "]") : ("{\"a\":", "}");
            Replace(tokens, from, to, string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, random.Chance(80) ? depth : depth - 1)));
        }
    }

    private static void DropToken(List<string> tokens, Random random) => tokens.RemoveAt(random.Next(tokens.Count));

    private static void SwapTokens(List<string> tokens, Random random)
    {
        var (one, other) = (random.Next(tokens.Count), random.Next(tokens.Count));
        (tokens[one], tokens[other]) = (tokens[other], tokens[one]);
    }

    private static void WrapInArray(List<string> tokens, Random random)
    {
        if (Value(tokens, random) is var (from, to))
        {
            tokens.Insert(to, "]");
            tokens.Insert(from, "[");
        }
    }

    private static void HugeToken(List<string> tokens, Random random)
    {
        if (Value(tokens, random) is var (from, to))
        {
            Replace(tokens, from, to, $"\"{new string('a', random.Pick([33_000, 300_000, 5_000_000]))}\"");
        }
    }

    private static void CommentOrComma(List<string> tokens, Random random) =>
        tokens.Insert(random.Next(tokens.Count), random.Pick(["/* a */", ",", ",,", "// a\n", "\u0000", Tokens.Carry("\uFEFF"), "'"]));

    /// <summary>The document twice, or something after its end.</summary>
    private static void Repeated(List<string> tokens, Random random)
    {
        if (random.Chance(50))
        {
            tokens.AddRange([.. tokens]);
        }
        else
        {
            tokens.Add(random.Pick(["{}", "1", "]", "}", "\0\0\0", "\n\n", "null"]));
        }
    }

    private static void ChangeOneDigit(List<string> tokens, Random random)
    {
        var at = random.Next(tokens.Count);
        var digit = tokens[at].IndexOfAny([.. "0123456789"]);
        if (digit >= 0)
        {
            tokens[at] = string.Create(CultureInfo.InvariantCulture, $"{tokens[at][..digit]}{random.Next(10)}{tokens[at][(digit + 1)..]}");
        }
    }

    private static string Quoted(string text) =>
        $"\"{Tokens.Carry(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\0", "\\u0000", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static void Replace(List<string> tokens, int from, int to, string by)
    {
        tokens.RemoveRange(from, to - from);
        tokens.Insert(from, by);
    }

    private static List<int> Names(List<string> tokens) =>
        [.. Enumerable.Range(0, Math.Max(0, tokens.Count - 1)).Where(i => tokens[i].StartsWith('"') && tokens[i + 1] == ":")];

    private static (int From, int To)? Member(List<string> tokens, Random random)
    {
        var names = Names(tokens);
        if (names.Count == 0)
        {
            return null;
        }

        var from = random.Pick(names);
        return (from, EndOfValue(tokens, from + 2));
    }

    private static (int From, int To)? Value(List<string> tokens, Random random) =>
        Member(tokens, random) is var (from, to) && to > from + 2 ? (from + 2, to) : null;

    private static (int From, int To)? Bracketed(List<string> tokens, Random random, string bracket)
    {
        var starts = Enumerable.Range(0, tokens.Count).Where(i => tokens[i] == bracket).ToList();
        if (starts.Count == 0)
        {
            return null;
        }

        var from = random.Pick(starts);
        return (from, EndOfValue(tokens, from));
    }

    private static int EndOfValue(List<string> tokens, int from)
    {
        var depth = 0;
        for (var at = from; at < tokens.Count; at++)
        {
            depth += tokens[at] is "{" or "[" ? 1 : tokens[at] is "}" or "]" ? -1 : 0;
            if (depth <= 0)
            {
                return at + 1;
            }
        }

        return tokens.Count;
    }

    private static bool IsScalar(List<string> tokens, int at) =>
        tokens[at] is not ("{" or "}" or "[" or "]" or "," or ":") && !string.IsNullOrWhiteSpace(tokens[at]) && (at + 1 >= tokens.Count || tokens[at + 1] != ":");
}
