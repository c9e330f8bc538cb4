using Cpom.Runtime;

namespace Cpom.Benchmarks;

/// <summary>SQLite has no COPY: its fastest load is one transaction around one prepared INSERT.</summary>
internal sealed class SqliteBulk : IBulkLoad
{
    private readonly SqliteFile _file;

    private SqliteBulk(SqliteFile file) => _file = file;

    public static async Task<SqliteBulk> Open(string path) => new(await SqliteFile.Open(path));

    public Task Load(IReadOnlyList<StoredEvent> rows) => Task.Run(() =>
    {
        using var transaction = _file.Begin();
        foreach (var row in rows)
        {
            _file.Insert(row, transaction);
        }

        transaction.Commit();
    });

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
