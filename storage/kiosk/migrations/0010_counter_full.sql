-- Numbers of the queue, and what the counter keeps beside registrations.
CREATE TABLE tickets (
  day  TEXT PRIMARY KEY,                 -- "2026-11-20"
  last INTEGER NOT NULL                  -- number given out last
) STRICT, WITHOUT ROWID;
CREATE INDEX registrations_together ON registrations (together) WHERE together != 0;

-- Small employers that want to register their workers. Who they are stands in the entry's sealed part.
CREATE TABLE leads (
  seq      INTEGER PRIMARY KEY REFERENCES entries (seq), -- lead.employer
  at       INTEGER NOT NULL,
  operator TEXT    NOT NULL,
  workers  INTEGER NOT NULL
) STRICT;
