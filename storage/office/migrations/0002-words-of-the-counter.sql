CREATE TABLE comparisons (
	kiosk             INTEGER NOT NULL,
	incarnation       INTEGER NOT NULL,
	seq               INTEGER NOT NULL,
	other_kiosk       INTEGER NOT NULL,
	other_incarnation INTEGER NOT NULL,
	other_seq         INTEGER NOT NULL,
	outcome           TEXT NOT NULL,
	operator          TEXT NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq, other_kiosk, other_incarnation, other_seq)
);

CREATE TABLE attestations (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	operator    TEXT NOT NULL,
	first_seq   INTEGER NOT NULL,
	last_seq    INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, operator, first_seq)
);
