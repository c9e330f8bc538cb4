namespace Cpom.Fuzz;

/// <summary>Edits of a CSV file by its lines and cells.</summary>
internal static class CsvMutations
{
    public static readonly Action<List<string>, Random>[] All =
    [
        HostileCell, HostileCell, NumberCell, DayCell, SwapCells, DropCell, ExtraCell, DropColumn, SwapColumns, RenameColumn, DropLine, RepeatLine, RepeatLine, SwapLines, Separators, Quotes,
        HugeCell, Nul, LineEnds, MarkInTheMiddle, NoLastEnd, EmptyLines, ManyColumns, HeaderAgain, ChangeOneDigit,
    ];

    private static void HostileCell(List<string> lines, Random random) =>
        SetCell(lines, random, Tokens.Carry(random.Chance(85) ? random.Pick(Hostile.Texts) : random.Pick(Hostile.Broken)));

    private static void NumberCell(List<string> lines, Random random) => SetCell(lines, random, Tokens.Carry(random.Pick(Hostile.Numbers)));

    private static void DayCell(List<string> lines, Random random) => SetCell(lines, random, random.Pick(Hostile.Days));

    private static void SwapCells(List<string> lines, Random random) => EditLine(lines, random, cells =>
    {
        var (one, other) = (random.Next(cells.Count), random.Next(cells.Count));
        (cells[one], cells[other]) = (cells[other], cells[one]);
    });

    private static void DropCell(List<string> lines, Random random) => EditLine(lines, random, cells => cells.RemoveAt(random.Next(cells.Count)));

    private static void ExtraCell(List<string> lines, Random random) => EditLine(lines, random, cells => cells.Insert(random.Next(cells.Count), random.Pick(["", "x", "\"a", "1"])));

    private static void DropColumn(List<string> lines, Random random)
    {
        var column = random.Next(20);
        EditAll(lines, cells =>
        {
            if (column < cells.Count)
            {
                cells.RemoveAt(column);
            }
        });
    }

    private static void SwapColumns(List<string> lines, Random random)
    {
        var (one, other) = (random.Next(10), random.Next(10));
        EditAll(lines, cells =>
        {
            if (Math.Max(one, other) < cells.Count)
            {
                (cells[one], cells[other]) = (cells[other], cells[one]);
            }
        });
    }

    private static void RenameColumn(List<string> lines, Random random)
    {
        var cells = lines[0].Split(SeparatorOf(lines));
        cells[random.Next(cells.Length)] = random.Pick([.. cells, "", "x", Tokens.Carry("é")]);
        lines[0] = string.Join(SeparatorOf(lines), cells);
    }

    private static void DropLine(List<string> lines, Random random) => lines.RemoveAt(random.Next(lines.Count));

    private static void RepeatLine(List<string> lines, Random random)
    {
        var line = random.Pick(lines);
        lines.InsertRange(random.Next(lines.Count + 1), Enumerable.Repeat(line, random.Pick([1, 1, 3])));
    }

    private static void SwapLines(List<string> lines, Random random)
    {
        var (one, other) = (random.Next(lines.Count), random.Next(lines.Count));
        (lines[one], lines[other]) = (lines[other], lines[one]);
    }

    private static void Separators(List<string> lines, Random random)
    {
        var (from, to, all) = (SeparatorOf(lines), random.Pick([';', ',', '|', '\t', ' ']), random.Chance(50));
        for (var i = 0; i < lines.Count; i++)
        {
            lines[i] = all || random.Chance(20) ? lines[i].Replace(from, to) : lines[i];
        }
    }

    private static void Quotes(List<string> lines, Random random) => EditLine(lines, random, cells =>
    {
        var at = random.Next(cells.Count);
        cells[at] = random.Pick([$"\"{cells[at]}\"", $"\"{cells[at]}", $"{cells[at]}\"", "\"\"", "\"", "\"a\nb\"", "\"a\"\"b\"", "\"a\"b", $"\"{string.Concat(Enumerable.Repeat("\n", 60))}\""]);
    });

    private static void HugeCell(List<string> lines, Random random) => SetCell(lines, random, new string(random.Pick(['a', '1', '"']), random.Pick([40_000, 1_100_000])));

    private static void Nul(List<string> lines, Random random) => SetCell(lines, random, random.Pick(["\0", "a\0b", "\u001A", "\u0001", "\u007F", "\u0081"]));

    private static void LineEnds(List<string> lines, Random random)
    {
        var end = random.Pick(["\r", "\r\r", "\u0085", Tokens.Carry("\u2028"), "\v", "\f"]);
        for (var i = 0; i < lines.Count; i++)
        {
            lines[i] = random.Chance(30) ? lines[i].TrimEnd('\r') + end : lines[i];
        }
    }

    private static void MarkInTheMiddle(List<string> lines, Random random)
    {
        var at = random.Next(lines.Count);
        lines[at] = Tokens.Carry("\uFEFF") + lines[at];
    }

    private static void NoLastEnd(List<string> lines, Random random)
    {
        while (lines.Count > 1 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        lines[^1] = lines[^1][..random.Next(lines[^1].Length + 1)];
    }

    private static void EmptyLines(List<string> lines, Random random) =>
        lines.InsertRange(random.Next(lines.Count + 1), Enumerable.Repeat(random.Pick(["", " ", "\r", new string(SeparatorOf(lines), 12)]), random.Pick([1, 200])));

    private static void ManyColumns(List<string> lines, Random random)
    {
        var at = random.Next(lines.Count);
        lines[at] += new string(SeparatorOf(lines), random.Pick([1, 600, 100_000]));
    }

    private static void HeaderAgain(List<string> lines, Random random) => lines.Insert(random.Next(lines.Count + 1), lines[0]);

    private static void ChangeOneDigit(List<string> lines, Random random)
    {
        var at = random.Next(lines.Count);
        var digits = Enumerable.Range(0, lines[at].Length).Where(i => char.IsAsciiDigit(lines[at][i])).ToList();
        if (digits.Count > 0)
        {
            var digit = random.Pick(digits);
            lines[at] = $"{lines[at][..digit]}{(char)('0' + random.Next(10))}{lines[at][(digit + 1)..]}";
        }
    }

    private static char SeparatorOf(List<string> lines) => new[] { ';', '|', ',', '\t' }.MaxBy(c => lines[0].Count(x => x == c));

    private static void SetCell(List<string> lines, Random random, string cell) => EditLine(lines, random, cells => cells[random.Next(cells.Count)] = cell);

    private static void EditLine(List<string> lines, Random random, Action<List<string>> edit)
    {
        var (at, separator) = (random.Next(lines.Count), SeparatorOf(lines));
        List<string> cells = [.. lines[at].Split(separator)];
        edit(cells);
        lines[at] = string.Join(separator, cells);
    }

    private static void EditAll(List<string> lines, Action<List<string>> edit)
    {
        var separator = SeparatorOf(lines);
        for (var i = 0; i < lines.Count; i++)
        {
            List<string> cells = [.. lines[i].Split(separator)];
            edit(cells);
            lines[i] = string.Join(separator, cells);
        }
    }
}
