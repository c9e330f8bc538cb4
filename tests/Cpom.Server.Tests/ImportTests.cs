using System.Security.Cryptography;
using Cpom.Domain;
using Cpom.Domain.Flux;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Google.Protobuf;
using Grpc.Core;

namespace Cpom.Server.Tests;

public sealed class ImportTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 3 * 1024 * 1024).Select(i => (byte)i)];

    [Fact(DisplayName = "Un fichier en morceaux arrive entier, avec son avancement puis son rapport, et ne reste pas sur le disque")]
    public async Task A_file_in_pieces()
    {
        var importer = new CountingImporter();
        await using var server = await RunningServer.Start(new InMemoryEventStore(), importer);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Content));
        using var call = server.Intake.ImportFile(new Metadata { { "cpom-author", "agent.75" } });
        await Send(call, new() { FileName = "rc_20260301.xml", ExpectedSha256 = sha256, Size = Content.Length, Complete = true }, Content);

        var answers = new List<V1.ImportFileResponse>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            answers.Add(call.ResponseStream.Current);
        }

        Assert.All(answers.SkipLast(1), a => Assert.Equal(V1.ImportFileResponse.AnswerOneofCase.Progress, a.AnswerCase));
        Assert.Contains(answers, a => a.Progress is { Phase: V1.ImportPhase.Recording, LinesRead: 3 });
        var report = answers[^1].Report;
        Assert.Equal((sha256, Content.Length, "2026-03-01", 4), (report.Sha256, report.Counts.Read, report.SnapshotOn, report.WaitingFacts));
        Assert.Equal("Complétez-la.", Assert.Single(report.Rejected).Remedy);
        Assert.Equal(new(true, false, "agent.75"), importer.Options);
        Assert.False(File.Exists(importer.Path));
        Assert.Empty(Directory.EnumerateFiles(server.ReceptionFolder));
    }

    [Fact]
    public async Task A_file_sent_one_way_gets_its_report()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        using var call = server.Intake.UploadFile();
        await call.RequestStream.WriteAsync(new() { Header = new() { FileName = "hapi.csv" } });
        await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFromUtf8("a;b;c") });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(("hapi.csv", 5), ((await call).Report.FileName, (await call).Report.Counts.Read));
    }

    [Theory]
    [InlineData("bad content", "", "f.csv", StatusCode.InvalidArgument, V1.CallProblem.File)]
    [InlineData("content", "0000", "f.csv", StatusCode.InvalidArgument, V1.CallProblem.File)]
    [InlineData("content", "", "../f.csv", StatusCode.InvalidArgument, V1.CallProblem.Argument)]
    [InlineData("content", "", "", StatusCode.InvalidArgument, V1.CallProblem.Argument)]
    public async Task A_file_that_is_not_taken_says_why(string content, string sha256, string name, StatusCode status, V1.CallProblem problem)
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        using var call = server.Intake.ImportFile();
        await Send(call, new() { FileName = name, ExpectedSha256 = sha256 }, System.Text.Encoding.UTF8.GetBytes(content));
        var thrown = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                // Progress may come before the refusal.
            }
        });
        Assert.Equal((status, problem), (thrown.StatusCode, RunningServer.DetailOf<V1.CallProblemDetail>(thrown).Problem));
        Assert.Empty(Directory.EnumerateFiles(server.ReceptionFolder));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        using var call = server.Intake.ImportFile();
        var thrown = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await Send(call, new() { FileName = "f.csv" }, new byte[9 * 1024 * 1024]);
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                // Progress may come before the refusal.
            }
        });
        Assert.Equal(StatusCode.ResourceExhausted, thrown.StatusCode);
    }

    [Fact]
    public async Task A_report_is_read_again_and_its_rejected_lines_are_in_quarantine()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        var day = new DateOnly(2026, 3, 1);
        await server.Send("abc", new FichierCommand.Receive("abc", "rc.xml", "rc-xml", 12, day));
        await server.Send("abc", new FichierCommand.Quarantine(day, [new("ligne 2", "R-050", "RC incomplète.", "Complétez-la.")]));
        await server.Settle(await server.Send("abc", new FichierCommand.Complete(day, new(Read: 2, OutOfScope: 0, Rejected: 1, Warnings: 0))));

        var report = (await server.Intake.GetImportReportAsync(new() { Sha256 = "abc" })).Report;
        Assert.Equal(("rc.xml", "2026-03-01", 1, 1), (report.FileName, report.SnapshotOn, report.Counts.Quarantined, report.Rejected.Count));
        var file = Assert.Single((await server.Intake.ListQuarantineAsync(new())).Entries).File;
        Assert.Equal(("abc", 1), (file.Sha256, file.Lines));
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Intake.GetImportReportAsync(new() { Sha256 = "def" }));
        Assert.Equal(V1.RefusalCode.FichierUnknown, RunningServer.DetailOf<V1.RefusalDetail>(thrown).Code);
    }

    [Fact(DisplayName = "R-004 Le rapport d'un fichier compte et nomme les lignes qui ont attendu en vain")]
    public async Task A_report_tells_what_waited_in_vain()
    {
        await using var server = await RunningServer.Start(new InMemoryEventStore());
        await server.Register();
        var (day, proof) = (new DateOnly(2026, 3, 1), new Cause(Piece: new("rc.xml", "abc", "ligne 2")));
        var rc = new Domain.Acts.Ligne.Rc("930000015", "RC-1", "R4", "01", "02", 8, "Soins palliatifs", null, null);
        await server.Send("abc", new FichierCommand.Receive("abc", "rc.xml", "rc-xml", 12, day));
        await server.Send("930000015", new SiteCommand.StateLignes("930000015", "930000023", Domain.Volet.A2V2, true, day, [new([new(day, rc)], null, proof)], proof));
        await server.Settle(await server.Send("abc", new FichierCommand.Complete(day, new(Read: 1, OutOfScope: 0, Rejected: 0, Warnings: 0))));
        var waiting = (await server.Intake.GetImportReportAsync(new() { Sha256 = "abc" })).Report;
        Assert.Equal((1, 1, 0), (waiting.WaitingFacts, waiting.Counts.Quarantined, waiting.Rejected.Count));

        await server.Settle(await server.Send("930000015", new SiteCommand.Register("930000015", RunningServer.Entite, new("Site", "355", "Paris", "75"), day, null, day)));
        var refused = (await server.Intake.GetImportReportAsync(new() { Sha256 = "abc" })).Report;
        Assert.Equal((0, 1, "ligne 2"), (refused.WaitingFacts, refused.Counts.Quarantined, Assert.Single(refused.Rejected).Place));
    }

    private static async Task Send(
        AsyncDuplexStreamingCall<V1.ImportFileRequest, V1.ImportFileResponse> call, V1.ImportHeader header, byte[] content)
    {
        try
        {
            await call.RequestStream.WriteAsync(new() { Header = header });
            foreach (var chunk in content.Chunk(Spool.ChunkMax))
            {
                await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(chunk) });
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The server has answered before the end: reading says what.
        }
    }
}
