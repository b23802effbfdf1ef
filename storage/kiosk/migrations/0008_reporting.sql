-- What may stand open of a record, for counting: codes that say nothing about a single person. It is
-- filled from the records when a report is asked for, and again where a record was changed since.
CREATE TABLE coarse (
  registration INTEGER PRIMARY KEY REFERENCES registrations (seq),
  record       INTEGER NOT NULL,  -- that it was taken from
  village      TEXT    NOT NULL,  -- official code
  payer        TEXT    NOT NULL,  -- kind
  event        TEXT    NOT NULL   -- at which the person was registered
) STRICT;
CREATE INDEX registrations_by_moment ON registrations (captured_at);
