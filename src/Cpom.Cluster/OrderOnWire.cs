using Cpom.Domain;
using Cpom.Runtime;

namespace Cpom.Cluster;

/// <summary>
/// A command between two processes, which may be of two releases. Numbers of members are for ever; what is added later is optional to who reads it.
/// </summary>
[GenerateSerializer]
[Alias("cpom.order")]
internal struct OrderOnWire
{
    [Id(0)]
    public string Command;

    [Id(1)]
    public byte[] Content;

    /// <summary>The version of an <see cref="IfVersion"/>.</summary>
    [Id(2)]
    public long? Version;

    [Id(3)]
    public DateTimeOffset RecordedAt;

    [Id(4)]
    public string Author;

    /// <summary>As it is stored, with the trace that is being followed.</summary>
    [Id(5)]
    public byte[] Cause;
}

/// <summary>How Orleans takes an order apart for a message and puts it together again.</summary>
[RegisterConverter]
internal sealed class OrderConverter : IConverter<Order, OrderOnWire>
{
    public OrderOnWire ConvertToSurrogate(in Order value)
    {
        var guarded = value.Command as IfVersion;
        var (name, content) = CommandCodec.Encode(guarded?.Command ?? value.Command);
        return new()
        {
            Command = name,
            Content = content,
            Version = guarded?.Version,
            RecordedAt = value.Provenance.RecordedAt,
            Author = value.Provenance.Author,
            Cause = CauseCodec.Encode(value.Provenance),
        };
    }

    public Order ConvertFromSurrogate(in OrderOnWire surrogate)
    {
        var command = CommandCodec.Decode(surrogate.Command, surrogate.Content);
        return new(
            surrogate.Version is { } version ? new IfVersion(command, version) : command,
            CauseCodec.Decode(surrogate.RecordedAt, surrogate.Author, surrogate.Cause));
    }
}
