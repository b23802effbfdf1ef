-- Sponsor programmes, the versions of their lists, and who stands in them.

CREATE TABLE programmes (
  scope     BLOB PRIMARY KEY,
  body      BLOB    NOT NULL,             -- CBOR, as in the newest entry about it
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT, WITHOUT ROWID;

-- Lists as they were taken in. One that was given up half-way stays without an end.
CREATE TABLE lists (
  scope     BLOB    NOT NULL REFERENCES programmes (scope),
  version   INTEGER NOT NULL,
  file      BLOB    NOT NULL,             -- SHA-256
  judged    BLOB    NOT NULL,             -- hash of what each row says and whether it was accepted, keyed
  as_of     TEXT    NOT NULL,
  rows      INTEGER NOT NULL,
  rejected  INTEGER NOT NULL,
  operator  TEXT    NOT NULL,
  done      INTEGER NOT NULL DEFAULT 0,   -- rows
  fresh     INTEGER NOT NULL DEFAULT 0,
  corrected INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  gone      INTEGER NOT NULL DEFAULT 0,   -- in the version before and not in this one
  root      BLOB,                         -- over the commitments of all accepted rows
  ended_at  INTEGER,
  PRIMARY KEY (scope, version)
) STRICT, WITHOUT ROWID;

-- Who was registered from a list.
CREATE TABLE listed (
  registration INTEGER PRIMARY KEY REFERENCES registrations (seq),
  scope        BLOB    NOT NULL,
  version      INTEGER NOT NULL,          -- the newest that has the person
  digest       BLOB    NOT NULL,          -- keyed hash of what the list says: equal is unchanged
  commitment   BLOB    NOT NULL,          -- to the row
  sealed       BLOB,                      -- what the list says; none: as in the first entry
  nik          BLOB                       -- blind index of the list's NIK, where the counter has corrected it
) STRICT;
CREATE INDEX listed_renumbered ON listed (nik) WHERE nik IS NOT NULL;
CREATE INDEX listed_by_scope ON listed (scope);
CREATE INDEX registrations_by_scope ON registrations (scope, state);
