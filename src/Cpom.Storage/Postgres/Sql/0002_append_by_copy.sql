-- Large batches are appended by COPY (PostgresAppend): it needs the same turn as append_batch, and its rows must be announced as well.

-- The appends of all nodes take turns, until the end of the transaction. The same lock as in append_batch.
CREATE FUNCTION append_turn() RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT pg_advisory_xact_lock(1129336653, 1); -- "CPOM", 1
$$;

-- A node of the release before this one announces its appends itself; PostgreSQL delivers equal announcements of one transaction once.
CREATE FUNCTION event_is_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('cpom_event', (SELECT max(e.position) FROM event e)::text);
    RETURN NULL;
END $$;

CREATE TRIGGER event_is_announced AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION event_is_announced();

-- Snapshots are written often and read at a start: compressing them costs the server more than their room.
ALTER TABLE snapshot ALTER COLUMN content SET STORAGE EXTERNAL;
