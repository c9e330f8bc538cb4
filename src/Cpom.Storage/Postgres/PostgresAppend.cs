using Cpom.Domain;
using Cpom.Runtime;
using Npgsql;
using NpgsqlTypes;

namespace Cpom.Storage;

/// <summary>
/// The ways of appending a batch, with one meaning: a lone event by two plain statements in one message, a few by <c>append_events</c>, for which the
/// database works longer than for the insertion; many by COPY, which takes four round trips and half of the work for each event.
/// </summary>
internal static class PostgresAppend
{
    /// <summary>From so many events on COPY is the cheaper way (measured: docs/performance.md).</summary>
    public const int CopyFrom = 64;

    /// <summary>The appends of all nodes take turns, until the end of the transaction: "CPOM", 1. The lock of <c>append_turn</c> in the migrations.</summary>
    public const string Turn = "SELECT pg_advisory_xact_lock(1129336653, 1)";

    /// <summary>Runs to its end: whoever asked is owed the truth.</summary>
    public static async Task<IReadOnlyList<AppendResult>> Store(NpgsqlConnection connection, IReadOnlyList<Append> batch) => batch.Sum(decision => decision.Events.Count) switch
    {
        1 => [await Lone(connection, batch[0])],
        < CopyFrom => await ByFunction(connection, batch),
        _ => await ByCopy(connection, batch),
    };

    /// <summary>One message is one transaction. The second statement looks when the first has its turn.</summary>
    private static async Task<AppendResult> Lone(NpgsqlConnection connection, Append decision)
    {
        var recorded = decision.Events[0];
        var provenance = decision.ProvenanceOf(recorded);
        await using var message = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Turn),
                new(
                    """
                    INSERT INTO event (position, actor, version, name, payload, valid_on, recorded_at, author, cause)
                    SELECT coalesce((SELECT max(position) FROM event), 0) + 1, $1, $2 + 1, $3, $4, $5, $6, $7, $8
                    WHERE coalesce((SELECT version FROM event WHERE actor = $1 ORDER BY version DESC LIMIT 1), 0) = $2
                    RETURNING position
                    """)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<string> { TypedValue = decision.Actor },
                        new NpgsqlParameter<long> { TypedValue = decision.ExpectedVersion },
                        new NpgsqlParameter<string> { TypedValue = recorded.Name },
                        new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = recorded.Payload, NpgsqlDbType = NpgsqlDbType.Json },
                        new NpgsqlParameter<DateOnly> { TypedValue = recorded.ValidOn },
                        new NpgsqlParameter<DateTimeOffset> { TypedValue = AppendRules.Truncate(provenance.RecordedAt) },
                        new NpgsqlParameter<string> { TypedValue = provenance.Author },
                        new NpgsqlParameter<byte[]> { TypedValue = CauseCodec.Encode(provenance), NpgsqlDbType = NpgsqlDbType.Json },
                    },
                },
            },
        };
        await using var reader = await message.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await reader.ReadAsync() ? new AppendResult.Appended(decision.ExpectedVersion + 1, reader.GetInt64(0)) : new AppendResult.Conflict();
    }

    private static async Task<IReadOnlyList<AppendResult>> ByFunction(NpgsqlConnection connection, IReadOnlyList<Append> batch)
    {
        await using var command = AppendCommand(connection, batch);
        var results = new List<AppendResult>(batch.Count);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var version = reader.GetInt64(0);
            results.Add(version == 0 ? new AppendResult.Conflict() : new AppendResult.Appended(version, reader.GetInt64(1)));
        }

        return results;
    }

    private static async Task<IReadOnlyList<AppendResult>> ByCopy(NpgsqlConnection connection, IReadOnlyList<Append> batch)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var (last, versions) = await Lock(connection, batch);
        var results = Judge(batch, last, versions);
        await using (var writer = await connection.BeginBinaryImportAsync(
            "COPY event (position, actor, version, name, payload, valid_on, recorded_at, author, cause) FROM STDIN BINARY"))
        {
            foreach (var (decision, result) in batch.Zip(results))
            {
                if (result is AppendResult.Appended appended)
                {
                    Write(writer, decision, appended.Position - decision.Events.Count);
                }
            }

            await writer.CompleteAsync();
        }

        await transaction.CommitAsync();
        return results;
    }

    /// <summary>The turn of this node's append, and what is true during it: each statement sees what the previous holder committed.</summary>
    private static async Task<(long Last, Dictionary<string, long> Versions)> Lock(NpgsqlConnection connection, IReadOnlyList<Append> batch)
    {
        var actors = batch.Select(decision => decision.Actor).Distinct(StringComparer.Ordinal).ToArray();
        await using var looks = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Turn),
                new("SELECT coalesce(max(position), 0) FROM event"),
                new(
                    """
                    SELECT coalesce((SELECT e.version FROM event e WHERE e.actor = a.actor ORDER BY e.version DESC LIMIT 1), 0)
                    FROM unnest($1) WITH ORDINALITY AS a (actor, ord) ORDER BY a.ord
                    """)
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = actors } },
                },
            },
        };
        await using var reader = await looks.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var last = reader.GetInt64(0);
        await reader.NextResultAsync();
        var versions = new Dictionary<string, long>(actors.Length, StringComparer.Ordinal);
        foreach (var actor in actors)
        {
            await reader.ReadAsync();
            versions.Add(actor, reader.GetInt64(0));
        }

        return (last, versions);
    }

    /// <summary>Several decisions of one actor follow one another; one that lost its race does not stop the others.</summary>
    private static AppendResult[] Judge(IReadOnlyList<Append> batch, long last, Dictionary<string, long> versions)
    {
        var results = new AppendResult[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var decision = batch[i];
            if (versions[decision.Actor] != decision.ExpectedVersion)
            {
                results[i] = new AppendResult.Conflict();
                continue;
            }

            last += decision.Events.Count;
            versions[decision.Actor] += decision.Events.Count;
            results[i] = new AppendResult.Appended(versions[decision.Actor], last);
        }

        return results;
    }

    /// <summary>Not awaited column by column: all but a few of the writes end in the connection's buffer, and a task for each costs more than they do.</summary>
    private static void Write(NpgsqlBinaryImporter writer, Append decision, long position)
    {
        var version = decision.ExpectedVersion;
        Provenance? written = null;
        var (recordedAt, cause) = (default(DateTimeOffset), Array.Empty<byte>());
        foreach (var recorded in decision.Events)
        {
            var provenance = decision.ProvenanceOf(recorded);
            if (!ReferenceEquals(provenance, written))
            {
                (written, recordedAt, cause) = (provenance, AppendRules.Truncate(provenance.RecordedAt), CauseCodec.Encode(provenance));
            }

            writer.StartRow();
            writer.Write(++position, NpgsqlDbType.Bigint);
            writer.Write(decision.Actor, NpgsqlDbType.Text);
            writer.Write(++version, NpgsqlDbType.Bigint);
            writer.Write(recorded.Name, NpgsqlDbType.Text);
            writer.Write(recorded.Payload, NpgsqlDbType.Json);
            writer.Write(recorded.ValidOn, NpgsqlDbType.Date);
            writer.Write(recordedAt, NpgsqlDbType.TimestampTz);
            writer.Write(provenance.Author, NpgsqlDbType.Text);
            writer.Write(cause, NpgsqlDbType.Json);
        }
    }

    /// <summary>Few events: that those of one decision often share a provenance is not worth a thought.</summary>
    private static NpgsqlCommand AppendCommand(NpgsqlConnection connection, IReadOnlyList<Append> batch)
    {
        var events = batch
            .SelectMany((decision, i) => decision.Events.Select((recorded, j) => (Decision: i + 1, Ordinal: j + 1, Recorded: recorded, Provenance: decision.ProvenanceOf(recorded))))
            .ToList();
        var command = new NpgsqlCommand("SELECT * FROM append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", connection);
        Add(command, NpgsqlDbType.Text, batch.Select(decision => decision.Actor));
        Add(command, NpgsqlDbType.Bigint, batch.Select(decision => decision.ExpectedVersion));
        Add(command, NpgsqlDbType.Integer, batch.Select(decision => decision.Events.Count));
        Add(command, NpgsqlDbType.Integer, events.Select(one => one.Decision));
        Add(command, NpgsqlDbType.Integer, events.Select(one => one.Ordinal));
        Add(command, NpgsqlDbType.Text, events.Select(one => one.Recorded.Name));
        Add(command, NpgsqlDbType.Json, events.Select(one => one.Recorded.Payload.ToArray()));
        Add(command, NpgsqlDbType.Date, events.Select(one => one.Recorded.ValidOn));
        Add(command, NpgsqlDbType.TimestampTz, events.Select(one => AppendRules.Truncate(one.Provenance.RecordedAt)));
        Add(command, NpgsqlDbType.Text, events.Select(one => one.Provenance.Author));
        Add(command, NpgsqlDbType.Json, events.Select(one => CauseCodec.Encode(one.Provenance)));
        return command;
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type });
}
