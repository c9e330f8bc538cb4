using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>
/// Folded states as JSON, for snapshots. Nothing else reads it and nothing depends on it for long: its format is the build of the domain, so a
/// new version of the program folds from the log again. The unions of the domain are told apart by the name of their case.
/// </summary>
internal static class StateJson
{
    /// <summary>Names the shape of what this build writes and reads.</summary>
    public static string Format { get; } = typeof(IFact).Module.ModuleVersionId.ToString("N") + typeof(StateJson).Module.ModuleVersionId.ToString("N");

    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IncludeFields = true,
        Converters = { new JsonStringEnumConverter(), new OrdinalSortedJson(), new OrdinalSetJson(), new SharedText.Json() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TellCases, KeepOnlyData } },
    };

    /// <summary>What a snapshot holds, or null where this build cannot read it: a cache that is no use is folded anew, not an error.</summary>
    public static T? TryRead<T>(Snapshot snapshot)
        where T : class
    {
        if (snapshot.Format != Format)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(snapshot.Content.Span, Options);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static void TellCases(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.PolymorphismOptions is not null || info.Type.Assembly != typeof(IFact).Assembly)
        {
            return;
        }

        var cases = info.Type.GetNestedTypes(BindingFlags.Public).Where(t => t.IsSubclassOf(info.Type)).ToList();
        if (cases.Count > 0)
        {
            info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "$case" };
            cases.ForEach(c => info.PolymorphismOptions.DerivedTypes.Add(new(c, c.Name)));
        }
    }

    /// <summary>What a state computes from itself is not written.</summary>
    private static void KeepOnlyData(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            if (property.AttributeProvider is PropertyInfo { CanWrite: false })
            {
                property.ShouldSerialize = static (_, _) => false;
            }
        }
    }

    /// <summary>Sorted dictionaries of strings come back with the comparer that they had.</summary>
    private sealed class OrdinalSortedJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType
            && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>)
            && typeToConvert.GetGenericArguments()[0] == typeof(string);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()[1]))!;

        private sealed class Converter<T> : JsonConverter<ImmutableSortedDictionary<string, T>>
        {
            public override ImmutableSortedDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options)!.ToImmutableSortedDictionary(StringComparer.Ordinal);

            public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, T> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, value.ToDictionary(StringComparer.Ordinal), options);
        }
    }

    private sealed class OrdinalSetJson : JsonConverter<ImmutableSortedSet<string>>
    {
        public override ImmutableSortedSet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<List<string>>(ref reader, options)!.ToImmutableSortedSet(StringComparer.Ordinal);

        public override void Write(Utf8JsonWriter writer, ImmutableSortedSet<string> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<IEnumerable<string>>(writer, value, options);
    }
}
