-- Sponsor programmes. What a programme says is public and kept as its entry's body; of people there
-- is a blind index of the village, so that figures by village need no name and show none.
CREATE TABLE programmes (
	scope       BLOB PRIMARY KEY,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	body        BLOB NOT NULL,
	opened_at   INTEGER NOT NULL,
	changed_at  INTEGER NOT NULL,
	closed_at   INTEGER NOT NULL
);

CREATE TABLE programme_changes (
	scope       BLOB NOT NULL,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	kind        INTEGER NOT NULL,
	operator    TEXT NOT NULL,
	at          INTEGER NOT NULL,
	body        BLOB NOT NULL,
	PRIMARY KEY (scope, kiosk, incarnation, seq)
);

CREATE TABLE programme_lists (
	scope       BLOB NOT NULL,
	version     INTEGER NOT NULL,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	operator    TEXT NOT NULL,
	at          INTEGER NOT NULL,
	body        BLOB NOT NULL,
	PRIMARY KEY (scope, version)
);

CREATE TABLE list_codes (
	scope   BLOB NOT NULL,
	version INTEGER NOT NULL,
	code    TEXT NOT NULL,
	n       INTEGER NOT NULL,
	PRIMARY KEY (scope, version, code)
);

CREATE TABLE paid_twice (
	kiosk             INTEGER NOT NULL,
	incarnation       INTEGER NOT NULL,
	seq               INTEGER NOT NULL,
	other_kiosk       INTEGER NOT NULL,
	other_incarnation INTEGER NOT NULL,
	other_seq         INTEGER NOT NULL,
	scope             BLOB NOT NULL,
	other_scope       BLOB NOT NULL,
	first_month       INTEGER NOT NULL,
	last_month        INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq, other_kiosk, other_incarnation, other_seq)
);
CREATE INDEX paid_twice_scope ON paid_twice (scope);
CREATE INDEX paid_twice_other ON paid_twice (other_scope);

-- How many workers a region has, and how many of them were covered on a day by head office's main
-- books. Whom Loket adds is counted from then on.
CREATE TABLE coverage (
	region  TEXT PRIMARY KEY,
	workers INTEGER NOT NULL,
	covered INTEGER NOT NULL,
	target  INTEGER NOT NULL,
	as_of   TEXT NOT NULL,
	added      INTEGER NOT NULL,
	counted_at INTEGER NOT NULL
);

ALTER TABLE registrations ADD COLUMN village_index BLOB;
ALTER TABLE registrations ADD COLUMN pays_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registrations ADD COLUMN pays_to INTEGER NOT NULL DEFAULT 0;
CREATE INDEX registrations_scope ON registrations (scope, state, cover, village_index);
