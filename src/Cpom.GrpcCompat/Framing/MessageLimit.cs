using Grpc.Core;

namespace Cpom.GrpcCompat.Framing;

/// <summary>The two limits on one message, in bytes; null is no limit. The sentences are read by machines and people of every language.</summary>
internal static class MessageLimit
{
    public static void CheckReceived(long length, int? lengthMax)
    {
        if (length > (lengthMax ?? int.MaxValue))
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."));
        }
    }

    public static void CheckSent(long length, int? lengthMax)
    {
        if (length > (lengthMax ?? int.MaxValue))
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
        }
    }
}
