using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Cpom.GrpcCompat.Tests;

/// <summary>An answer as it was on the wire.</summary>
public sealed record RawAnswer(HttpStatusCode Http, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body, HttpResponseHeaders Trailers)
{
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    public string? Trailer(string name) => Trailers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>Requests byte by byte, without any client that could hide what the server sends.</summary>
public static class Raw
{
    public const string Echo = "/cpom.test.v1.Probe/Echo";
    public const string Count = "/cpom.test.v1.Probe/Count";

    public static Task<RawAnswer> Post(Uri server, string path, string contentType, byte[] body, params (string Name, string Value)[] headers) =>
        Send(HttpVersion.Version20, HttpMethod.Post, new Uri(server, path), contentType, body, headers);

    public static Task<RawAnswer> PostHttp1(Uri server, string path, string contentType, byte[] body, params (string Name, string Value)[] headers) =>
        Send(HttpVersion.Version11, HttpMethod.Post, new Uri(server, path), contentType, body, headers);

    public static async Task<RawAnswer> Send(
        Version version, HttpMethod method, Uri uri, string contentType, byte[] body, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(method, uri) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new RawAnswer(response.StatusCode, response.Headers, response.Content.Headers, bytes, response.TrailingHeaders);
    }

    public static Task<RawAnswer> Grpc(ProbeHost host, string path, byte[] body, params (string Name, string Value)[] headers) =>
        Post(host.Http2, path, "application/grpc", body, [("te", "trailers"), .. headers]);

    /// <summary>A message in its frame.</summary>
    public static byte[] Frame(IMessage message, byte flags = 0) => Frame(message.ToByteArray(), flags);

    public static byte[] Frame(byte[] message, byte flags = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public static List<(byte Flags, byte[] Body)> Frames(byte[] body)
    {
        var frames = new List<(byte, byte[])>();
        for (var at = 0; at < body.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 1));
            frames.Add((body[at], body.AsSpan(at + 5, length).ToArray()));
            at += 5 + length;
        }

        return frames;
    }

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    public static byte[] Gunzip(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
