using System.Diagnostics;
using Cpom.Runtime;
using Npgsql;

namespace Cpom.Storage;

/// <summary>Connections whose commands are told to a tracer only as part of a step that is followed: what followers ask all day, and imports by the thousand, is not.</summary>
internal static class PostgresSource
{
    public static NpgsqlDataSource Of(string connection) => new NpgsqlDataSourceBuilder(connection)
        .ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(_ => IsFollowed)
            .ConfigureBatchFilter(_ => IsFollowed)
            .ConfigureCopyOperationFilter(_ => IsFollowed)
            .EnablePhysicalOpenTracing(false))
        .Build();

    private static bool IsFollowed => Activity.Current is { Recorded: true, Source.Name: Telemetry.Name };
}
