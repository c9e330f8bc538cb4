using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Cpom.Fuzz;

/// <summary>Draws one call: any method, its messages, then now and then something that no client would do to the wire.</summary>
internal sealed class CallMaker(Random random, CallWorld world)
{
    /// <summary>Of a call that is not told to wait: so long that only a call that hangs meets it.</summary>
    private const string Long = "20S";

    /// <summary>Of a stream without end, and of a wait for what does not come.</summary>
    private const string Brief = "40m";

    private const int MutatedPercent = 35;

    public WireCall Make()
    {
        var method = random.Pick(CallWorld.Methods);
        var maker = new MessageMaker(random, world);
        IMessage[] messages = method.IsClientStreaming ? [.. Stream(method, maker)] : [maker.Make(method.InputType)];
        var isBrief = maker.Waits || (method.IsServerStreaming && !method.IsClientStreaming);
        var call = new WireCall(method, messages, [.. messages.SelectMany(WireCall.Frame)])
        {
            Headers = [("grpc-timeout", isBrief ? Brief : Long), ("connect-timeout-ms", isBrief ? "40" : "20000"), ("cpom-author", "fuzz")],
        };
        return random.Chance(MutatedPercent) ? Mutated(call, isBrief) : call;
    }

    /// <summary>A file in order, or messages in any order.</summary>
    private IEnumerable<IMessage> Stream(MethodDescriptor method, MessageMaker maker)
    {
        var (header, chunk) = (method.InputType.FindFieldByName("header"), method.InputType.FindFieldByName("chunk"));
        if (header is null || chunk is null || random.Chance(30))
        {
            return Enumerable.Range(0, random.Next(0, 5)).Select(_ => maker.Make(method.InputType)).ToList();
        }

        var file = random.Pick(world.Files);
        var length = random.Chance(30) ? random.Next(file.Content.Length + 1) : file.Content.Length;
        IMessage first = method.InputType.Parser.ParseFrom(ByteString.Empty);
        header.Accessor.SetValue(first, new V1.ImportHeader { FileName = file.Name, Complete = random.Chance(30), Sign = random.Chance(30), Force = random.Chance(30) });
        return file.Content[..length].Chunk(random.Pick([7_000, 64 * 1024])).Select(bytes =>
        {
            var next = method.InputType.Parser.ParseFrom(ByteString.Empty);
            chunk.Accessor.SetValue(next, ByteString.CopyFrom(bytes));
            return next;
        }).Prepend(first).ToList();
    }

    private WireCall Mutated(WireCall call, bool isBrief) => random.Next(12) switch
    {
        0 => call with { Mutation = "length", Body = Changed(call.Body, 1 + random.Next(4), (byte)random.Next(256)) },
        1 => call with { Mutation = "flags", Body = Changed(call.Body, 0, random.Pick<byte>([1, 2, 128, 255])) },
        2 => call with { Mutation = "truncated", Body = call.Body[..random.Next(call.Body.Length + 1)] },
        3 => call with { Mutation = "bytes", Body = Noise(call.Body) },
        4 => call with { Mutation = "more behind", Body = [.. call.Body, .. Tail()] },
        5 => call with { Mutation = "many empty frames", Body = [.. Enumerable.Repeat(WireCall.Frame([], 0), random.Pick([2, 3_000])).SelectMany(f => f)] },
        6 => call with { Mutation = "byte by byte", Body = call.Body[..Math.Min(call.Body.Length, 2_000)], PieceBytes = random.Pick([1, 2, 5]) },
        7 => call with { Mutation = "content type", ContentType = random.Pick(["application/grpc+json", "application/grpc-web+proto", "application/grpc-web-text", "application/json", "application/proto", "application/connect+proto", "application/connect+json", "text/plain", "application/grpc;x=1", "application/"]) },
        8 => call with { Mutation = "caller leaves", LeavesAfter = random.Next(call.Body.Length + 1) },
        9 => call with { Mutation = "metadata", Headers = [.. call.Headers, .. Metadata()] },
        10 => Compressed(call),
        _ => call with { Mutation = "timeout", Headers = [("grpc-timeout", random.Pick(["0m", "1n", "-1S", isBrief ? "1m" : "99999999H", "999999999S", "soon", "5", "S"]))] },
    };

    private static byte[] Changed(byte[] body, int at, byte value)
    {
        byte[] changed = [.. body];
        if (at < changed.Length)
        {
            changed[at] = value;
        }

        return changed;
    }

    /// <summary>Frames as announced, nonsense in them.</summary>
    private byte[] Noise(byte[] body)
    {
        byte[] changed = [.. body];
        for (var left = random.Next(1, 20); left > 0 && changed.Length > 5; left--)
        {
            changed[random.Next(5, changed.Length)] = (byte)random.Next(256);
        }

        return changed;
    }

    private byte[] Tail() => random.Next(3) switch
    {
        0 => [0],
        1 => WireCall.Frame([], 0),
        _ => [0, 0xFF, 0xFF, 0xFF, 0xFF],
    };

    private (string, string)[] Metadata() => random.Next(5) switch
    {
        0 => [("x-large", new string('a', 20_000))],
        1 => [("x-too-large", new string('a', 200_000))],
        2 => [.. Enumerable.Range(0, 300).Select(n => ($"x-{n}", "a"))],
        3 => [("cpom-author", random.Pick([new string('m', 3_000), " ", "%C3%A9", "a,b"]))],
        _ => [("x-strange-bin", random.Pick(["****", "", "AAA", "====,,"])), ("grpc-accept-encoding", "gzip;q=x,,deflate"), ("grpc-status", "13"), ("grpc-message", "%")],
    };

    private WireCall Compressed(WireCall call)
    {
        var message = call.Messages.Count > 0 ? call.Messages[0].ToByteArray() : [];
        var (what, encoding, body) = random.Next(4) switch
        {
            0 => ("gzip", "gzip", WireCall.Frame(WireCall.Gzip(message), 1)),
            1 => ("gzip, cut", "gzip", WireCall.Frame(WireCall.Gzip([.. message, 0])[..^random.Pick([1, 9])], 1)),
            2 => ("gzip bomb", "gzip", WireCall.Frame(WireCall.Gzip(new byte[64 * 1024 * 1024]), 1)),
            _ => ("unknown encoding", "br", call.Body),
        };
        return call with { Mutation = what, Body = body, Headers = [.. call.Headers, ("grpc-encoding", encoding)] };
    }
}
