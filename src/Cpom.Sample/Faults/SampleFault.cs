using System.Globalization;

namespace Cpom.Sample;

/// <summary>A way in which a delivery goes wrong.</summary>
public enum SampleFaultKind
{
    /// <summary>The activités file stops in the middle of its compressed bytes.</summary>
    Truncated,

    /// <summary>Three lines of HAPI and two RC that no reader can use: a letter in a FINESS number, an amount that is none, a column too few, no activity.</summary>
    BadLines,

    /// <summary>HAPI in latin-1 (read all the same), and RC in latin-1 under a head that says UTF-8 (refused).</summary>
    Latin1,

    /// <summary>A byte order mark in front of structures, RC and HAPI.</summary>
    Bom,

    /// <summary>RC and HAPI with the line ends of Windows.</summary>
    Crlf,

    /// <summary>An entity with its sites, an RC and a HAPI line that come twice.</summary>
    Duplicates,

    /// <summary>The keys of FINESS+ as they were in March 2026, keys that are gone, keys that nobody knows.</summary>
    SchemaDrift,

    /// <summary>The folder of the day holds the files of the round before, and the other way round.</summary>
    OutOfOrder,
}

/// <summary>A fault on a day that is written; without a day, on the last one.</summary>
public sealed record SampleFault(SampleFaultKind Kind, int? Day = null)
{
    /// <summary>Names on the command line.</summary>
    public static IReadOnlyDictionary<string, SampleFaultKind> Names { get; } = new Dictionary<string, SampleFaultKind>(StringComparer.Ordinal)
    {
        ["truncated"] = SampleFaultKind.Truncated,
        ["bad-lines"] = SampleFaultKind.BadLines,
        ["latin1"] = SampleFaultKind.Latin1,
        ["bom"] = SampleFaultKind.Bom,
        ["crlf"] = SampleFaultKind.Crlf,
        ["duplicates"] = SampleFaultKind.Duplicates,
        ["schema-drift"] = SampleFaultKind.SchemaDrift,
        ["out-of-order"] = SampleFaultKind.OutOfOrder,
    };

    public static string NameOf(SampleFaultKind kind) => Names.First(p => p.Value == kind).Key;

    /// <summary>Reads « truncated » or « truncated@7 »; null for anything else.</summary>
    public static SampleFault? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('@') switch
        {
            [var name] when Names.TryGetValue(name, out var kind) => new SampleFault(kind),
            [var name, var day] when Names.TryGetValue(name, out var kind) && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new SampleFault(kind, number),
            _ => null,
        };
    }
}
