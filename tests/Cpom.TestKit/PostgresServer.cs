using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Cpom.TestKit;

/// <summary>Where PostgreSQL's programs are: CPOM_PG_BIN, else the PATH, else the newest in /usr/lib/postgresql.</summary>
public static class PostgresBinaries
{
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>Another program than the server's own, which may be elsewhere.</summary>
    internal static string? Find(string program) => Candidates().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates()
    {
        var named = Environment.GetEnvironmentVariable("CPOM_PG_BIN");
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return (named is null ? [] : new[] { named })
            .Concat(path)
            .Concat(debian.OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin")));
    }
}

/// <summary>
/// A PostgreSQL cluster of the test run's own: a temporary folder, a free loopback port, real fsync. PostgreSQL refuses to run as root, so root
/// becomes the user "postgres" for it. A shell holds the cluster and waits on a pipe from this process: however this process ends, the
/// pipe closes and the shell stops the cluster and removes the folder.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> One = new(() => new PostgresServer());

    // Rooted: a keeper that is collected closes its pipe, and the cluster stops under its users.
    private static readonly ConcurrentBag<PostgresServer> Running = [];

    private readonly int _port = FreePort();
    private readonly string _folder;
    private readonly Process _keeper;
    private int _databases;

    /// <summary>A cluster that the caller may stop and start, for tests that cannot use <see cref="Shared"/>.</summary>
    /// <param name="parent">Where its folder is made: the temporary folder unless told otherwise.</param>
    /// <param name="network">Its machine's address there is listened on too, and everybody there is let in.</param>
    /// <param name="archives">Whether it keeps its write-ahead log for <see cref="RecoverAt"/>.</param>
    public PostgresServer(string? parent = null, CutNetwork? network = null, bool archives = false)
        : this(NewFolder(parent))
    {
        Run(Binary("initdb"), "-D", Data, "-U", "cpom", "-A", "trust", "--encoding=UTF8", "--locale=C", "--no-sync");
        Run("mkdir", Archive);
        Configure(network is null ? "" : $",{network.Machine}", archives ? $"archive_mode = on\narchive_command = 'test ! -f {Archive}/%f && cp %p {Archive}/%f'\n" : "");
        File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), network is null ? "" : $"host all all {network.Addresses} trust\n");
        Start();
    }

    private PostgresServer(string folder)
    {
        _folder = folder;
        _keeper = Keep();
        Running.Add(this);
    }

    /// <summary>One for the whole run, started by its first user.</summary>
    public static PostgresServer Shared => One.Value;

    private string Data => Path.Combine(_folder, "data");

    private string Archive => Path.Combine(_folder, "wal");

    private string Base => Path.Combine(_folder, "base");

    /// <summary>A new, empty database; the answer is its connection string.</summary>
    public string CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return ConnectionString(name);
    }

    /// <summary>Starts the cluster and returns when it takes connections.</summary>
    public void Start() => Run(Binary("pg_ctl"), "start", "-w", "-s", "-D", Data, "-l", Path.Combine(_folder, "log"));

    /// <summary>Every server process dies at once, without a checkpoint, as when the machine loses power (the disk's own cache aside).</summary>
    public void StopImmediately() => Run(Binary("pg_ctl"), "stop", "-w", "-s", "-m", "immediate", "-D", Data);

    /// <summary>
    /// SIGKILL to the postmaster alone. Its children notice and end; the cluster cannot start before the last of them has, which is waited for.
    /// </summary>
    public void KillPostmaster()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        const string Script = "children=$(ps -o pid= --ppid \"$1\"); kill -9 \"$1\"; for child in $children; do tail -s 0.05 --pid=\"$child\" -f /dev/null; done";
        Run("sh", "-c", Script, "sh", postmaster.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A base backup of the running cluster, by PostgreSQL's own program.</summary>
    public void SaveBase() => Run(
        PostgresBinaries.Find("pg_basebackup") ?? throw new InvalidOperationException("pg_basebackup is not installed."), "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "cpom", "-D", Base, "-X", "none", "-c", "fast", "--no-sync");

    /// <summary>Another cluster, made of the base backup and of the write-ahead log up to an instant; it takes reads at once, and is a primary when it is there.</summary>
    /// <param name="moment">As this cluster's own clock tells it.</param>
    public PostgresServer RecoverAt(DateTimeOffset moment)
    {
        var recovered = new PostgresServer(NewFolder(parent: null));
        Run("cp", "-a", Base, recovered.Data);
        var target = moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        recovered.Configure("", $"archive_mode = off\nrestore_command = 'cp {Archive}/%f %p'\nrecovery_target_time = '{target}+00'\nrecovery_target_action = 'promote'\n");
        Run("touch", Path.Combine(recovered.Data, "recovery.signal"));
        recovered.Start();
        return recovered;
    }

    /// <summary>The connection string of a database that is there.</summary>
    public string Database(string name) => ConnectionString(name);

    /// <summary>Stops the cluster and removes its folder. Whoever does not call it leaves that to the end of the process.</summary>
    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
    }

    /// <summary>The last that is said of a setting counts.</summary>
    private void Configure(string addresses, string more) => File.AppendAllText(
        Path.Combine(Data, "postgresql.conf"),
        string.Create(CultureInfo.InvariantCulture, $"listen_addresses = '127.0.0.1{addresses}'\nport = {_port}\nunix_socket_directories = ''\nmax_connections = 200\n{more}"));

    private static string NewFolder(string? parent) => Run("mktemp", "-d", Path.Combine(parent ?? Path.GetTempPath(), "cpom-pg-XXXXXX")).Trim();

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = "cpom",
        Database = database,
        Pooling = database != "postgres",
    }.ConnectionString;

    private Process Keep()
    {
        const string Script = "cat >/dev/null; \"$1\" stop -s -m immediate -D \"$2/data\" >/dev/null 2>&1; rm -rf \"$2\"";
        return Process.Start(StartInfo("sh", "-c", Script, "sh", Binary("pg_ctl"), _folder))!;
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(program, arguments))!;
        process.StandardInput.Close();

        // pg_ctl's postmaster inherits the pipes, so their end is not waited for; what the programs print fits in them.
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} exited with {process.ExitCode}: {process.StandardError.ReadToEnd()}");
        }

        return Path.GetFileName(program) == "mktemp" ? process.StandardOutput.ReadToEnd() : "";
    }

    private static ProcessStartInfo StartInfo(string program, params string[] arguments)
    {
        string[] line = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", program, .. arguments] : [program, .. arguments];
        return new(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
    }

    private static string Binary(string name) =>
        Path.Combine(PostgresBinaries.Folder ?? throw new InvalidOperationException("PostgreSQL is not installed."), name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
