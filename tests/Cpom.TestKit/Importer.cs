using Cpom.GrpcCompat;
using Cpom.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Cpom.TestKit;

/// <summary>A client of the import service.</summary>
public sealed class Importer : IDisposable
{
    /// <summary>Small, so that a small file too comes in several pieces.</summary>
    private const int ChunkBytes = 4 * 1024;

    private static readonly Metadata Author = new() { { "cpom-author", "agent.75" } };

    private readonly CpomGrpcChannel _channel;

    public Importer(Uri grpc)
    {
        _channel = CpomGrpcChannel.ForAddress(grpc);
        Intake = new(_channel);
        Portfolio = new(_channel);
        Contrats = new(_channel);
        Nodes = new(_channel);
    }

    public IntakeService.IntakeServiceClient Intake { get; }

    public PortfolioService.PortfolioServiceClient Portfolio { get; }

    public ContratsService.ContratsServiceClient Contrats { get; }

    public NodesService.NodesServiceClient Nodes { get; }

    /// <summary>Sends a file and follows its progress until the report.</summary>
    /// <param name="told">Told of each message of the progress.</param>
    /// <exception cref="RpcException">The server has gone, or refuses.</exception>
    public async Task<ImportReport> Import(Delivery delivery, Action<ImportProgress>? told = null, CancellationToken cancellation = default)
    {
        using var call = Intake.ImportFile(Author, cancellationToken: cancellation);
        var sending = SendParts(call.RequestStream, delivery, cancellation);
        ImportReport? report = null;
        while (await call.ResponseStream.MoveNext(cancellation))
        {
            report = call.ResponseStream.Current.Report ?? report;
            if (call.ResponseStream.Current.Progress is { } progress)
            {
                told?.Invoke(progress);
            }
        }

        await sending;
        return report ?? throw new InvalidOperationException($"No report came for {delivery.Name}.");
    }

    /// <summary>Completes when the node has seen a position of the log.</summary>
    public async Task WaitFor(long position, CancellationToken cancellation) =>
        await Portfolio.QueryAsync(new() { PageSize = 1, AsOf = new() { MinLogPosition = position } }, cancellationToken: cancellation);

    /// <summary>The newest position that the node has seen.</summary>
    public async Task<long> Position(CancellationToken cancellation = default) =>
        (await Portfolio.QueryAsync(new() { PageSize = 1 }, cancellationToken: cancellation)).LogPosition;

    public void Dispose() => _channel.Dispose();

    private static async Task SendParts(IClientStreamWriter<ImportFileRequest> requests, Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(delivery.Path);
            var header = new ImportHeader { FileName = delivery.Name, Size = file.Length, Complete = delivery.Complete, Sign = delivery.Sign };
            await requests.WriteAsync(new() { Header = header }, cancellation);
            var buffer = new byte[ChunkBytes];
            for (var count = await file.ReadAsync(buffer, cancellation); count > 0; count = await file.ReadAsync(buffer, cancellation))
            {
                await requests.WriteAsync(new() { Chunk = ByteString.CopyFrom(buffer, 0, count) }, cancellation);
            }

            await requests.CompleteAsync();
        }
        catch (Exception gone) when (gone is RpcException or IOException or InvalidOperationException)
        {
            // The answer stream tells why the server takes no more.
        }
    }
}
