using System.Security.Cryptography;
using Google.Protobuf;

namespace Cpom.Cli.Import;

/// <summary>Sends one file in pieces while the server tells how far it is.</summary>
internal static class Uploader
{
    /// <summary>Bytes of one piece; the server takes up to 1 MiB.</summary>
    private const int ChunkBytes = 256 * 1024;

    /// <exception cref="RpcException">The server refuses the file whole, or cannot be reached.</exception>
    public static async Task<ImportReport> Upload(Remote remote, ImportTask task, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        using var sendingEnd = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var file = Open(task.File.Path);
        var header = new ImportHeader
        {
            FileName = task.File.Name,
            ExpectedSha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)),
            Size = file.Length,
            Complete = task.Complete,
            Sign = task.Sign,
            Force = task.Force,
        };
        file.Position = 0;
        using var call = remote.Intake.ImportFile(cancellationToken: cancellation);
        var sending = Send(call.RequestStream, header, file, sendingEnd.Token);
        try
        {
            return await Receive(call.ResponseStream, progress, cancellation);
        }
        finally
        {
            // The answer has come or never will. What the sender says of its broken pipe, the reader has said better.
            await sendingEnd.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task Send(IClientStreamWriter<ImportFileRequest> requests, ImportHeader header, FileStream file, CancellationToken cancellation)
    {
        await requests.WriteAsync(new ImportFileRequest { Header = header }, cancellation);
        var buffer = new byte[ChunkBytes];
        for (int read; (read = await file.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellation)) > 0;)
        {
            await requests.WriteAsync(new ImportFileRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) }, cancellation);
        }

        await requests.CompleteAsync();
    }

    private static async Task<ImportReport> Receive(IAsyncStreamReader<ImportFileResponse> answers, IProgress<ImportProgress> progress, CancellationToken cancellation)
    {
        while (await answers.MoveNext(cancellation))
        {
            switch (answers.Current.AnswerCase)
            {
                case ImportFileResponse.AnswerOneofCase.Progress:
                    progress.Report(answers.Current.Progress);
                    break;
                case ImportFileResponse.AnswerOneofCase.Report:
                    return answers.Current.Report;
            }
        }

        throw new CliException("Le serveur a terminé l'import sans en rendre compte.");
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
}
