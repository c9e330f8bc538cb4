using Cpom.Domain;
using Cpom.Domain.Flux;
using Cpom.Runtime;
using Cpom.Runtime.Intake;
using Cpom.Runtime.Projections;
using Google.Protobuf;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See intake.proto. A file is spooled to disk, then given to the importer.</summary>
internal sealed class IntakeService(Gateway gateway, Spool spool, IFileImporter importer, ActSubmission submission) : V1.IntakeService.IntakeServiceBase
{
    private const int FileNameLengthMax = 255;

    public override async Task ImportFile(
        IAsyncStreamReader<V1.ImportFileRequest> requestStream, IServerStreamWriter<V1.ImportFileResponse> responseStream, ServerCallContext context)
    {
        var telling = new ImportTelling(gateway.Node.Time);
        var pump = telling.Pump(
            progress => responseStream.WriteAsync(new() { Progress = progress }, context.CancellationToken), context.CancellationToken);
        V1.ImportReport report;
        try
        {
            report = await Import(Parts(requestStream, m => (m.Header, m.Chunk), context), telling, context);
        }
        finally
        {
            telling.End();
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // A caller who has gone is the import's own end.
        }

        await responseStream.WriteAsync(new() { Report = report }, context.CancellationToken);
    }

    public override async Task<V1.UploadFileResponse> UploadFile(IAsyncStreamReader<V1.UploadFileRequest> requestStream, ServerCallContext context) =>
        new() { Report = await Import(Parts(requestStream, m => (m.Header, m.Chunk), context), new(gateway.Node.Time), context) };

    public override Task<V1.SubmitActsResponse> SubmitActs(V1.SubmitActsRequest request, ServerCallContext context) => submission.Submit(request, context);

    public override async Task<V1.ListQuarantineResponse> ListQuarantine(V1.ListQuarantineRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var entries = MappingIntake.Quarantine(read.View).ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListQuarantineRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(entries, e => e.Key, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListQuarantineResponse { NextPageToken = next, TotalSize = entries.Count, LogPosition = read.View.Position };
        response.Entries.AddRange(page.Select(e => e.Entry));
        return response;
    }

    public override async Task<V1.GetImportReportResponse> GetImportReport(V1.GetImportReportRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var report = new V1.ImportReport { Sha256 = request.Sha256 };
        await foreach (var stored in gateway.Node.Store.ReadActor($"{Fichier.Category}-{request.Sha256}", 0, context.CancellationToken))
        {
            if (!read.Knows(stored))
            {
                break;
            }

            Apply(report, stored, read.View.Fichiers.GetValueOrDefault(request.Sha256));
        }

        return report.LogPosition > 0 ? new() { Report = report, LogPosition = read.View.Position } : throw Errors.Of(Refuse.FichierUnknown());
    }

    private async Task<V1.ImportReport> Import(IAsyncEnumerable<(V1.ImportHeader? Header, ByteString Chunk)> parts, ImportTelling telling, ServerCallContext context)
    {
        await using var incoming = spool.Take();
        var header = await Receive(parts, incoming, telling, context);
        var options = new ImportOptions(header.Complete, header.Sign, Gateway.AuthorOf(context)) { Force = header.Force };
        var report = await importer.Import(incoming.Path, header.FileName, options, telling, context.CancellationToken);
        ImportMetrics.Ended(report);
        return report.Refused is { } refused
            ? throw Errors.File($"{refused.Place} : {refused.Problem} {refused.Remedy}")
            : MappingIntake.ToProto(report, header.FileName, gateway.Node.Time.GetUtcNow());
    }

    private static async Task<V1.ImportHeader> Receive(
        IAsyncEnumerable<(V1.ImportHeader? Header, ByteString Chunk)> parts, Spool.Incoming incoming, ImportTelling telling, ServerCallContext context)
    {
        V1.ImportHeader? header = null;
        await foreach (var (announced, chunk) in parts)
        {
            if (header is null)
            {
                header = Check(announced);
                continue;
            }

            if (announced is not null)
            {
                throw Errors.Argument("header", "L'en-tête vient une fois, en premier.");
            }

            await incoming.Write(chunk, context.CancellationToken);
            telling.Received(incoming.Length, header.Size);
        }

        var sha256 = await incoming.Close();
        return Check(header) is { ExpectedSha256.Length: > 0 } expecting && expecting.ExpectedSha256 != sha256
            ? throw Errors.File($"Le contenu reçu a pour sha-256 {sha256}, pas {expecting.ExpectedSha256} : renvoyez le fichier.")
            : header!;
    }

    private static V1.ImportHeader Check(V1.ImportHeader? header)
    {
        if (header is null)
        {
            throw Errors.Argument("header", "Commencez par l'en-tête.");
        }

        return header.FileName.Length is > 0 and <= FileNameLengthMax && Path.GetFileName(header.FileName) == header.FileName
            ? header
            : throw Errors.Argument("header.file_name", $"Donnez le nom du fichier, sans dossier, en {FileNameLengthMax} signes au plus.");
    }

    private static async IAsyncEnumerable<(V1.ImportHeader? Header, ByteString Chunk)> Parts<T>(
        IAsyncStreamReader<T> requests, Func<T, (V1.ImportHeader?, ByteString)> partOf, ServerCallContext context)
    {
        while (await requests.MoveNext(context.CancellationToken))
        {
            yield return partOf(requests.Current);
        }
    }

    private static void Apply(V1.ImportReport report, StoredEvent stored, FichierRow? row)
    {
        report.LogPosition = stored.Position;
        switch (EventCodec.Decode(stored))
        {
            case FichierEvent.FichierReceived e:
                (report.FileName, report.Kind, report.SnapshotOn) = (e.Name, e.Kind, Text.Day(e.ValidOn));
                report.ReceivedAt = MappingCommon.ToProto(stored.Provenance.RecordedAt);
                break;
            case FichierEvent.LignesQuarantined e:
                report.Rejected.AddRange(e.Lignes.Take(ImportReport.RejectedMax - report.Rejected.Count).Select(MappingIntake.ToProto));
                break;
            case FichierEvent.FichierIntegrated e:
                report.Counts = MappingIntake.ToProto(e.Counts, row);
                report.WaitingFacts = row?.Held ?? 0;
                break;
        }
    }
}
