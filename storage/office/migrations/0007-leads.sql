CREATE TABLE leads (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	workers     INTEGER NOT NULL,
	operator    TEXT NOT NULL,
	captured_at INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);
ALTER TABLE kiosks ADD COLUMN branch_address TEXT NOT NULL DEFAULT '';
