-- The event log: one total order (position), one history per actor (version).
-- Rows are only ever added. Times are UTC text with six digits of a second, so they sort as text.
CREATE TABLE event (
    position    INTEGER PRIMARY KEY,
    actor       TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    payload     TEXT    NOT NULL,
    valid_on    TEXT    NOT NULL,
    recorded_at TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    cause       TEXT    NOT NULL,
    UNIQUE (actor, version)
) STRICT;

CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'Le journal ne se modifie pas.');
END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'Le journal ne s''efface pas.');
END;

-- How far each follower of the log has come.
CREATE TABLE checkpoint (
    name     TEXT    NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Cached folds. May be emptied at any time: only start-up gets slower.
CREATE TABLE snapshot (
    key      TEXT    NOT NULL PRIMARY KEY,
    format   TEXT    NOT NULL,
    position INTEGER NOT NULL,
    content  BLOB    NOT NULL
) STRICT;
