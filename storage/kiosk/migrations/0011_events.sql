-- Events, the passes that let volunteers in for their hours, and what was done at each.

-- All that is known of an event stands in its event.opened entry.
CREATE TABLE events (
  id     TEXT PRIMARY KEY,
  opened INTEGER NOT NULL REFERENCES entries (seq),
  closed INTEGER REFERENCES entries (seq)
) STRICT, WITHOUT ROWID;

-- Hours and tasks of a pass stand in its event.pass-issued entry.
CREATE TABLE passes (
  id       BLOB PRIMARY KEY,
  event    TEXT    NOT NULL REFERENCES events (id),
  issued   INTEGER NOT NULL REFERENCES entries (seq),
  text     BLOB    NOT NULL,                      -- what is printed, sealed
  slot     BLOB,                                  -- the data key, as the pass opens it; gone once used
  unlock   BLOB,                                  -- with the volunteer's PIN opens that slot; gone when the pass ends
  operator TEXT UNIQUE REFERENCES operators (id)  -- who joined with it
) STRICT, WITHOUT ROWID;
CREATE INDEX passes_by_event ON passes (event);

-- Which entries were made at an event.
CREATE TABLE event_entries (
  event TEXT    NOT NULL,
  kind  INTEGER NOT NULL,
  seq   INTEGER NOT NULL,
  PRIMARY KEY (event, kind, seq)
) STRICT, WITHOUT ROWID;

-- How often the slip of a registration was printed.
CREATE TABLE slips (
  registration INTEGER PRIMARY KEY REFERENCES registrations (seq),
  printed      INTEGER NOT NULL
) STRICT;
