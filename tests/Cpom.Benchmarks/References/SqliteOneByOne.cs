using Cpom.Runtime;

namespace Cpom.Benchmarks;

/// <summary>One transaction per command; SQLite has one writer, so callers take turns.</summary>
internal sealed class SqliteOneByOne : IOneByOne
{
    private readonly SqliteFile _file;
    private readonly SemaphoreSlim _turn = new(1);

    private SqliteOneByOne(SqliteFile file) => _file = file;

    public static async Task<SqliteOneByOne> Open(string path) => new(await SqliteFile.Open(path));

    public Task Prepare(IReadOnlyList<StoredEvent> rows) => Locked(() =>
    {
        using var transaction = _file.Begin();
        foreach (var row in rows)
        {
            _file.Insert(row, transaction);
        }

        transaction.Commit();
    });

    public Task Store(StoredEvent row) => Locked(() =>
    {
        using var transaction = _file.Begin();
        _file.Insert(row, transaction);
        transaction.Commit();
    });

    public Task StoreBare(StoredEvent row) => Locked(() => _file.Insert(row, transaction: null));

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Locked(Action work)
    {
        await _turn.WaitAsync();
        try
        {
            await Task.Run(work);
        }
        finally
        {
            _turn.Release();
        }
    }
}
