using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Cpom.Fuzz;

/// <summary>One call as it goes over the wire.</summary>
internal sealed record WireCall(MethodDescriptor Method, IReadOnlyList<IMessage> Messages, byte[] Body)
{
    public string ContentType { get; init; } = "application/grpc";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What is wrong with the wire; null for a call that any generated client could make.</summary>
    public string? Mutation { get; init; }

    /// <summary>Bytes written at a time; 0 for all at once.</summary>
    public int PieceBytes { get; init; }

    /// <summary>The caller goes away after these bytes.</summary>
    public int? LeavesAfter { get; init; }

    public string Path => $"/{Method.Service.FullName}/{Method.Name}";

    public bool IsOurs => Method.Service.File.Package == "cpom.v1";

    /// <summary>A command that may be sent again: by the protocol, those that have a request_id.</summary>
    public bool IsCommand => Messages is [var request] && !Method.IsClientStreaming && Method.InputType.FindFieldByName("request_id") is { } id && id.Accessor.GetValue(request) is string { Length: > 0 };

    public static byte[] Frame(IMessage message) => Frame(message.ToByteArray(), 0);

    public static byte[] Frame(byte[] message, byte flags)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
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

    /// <exception cref="HttpRequestException">The transport gave no answer that can be read.</exception>
    public async Task<CallAnswer> Send(HttpClient client)
    {
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new Pieces(this, leaving),
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, leaving.Token);
        var body = await response.Content.ReadAsByteArrayAsync(leaving.Token);
        return CallAnswer.Read(response, body);
    }

    public override string ToString()
    {
        var said = string.Join('\n', Messages.Select(m => m.ToString()));
        return $"{Method.FullName} [{Mutation ?? "as it should be"}] {ContentType} {string.Join(", ", Headers.Select(h => $"{h.Name}: {Short(h.Value)}"))}\n{Short(said)}";
    }

    public static string Short(string text) => text.Length > 1_500 ? $"{text[..1_500]}… ({text.Length})" : text;

    /// <summary>The body in its pieces, each on its way before the next; cut where the caller leaves.</summary>
    private sealed class Pieces : HttpContent
    {
        private readonly WireCall _call;
        private readonly CancellationTokenSource _leaving;

        public Pieces(WireCall call, CancellationTokenSource leaving)
        {
            (_call, _leaving) = (call, leaving);
            Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var length = _call.LeavesAfter ?? _call.Body.Length;
            var piece = _call.PieceBytes > 0 ? _call.PieceBytes : Math.Max(1, length);
            for (var at = 0; at < length; at += piece)
            {
                await stream.WriteAsync(_call.Body.AsMemory(at, Math.Min(piece, length - at)));
                await stream.FlushAsync();
            }

            if (_call.LeavesAfter is not null)
            {
                await _leaving.CancelAsync();
                _leaving.Token.ThrowIfCancellationRequested();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
