using System.Globalization;
using Grpc.Core;

namespace Cpom.GrpcCompat;

/// <summary><c>grpc-timeout</c>: at most eight digits and a unit (H, M, S, m, u, n).</summary>
internal static class GrpcTimeout
{
    private const int DigitsMax = 8;
    private const long ValueMax = 99_999_999;
    private const string Units = "HMSmun";

    /// <summary>Ticks (100 ns) of one of each unit; nanoseconds are counted apart.</summary>
    private static readonly long[] Ticks =
    [
        TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerMicrosecond,
    ];

    /// <exception cref="RpcException">INVALID_ARGUMENT for what the specification does not allow.</exception>
    public static TimeSpan? Read(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return null;
        }

        var unit = Units.IndexOf(header[^1], StringComparison.Ordinal);
        if (unit < 0 || header.Length > DigitsMax + 1
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The header grpc-timeout is malformed."));
        }

        return new TimeSpan(unit < Ticks.Length ? value * Ticks[unit] : value / TimeSpan.NanosecondsPerTick);
    }

    /// <summary>In the finest unit that has room, rounded up so that the server is never the first to give up.</summary>
    public static string Write(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 1);
        for (var unit = Ticks.Length - 1; unit > 0; unit--)
        {
            var value = (ticks + Ticks[unit] - 1) / Ticks[unit];
            if (value <= ValueMax)
            {
                return value.ToString(CultureInfo.InvariantCulture) + Units[unit];
            }
        }

        return Math.Min(ValueMax, ticks / Ticks[0]).ToString(CultureInfo.InvariantCulture) + Units[0];
    }
}
