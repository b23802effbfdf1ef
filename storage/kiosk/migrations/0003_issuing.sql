-- Numbers that head office lent to this kiosk, cards, and whom they reached.

CREATE TABLE leases (
  kind    TEXT    NOT NULL,             -- member or serial
  first   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  next    INTEGER NOT NULL,             -- the first number that was not given out
  expires INTEGER NOT NULL,
  epoch   INTEGER NOT NULL,
  PRIMARY KEY (kind, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE cards (
  serial       INTEGER PRIMARY KEY,
  registration INTEGER NOT NULL REFERENCES registrations (seq),
  member       TEXT    NOT NULL,
  generation   INTEGER NOT NULL,
  state        TEXT    NOT NULL,
  reason       TEXT    NOT NULL,
  hash         BLOB    NOT NULL,        -- SHA-256 of the COSE bytes
  credential   BLOB    NOT NULL,        -- the COSE bytes, sealed: they hold the name
  job          TEXT    NOT NULL,        -- print job that it was sent in
  issued_at    INTEGER NOT NULL,
  confirmed_at INTEGER,
  changed_at   INTEGER NOT NULL
) STRICT;
-- One card of a person is current, whatever a program does wrong.
CREATE UNIQUE INDEX cards_current ON cards (registration)
  WHERE state IN ('queued', 'sent', 'confirmed', 'packed', 'returned', 'handed');
CREATE INDEX cards_by_registration ON cards (registration);
CREATE INDEX cards_unprinted ON cards (state, serial) WHERE state IN ('queued', 'sent');

CREATE TABLE handovers (
  seq      INTEGER PRIMARY KEY REFERENCES entries (seq), -- handover.done
  serial   INTEGER NOT NULL UNIQUE REFERENCES cards (serial),
  hash     BLOB    NOT NULL,
  receiver TEXT    NOT NULL,
  level    INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  operator TEXT    NOT NULL
) STRICT;
