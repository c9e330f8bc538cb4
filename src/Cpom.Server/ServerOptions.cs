using System.Globalization;
using System.Net;

namespace Cpom.Server;

/// <summary>What a process is to the others over the same log.</summary>
public enum HostRole
{
    /// <summary>A whole node: its own actors, and every service. Several over one PostgreSQL are equal.</summary>
    Embedded,

    /// <summary>Holds actors of a cluster and relays; serves nothing but probes.</summary>
    Silo,

    /// <summary>Serves, and sends commands to the silos of a cluster.</summary>
    Gateway,
}

/// <summary>Everything that can be chosen about a server, in one place. The command line sets the same properties.</summary>
public sealed record ServerOptions
{
    /// <summary>Far longer than a balancer takes to look three times; what stops a server has patience of its own.</summary>
    public const int DrainSecondsMax = 120;

    /// <summary>CPOM_DATA: folder of the SQLite file and of files being received. Created when missing.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>CPOM_POSTGRES: an Npgsql connection string. The log is then in PostgreSQL, and several nodes may share it.</summary>
    public string? Postgres { get; init; }

    /// <summary>CPOM_LISTEN: the IP address to listen on. Only this machine unless told otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>CPOM_HTTP_PORT: HTTP/1.1, for Connect JSON, gRPC-Web and health probes. 0 is any free port.</summary>
    public int HttpPort { get; init; } = 5080;

    /// <summary>CPOM_GRPC_PORT: gRPC over HTTP/2 in clear text. 0 is any free port.</summary>
    public int GrpcPort { get; init; } = 5081;

    /// <summary>CPOM_ORIGINS: web origins whose pages may call, separated by spaces. None by default.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>CPOM_UPLOAD_MAX: bytes of the largest file that is received.</summary>
    public long UploadBytesMax { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>CPOM_UPLOADS: files received at once; one more is answered busy.</summary>
    public int UploadsMax { get; init; } = 4;

    /// <summary>CPOM_HOST: embedded, silo or gateway. The last two are of a cluster, over the PostgreSQL that CPOM_POSTGRES names.</summary>
    public HostRole Host { get; init; } = HostRole.Embedded;

    /// <summary>CPOM_CLUSTER: the name by which silos and gateways of one cluster know one another.</summary>
    public string Cluster { get; init; } = "cpom";

    /// <summary>CPOM_SILO_ADDRESS: the IP address by which other silos and gateways reach this silo; that of the pod, in Kubernetes. As CPOM_LISTEN unless told otherwise.</summary>
    public IPAddress? SiloAddress { get; init; }

    /// <summary>CPOM_SILO_PORT: where other silos reach this one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>CPOM_SILO_CLIENT_PORT: where gateways reach this silo.</summary>
    public int SiloClientPort { get; init; } = 30000;

    /// <summary>CPOM_SILOS_WANTED: silos that the cluster should have at least, for those who watch it; 0 says nothing.</summary>
    public int SilosWanted { get; init; }

    /// <summary>OTEL_EXPORTER_OTLP_ENDPOINT and the other standard variables: what goes to a collector, nothing unless told.</summary>
    public OtlpSignals Otlp { get; init; } = OtlpSignals.None;

    /// <summary>Lines of technical log below this level are left out (CPOM_LOG: Debug, Information, Warning, Error).</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>
    /// CPOM_LAG_MAX: positions that the replica of a server that is asked may be behind the log. Some three seconds of following, by P3 of docs/performance.md, unless
    /// told otherwise.
    /// </summary>
    public long LagMax { get; init; } = 100_000;

    /// <summary>
    /// CPOM_DRAIN_DELAY, in seconds: how long a server that is told to stop goes on answering while its health says NOT_SERVING, so that a balancer turns
    /// away before calls are refused. At most <see cref="DrainSecondsMax"/>.
    /// </summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>How long running calls may go on after that.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A French sentence when the server can be reached from other machines, else null.</summary>
    public string? ExposureWarning => IPAddress.IsLoopback(Address)
        ? null
        : $"ATTENTION : le serveur écoute sur {Address} et n'identifie encore personne. Quiconque atteint les ports {HttpPort} et {GrpcPort} peut tout lire et tout écrire. "
            + "Ne l'exposez qu'à un réseau de confiance.";

    /// <exception cref="FormatException">A variable cannot be read; the message names it, in French.</exception>
    public static ServerOptions FromEnvironment(Func<string, string?> variable)
    {
        var options = new ServerOptions();
        return options with
        {
            DataFolder = variable("CPOM_DATA") ?? options.DataFolder,
            Postgres = variable("CPOM_POSTGRES"),
            Address = Read(variable, "CPOM_LISTEN", options.Address, IPAddress.TryParse),
            HttpPort = Read(variable, "CPOM_HTTP_PORT", options.HttpPort, TryPort),
            GrpcPort = Read(variable, "CPOM_GRPC_PORT", options.GrpcPort, TryPort),
            AllowedOrigins = variable("CPOM_ORIGINS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            UploadBytesMax = Read(variable, "CPOM_UPLOAD_MAX", options.UploadBytesMax, TryPositive),
            UploadsMax = Read(variable, "CPOM_UPLOADS", options.UploadsMax, TryCount),
            DrainDelay = Read(variable, "CPOM_DRAIN_DELAY", options.DrainDelay, TryDrain),
            LagMax = Read(variable, "CPOM_LAG_MAX", options.LagMax, TryPositive),
            Host = Read(variable, "CPOM_HOST", options.Host, TryRole),
            Cluster = variable("CPOM_CLUSTER") is { Length: > 0 } cluster ? cluster : options.Cluster,
            SiloAddress = Read(variable, "CPOM_SILO_ADDRESS", options.SiloAddress, IPAddress.TryParse),
            SiloPort = Read(variable, "CPOM_SILO_PORT", options.SiloPort, TryPort),
            SiloClientPort = Read(variable, "CPOM_SILO_CLIENT_PORT", options.SiloClientPort, TryPort),
            SilosWanted = Read(variable, "CPOM_SILOS_WANTED", options.SilosWanted, TryCount),
            Otlp = OtlpSignals.FromEnvironment(variable),
            LogLevel = Read(variable, "CPOM_LOG", options.LogLevel, Enum.TryParse),
        };
    }

    /// <summary>Reads a number of seconds that <see cref="DrainDelay"/> may be.</summary>
    public static bool TryDrain(string text, out TimeSpan delay)
    {
        var isRead = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DrainSecondsMax;
        delay = TimeSpan.FromSeconds(isRead ? seconds : 0);
        return isRead;
    }

    /// <summary>Reads a number of positions or bytes: 1 or more.</summary>
    public static bool TryPositive(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;

    private delegate bool TryRead<T>(string text, out T? value);

    /// <summary>By name only: a number would be one too.</summary>
    private static bool TryRole(string text, out HostRole value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.GetNames<HostRole>().Contains(text, StringComparer.OrdinalIgnoreCase);

    private static bool TryCount(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;

    private static bool TryPort(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= IPEndPoint.MaxPort;

    private static T Read<T>(Func<string, string?> variable, string name, T otherwise, TryRead<T> read) => variable(name) switch
    {
        null or "" => otherwise,
        { } text when read(text, out var value) => value!,
        { } text => throw new FormatException($"La variable {name} vaut « {text} », qui ne se lit pas."),
    };
}
