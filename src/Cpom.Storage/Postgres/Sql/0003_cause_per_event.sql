-- Readable from: 2
--
-- An append may hold several decisions of one actor, each with its own cause: when, from whom and why now go with each event.
--
-- append_events replaces append_batch, which stays as it is for the nodes of the release before this one that run beside it. The first three arrays
-- hold one entry per append, the others one per event, in order; all that is said of turns and positions there is true here.
-- It announces nothing itself: the trigger event_is_announced does, for every way in which events come.
CREATE FUNCTION append_events(
    actors text[], expected bigint[], counts integer[],
    event_appends integer[], event_ordinals integer[], names text[], payloads json[], valid date[],
    recorded timestamptz[], authors text[], causes json[])
RETURNS TABLE (version_after bigint, position_last bigint) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    last_position bigint;
    wanted        record;
    actor_before  text;
    version_now   bigint;
    accepted      boolean[] := array_fill(false, ARRAY[cardinality(actors)]);
BEGIN
    PERFORM append_turn();
    last_position := coalesce((SELECT max(e.position) FROM event e), 0);

    -- Several appends of one actor follow one another.
    FOR wanted IN
        SELECT a.ord, a.actor, a.expected, a.count,
               coalesce((SELECT e.version FROM event e WHERE e.actor = a.actor ORDER BY e.version DESC LIMIT 1), 0) AS version
        FROM unnest(actors, expected, counts) WITH ORDINALITY AS a (actor, expected, count, ord)
        ORDER BY a.actor, a.ord
    LOOP
        IF actor_before IS DISTINCT FROM wanted.actor THEN
            actor_before := wanted.actor;
            version_now := wanted.version;
        END IF;
        IF wanted.expected = version_now THEN
            accepted[wanted.ord] := true;
            version_now := version_now + wanted.count;
        END IF;
    END LOOP;

    INSERT INTO event (position, actor, version, name, payload, valid_on, recorded_at, author, cause)
    SELECT last_position + row_number() OVER (ORDER BY e.ord),
           a.actor, a.expected + e.ordinal, e.name, e.payload, e.valid_on, e.recorded_at, e.author, e.cause
    FROM unnest(event_appends, event_ordinals, names, payloads, valid, recorded, authors, causes) WITH ORDINALITY
             AS e (append, ordinal, name, payload, valid_on, recorded_at, author, cause, ord)
    JOIN unnest(actors, expected, accepted) WITH ORDINALITY AS a (actor, expected, accepted, ord) ON a.ord = e.append
    WHERE a.accepted;

    RETURN QUERY
    SELECT CASE WHEN a.accepted THEN a.expected + a.count ELSE 0 END,
           last_position + sum(CASE WHEN a.accepted THEN a.count ELSE 0 END) OVER (ORDER BY a.ord)
    FROM unnest(expected, counts, accepted) WITH ORDINALITY AS a (expected, count, accepted, ord)
    ORDER BY a.ord;
END $$;
