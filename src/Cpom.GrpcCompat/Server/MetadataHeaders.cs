using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>Metadata as HTTP headers: text as it is, bytes (keys that end in <c>-bin</c>) in base64 without padding.</summary>
internal static class MetadataHeaders
{
    public static Metadata Read(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(':'))
            {
                continue;
            }

            foreach (var value in values)
            {
                Add(metadata, name, value ?? "");
            }
        }

        return metadata;
    }

    public static void Add(Metadata metadata, string name, string value)
    {
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(name, value);
            return;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (TryDecode(part) is { } bytes)
            {
                metadata.Add(name, bytes);
            }
        }
    }

    public static string ValueOf(Metadata.Entry entry) => entry.IsBinary ? Encode(entry.ValueBytes) : entry.Value;

    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>Null for what is not base64: another's broken header is no reason to refuse its call.</summary>
    private static byte[]? TryDecode(string text)
    {
        var padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
