using System.Buffers.Binary;
using System.Net.Sockets;

namespace Cpom.Server.Tests;

/// <summary>An HTTP/2 connection without calls, that says when the server sends GOAWAY on it.</summary>
internal sealed class BareConnection : IDisposable
{
    private const int FrameHeaderBytes = 9;
    private const int GoAwayType = 7;

    private readonly TcpClient _client;

    private BareConnection(TcpClient client) => (_client, GoAway) = (client, ReadUntilGoAway(client.GetStream()));

    public Task GoAway { get; }

    public static async Task<BareConnection> Open(Uri server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        byte[] prefaceAndEmptySettings = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];
        await client.GetStream().WriteAsync(prefaceAndEmptySettings);
        return new(client);
    }

    public void Dispose() => _client.Dispose();

    private static async Task ReadUntilGoAway(NetworkStream stream)
    {
        var header = new byte[FrameHeaderBytes];
        do
        {
            await stream.ReadExactlyAsync(header);
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(header) >> 8]);
        }
        while (header[3] != GoAwayType);
    }
}
