using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;

namespace Cpom.Benchmarks;

/// <summary>One store as the product opens it, with actors over it, and the references over databases of the same kind.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly GroupAppender _appender;
    private readonly IDisposable? _folder;

    private Scene(string name, IEventStore store, IBulkLoad bulk, IOneByOne single, IDisposable? folder)
    {
        (Name, Store, Bulk, Single, _folder) = (name, store, bulk, single, folder);
        _appender = new(store);
        Actors = new EmbeddedActors(store, _appender, new());
    }

    public string Name { get; }

    public IEventStore Store { get; }

    public IActors Actors { get; }

    /// <summary>Many rows in one transaction, the fastest way that the database has.</summary>
    public IBulkLoad Bulk { get; }

    /// <summary>One transaction per command.</summary>
    public IOneByOne Single { get; }

    public static async Task<Scene> OnPostgres() => new(
        "PostgreSQL",
        await PostgresEventStore.Open(Databases.New()),
        await PostgresCopy.Open(Databases.New()),
        await PostgresOneByOne.Open(Databases.New()),
        folder: null);

    public static async Task<Scene> OnSqlite()
    {
        var folder = new TemporaryFolder();
        return new(
            "SQLite",
            await SqliteEventStore.Open(folder.File("ours.db")),
            await SqliteBulk.Open(folder.File("bulk.db")),
            await SqliteOneByOne.Open(folder.File("single.db")),
            folder);
    }

    /// <summary>Rows of the log after a position, as the references store them again.</summary>
    public async Task<IReadOnlyList<StoredEvent>> RowsAfter(long position)
    {
        var rows = new List<StoredEvent>();
        while (await Store.ReadLog(rows is [] ? position : rows[^1].Position, 4_096, default) is { Count: > 0 } page)
        {
            rows.AddRange(page);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _appender.DisposeAsync();
        await Store.DisposeAsync();
        await Bulk.DisposeAsync();
        await Single.DisposeAsync();
        _folder?.Dispose();
    }
}
