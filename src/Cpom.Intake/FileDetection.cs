using System.Text;
using System.Text.Unicode;
using System.Xml;
using Cpom.Intake.Csv;
using Cpom.Intake.Xml;

namespace Cpom.Intake;

/// <summary>Recognises a file by its first bytes; its name only settles what the bytes leave open. Pure.</summary>
internal abstract record FileDetection
{
    private FileDetection() { }

    public sealed record Found(FileKind Kind, char? Separator) : FileDetection;

    public sealed record Unknown(FileRefusal Refusal) : FileDetection;

    private static readonly char[] Separators = [';', '|', ',', '\t'];

    /// <summary>Other fluxes of the same family, so that a refusal can say what it saw.</summary>
    private static readonly (string Record, string Convention, string Name)[] OtherFluxes =
    [
        ("activiteoffresoin", "cs1400103", "des activités de soins"),
        ("equipmateriellourd", "cs1400104", "des équipements matériels lourds"),
        ("autreactivite", "cs1600101", "des autres activités"),
        ("structureet", "cs1400102", "des établissements"),
    ];

    public static FileDetection Detect(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
        {
            return Refuse("Le fichier est vide.");
        }
        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return Refuse("Le fichier est une archive zip (ou un classeur Excel).");
        }
        if (head.StartsWith(Encoding.Unicode.Preamble) || head.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return Refuse("Le fichier est écrit en UTF-16 : l'enregistrer en UTF-8.");
        }
        var text = TextOf(head);
        var start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return (start.Length == 0 ? '\0' : start[0]) switch
        {
            '{' or '[' => DetectJson(start, name),
            '<' => DetectXml(head, name),
            _ => DetectCsv(start),
        };
    }

    /// <summary>The head may end inside a character, hence the three bytes of grace.</summary>
    private static string TextOf(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut <= 3 && cut < head.Length; cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
            {
                return Encoding.UTF8.GetString(head[..^cut]);
            }
        }
        return ContentCheck.Windows1252.GetString(head);
    }

    private static FileDetection DetectJson(string head, string name)
    {
        if (Has(head, "\"activitesAutorisees\"") || Has(head, "\"activitesExercees\""))
        {
            return new Found(FileKind.FinessActivites, null);
        }
        if (Has(head, "\"informationsGeneralesPMEJ\"") || Has(head, "\"gcc\"") || Has(head, "\"gco\""))
        {
            return new Found(FileKind.FinessStructures, null);
        }
        if (!Has(head, "\"pmej\""))
        {
            return Refuse("Le fichier est du JSON, mais pas un fichier FINESS+ : ni « pmej », ni « gcc », ni « activitesExercees ».");
        }
        return Has(name, "activites") ? new Found(FileKind.FinessActivites, null)
            : Has(name, "structures") ? new Found(FileKind.FinessStructures, null)
            : Refuse("Le fichier JSON a une liste « pmej » sans structures ni activités.");
    }

    /// <summary>Several fluxes begin with <c>structureej</c> records before their own: the later records, or the name, tell them apart.</summary>
    private static FileDetection DetectXml(ReadOnlySpan<byte> head, string name)
    {
        var (root, records) = Elements(head.ToArray());
        if (records.Contains("activitesoumiseareco") || records.Contains("avenant") || Has(name, "cs1600102"))
        {
            return root == "fluxfiness" ? new Found(FileKind.RcXml, null) : Refuse($"Le fichier est du XML de racine « {root ?? "illisible"} ».");
        }
        if (OtherFluxes.FirstOrDefault(flux => records.Contains(flux.Record) || Has(name, flux.Convention)) is { Record: not null } other)
        {
            return Refuse($"Le fichier est le flux XML {other.Name} ({other.Convention}), qui n'est pas lu.");
        }
        return records.Contains("structureej") || (root == "fluxfiness" && Has(name, "cs1400101"))
            ? new Found(FileKind.EjXml, null)
            : Refuse($"Le fichier est du XML de racine « {root ?? "illisible"} », sans enregistrement reconnu.");
    }

    /// <summary>The root, and the names of its children as far as the head goes.</summary>
    private static (string? Root, HashSet<string> Records) Elements(byte[] head)
    {
        string? root = null;
        HashSet<string> records = [];
        try
        {
            using var reader = XmlRecords.CreateReader(new MemoryStream(head));
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, Depth: 0 })
                {
                    root = reader.LocalName;
                }
                else if (reader is { NodeType: XmlNodeType.Element, Depth: 1 })
                {
                    records.Add(reader.LocalName);
                }
            }
        }
        catch (XmlException)
        {
            // The head is cut in the middle of an element, or the file is broken: the first pass over the whole file will tell.
        }
        return (root, records);
    }

    private static FileDetection DetectCsv(string head)
    {
        var header = head.Split('\n', 2)[0].TrimEnd('\r');
        if (header.StartsWith("finess;etalab;", StringComparison.Ordinal))
        {
            return Refuse("Le fichier est une extraction etalab de FINESS, figée depuis le 12 mai 2026 : envoyer les fichiers FINESS+ à sa place.");
        }
        var separator = Separators.MaxBy(mark => header.Count(c => c == mark));
        var columns = CsvTable.Columns(CsvFields.Split(header, separator, isQuoting: true) ?? []);
        var nearest = CsvLayout.All.MaxBy(layout => (double)layout.Compulsory.Count(columns.ContainsKey) / layout.Compulsory.Length)!;
        string[] missing = [.. nearest.Compulsory.Where(column => !columns.ContainsKey(column))];
        if (missing.Length == 0)
        {
            return new Found(nearest.Kind, separator);
        }
        return missing.Length * 2 <= nearest.Compulsory.Length
            ? Refuse($"Le fichier ressemble à « {FileKinds.NameOf(nearest.Kind)} », mais il lui manque : {string.Join(", ", missing)}.")
            : Refuse("Le fichier n'est ni du JSON, ni du XML, ni un CSV dont l'en-tête est connu.");
    }

    private static Unknown Refuse(string problem) => new(new FileRefusal(IntakeRules.KnownKind, problem, FileKinds.Accepted));

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
