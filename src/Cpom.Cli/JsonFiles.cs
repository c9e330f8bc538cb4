using Google.Protobuf;

namespace Cpom.Cli;

/// <summary>Messages of the protocol, written by hand or by a tool, in protobuf's own JSON.</summary>
internal static class JsonFiles
{
    /// <exception cref="CliException">The file is not such a message.</exception>
    public static async Task<TMessage> Read<TMessage>(FileInfo file, CancellationToken cancellation)
        where TMessage : IMessage, new() => Parse<TMessage>(await File.ReadAllTextAsync(file.FullName, cancellation), file.Name);

    public static TMessage Parse<TMessage>(string json, string fileName)
        where TMessage : IMessage, new()
    {
        try
        {
            return JsonParser.Default.Parse<TMessage>(json);
        }
        catch (Exception failure) when (failure is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new CliException($"{fileName} n'est pas un {new TMessage().Descriptor.Name} en JSON : {failure.Message}");
        }
    }
}
