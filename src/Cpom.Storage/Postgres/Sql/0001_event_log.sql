-- The event log: one total order (position), one history per actor (version). Rows are only ever added.
-- payload and cause are json, not jsonb: the text is kept as it was written.
CREATE TABLE event (
    position    bigint      NOT NULL PRIMARY KEY,
    actor       text        NOT NULL COLLATE "C",
    version     bigint      NOT NULL,
    name        text        NOT NULL,
    payload     json        NOT NULL,
    valid_on    date        NOT NULL,
    recorded_at timestamptz NOT NULL,
    author      text        NOT NULL,
    cause       json        NOT NULL,
    UNIQUE (actor, version)
);

CREATE FUNCTION event_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Le journal ne se modifie pas et ne s''efface pas.';
END $$;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_never_changed();

-- How far each follower of the log has come.
CREATE TABLE checkpoint (
    name     text   NOT NULL PRIMARY KEY,
    position bigint NOT NULL
);

-- Cached folds. May be emptied at any time: only start-up gets slower.
CREATE TABLE snapshot (
    key      text   NOT NULL PRIMARY KEY,
    format   text   NOT NULL,
    position bigint NOT NULL,
    content  bytea  NOT NULL
);

-- Appends a batch of decisions in one round trip. Each decision is stored whole or answered with version 0 (it lost its race).
--
-- The first arrays hold one entry per decision, the last ones one entry per event, in order:
-- event_decisions says whose it is (from 1), event_ordinals its place in that decision (from 1).
--
-- The lock makes the appends of all nodes take turns and is held until the commit is visible, so positions are given in commit order:
-- whoever has seen position n never meets a smaller one later. Each statement below sees what the previous holder committed,
-- because in READ COMMITTED every statement of a volatile function takes a new snapshot, and they all come after the lock.
CREATE FUNCTION append_batch(
    actors text[], expected bigint[], counts integer[], recorded timestamptz[], authors text[], causes json[],
    event_decisions integer[], event_ordinals integer[], names text[], payloads json[], valid date[])
RETURNS TABLE (version_after bigint, position_last bigint) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    last_position bigint;
    decision      record;
    actor_before  text;
    version_now   bigint;
    accepted      boolean[] := array_fill(false, ARRAY[cardinality(actors)]);
BEGIN
    PERFORM pg_advisory_xact_lock(1129336653, 1); -- "CPOM", 1
    last_position := coalesce((SELECT max(e.position) FROM event e), 0);

    -- Several decisions of one actor follow one another.
    FOR decision IN
        SELECT d.ord, d.actor, d.expected, d.count,
               coalesce((SELECT e.version FROM event e WHERE e.actor = d.actor ORDER BY e.version DESC LIMIT 1), 0) AS version
        FROM unnest(actors, expected, counts) WITH ORDINALITY AS d (actor, expected, count, ord)
        ORDER BY d.actor, d.ord
    LOOP
        IF actor_before IS DISTINCT FROM decision.actor THEN
            actor_before := decision.actor;
            version_now := decision.version;
        END IF;
        IF decision.expected = version_now THEN
            accepted[decision.ord] := true;
            version_now := version_now + decision.count;
        END IF;
    END LOOP;

    INSERT INTO event (position, actor, version, name, payload, valid_on, recorded_at, author, cause)
    SELECT last_position + row_number() OVER (ORDER BY e.ord),
           d.actor, d.expected + e.ordinal, e.name, e.payload, e.valid_on, d.recorded_at, d.author, d.cause
    FROM unnest(event_decisions, event_ordinals, names, payloads, valid) WITH ORDINALITY
             AS e (decision, ordinal, name, payload, valid_on, ord)
    JOIN unnest(actors, expected, recorded, authors, causes, accepted) WITH ORDINALITY
             AS d (actor, expected, recorded_at, author, cause, accepted, ord) ON d.ord = e.decision
    WHERE d.accepted;

    IF FOUND THEN
        PERFORM pg_notify('cpom_event', (SELECT max(e.position) FROM event e)::text);
    END IF;

    RETURN QUERY
    SELECT CASE WHEN d.accepted THEN d.expected + d.count ELSE 0 END,
           last_position + sum(CASE WHEN d.accepted THEN d.count ELSE 0 END) OVER (ORDER BY d.ord)
    FROM unnest(expected, counts, accepted) WITH ORDINALITY AS d (expected, count, accepted, ord)
    ORDER BY d.ord;
END $$;
