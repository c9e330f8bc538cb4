using Cpom.Runtime;

namespace Cpom.Benchmarks;

/// <summary>A reference that stores many rows in one transaction.</summary>
internal interface IBulkLoad : IAsyncDisposable
{
    Task Load(IReadOnlyList<StoredEvent> rows);
}

/// <summary>A reference that stores each row in a transaction of its own, as most programs do.</summary>
internal interface IOneByOne : IAsyncDisposable
{
    /// <summary>Rows that every history starts from; not measured.</summary>
    Task Prepare(IReadOnlyList<StoredEvent> rows);

    /// <summary>BEGIN, INSERT guarded by the version, COMMIT.</summary>
    Task Store(StoredEvent row);

    /// <summary>The cheapest durable write of a row that there is: one INSERT that commits itself.</summary>
    Task StoreBare(StoredEvent row);
}
