using Cpom.Runtime;
using Cpom.Storage;
using Cpom.TestKit;

namespace Cpom.Conformance;

[Skips(nameof(A_store_opened_again_holds_what_the_last_one_stored), "La mémoire ne survit pas à son processus.")]
[Skips(nameof(Waiting_ends_when_another_store_on_the_same_database_appends), "Chaque magasin en mémoire a son propre journal.")]
public sealed class InMemoryEventStoreTests : EventStoreSuite
{
    protected override Task<IEventStore> Open() => Task.FromResult<IEventStore>(new InMemoryEventStore());
}

[Skips(nameof(Waiting_ends_when_another_store_on_the_same_database_appends), "Une base SQLite n'a qu'un processus.")]
public sealed class SqliteEventStoreTests : EventStoreSuite
{
    private readonly TemporaryFolder _folder = new();

    protected override async Task<IEventStore> Open() => await SqliteEventStore.Open(_folder.File("cpom.db"));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

[RequiresPostgres]
public sealed class PostgresEventStoreTests : EventStoreSuite
{
    private readonly string _database = PostgresServer.Shared.CreateDatabase();

    // An hour: whoever wakes before that was notified.
    protected override async Task<IEventStore> Open() => await PostgresEventStore.Open(_database, TimeSpan.FromHours(1));
}
