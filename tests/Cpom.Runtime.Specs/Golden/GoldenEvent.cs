using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cpom.Domain;

namespace Cpom.Runtime.Specs.Golden;

/// <summary>One line of a golden file: an event as a release stores it, all columns but its position.</summary>
internal sealed record GoldenEvent(string Name, string Actor, DateOnly ValidOn, DateTimeOffset RecordedAt, string Author, string Cause, string Payload)
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public StoredEvent Stored => new(
        1, Actor, 1, Name, Encoding.UTF8.GetBytes(Payload), ValidOn, CauseCodec.Decode(RecordedAt, Author, Encoding.UTF8.GetBytes(Cause)));

    public static GoldenEvent Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        string Text(string member) => json.RootElement.GetProperty(member).GetString()!;
        return new(
            Text("name"),
            Text("actor"),
            DateOnly.ParseExact(Text("validOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset.ParseExact(Text("recordedAt"), Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Text("author"),
            json.RootElement.GetProperty("cause").GetRawText(),
            json.RootElement.GetProperty("payload").GetRawText());
    }

    public string Line()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", Name);
            writer.WriteString("actor", Actor);
            writer.WriteString("validOn", ValidOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteString("recordedAt", RecordedAt.ToString(Instant, CultureInfo.InvariantCulture));
            writer.WriteString("author", Author);
            writer.WritePropertyName("cause");
            writer.WriteRawValue(Cause);
            writer.WritePropertyName("payload");
            writer.WriteRawValue(Payload);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What today's codecs lose of it, by path; empty when they give back all of it. What they add is no loss.</summary>
    public IEnumerable<string> Losses()
    {
        var read = EventCodec.Decode(Stored);
        var again = EventCodec.Encode(read);
        var dates = read.ValidOn == ValidOn && again.ValidOn == ValidOn ? [] : new[] { "validOn" };
        return dates
            .Concat(Losses("payload", Payload, again.Payload.Span))
            .Concat(Losses("cause", Cause, CauseCodec.Encode(Stored.Provenance)))
            .Concat(Absences.Of(read, "payload"));
    }

    private static List<string> Losses(string path, string before, ReadOnlySpan<byte> after)
    {
        using var expected = JsonDocument.Parse(before);
        using var found = JsonDocument.Parse(after.ToArray());
        return [.. Losses(path, expected.RootElement, found.RootElement)];
    }

    private static IEnumerable<string> Losses(string path, JsonElement expected, JsonElement found) => (expected.ValueKind, found.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject().SelectMany(member =>
            found.TryGetProperty(member.Name, out var value) ? Losses($"{path}.{member.Name}", member.Value, value) : [$"{path}.{member.Name}"]),
        (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() == found.GetArrayLength() =>
            expected.EnumerateArray().Zip(found.EnumerateArray()).SelectMany((pair, i) => Losses($"{path}[{i}]", pair.First, pair.Second)),
        _ => expected.GetRawText() == found.GetRawText() ? [] : [path],
    };
}
