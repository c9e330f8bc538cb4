using System.Globalization;
using Cpom.Runtime;
using Cpom.Storage;

namespace Cpom.Conformance;

/// <summary>
/// The child that the crash tests kill: several actors append without end through one group appender, and each acknowledged version is printed
/// as "actor version". What was printed must be found again. Its arguments: "sqlite" and a path, or "postgres" and a connection string.
/// </summary>
internal static class CrashWriter
{
    public const int ActorCount = 8;

    public static async Task<int> Run(string[] arguments)
    {
        await using IEventStore store = arguments[0] == "sqlite" ? await SqliteEventStore.Open(arguments[1]) : await PostgresEventStore.Open(arguments[1]);
        await using var appender = new GroupAppender(store);
        await Task.WhenAll(Enumerable.Range(0, ActorCount).Select(n => Write(store, appender, $"crash-{n}")));
        return 0;
    }

    private static async Task Write(IEventStore store, GroupAppender appender, string actor)
    {
        var version = 0L;
        await foreach (var stored in store.ReadActor(actor, 0, CancellationToken.None))
        {
            version = stored.Version;
        }

        while (await appender.Append(EventStoreSuite.Decision(actor, version, "a.1"), CancellationToken.None) is AppendResult.Appended appended)
        {
            version = appended.Version;
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{actor} {version}"));
        }

        throw new InvalidOperationException($"{actor} has one writer, yet it met a conflict at version {version}.");
    }
}
