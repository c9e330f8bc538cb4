using System.Text.Json;

namespace Cpom.Runtime;

/// <summary>
/// Commands between two processes: "category/Case" and JSON in the storage format of payloads, which some commands are part of. Nothing of it is stored,
/// but a process of the release before may be the one that reads it: cases and members are added, not renamed.
/// </summary>
public static class CommandCodec
{
    private static readonly Dictionary<Type, string> Names = ActorKinds.All
        .SelectMany(kind => CasesOf(kind.CommandType), (kind, type) => (Type: type, Name: $"{kind.Category}/{type.Name}"))
        .ToDictionary(c => c.Type, c => c.Name);

    private static readonly Dictionary<string, Type> Types = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    /// <summary>The names of all commands that this version knows.</summary>
    public static IReadOnlyCollection<string> Known => Types.Keys;

    public static (string Name, byte[] Content) Encode(object command) =>
        (Names[command.GetType()], JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), EventCodec.Json));

    /// <exception cref="NotSupportedException">A newer version of the program has sent it.</exception>
    public static object Decode(string name, ReadOnlySpan<byte> content) => Types.TryGetValue(name, out var type)
        ? JsonSerializer.Deserialize(content, type, EventCodec.Json)!
        : throw new NotSupportedException($"The command {name}, which this version does not know. Upgrade the silos before the gateways.");

    private static IEnumerable<Type> CasesOf(Type union) => union.Assembly.GetTypes().Where(type => type.IsSubclassOf(union) && !type.IsAbstract);
}
