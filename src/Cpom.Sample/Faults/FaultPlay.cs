using System.Text;

namespace Cpom.Sample.Faults;

/// <summary>
/// Breaks the files of one day as they were asked to be broken, and tells the manifest. All but the doubled entity is done
/// to the finished file, as an accident on the way would do it: what is not named stays as it was.
/// </summary>
internal sealed class FaultPlay
{
    // What breaks lines comes before what re-encodes them, and what cuts a file comes last.
    private static readonly IReadOnlyList<SampleFaultKind> Order =
    [
        SampleFaultKind.Duplicates, SampleFaultKind.BadLines, SampleFaultKind.SchemaDrift, SampleFaultKind.Crlf, SampleFaultKind.Latin1, SampleFaultKind.Bom,
        SampleFaultKind.Truncated, SampleFaultKind.OutOfOrder,
    ];

    private readonly RegionModel _region;
    private readonly FaultManifest _manifest;
    private readonly int _day;
    private readonly IReadOnlyList<SampleFaultKind> _kinds;

    public FaultPlay(SampleOptions options, RegionModel region, FaultManifest manifest, int day)
    {
        var last = options.Rounds().Max();
        (_region, _manifest, _day) = (region, manifest, day);
        _kinds = [.. Order.Where(k => options.Faults.Any(f => f.Kind == k && (f.Day ?? last) == day))];
    }

    /// <summary>What must be known while the files are written.</summary>
    public void Before()
    {
        _region.Doublons.Clear();
        if (_kinds.Contains(SampleFaultKind.Duplicates))
        {
            _region.Doublons.Add(_region.Entites.First(e => e.Sites.Any(s => s.Autorisations.Count > 0)));
        }
    }

    /// <param name="files">The files of the day, written.</param>
    /// <param name="before">The folder written before this one, or null.</param>
    public void After(RoundFiles files, string? before)
    {
        foreach (var kind in _kinds)
        {
            switch (kind)
            {
                case SampleFaultKind.Duplicates:
                    Double(files);
                    break;
                case SampleFaultKind.BadLines:
                    SpoilHapi(files.Hapi);
                    SpoilRc(files.Rc);
                    break;
                case SampleFaultKind.SchemaDrift:
                    Drift(files.Structures, KeyDrift.Structures);
                    Drift(files.Activites, KeyDrift.Activites);
                    break;
                case SampleFaultKind.Crlf:
                    Rewrite(kind, [files.Rc, files.Hapi], FaultEffect.Read, "fins de ligne CRLF", text => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));
                    break;
                case SampleFaultKind.Latin1:
                    Rewrite(kind, [files.Hapi], FaultEffect.Read, "latin-1", Encoding.Latin1.GetBytes);
                    Rewrite(kind, [files.Rc], FaultEffect.Refused, "latin-1 sous un en-tête qui annonce UTF-8", Encoding.Latin1.GetBytes);
                    break;
                case SampleFaultKind.Bom:
                    Rewrite(kind, [files.Rc, files.Hapi], FaultEffect.Read, "marque d'ordre des octets", text => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
                    GzipEdit.Prepend(files.Structures, Encoding.UTF8.GetPreamble());
                    Tell(kind, files.Structures, FaultEffect.Read, "marque d'ordre des octets");
                    break;
                case SampleFaultKind.Truncated:
                    Truncate(files.Activites);
                    break;
                default:
                    Swap(files.Directory, before!);
                    break;
            }
        }
    }

    private void Double(RoundFiles files)
    {
        var entite = _region.Doublons[0];
        foreach (var file in new[] { files.Structures, files.Activites })
        {
            Tell(SampleFaultKind.Duplicates, file, FaultEffect.Told, "entité en double", new BrokenPlace("/pmej", "", entite.Finess));
        }

        var hapi = TextFile.Read(files.Hapi);
        hapi.Lines.Add(hapi.Lines[^1]);
        hapi.Write();
        Tell(SampleFaultKind.Duplicates, files.Hapi, FaultEffect.Told, "ligne en double", new BrokenPlace(TextFile.Place(hapi.Lines.Count - 1), "", hapi.Lines[^1]));

        var rc = TextFile.Read(files.Rc);
        var (from, to) = (rc.IndexOf("<activitesoumiseareco>", 0), rc.IndexOf("</activitesoumiseareco>", 0));
        var again = rc.IndexOf("</fluxfiness>", to);
        rc.Lines.InsertRange(again, rc.Lines.GetRange(from, to - from + 1));
        rc.Write();
        Tell(SampleFaultKind.Duplicates, files.Rc, FaultEffect.Told, "RC en double", new BrokenPlace(TextFile.Place(again), "", TextFile.Value(rc.Lines[again + 1])));
    }

    private void SpoilHapi(string path)
    {
        var file = TextFile.Read(path);
        var rows = file.Lines.Count - 1;
        var (letter, amount, shorter) = (1 + rows / 4, 1 + rows / 2, 1 + rows * 3 / 4);
        file.Lines[letter] = file.Lines[letter][..4] + "O" + file.Lines[letter][5..];
        file.Lines[amount] = file.Lines[amount][..(file.Lines[amount].LastIndexOf(';') + 1)] + "douze mille";
        file.Lines[shorter] = file.Lines[shorter][..file.Lines[shorter].LastIndexOf(';')];
        file.Write();
        Tell(
            SampleFaultKind.BadLines,
            path,
            FaultEffect.SetAside,
            "trois lignes fautives",
            new BrokenPlace(TextFile.Place(letter), "D-01", "lettre O dans le numéro FINESS"),
            new BrokenPlace(TextFile.Place(amount), "I-05", "montant en lettres"),
            new BrokenPlace(TextFile.Place(shorter), "I-06", "une colonne de moins"));
    }

    private void SpoilRc(string path)
    {
        var file = TextFile.Read(path);
        var starts = Enumerable.Range(0, file.Lines.Count).Where(i => file.Lines[i].Contains("<activitesoumiseareco>", StringComparison.Ordinal)).ToList();
        var (letter, without) = (starts[starts.Count / 3], starts[starts.Count * 2 / 3]);
        var finess = file.IndexOf("<nofinesset>", letter);
        var value = TextFile.Value(file.Lines[finess]);
        file.Lines[finess] = file.Lines[finess].Replace(value, value[..4] + "O" + value[5..], StringComparison.Ordinal);
        var activite = file.IndexOf("<activite>", without);
        file.Lines[activite] = file.Lines[activite].Replace(TextFile.Value(file.Lines[activite]), "", StringComparison.Ordinal);
        file.Write();
        Tell(
            SampleFaultKind.BadLines,
            path,
            FaultEffect.SetAside,
            "deux RC fautives",
            new BrokenPlace(TextFile.Place(letter), "D-01", "lettre O dans le numéro FINESS"),
            new BrokenPlace(TextFile.Place(without), "R-050", "sans code d'activité"));
    }

    private void Drift(string path, IReadOnlyList<KeyDrift> drifts)
    {
        GzipEdit.Replace(path, drifts);
        Tell(SampleFaultKind.SchemaDrift, path, FaultEffect.Read, "schéma dérivé", [.. drifts.Select(d => new BrokenPlace("", "", d.Meaning))]);
    }

    private void Truncate(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var (whole, kept) = (file.Length, file.Length * 2 / 3);
        file.SetLength(kept);
        Tell(SampleFaultKind.Truncated, path, FaultEffect.Refused, Text.Invariant($"{kept} octets sur {whole}"));
    }

    private void Swap(string directory, string before)
    {
        var aside = directory + "-a-part";
        Directory.Move(directory, aside);
        Directory.Move(before, directory);
        Directory.Move(aside, before);
        foreach (var file in Directory.EnumerateFiles(before).Concat(Directory.EnumerateFiles(directory)).Order(StringComparer.Ordinal))
        {
            Tell(SampleFaultKind.OutOfOrder, file, FaultEffect.Told, "livré dans " + Path.GetFileName(Path.GetDirectoryName(file)));
        }
    }

    private void Rewrite(SampleFaultKind kind, IEnumerable<string> paths, FaultEffect effect, string what, Func<string, byte[]> bytes)
    {
        foreach (var path in paths)
        {
            File.WriteAllBytes(path, bytes(File.ReadAllText(path)));
            Tell(kind, path, effect, what);
        }
    }

    private void Tell(SampleFaultKind kind, string path, FaultEffect effect, string what, params IReadOnlyList<BrokenPlace> places) =>
        _manifest.Add(kind, _day, path, effect, what, places);
}
