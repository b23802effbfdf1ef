CREATE TABLE events (
	event       TEXT NOT NULL,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	name        TEXT NOT NULL,
	village     TEXT NOT NULL,
	address     TEXT NOT NULL,
	partner     TEXT NOT NULL,
	from_at     INTEGER NOT NULL,
	until_at    INTEGER NOT NULL,
	pickup      TEXT NOT NULL,
	passes      INTEGER NOT NULL,
	joined      INTEGER NOT NULL,
	registered  INTEGER NOT NULL,
	handed      INTEGER NOT NULL,
	closed_at   INTEGER NOT NULL,
	told        BLOB NOT NULL,
	PRIMARY KEY (event, kiosk, incarnation)
);
CREATE INDEX events_by_day ON events (from_at);
