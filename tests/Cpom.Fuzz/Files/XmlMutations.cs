namespace Cpom.Fuzz;

/// <summary>Edits of an XML document by its structure: start tags, texts, end tags.</summary>
internal static class XmlMutations
{
    public static readonly Action<List<string>, Random>[] All =
    [
        HostileText, HostileText, HostileNumber, SentinelDay, RenameElement, DropToken, DropElement, DropElement, RepeatElement, MoveElement, Attribute, Namespace, Entity, DocumentType,
        Declaration, Comment, DeepNesting, ManyElements, Nested, SelfClosed, Repeated, ChangeOneDigit,
    ];

    private static void HostileText(List<string> tokens, Random random)
    {
        var text = random.Chance(85) ? random.Pick(Hostile.Texts) : random.Pick(Hostile.Broken);
        SetText(tokens, random, random.Chance(80) ? System.Security.SecurityElement.Escape(text.Replace("\0", "", StringComparison.Ordinal)) : text);
    }

    private static void HostileNumber(List<string> tokens, Random random) => SetText(tokens, random, random.Pick(Hostile.Numbers));

    private static void SentinelDay(List<string> tokens, Random random) => SetText(tokens, random, random.Pick(Hostile.Days));

    private static void RenameElement(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, to))
        {
            var (old, other) = (NameOf(tokens[from]), NameOf(tokens[Element(tokens, random)!.Value.From]));
            tokens[from] = tokens[from].Replace(old, other, StringComparison.Ordinal);
            tokens[to - 1] = tokens[to - 1].Replace(old, other, StringComparison.Ordinal);
        }
    }

    private static void DropToken(List<string> tokens, Random random) => tokens.RemoveAt(random.Next(tokens.Count));

    private static void DropElement(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, to))
        {
            tokens.RemoveRange(from, to - from);
        }
    }

    private static void RepeatElement(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, to) && to - from < 20_000)
        {
            tokens.InsertRange(from, tokens[from..to]);
        }
    }

    private static void MoveElement(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, to) && to - from < tokens.Count / 2)
        {
            var moved = tokens[from..to];
            tokens.RemoveRange(from, to - from);
            tokens.InsertRange(random.Next(tokens.Count), moved);
        }
    }

    private static void Attribute(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, _) && tokens[from].EndsWith('>'))
        {
            tokens[from] = $"{tokens[from][..^1]} {random.Pick(["xsi:nil=\"true\"", "a=\"1\" a=\"2\"", "xml:lang='fr'", "a=\"&lt;\"", "x:y=\"1\"", "a", $"a=\"{new string('b', 100_000)}\""])}>";
        }
    }

    private static void Namespace(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, to))
        {
            var name = NameOf(tokens[from]);
            tokens[from] = random.Chance(50) ? $"<x:{name} xmlns:x=\"urn:x\">" : $"<{name} xmlns=\"urn:y\">";
            tokens[to - 1] = tokens[from].StartsWith("<x:", StringComparison.Ordinal) ? $"</x:{name}>" : tokens[to - 1];
        }
    }

    private static void Entity(List<string> tokens, Random random) =>
        SetText(tokens, random, random.Pick(["&lol;", "&amp", "&#0;", "&#xD800;", "&#x10FFFF;", "&#9;", "&eacute;", "<![CDATA[a<b]]>", "<![CDATA[", "]]>", "&#13;&#10;"]));

    private static void DocumentType(List<string> tokens, Random random) => tokens.Insert(Math.Min(1, tokens.Count), random.Pick(
    [
        "<!DOCTYPE fluxfiness [<!ENTITY lol \"lol\"><!ENTITY l2 \"&lol;&lol;&lol;\">]>", "<!DOCTYPE fluxfiness SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\">%p;]>", "<!DOCTYPE fluxfiness>",
    ]));

    private static void Declaration(List<string> tokens, Random random)
    {
        if (tokens.Count > 0 && tokens[0].StartsWith("<?xml", StringComparison.Ordinal))
        {
            tokens[0] = random.Pick(
            [
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "<?xml version=\"1.0\" encoding=\"x-unknown\"?>", "<?xml version=\"1.1\"?>",
                "<?xml version=\"1.0\" encoding=\"windows-1252\"?>", "<?xml version=\"1.0\" encoding=\"utf-7\"?>", "<?xml version=\"1.0\" encoding=\"utf-32\"?>", "<?xml version=\"1.0\" standalone=\"maybe\"?>", " <?xml version=\"1.0\"?>", "",
                "<?xml version=\"1.0\" encoding=\"IBM037\"?>", "<?xml version=\"1.0\" encoding=\"shift_jis\"?>", "<?xml version=\"1.0\" encoding=\"us-ascii\"?>", "<?xml version=\"1.0\" encoding=\"\"?>",
            ]);
        }
    }

    private static void Comment(List<string> tokens, Random random) =>
        tokens.Insert(random.Next(tokens.Count + 1), random.Pick(["<!-- a -->", "<!-- -- -->", "<!--", "<?pi a?>", "<?xml version=\"1.0\"?>", "\u0001", Tokens.Carry("\uFEFF"), "&", "<", ">"]));

    private static void DeepNesting(List<string> tokens, Random random)
    {
        var depth = random.Pick([10, 31, 40, 20_000]);
        tokens.Insert(random.Next(tokens.Count), string.Concat(Enumerable.Repeat("<a>", depth)) + "x" + string.Concat(Enumerable.Repeat("</a>", random.Chance(80) ? depth : depth - 1)));
    }

    private static void ManyElements(List<string> tokens, Random random) =>
        tokens.Insert(random.Next(tokens.Count), string.Concat(Enumerable.Range(0, random.Pick([10, 600, 5_000])).Select(n => $"<a{n}>1</a{n}>")));

    /// <summary>An element with elements where a text is expected.</summary>
    private static void Nested(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, to) && Element(tokens, random) is var (from2, to2) && to2 - from2 < 2_000)
        {
            tokens.InsertRange(random.Next(from, to) + 1, tokens[from2..to2]);
        }
    }

    private static void SelfClosed(List<string> tokens, Random random)
    {
        if (Element(tokens, random) is var (from, to))
        {
            var name = NameOf(tokens[from]);
            tokens.RemoveRange(from, to - from);
            tokens.Insert(from, $"<{name}/>");
        }
    }

    private static void Repeated(List<string> tokens, Random random)
    {
        if (random.Chance(50))
        {
            tokens.AddRange([.. tokens]);
        }
        else
        {
            tokens.Add(random.Pick(["<a/>", "x", "\0", "<!-- end -->", "</fluxfiness>"]));
        }
    }

    private static void ChangeOneDigit(List<string> tokens, Random random)
    {
        var at = random.Next(tokens.Count);
        var digit = tokens[at].IndexOfAny([.. "0123456789"]);
        if (digit >= 0)
        {
            tokens[at] = $"{tokens[at][..digit]}{(char)('0' + random.Next(10))}{tokens[at][(digit + 1)..]}";
        }
    }

    private static void SetText(List<string> tokens, Random random, string? text)
    {
        var texts = Enumerable.Range(0, tokens.Count).Where(i => !tokens[i].StartsWith('<') && !string.IsNullOrWhiteSpace(tokens[i])).ToList();
        if (texts.Count > 0)
        {
            tokens[random.Pick(texts)] = Tokens.Carry(text ?? "");
        }
    }

    private static string NameOf(string tag) => tag.Trim('<', '>', '/').Split(' ', 2)[0];

    private static (int From, int To)? Element(List<string> tokens, Random random)
    {
        var starts = Enumerable.Range(0, tokens.Count).Where(i => tokens[i].Length > 2 && tokens[i][0] == '<' && tokens[i][1] is not ('/' or '?' or '!') && !tokens[i].EndsWith("/>", StringComparison.Ordinal)).ToList();
        if (starts.Count == 0)
        {
            return null;
        }

        var from = random.Pick(starts);
        var end = $"</{NameOf(tokens[from])}>";
        var to = tokens.FindIndex(from, t => t == end);
        return (from, to < 0 ? from + 1 : to + 1);
    }
}
