using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpom.Runtime;

/// <summary>
/// Gives the same string for the same bytes while a state is read: the number of a site stands in a dozen places of a replica, the id of a pending item in six of its
/// contrat, and a département in thousands. A slot that is taken is overwritten, and threads that read parts of one state share the table as it is: it saves memory, it promises nothing.
/// </summary>
internal sealed class SharedText
{
    /// <summary>Slots: twice the actors of the national registers. The table lives as long as the reading.</summary>
    internal const int SlotsMax = 1 << 19;

    /// <summary>Bytes of a text worth sharing: numbers, codes, ids of items, fingerprints of files.</summary>
    internal const int TextBytesMax = 96;

    [ThreadStatic]
    private static SharedText? _current;

    private readonly string?[] _slots = new string?[SlotsMax];

    /// <summary>Of the reading that this thread takes part in; null where texts are read as they come.</summary>
    public static SharedText? Current { get => _current; set => _current = value; }

    /// <summary>Of plain ASCII, which all of these are.</summary>
    public string Get(ReadOnlySpan<byte> ascii)
    {
        var hash = default(HashCode);
        hash.AddBytes(ascii);
        ref var slot = ref _slots[(uint)hash.ToHashCode() % SlotsMax];
        var known = slot; // Once: another thread may take the place meanwhile.
        return known is not null && Ascii.Equals(ascii, known) ? known : slot = Encoding.UTF8.GetString(ascii);
    }

    /// <summary>Strings of a state, as values and as keys.</summary>
    internal sealed class Json : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TextOf(ref reader);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TextOf(ref reader)!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

        private static string? TextOf(ref Utf8JsonReader reader) =>
            Current is { } shared && reader is { ValueIsEscaped: false, HasValueSequence: false } && reader.ValueSpan.Length is > 0 and <= TextBytesMax && Ascii.IsValid(reader.ValueSpan)
                ? shared.Get(reader.ValueSpan)
                : reader.GetString();
    }
}
