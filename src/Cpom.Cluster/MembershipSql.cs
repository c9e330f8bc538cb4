namespace Cpom.Cluster;

/// <summary>
/// Who is in the cluster, in two tables beside the log. Nothing in them is worth a backup: silos write them anew. They are made by the first who looks
/// and not by the numbered migrations, because a platform without a cluster has no use for them. When a silo started, was alive and was suspected is told by the
/// database's clock: each statement is given what the caller's clock says, and turns the caller's times into those and back. Silos whose clocks differ then
/// agree on how long ago something was.
/// </summary>
internal static class MembershipSql
{
    public const string Create =
        """
        SELECT pg_advisory_xact_lock(1129336653, 4); -- "CPOM", 4: two who create at once
        CREATE TABLE IF NOT EXISTS cluster_version (
            cluster text PRIMARY KEY,
            version integer NOT NULL
        );
        CREATE TABLE IF NOT EXISTS cluster_silo (
            cluster text NOT NULL,
            silo text NOT NULL,
            version integer NOT NULL,
            status integer NOT NULL,
            name text NOT NULL,
            host text NOT NULL,
            gateway_port integer NOT NULL,
            started_at timestamptz NOT NULL,
            alive_at timestamptz NOT NULL,
            suspected_by text[] NOT NULL,
            suspected_at timestamptz[] NOT NULL,
            PRIMARY KEY (cluster, silo)
        );
        """;

    public const string Begin = "INSERT INTO cluster_version (cluster, version) VALUES ($1, 0) ON CONFLICT DO NOTHING";

    /// <summary>One statement, so that what it gives is of one instant.</summary>
    public const string Read =
        """
        SELECT v.version, s.silo, s.version, s.status, s.name, s.host, s.gateway_port, s.started_at - (now() - $3), s.alive_at - (now() - $3), s.suspected_by,
            ARRAY(SELECT at - (now() - $3) FROM unnest(s.suspected_at) WITH ORDINALITY AS told(at, rank) ORDER BY rank)
        FROM cluster_version v LEFT JOIN cluster_silo s ON s.cluster = v.cluster AND ($2 IS NULL OR s.silo = $2)
        WHERE v.cluster = $1
        """;

    /// <summary>Moves the whole table on by one version, or nothing when somebody else has.</summary>
    public const string Move = "UPDATE cluster_version SET version = $3 WHERE cluster = $1 AND version = $2";

    public const string Insert =
        """
        INSERT INTO cluster_silo (cluster, silo, version, status, name, host, gateway_port, started_at, alive_at, suspected_by, suspected_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8 + (now() - $12), $9 + (now() - $12), $10,
            ARRAY(SELECT at + (now() - $12) FROM unnest($11) WITH ORDINALITY AS told(at, rank) ORDER BY rank)) ON CONFLICT DO NOTHING
        """;

    public const string Update =
        """
        UPDATE cluster_silo
        SET version = $3, status = $4, name = $5, host = $6, gateway_port = $7, started_at = $8 + (now() - $12), alive_at = $9 + (now() - $12), suspected_by = $10,
            suspected_at = ARRAY(SELECT at + (now() - $12) FROM unnest($11) WITH ORDINALITY AS told(at, rank) ORDER BY rank)
        WHERE cluster = $1 AND silo = $2 AND version = $13
        """;

    public const string Alive = "UPDATE cluster_silo SET alive_at = $3 + (now() - $4) WHERE cluster = $1 AND silo = $2";

    public const string Clean = "DELETE FROM cluster_silo WHERE cluster = $1 AND status <> $2 AND greatest(alive_at, started_at) < $3 + (now() - $4)";

    public const string Delete = "DELETE FROM cluster_silo WHERE cluster = $1";
}
