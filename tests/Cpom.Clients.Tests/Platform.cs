using System.Globalization;
using System.Text;
using Cpom.GrpcCompat;
using Cpom.Sample;
using Cpom.TestKit;
using Cpom.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Cpom.Clients.Tests;

/// <summary>
/// One server for all clients, with the small fictional region in it and enough contrats for several pages. Its files of the next day are for
/// the clients to import.
/// </summary>
public sealed class Platform : IAsyncLifetime
{
    /// <summary>Contrats beside those of the region, all projects: more than the largest page.</summary>
    public const int Many = 1_100;

    public const string ManyFilter = "numero : MULTI-";

    private const int ChunkBytes = 64 * 1024;

    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _server;

    public ServerProcess Server => _server ?? throw new InvalidOperationException("The server has not started.");

    /// <summary>What grpc-js and Python connect to.</summary>
    public string Address => Server.Grpc.Authority;

    /// <summary>Contrats of the region.</summary>
    public int Contrats { get; private set; }

    public string Stock { get; private set; } = string.Empty;

    public string NextDay { get; private set; } = string.Empty;

    /// <summary>A FileDescriptorSet of cpom/v1 with what it imports.</summary>
    public string Descriptors => _folder.File("cpom.v1.binpb");

    public string File(string name) => _folder.File(name);

    public static string Only(string folder, string pattern) => Assert.Single(Directory.GetFiles(folder, pattern));

    public async Task InitializeAsync()
    {
        var summary = SampleRegion.Write(new() { Directory = _folder.File("region"), Scale = SampleScale.Mini, Days = 1 });
        (Stock, NextDay, Contrats) = (summary.Days[0].Directory, summary.Days[1].Directory, summary.Contrats);
        await WriteDescriptors();
        _server = await ServerProcess.Start(_folder.File("data"));
        await Fill(_server, Stock);
        var many = WriteMany();
        await Import(_server, many, sign: false);
    }

    public Task DisposeAsync()
    {
        _server?.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The stock of the region, with its contrats signed.</summary>
    public static async Task Fill(ServerProcess server, string stock)
    {
        foreach (var pattern in new[] { "finess-structures-*", "finess-activites-*", "finess_cs1600102_*", "MEN_HAPI_*", "contrats.csv", "engagements.csv" })
        {
            await Import(server, Only(stock, pattern), sign: false);
        }

        await Import(server, Only(stock, "contrats.csv"), sign: true);
    }

    private static async Task Import(ServerProcess server, string path, bool sign)
    {
        using var channel = CpomGrpcChannel.ForAddress(server.Grpc);
        using var call = new IntakeService.IntakeServiceClient(channel).UploadFile();
        await call.RequestStream.WriteAsync(new() { Header = new() { FileName = Path.GetFileName(path), Sign = sign } });
        foreach (var chunk in (await System.IO.File.ReadAllBytesAsync(path)).Chunk(ChunkBytes))
        {
            await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(chunk) });
        }

        await call.RequestStream.CompleteAsync();
        var report = (await call.ResponseAsync).Report;
        Assert.True(report.Counts.Quarantined == 0 || !sign, $"{path}: {string.Join('\n', report.Rejected)}");

        // What follows counts rows: the portfolio shows what the file brought.
        var seen = new QueryRequest { PageSize = 1, AsOf = new() { MinLogPosition = report.LogPosition } };
        await new PortfolioService.PortfolioServiceClient(channel).QueryAsync(seen);
    }

    /// <summary>The last contrat of the region many times, under other numbers.</summary>
    private string WriteMany()
    {
        var lines = System.IO.File.ReadAllLines(Only(Stock, "contrats.csv"));
        var columns = lines[^1].Split(';');
        var path = _folder.File("contrats-multi.csv");
        var rows = Enumerable.Range(1, Many).Select(n => string.Join(';', columns.Skip(1).Prepend(string.Create(CultureInfo.InvariantCulture, $"MULTI-{n:0000}"))));
        System.IO.File.WriteAllLines(path, rows.Prepend(lines[0]), new UTF8Encoding(false));
        return path;
    }

    private async Task WriteDescriptors()
    {
        var set = new FileDescriptorSet();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in typeof(CommonReflection).Assembly.GetTypes().Where(type => type.Namespace == typeof(CommonReflection).Namespace && type.Name.EndsWith("Reflection", StringComparison.Ordinal)))
        {
            Add((FileDescriptor)file.GetProperty(nameof(CommonReflection.Descriptor))!.GetValue(null)!);
        }

        await System.IO.File.WriteAllBytesAsync(Descriptors, set.ToByteArray());

        void Add(FileDescriptor file)
        {
            if (written.Add(file.Name))
            {
                file.Dependencies.ToList().ForEach(Add);
                set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
            }
        }
    }
}

[CollectionDefinition(nameof(Platform))]
public sealed class PlatformCollection : ICollectionFixture<Platform>;
