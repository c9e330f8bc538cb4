using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>Stored names ↔ event types, read once from the <see cref="JsonDerivedTypeAttribute"/> beside each union; payloads as JSON.</summary>
public static class EventCodec
{
    /// <summary>The storage format of payloads: camel case, no nulls, accents as they are, enums by name, only what is data.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Dictionary<Type, string> Names = ActorKinds.All
        .SelectMany(kind => kind.EventType.GetCustomAttributes<JsonDerivedTypeAttribute>())
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    private static readonly Dictionary<string, Type> Types = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static NewEvent Encode(IFact fact) =>
        new(Names[fact.GetType()], JsonSerializer.SerializeToUtf8Bytes(fact, fact.GetType(), Json), fact.ValidOn) { Fact = fact };

    /// <summary>What a stored event is, without the cost of decoding it.</summary>
    /// <exception cref="UnknownEventException">The log was written by a newer version of the program.</exception>
    public static Type TypeOf(StoredEvent stored) => Types.TryGetValue(stored.Name, out var type) ? type : throw new UnknownEventException(stored);

    /// <exception cref="UnknownEventException">The log was written by a newer version of the program.</exception>
    public static IFact Decode(StoredEvent stored) => stored.Fact ?? (IFact)JsonSerializer.Deserialize(stored.Payload.Span, TypeOf(stored), Json)!;

    /// <summary>An event that another process tells of.</summary>
    /// <exception cref="NotSupportedException">A newer version of the program told it.</exception>
    public static IFact Decode(string name, ReadOnlySpan<byte> payload) => Types.TryGetValue(name, out var type)
        ? (IFact)JsonSerializer.Deserialize(payload, type, Json)!
        : throw new NotSupportedException($"The event {name}, which this version does not know.");
}

/// <summary>A reader that skipped a fact would decide wrongly: it stops instead.</summary>
public sealed class UnknownEventException(StoredEvent stored) : Exception(
    $"Event {stored.Position} of {stored.Actor} is named {stored.Name}, which this version does not know. Run the version that wrote it, or a later one.");
