using System.Text;
using Cpom.Domain;
using Cpom.Runtime;
using Xunit;

namespace Cpom.Conformance;

public abstract partial class EventStoreSuite
{
    private static readonly DateOnly Day = new(2026, 1, 1);
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Provenance Provenance = new(Now, "testeur", Cause.Unknown);

    internal static Append Decision(string actor, long version, params string[] names) =>
        new(actor, version, [.. names.Select(name => Event(name, "{}"))], Provenance);

    private static NewEvent Event(string name, string json) => new(name, Encoding.UTF8.GetBytes(json), Day);

    /// <summary>A JSON string that is so many bytes long, quotes included.</summary>
    private static string Json(int bytes) => $"\"{new string('x', bytes - 2)}\"";

    private static void AssertSame(StoredEvent expected, StoredEvent found)
    {
        Assert.Equal(Encoding.UTF8.GetString(expected.Payload.Span), Encoding.UTF8.GetString(found.Payload.Span));
        Assert.Equal(expected with { Payload = default }, found with { Payload = default });
    }

    private async Task<AppendResult> Append(Append decision) => Assert.Single(await Store.Append([decision], default));

    private Task<IReadOnlyList<StoredEvent>> Log() => Store.ReadLog(0, int.MaxValue, default);

    private async Task<List<StoredEvent>> History(string actor, long after = 0)
    {
        var all = new List<StoredEvent>();
        await foreach (var stored in Store.ReadActor(actor, after, default))
        {
            all.Add(stored);
        }

        return all;
    }
}
