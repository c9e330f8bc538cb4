using System.Globalization;

namespace Cpom.Runtime.Specs;

public sealed class PackedStateSpecs
{
    private const char Row = 'r';
    private const char Below = 'b';

    private sealed record Line(string Id, string? Text);

    [Fact(DisplayName = "Ce qui est rangé ligne à ligne se relit tel quel, lignes plus longues qu'un bloc comprises")]
    public void Round_trip()
    {
        Line[] lines = [.. Enumerable.Range(0, 20_000).Select(LineOf), new("long", new string('é', 600_000)), new("retour", "à la\nligne"), new("rien", null)];

        Assert.Equal(lines, Read(Pack(lines)));
        Assert.Empty(Read(Pack([]))!);
    }

    [Fact(DisplayName = "Une ligne qui se lit avec la précédente reste dans son bloc, et les blocs reviennent dans l'ordre")]
    public void Together()
    {
        using var packed = new PackedWriter();
        for (var n = 0; n < 20_000; n++)
        {
            packed.Add(Row, LineOf(n));
            packed.AddBelow(Below, LineOf(-n), typeof(Line));
        }

        var blocks = PackedReader.TryRead(packed.ToSnapshot(1), Kinds, blocks => blocks)!;

        Assert.True(blocks.Count > 1);
        Assert.All(blocks, block => Assert.Equal([Row, Below], block.Chunk(2).Select(pair => new string(pair)).Distinct().Single()));
        Assert.Equal(40_000, blocks.Sum(block => block.Length));
    }

    [Fact(DisplayName = "Un instantané coupé, abîmé ou d'une autre version ne se lit pas, sans erreur")]
    public void Unreadable()
    {
        var whole = Pack([.. Enumerable.Range(0, 5_000).Select(LineOf)]);
        for (var length = 0; length < whole.Content.Length; length += 1 + (whole.Content.Length / 50))
        {
            Assert.Null(Read(whole with { Content = whole.Content[..length] }));
        }

        Assert.Null(Read(whole with { Content = "{\"r\":1}"u8.ToArray() }));
        Assert.Null(Read(whole with { Format = "autre" }));
    }

    [Fact(DisplayName = "Un numéro lu cent fois n'est gardé qu'une ; la lecture finie, plus rien n'est partagé")]
    public void Shared()
    {
        var read = Read(Pack([.. Enumerable.Range(0, 100).Select(_ => new Line("990000001", "un texte qui n'est ni un code ni un numéro"))]))!;

        Assert.All(read, line => Assert.Same(read[0].Id, line.Id));
        Assert.NotSame(read[0].Text, read[1].Text);
        Assert.Null(SharedText.Current);
    }

    [Fact(DisplayName = "La table des textes partagés a une taille : au-delà, le dernier venu prend la place, et aucun texte n'est faux")]
    public void Bounded()
    {
        var shared = new SharedText();
        var texts = Enumerable.Range(0, SharedText.SlotsMax * 2).Select(n => n.ToString("D9", CultureInfo.InvariantCulture));

        Assert.All(texts, text => Assert.Equal(text, shared.Get(System.Text.Encoding.ASCII.GetBytes(text))));
    }

    [Fact(DisplayName = "Deux textes qui se disputent une place, lus sur deux fils, ne sont jamais pris l'un pour l'autre")]
    public async Task Contended()
    {
        var shared = new SharedText();
        var (first, second) = Rivals(shared);
        using var together = new Barrier(2);

        Task Read(byte[] ascii) => Task.Factory.StartNew(
            () =>
            {
                var text = System.Text.Encoding.ASCII.GetString(ascii);
                together.SignalAndWait();
                for (var n = 0; n < 2_000_000; n++)
                {
                    if (shared.Get(ascii) is var got && got != text)
                    {
                        Assert.Fail($"{got} was given for {text}.");
                    }
                }
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Task.WhenAll(Read(first), Read(second));
    }

    /// <summary>Two texts of one place: the second makes the table forget the first.</summary>
    private static (byte[] First, byte[] Second) Rivals(SharedText shared)
    {
        var first = "990000001"u8.ToArray();
        for (var n = 0; ; n++)
        {
            var (kept, second) = (shared.Get(first), System.Text.Encoding.ASCII.GetBytes(n.ToString("D9", CultureInfo.InvariantCulture)));
            shared.Get(second);
            if (!ReferenceEquals(kept, shared.Get(first)))
            {
                return (first, second);
            }
        }
    }

    private static Line LineOf(int n) => new(n.ToString("D9", CultureInfo.InvariantCulture), n % 7 == 0 ? null : $"é{n}");

    private static Snapshot Pack(IEnumerable<Line> lines)
    {
        using var packed = new PackedWriter();
        foreach (var line in lines)
        {
            packed.Add(Row, line);
        }

        return packed.ToSnapshot(1);
    }

    private static string Kinds(PackedLines block)
    {
        var kinds = new System.Text.StringBuilder();
        while (block.Next() is { } kind)
        {
            kinds.Append(kind);
        }

        return kinds.ToString();
    }

    private static List<Line>? Read(Snapshot snapshot) => PackedReader.TryRead(snapshot, Lines, blocks => blocks.SelectMany(lines => lines).ToList());

    private static List<Line> Lines(PackedLines block)
    {
        var lines = new List<Line>();
        while (block.Next() is { } kind)
        {
            Assert.Equal(Row, kind);
            lines.Add(block.Read<Line>());
        }

        return lines;
    }
}
