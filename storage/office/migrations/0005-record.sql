-- The entry in which a registration's record stands now; 0 is the registration's own. And what was
-- done about a registration afterwards, as the console tells it: nothing personal.
ALTER TABLE registrations ADD COLUMN record INTEGER NOT NULL DEFAULT 0;

CREATE TABLE amendments (
	kiosk        INTEGER NOT NULL,
	incarnation  INTEGER NOT NULL,
	registration INTEGER NOT NULL,
	seq          INTEGER NOT NULL,
	kind         INTEGER NOT NULL,
	operator     TEXT NOT NULL,
	at           INTEGER NOT NULL,
	reason       TEXT NOT NULL,
	fields       TEXT NOT NULL,
	PRIMARY KEY (kiosk, incarnation, registration, seq)
);
