using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Cpom.Storage;

/// <summary>One numbered step of a database's schema, embedded as <c>0001_what_it_does.sql</c>.</summary>
/// <param name="Sha256">Of the text with LF line ends, lowercase hexadecimal.</param>
public sealed record Migration(int Number, string Name, string Text, string Sha256)
{
    /// <param name="fileName">"0001_what_it_does": four digits, an underscore, the name.</param>
    public static Migration Parse(string fileName, string text)
    {
        var unix = text.ReplaceLineEndings("\n");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(unix)));
        return new(int.Parse(fileName.AsSpan(0, 4), CultureInfo.InvariantCulture), fileName[5..], unix, sha256);
    }
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
/// a database that disagrees is left alone and refused.
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
    /// <exception cref="StoreUnusableException">The database is newer than the program, or was built by other texts.</exception>
    public static async Task Apply(
        DbConnection connection, IReadOnlyList<Migration> migrations, MigrationDialect dialect, TimeProvider time, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, transaction, dialect.Lock, cancellation);
        await Execute(
            connection,
            transaction,
            $"CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL) {dialect.TableOptions}",
            cancellation);
        var applied = await ReadApplied(connection, transaction, cancellation);
        Check(applied, migrations);
        foreach (var migration in migrations.Where(migration => !applied.ContainsKey(migration.Number)))
        {
            await Execute(connection, transaction, migration.Text, cancellation);
            await Record(connection, transaction, migration, time.GetUtcNow(), cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether a database can be read whole by this program; changes nothing, and lets an older schema be.</summary>
    /// <exception cref="StoreUnusableException">The database is newer than the program, or was built by other texts.</exception>
    /// <exception cref="DbException">No migration was ever applied to it.</exception>
    public static async Task CheckApplied(DbConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellation) =>
        Check(await ReadApplied(connection, null, cancellation), migrations);

    private static void Check(Dictionary<int, string> applied, IReadOnlyList<Migration> migrations)
    {
        var newest = migrations.Max(migration => migration.Number);
        var found = applied.Keys.DefaultIfEmpty(0).Max();
        if (found > newest)
        {
            throw new StoreUnusableException(
                $"La base de données est plus récente que ce programme (migration {found}, le programme connaît jusqu'à {newest}). Installez une version plus récente du programme ; rien n'a été modifié.");
        }

        var changed = migrations.FirstOrDefault(migration => applied.TryGetValue(migration.Number, out var sha256) && sha256 != migration.Sha256);
        if (changed is not null)
        {
            throw new StoreUnusableException(
                $"La migration {changed.Number:D4}_{changed.Name} a été appliquée à cette base avec un autre texte (sha-256 {applied[changed.Number]}, celui du programme est {changed.Sha256}). Utilisez le programme qui a créé la base ; rien n'a été modifié.");
        }
    }

    private static async Task<Dictionary<int, string>> ReadApplied(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT number, sha256 FROM migration";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellation))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static async Task Record(
        DbConnection connection, DbTransaction transaction, Migration migration, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO migration (number, name, sha256, applied_at) VALUES (@number, @name, @sha256, @applied_at)";
        Add(command, "@number", migration.Number);
        Add(command, "@name", migration.Name);
        Add(command, "@sha256", migration.Sha256);
        Add(command, "@applied_at", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
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
}
