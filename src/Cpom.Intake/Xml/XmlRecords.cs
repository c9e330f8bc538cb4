using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace Cpom.Intake.Xml;

/// <summary>One record of a flux: a child of the root, with its values by element name.</summary>
/// <param name="Nested">Elements inside it that have elements themselves.</param>
/// <param name="Problem">French, when a limit was passed.</param>
internal sealed record XmlRecord(string Name, int Line, Dictionary<string, string> Fields, List<XmlRecord> Nested)
{
    public string? Problem { get; set; }

    public string Place => $"ligne {Line}";

    /// <summary>Null when the element is missing, nil or blank.</summary>
    public string? this[string name] => Fields.GetValueOrDefault(name);
}

/// <summary>Streams the records of a FINESS flux. One record is in memory at a time.</summary>
internal static class XmlRecords
{
    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        // A document type could name other files or expand without end; the flux has none.
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = IntakeLimits.ContentBytesMax,
        CloseInput = false,
    };

    static XmlRecords() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static XmlReader CreateReader(Stream content) => XmlReader.Create(content, Settings);

    /// <summary>Records named <paramref name="name"/>, children of the root, in the order of the file.</summary>
    public static async IAsyncEnumerable<XmlRecord> Read(
        ValidFile file,
        string name,
        IProgress<long>? progress,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var content = file.OpenContent(progress);
        using var reader = CreateReader(content);
        while (await reader.ReadAsync())
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader is { Depth: 1, NodeType: XmlNodeType.Element } && reader.LocalName == name)
            {
                yield return await ReadRecord(reader);
            }
        }
    }

    /// <summary>From the start tag of a record to its end tag. The nesting was bounded by the first pass.</summary>
    private static async Task<XmlRecord> ReadRecord(XmlReader reader)
    {
        var record = new XmlRecord(reader.LocalName, ((IXmlLineInfo)reader).LineNumber, [], []);
        if (reader.IsEmptyElement)
        {
            return record;
        }
        while (await reader.ReadAsync() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                await ReadField(reader, record);
            }
        }
        return record;
    }

    /// <summary>A child of a record: a text, or a record itself when it has elements.</summary>
    private static async Task ReadField(XmlReader reader, XmlRecord record)
    {
        var name = reader.LocalName;
        var line = ((IXmlLineInfo)reader).LineNumber;
        if (reader.IsEmptyElement)
        {
            return;
        }
        var text = new StringBuilder();
        var nested = new XmlRecord(name, line, [], []);
        while (await reader.ReadAsync() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                await ReadField(reader, nested);
            }
            else if (text.Length <= IntakeLimits.FieldCharsMax)
            {
                await ReadText(reader, text);
            }
        }
        Keep(record, nested, text.ToString());
    }

    private static async Task ReadText(XmlReader reader, StringBuilder text)
    {
        var chunk = new char[4096];
        int count;
        while (text.Length <= IntakeLimits.FieldCharsMax && (count = await reader.ReadValueChunkAsync(chunk, 0, chunk.Length)) > 0)
        {
            text.Append(chunk, 0, count);
        }
    }

    private static void Keep(XmlRecord record, XmlRecord nested, string text)
    {
        record.Problem ??= nested.Problem;
        if (text.Length > IntakeLimits.FieldCharsMax)
        {
            record.Problem = $"La valeur de « {nested.Name} » dépasse {IntakeLimits.FieldCharsMax} caractères.";
        }
        else if (record.Fields.Count + record.Nested.Count >= IntakeLimits.XmlFieldsMax)
        {
            record.Problem = $"L'élément « {record.Name} » contient plus de {IntakeLimits.XmlFieldsMax} éléments.";
        }
        else if (nested.Fields.Count > 0)
        {
            record.Nested.Add(nested);
        }
        else if (Values.Blank(text) is { } value)
        {
            record.Fields[nested.Name] = value;
        }
    }
}
