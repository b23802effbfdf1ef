-- Registrations whose own date lies far from the day on which they arrived: a clock that was years off,
-- or somebody who set it so. They stand as they are, and a person looks at them.
CREATE TABLE odd_dates (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	arrived_at  INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);
