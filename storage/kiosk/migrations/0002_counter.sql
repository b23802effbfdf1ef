-- Registration at the counter. Whatever is personal stands in parts, or in a sealed column here.

-- Who was registered here. The record itself is the personal part of the entry that "record" names,
-- so that purging the part removes it everywhere.
CREATE TABLE registrations (
  seq         INTEGER PRIMARY KEY REFERENCES entries (seq), -- registration.captured
  record      INTEGER NOT NULL,
  counter     INTEGER NOT NULL UNIQUE,                      -- of the provisional number
  state       TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  member      TEXT    NOT NULL,
  cover       TEXT    NOT NULL,
  cover_from  TEXT    NOT NULL,
  captured_at INTEGER NOT NULL,
  decided_at  INTEGER,                                      -- at head office
  operator    TEXT    NOT NULL,
  nik         BLOB    NOT NULL                              -- blind index
) STRICT;
CREATE INDEX registrations_by_nik ON registrations (nik);

-- What is unfinished: registrations as typed, handovers put aside. No entries.
CREATE TABLE drafts (
  room       TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  changed_at INTEGER NOT NULL,
  sealed     BLOB    NOT NULL,
  PRIMARY KEY (room, id)
) STRICT, WITHOUT ROWID;

-- Which entries speak of a person, beside the first: what the person's page shows.
CREATE TABLE histories (
  registration INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  PRIMARY KEY (registration, seq)
) STRICT, WITHOUT ROWID;
