using Cpom.GrpcCompat;

namespace Cpom.Test.V1;

/// <summary>The probe's answer may keep its bytes.</summary>
public sealed partial class Answer : IKeptMessage
{
    public byte[]? Encoded { get; init; }
}
