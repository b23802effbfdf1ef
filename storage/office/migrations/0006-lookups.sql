-- Families' questions (J8) and their answers. The question is the hidden part of its entry.
CREATE TABLE lookups (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	number      INTEGER NOT NULL,
	operator    TEXT NOT NULL,
	asked_at    INTEGER NOT NULL,
	state       TEXT NOT NULL,
	finding     TEXT NOT NULL,
	day         TEXT NOT NULL,
	by_name     INTEGER NOT NULL,
	answered_at INTEGER NOT NULL,
	answered_by TEXT NOT NULL,
	words       BLOB NOT NULL,
	called_at   INTEGER NOT NULL,
	how         TEXT NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);
CREATE INDEX lookups_state ON lookups (state, asked_at);
-- Who bears a name and a birth date, by their blind index.
CREATE TABLE person_index (
	person      BLOB NOT NULL,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	PRIMARY KEY (person, kiosk, incarnation, seq)
);
CREATE INDEX person_index_registration ON person_index (kiosk, incarnation, seq);
