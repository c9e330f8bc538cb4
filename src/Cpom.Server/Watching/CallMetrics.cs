using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cpom.GrpcCompat;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>What is told of each gRPC call when it has ended: a measure, and the name and status of its span.</summary>
internal static class CallMetrics
{
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "cpom.grpc.duration", "s", "Seconds that calls took, by method and status code. A stream ends when its caller leaves.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    public static void Ended(CallEnd call)
    {
        Duration.Record(call.Took.TotalSeconds, new("method", call.Method), new("code", call.Code.ToString()));
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.DisplayName = call.Method[1..];
            span.SetTag("rpc.system", "grpc");
            span.SetTag("rpc.grpc.status_code", (int)call.Code);
            if (call.Code is StatusCode.Unknown or StatusCode.Internal or StatusCode.DataLoss)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }
}
