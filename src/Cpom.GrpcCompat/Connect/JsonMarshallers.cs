using System.Buffers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

namespace Cpom.GrpcCompat.Server;

/// <summary>
/// Messages as protobuf JSON. Unknown fields are skipped, as they are in binary, so that a newer caller is understood.
/// What an <c>Any</c> may hold is what the mapped services' files declare, and google.rpc's error details.
/// </summary>
internal sealed class JsonMarshallers(ServiceCatalog catalog)
{
    private readonly Lazy<(JsonFormatter Formatter, JsonParser Parser)> _json = new(() =>
    {
        var types = TypeRegistry.FromFiles([.. catalog.Services.Select(s => s.File), ErrorDetailsReflection.Descriptor]);
        return (
            new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(types)),
            new JsonParser(JsonParser.Settings.Default.WithTypeRegistry(types).WithIgnoreUnknownFields(true)));
    });

    public Marshaller<T> Of<T>()
        where T : class
    {
        if (!typeof(IMessage).IsAssignableFrom(typeof(T)))
        {
            throw new NotSupportedException($"{typeof(T)} is not a protobuf message.");
        }

        var descriptor = new Lazy<MessageDescriptor>(() => ((IMessage)Activator.CreateInstance<T>()).Descriptor); // As ServiceCatalog's.
        return Marshallers.Create(
            (T message, SerializationContext context) => Write((IMessage)message, context),
            context => (T)Read(context, descriptor.Value));
    }

    /// <summary>One packed message as JSON, or null when its type is not known here.</summary>
    public string? TryFormat(Google.Protobuf.WellKnownTypes.Any packed)
    {
        try
        {
            return _json.Value.Formatter.Format(packed);
        }
        catch (Exception failure) when (failure is InvalidOperationException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private void Write(IMessage message, SerializationContext context)
    {
        var json = _json.Value.Formatter.Format(message);
        context.SetPayloadLength(Encoding.UTF8.GetByteCount(json));
        Encoding.UTF8.GetBytes(json, context.GetBufferWriter());
        context.Complete();
    }

    private IMessage Read(DeserializationContext context, MessageDescriptor descriptor)
    {
        try
        {
            return _json.Value.Parser.Parse(Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()), descriptor);
        }
        catch (Exception failure) when (failure is InvalidJsonException or InvalidProtocolBufferException)
        {
            // The caller wrote this text by hand or by program: where it is wrong is the most useful thing to say.
            throw new RpcException(new Grpc.Core.Status(StatusCode.InvalidArgument, failure.Message, failure));
        }
    }
}
