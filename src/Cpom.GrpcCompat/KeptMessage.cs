using Grpc.Core;

namespace Cpom.GrpcCompat;

/// <summary>A message that answers many calls: its binary form is made once. Nothing of it changes after that.</summary>
public interface IKeptMessage
{
    /// <summary>Null where it is written anew each time, as any message is.</summary>
    byte[]? Encoded { get; }
}

/// <summary>Writes what is kept as it is. Of the native host: with the gRPC packages every answer is written anew.</summary>
internal static class KeptMessage
{
    /// <summary>The same marshaller for a type that keeps nothing.</summary>
    public static Marshaller<T> Of<T>(Marshaller<T> plain) => !typeof(IKeptMessage).IsAssignableFrom(typeof(T)) ? plain : Marshallers.Create<T>(
        (message, context) =>
        {
            if (((IKeptMessage)message!).Encoded is { } encoded)
            {
                context.Complete(encoded);
            }
            else
            {
                plain.ContextualSerializer(message, context);
            }
        },
        plain.ContextualDeserializer);
}
