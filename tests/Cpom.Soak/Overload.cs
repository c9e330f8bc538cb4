using Cpom.Server;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>More at once than the server takes: it must answer busy, not grow.</summary>
internal static class Overload
{
    /// <summary>Several times what one actor's mailbox holds.</summary>
    private const int Commands = 2_000;

    private const int UploadsTooMany = 8;

    /// <returns>How many uploads and commands were answered busy, or what is wrong.</returns>
    public static async Task<(int Uploads, int Commands, string? Finding)> Try(Connection connection, CancellationToken cancellation)
    {
        var uploads = await BusyUploads(connection, new ServerOptions().UploadsMax + UploadsTooMany, cancellation);
        var commands = await BusyCommands(connection, cancellation);
        return (uploads, commands, uploads == UploadsTooMany ? null : $"Of {new ServerOptions().UploadsMax + UploadsTooMany} uploads at once {uploads} were answered busy, not {UploadsTooMany}.");
    }

    /// <summary>Uploads that send their header and then nothing: those that were taken stay until the others are answered.</summary>
    private static async Task<int> BusyUploads(Connection connection, int count, CancellationToken cancellation)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(SoakLimits.StepMax);
        var calls = Enumerable.Range(0, count).Select(_ => connection.Intake.UploadFile(cancellationToken: within.Token)).ToList();
        var answers = calls.Select(async call =>
        {
            try
            {
                await call.RequestStream.WriteAsync(new() { Header = new() { FileName = "attente.csv" } }, within.Token);
                await call;
                return false;
            }
            catch (Exception busy) when (busy is RpcException { StatusCode: StatusCode.Unavailable } or InvalidOperationException)
            {
                return true;
            }
            catch (Exception) when (within.IsCancellationRequested)
            {
                return false;
            }
        }).ToList();
        while (answers.Where(answer => !answer.IsCompleted).ToList() is var waiting && answers.Count - waiting.Count < UploadsTooMany)
        {
            await Task.WhenAny(waiting); // Past the bound all of them end.
        }

        await within.CancelAsync();
        var busy = await Task.WhenAll(answers);
        calls.ForEach(call => call.Dispose());
        return busy.Count(isBusy => isBusy);
    }

    /// <summary>A command that is refused once it has its turn: nothing is recorded, whatever becomes of it.</summary>
    private static async Task<int> BusyCommands(Connection connection, CancellationToken cancellation)
    {
        var row = (await connection.Portfolio.QueryAsync(new() { Filter = "statut = en_vigueur", PageSize = 1 }, cancellationToken: cancellation)).Rows[0];
        var busy = 0;
        await Task.WhenAll(Enumerable.Range(0, Commands).Select(async _ =>
        {
            try
            {
                await connection.Contrats.RemoveEngagementAsync(new() { Contrat = row.Name, Number = 1 }, cancellationToken: cancellation);
            }
            catch (RpcException refused)
            {
                if (refused.StatusCode == StatusCode.Unavailable)
                {
                    Interlocked.Increment(ref busy);
                }
            }
        }));
        return busy;
    }
}
