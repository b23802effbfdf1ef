-- Families asking (J8). The question is the personal part of its entry, head office's words are sealed.
CREATE TABLE lookups (
  seq         INTEGER PRIMARY KEY REFERENCES entries (seq), -- lookup.asked, or access.looked-up
  number      INTEGER NOT NULL UNIQUE,                      -- of the slip
  state       TEXT    NOT NULL,                             -- told, waiting, answered, closed
  asked_at    INTEGER NOT NULL,
  operator    TEXT    NOT NULL,
  answered_at INTEGER,
  answer      BLOB,                                         -- sealed
  closed_at   INTEGER,
  how         TEXT    NOT NULL DEFAULT ''                   -- how the family was told
) STRICT;
CREATE INDEX lookups_by_state ON lookups (state, asked_at);
CREATE INDEX lookups_by_time ON lookups (asked_at);
