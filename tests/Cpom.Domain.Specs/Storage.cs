using System.Text;
using Cpom.Runtime;

namespace Cpom.Domain.Specs;

/// <summary>Events as the log keeps them, by the runtime's own codec.</summary>
internal static class Storage
{
    private static readonly Provenance Someone = new(DateTimeOffset.UnixEpoch, "spec", Cause.Unknown);

    public static TEvent RoundTrip<TEvent>(TEvent recorded)
        where TEvent : class, IFact
    {
        var encoded = EventCodec.Encode(recorded);
        return (TEvent)EventCodec.Decode(new(1, "spec-1", 1, encoded.Name, encoded.Payload, encoded.ValidOn, Someone));
    }

    /// <summary>"name payload".</summary>
    public static string Write(IFact recorded)
    {
        var encoded = EventCodec.Encode(recorded);
        return $"{encoded.Name} {Encoding.UTF8.GetString(encoded.Payload.Span)}";
    }
}
