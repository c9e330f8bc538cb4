using System.Text;
using Cpom.Runtime;
using Cpom.Storage;
using Cpom.Storage.Backups;
using Cpom.TestKit;
using Xunit;

namespace Cpom.Conformance;

/// <summary>What backup and restore promise between any two databases.</summary>
public abstract class BackupSuite : IDisposable
{
    private readonly Lazy<LogPlace> _source;
    private readonly Lazy<LogPlace> _target;

    protected BackupSuite()
    {
        _source = new(NewSource);
        _target = new(NewTarget);
    }

    protected TemporaryFolder Folder { get; } = new();

    private LogPlace Source => _source.Value;

    private LogPlace Target => _target.Value;

    private string BackupFile => Folder.File("b.cpombk");

    protected abstract LogPlace NewSource();

    protected abstract LogPlace NewTarget();

    public void Dispose() => Folder.Dispose();

    [SuiteFact]
    public async Task A_restored_log_is_the_one_that_was_saved()
    {
        await using var source = await Source.Open();
        await RealHistories.Write(source);
        var manifest = await Source.Save(BackupFile);
        var report = await Target.Restore(BackupFile);

        await using var target = await Target.Open();
        Assert.Equal(await Lines(source), await Lines(target));
        Assert.Equal((15, 15L), (manifest.Position, report.Events));
        Assert.Equal([new("site", 5L)], report.Actors);
    }

    [SuiteFact]
    public async Task Checkpoints_come_back_and_appends_go_on()
    {
        await using (var source = await Source.Open())
        {
            await RealHistories.Write(source);
        }

        await Source.Save(BackupFile);
        await Target.Restore(BackupFile);

        await using var target = await Target.Open();
        Assert.Equal((4, 15), (await target.ReadCheckpoint("relay", default), await target.ReadCheckpoint("another", default)));
        Assert.Equal([new AppendResult.Appended(4, 16)], await target.Append([RealHistories.Renamed("750100000", 3, "après")], default));
        Assert.Equal([new AppendResult.Conflict()], await target.Append([RealHistories.Renamed("750100001", 2, "après")], default));
    }

    [SuiteFact]
    public async Task A_restore_ends_where_it_is_told_and_no_follower_knows_how_far_it_had_come()
    {
        await using var source = await Source.Open();
        await RealHistories.Write(source);
        await Source.Save(BackupFile);
        Assert.Equal((7L, 7L), Reached(await Target.Restore(BackupFile, RestoreUntil.Position(7))));

        await using var target = await Target.Open();
        Assert.Equal((await Lines(source))[..7], await Lines(target));
        Assert.Equal((0, 0), (await target.ReadCheckpoint("relay", default), await target.ReadCheckpoint("another", default)));
        Assert.Equal([new AppendResult.Appended(2, 8)], await target.Append([RealHistories.Renamed("750100002", 1, "autre suite")], default));
    }

    [SuiteFact]
    public async Task A_restore_ends_before_the_first_event_after_an_instant()
    {
        await using (var source = await Source.Open())
        {
            await RealHistories.Write(source); // Each site's second event is a microsecond after its first.
        }

        await Source.Save(BackupFile);
        Assert.Equal((1L, 1L), Reached(await Target.Restore(BackupFile, RestoreUntil.Instant(RealHistories.FirstInstant))));
    }

    [SuiteFact]
    public async Task A_restore_cuts_no_command_in_two()
    {
        await using (var source = await Source.Open())
        {
            await source.Append([RealHistories.Registered("750100000", "avant"), RealHistories.RenamedTwice("750100000", 1)], default);
        }

        await Source.Save(BackupFile);
        Assert.Equal((1L, 1L), Reached(await Target.Restore(BackupFile, RestoreUntil.Position(2))));
    }

    [SuiteFact]
    public async Task A_restore_until_later_than_the_file_is_all_of_it()
    {
        await using (var source = await Source.Open())
        {
            await RealHistories.Write(source);
        }

        await Source.Save(BackupFile);
        Assert.Equal((15L, 15L), Reached(await Target.Restore(BackupFile, RestoreUntil.Position(99))));
        await using var target = await Target.Open();
        Assert.Equal(4, await target.ReadCheckpoint("relay", default));
    }

    [SuiteFact]
    public async Task A_backup_leaves_its_mark_in_the_log_that_it_saved()
    {
        await using (var source = await Source.Open())
        {
            await RealHistories.Write(source);
        }

        await using (var source = await Source.OpenToRead())
        {
            var manifest = await Backup.Save(source, BackupFile, TimeProvider.System, null, default);
            Assert.True(await Backup.Note(source, manifest, default));
        }

        await using var served = await Source.Open();
        Assert.Equal(15, await served.ReadCheckpoint(BackupMark.Name, default));
    }

    [SuiteFact]
    public async Task A_backup_of_a_restored_log_holds_the_same_rows()
    {
        await using (var source = await Source.Open())
        {
            await RealHistories.Write(source);
        }

        var first = await Source.Save(BackupFile);
        await Target.Restore(BackupFile);
        var second = await Target.Save(Folder.File("again.cpombk"));
        Assert.Equal((first.RowsSha256, first.Position), (second.RowsSha256, second.Position));
        Assert.Equal(first.Checkpoints, second.Checkpoints);
    }

    [SuiteFact]
    public async Task An_empty_log_is_saved_and_restored()
    {
        await (await Source.Open()).DisposeAsync();
        Assert.Equal(0, (await Source.Save(BackupFile)).Position);
        Assert.Equal(0, (await Target.Restore(BackupFile)).Events);
        await using var target = await Target.Open();
        Assert.Empty(await Lines(target));
    }

    [SuiteFact]
    public async Task What_is_appended_during_a_backup_is_not_in_it_and_what_came_before_is()
    {
        await using var store = await Source.Open();
        await RealHistories.Write(store, sites: 400); // More than one page of the log.
        await using var source = await Source.OpenToRead();

        // The log grows each time that the backup has read a part of it.
        var appended = 0;
        var during = new Watcher(_ => store.Append([RealHistories.Registered($"75020{appended++:D4}", "pendant")], default).Wait());
        var manifest = await Backup.Save(source, BackupFile, TimeProvider.System, during, default);

        Assert.True(appended > 0, "Nothing was appended during the backup.");
        Assert.Equal(1200, manifest.Position);
        await Target.Restore(BackupFile);
        await using var target = await Target.Open();
        var all = await Lines(store);
        Assert.Equal(1200 + appended, all.Count);
        Assert.Equal(all[..1200], await Lines(target));
    }

    [SuiteFact]
    public async Task A_backup_beside_a_writer_that_never_rests_is_a_prefix_of_its_log()
    {
        using var stop = new CancellationTokenSource();
        await using var store = await Source.Open();
        await RealHistories.Write(store);
        var writing = Task.Run(async () =>
        {
            for (var version = 3; !stop.IsCancellationRequested; version++)
            {
                await store.Append([RealHistories.Renamed("750100000", version, "encore")], default);
            }
        });
        for (var seen = 15L; seen < 40;)
        {
            await store.WaitForAppend(seen, default);
            seen = await store.LastPosition(default);
        }

        var manifest = await Source.Save(BackupFile);
        await stop.CancelAsync();
        await writing;
        await Target.Restore(BackupFile);
        await using var target = await Target.Open();
        Assert.Equal((await Lines(store))[..(int)manifest.Position], await Lines(target));
    }

    [SuiteFact]
    public async Task A_database_that_holds_something_is_not_written_to()
    {
        await using (var source = await Source.Open())
        {
            await RealHistories.Write(source);
        }

        await Source.Save(BackupFile);
        await Target.Restore(BackupFile);
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => Target.Restore(BackupFile));
        Assert.Contains("contient déjà un journal (position 15)", refused.Message, StringComparison.Ordinal);
        await using var target = await Target.Open();
        Assert.Equal(15, await target.LastPosition(default));
    }

    [SuiteFact]
    public async Task A_log_that_this_program_does_not_understand_is_not_made_visible()
    {
        await using (var source = await Source.Open())
        {
            await source.Append([RealHistories.Registered("750100000", "A"), EventStoreSuite.Decision("site-750100000", 1, "site-painted.1")], default);
        }

        await Source.Save(BackupFile);
        var refused = await Assert.ThrowsAsync<ReplayException>(() => Target.Restore(BackupFile));
        Assert.Contains("L'événement 2 (site-painted.1 de site-750100000) n'est pas connu de ce programme", refused.Message, StringComparison.Ordinal);
        await AssertUnfinished();
    }

    [SuiteFact]
    public Task A_restore_killed_before_its_first_event_leaves_a_store_that_says_so_and_takes_it_again() => Interrupted(BackupPhase.Restore);

    [SuiteFact]
    public Task A_restore_killed_after_its_last_event_leaves_a_store_that_says_so_and_takes_it_again() => Interrupted(BackupPhase.Replay);

    private async Task Interrupted(BackupPhase at)
    {
        await using var source = await Source.Open();
        await RealHistories.Write(source);
        await Source.Save(BackupFile);
        using (var child = new RestoreChild(Target, BackupFile, at))
        {
            await child.HasComeThere();
            child.Kill();
        }

        await AssertUnfinished();
        await Target.Restore(BackupFile);
        await using var target = await Target.Open();
        Assert.Equal(await Lines(source), await Lines(target));
    }

    private async Task AssertUnfinished()
    {
        Assert.Contains("Une restauration de cette base est en cours", (await Assert.ThrowsAsync<StoreUnusableException>(Target.Open)).Message, StringComparison.Ordinal);
        Assert.Contains("Une restauration de cette base est en cours", (await Assert.ThrowsAsync<StoreUnusableException>(Target.OpenToRead)).Message, StringComparison.Ordinal);
        await using var connection = await Target.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM event";
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    /// <summary>Everything of each event.</summary>
    private static (long Position, long Events) Reached(RestoreReport report) => (report.Position, report.Events);

    private static async Task<List<string>> Lines(IEventStore store) =>
        [.. (await store.ReadLog(0, int.MaxValue, default)).Select(e => $"{e with { Payload = default }} {Encoding.UTF8.GetString(e.Payload.Span)}")];

    private sealed class Watcher(Action<BackupProgress> report) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => report(value);
    }
}

public sealed class SqliteToSqliteBackupTests : BackupSuite
{
    protected override LogPlace NewSource() => LogPlace.Sqlite(Folder, "a.db");

    protected override LogPlace NewTarget() => LogPlace.Sqlite(Folder, "b.db");
}

[RequiresPostgres]
public sealed class SqliteToPostgresBackupTests : BackupSuite
{
    protected override LogPlace NewSource() => LogPlace.Sqlite(Folder, "a.db");

    protected override LogPlace NewTarget() => LogPlace.Postgres();
}

[RequiresPostgres]
public sealed class PostgresToSqliteBackupTests : BackupSuite
{
    protected override LogPlace NewSource() => LogPlace.Postgres();

    protected override LogPlace NewTarget() => LogPlace.Sqlite(Folder, "b.db");
}

[RequiresPostgres]
public sealed class PostgresToPostgresBackupTests : BackupSuite
{
    protected override LogPlace NewSource() => LogPlace.Postgres();

    protected override LogPlace NewTarget() => LogPlace.Postgres();
}
