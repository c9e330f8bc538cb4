using Cpom.TestKit;
using Npgsql;

namespace Cpom.Benchmarks;

/// <summary>Empty databases of the bench's one cluster.</summary>
internal static class Databases
{
    /// <summary>A pool may grow to 100 connections where nothing is said, and the cluster has 200 for ours and every reference together.</summary>
    private const int PoolMax = 40;

    /// <returns>A connection string.</returns>
    public static string New() => new NpgsqlConnectionStringBuilder(PostgresServer.Shared.CreateDatabase()) { MaxPoolSize = PoolMax }.ConnectionString;
}
