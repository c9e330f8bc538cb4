using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cpom.Storage;

/// <summary>One numbered step of a database's schema, embedded as <c>0001_what_it_does.sql</c>.</summary>
/// <param name="Sha256">Of the text with LF line ends, lowercase hexadecimal.</param>
/// <param name="ReadableFrom">
/// Up to which step a program must know them to work on a database that has this one: what the line "<c>-- Readable from: 2</c>" says, else its own
/// number. A step that only adds names an earlier one: programs of that time run on while it is applied, and start again after it.
/// </param>
public sealed partial record Migration(int Number, string Name, string Text, string Sha256, int ReadableFrom)
{
    /// <param name="fileName">"0001_what_it_does": four digits, an underscore, the name.</param>
    public static Migration Parse(string fileName, string text)
    {
        var unix = text.ReplaceLineEndings("\n");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(unix)));
        var number = int.Parse(fileName.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var readableFrom = ReadableLine().Match(unix) is { Success: true } line ? int.Parse(line.ValueSpan, CultureInfo.InvariantCulture) : number;
        return new(number, fileName[5..], unix, sha256, readableFrom);
    }

    [GeneratedRegex("(?<=^-- Readable from: )[0-9]{1,4}$", RegexOptions.Multiline)]
    private static partial Regex ReadableLine();
}

/// <summary>What differs between databases when migrating.</summary>
/// <param name="Lock">Run first in the transaction, so that several nodes that start together take turns; empty when nobody else can be there.</param>
/// <param name="TableOptions">Follows the column list of the table that records what was applied.</param>
public sealed record MigrationDialect(string Lock, string TableOptions)
{
    /// <summary>Its transactions begin as writers (Microsoft.Data.Sqlite's default), which is lock enough.</summary>
    public static MigrationDialect Sqlite { get; } = new("", "STRICT");

    public static MigrationDialect Postgres { get; } = new("SELECT pg_advisory_xact_lock(1129336653, 2)", "");
}

/// <summary>
/// Brings a database to the schema that this program was built for, at start. Numbers only grow, applied files never change:
/// a database that disagrees is left alone and refused. One that a newer program has migrated is worked on as it is where each of its newer steps says
/// that this program can (decision 0014).
/// </summary>
public static class Migrations
{
    /// <summary>The steps embedded in this assembly for one database, by number.</summary>
    /// <param name="database">"Sqlite" or "Postgres".</param>
    public static IReadOnlyList<Migration> Embedded(string database)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = database + "/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Migration.Parse(name[prefix.Length..], ReadText(assembly, name)))];
    }

    /// <summary>Applies what is missing, in one transaction: all of it or nothing.</summary>
    /// <exception cref="StoreUnusableException">A newer program has made the database unreadable to this one, or it was built by other texts.</exception>
    public static async Task Apply(
        DbConnection connection, IReadOnlyList<Migration> migrations, MigrationDialect dialect, TimeProvider time, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, transaction, dialect.Lock, cancellation);
        await Execute(
            connection,
            transaction,
            $"CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL, readable_from INTEGER) {dialect.TableOptions}",
            cancellation);
        var (applied, isMarked) = await ReadApplied(connection, transaction, cancellation);
        Check(applied, migrations);
        await Execute(connection, transaction, isMarked ? "" : "ALTER TABLE migration ADD COLUMN readable_from INTEGER", cancellation);
        foreach (var migration in migrations.Where(migration => !applied.ContainsKey(migration.Number)))
        {
            await Execute(connection, transaction, migration.Text, cancellation);
            await Record(connection, transaction, migration, time.GetUtcNow(), cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether a database can be read whole by this program; changes nothing, and lets an older schema be.</summary>
    /// <exception cref="StoreUnusableException">A newer program has made the database unreadable to this one, or it was built by other texts.</exception>
    /// <exception cref="DbException">No migration was ever applied to it.</exception>
    public static async Task CheckApplied(DbConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellation) =>
        Check((await ReadApplied(connection, null, cancellation)).Steps, migrations);

    private static void Check(SortedDictionary<int, Applied> applied, IReadOnlyList<Migration> migrations)
    {
        var newest = migrations.Max(migration => migration.Number);
        foreach (var (number, step) in applied.Where(step => step.Key > newest && !(step.Value.ReadableFrom <= newest)))
        {
            var needed = step.ReadableFrom is { } from ? $"demande un programme qui connaît au moins la migration {from}" : "ne dit pas quels programmes peuvent la lire";
            throw new StoreUnusableException(
                $"La base de données est plus récente que ce programme (migration {applied.Keys.Last()}, le programme connaît jusqu'à {newest}) : la migration {number} {needed}. "
                + "Installez une version plus récente du programme, ou restaurez dans une base neuve une sauvegarde d'avant ; rien n'a été modifié.");
        }

        var changed = migrations.FirstOrDefault(migration => applied.TryGetValue(migration.Number, out var step) && step.Sha256 != migration.Sha256);
        if (changed is not null)
        {
            throw new StoreUnusableException(
                $"La migration {changed.Number:D4}_{changed.Name} a été appliquée à cette base avec un autre texte (sha-256 {applied[changed.Number].Sha256}, celui du programme est {changed.Sha256}). Utilisez le programme qui a créé la base ; rien n'a été modifié.");
        }
    }

    /// <returns>The steps by number, and whether the table has a place for what each says of its readers: earlier programs made it without.</returns>
    private static async Task<(SortedDictionary<int, Applied> Steps, bool IsMarked)> ReadApplied(
        DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT * FROM migration";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var mark = Enumerable.Range(0, reader.FieldCount).FirstOrDefault(column => reader.GetName(column) == "readable_from", -1);
        var applied = new SortedDictionary<int, Applied>();
        while (await reader.ReadAsync(cancellation))
        {
            int? readableFrom = mark < 0 || await reader.IsDBNullAsync(mark, cancellation) ? null : reader.GetInt32(mark);
            applied.Add(reader.GetInt32(reader.GetOrdinal("number")), new(reader.GetString(reader.GetOrdinal("sha256")), readableFrom));
        }

        return (applied, mark >= 0);
    }

    private static async Task Record(
        DbConnection connection, DbTransaction transaction, Migration migration, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO migration (number, name, sha256, applied_at, readable_from) VALUES (@number, @name, @sha256, @applied_at, @readable_from)";
        Add(command, "@number", migration.Number);
        Add(command, "@name", migration.Name);
        Add(command, "@sha256", migration.Sha256);
        Add(command, "@applied_at", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Add(command, "@readable_from", migration.ReadableFrom);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private static async Task Execute(DbConnection connection, DbTransaction transaction, string text, CancellationToken cancellation)
    {
        if (text.Length == 0)
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string ReadText(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <param name="ReadableFrom">As <see cref="Migration.ReadableFrom"/>; null where the program that applied it did not say.</param>
    private sealed record Applied(string Sha256, int? ReadableFrom);
}
