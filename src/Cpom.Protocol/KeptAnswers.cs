using Cpom.GrpcCompat;
using Google.Protobuf;

namespace Cpom.V1;

/// <summary>An answer that is given again as long as the view is the newest.</summary>
public interface IKeptAnswer : IKeptMessage
{
    /// <summary>From here on nothing of the message may change.</summary>
    void Keep();
}

public sealed partial class QueryResponse : IKeptAnswer
{
    public byte[]? Encoded { get; private set; }

    public void Keep() => Encoded = this.ToByteArray();
}

public sealed partial class SummarizeResponse : IKeptAnswer
{
    public byte[]? Encoded { get; private set; }

    public void Keep() => Encoded = this.ToByteArray();
}
