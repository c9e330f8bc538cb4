using Cpom.TestKit;
using Cpom.V1;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>The agency's files, one a round, day after day; when they have all come, the newest comes again.</summary>
internal sealed class ImportClient(IServed served, Journal journal, IReadOnlyList<Delivery> deliveries)
{
    private int _next;

    public async Task PlayRound(CancellationToken cancellation)
    {
        await Import(deliveries[Math.Min(_next, deliveries.Count - 1)], cancellation);
        _next++;
    }

    /// <summary>Sends a file until its report comes.</summary>
    public async Task<ImportReport> Import(Delivery delivery, CancellationToken cancellation)
    {
        while (true)
        {
            var connection = await served.Up(cancellation);
            try
            {
                var report = await connection.Importer.Import(delivery, cancellation: cancellation).WaitAsync(SoakLimits.StepMax, cancellation);
                journal.Add(new ImportedFile(delivery.Name, report.Sha256, report.LogPosition));
                return report;
            }
            catch (Exception broken) when (!cancellation.IsCancellationRequested
                && (broken is ObjectDisposedException || (broken is RpcException rpc && Connection.IsBroken(rpc))))
            {
                journal.AddBroken(delivery.Name, broken.Message);
            }
            catch (TimeoutException)
            {
                throw new ViolationException($"{delivery.Name} has no report after {SoakLimits.StepMax}.");
            }
            catch (RpcException refused) when (!cancellation.IsCancellationRequested)
            {
                throw new ViolationException($"{delivery.Name}, which no rule refuses, was answered {refused.Status}.");
            }

            await served.BeforeAgain(connection, cancellation);
        }
    }
}
