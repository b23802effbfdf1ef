-- An order begins or ends the cover of many. Its people are fixed when it is asked, so that what two
-- people agree to is what is done; a worker goes through them in pieces and remembers where it was.

CREATE TABLE orders (
	order_id       BLOB PRIMARY KEY,
	act            TEXT NOT NULL,
	day            TEXT NOT NULL,
	programme      TEXT NOT NULL,
	former         BLOB NOT NULL,
	people         INTEGER NOT NULL,
	done           INTEGER NOT NULL,
	changed        INTEGER NOT NULL,
	planned        INTEGER NOT NULL,
	state          TEXT NOT NULL,
	asked_by       TEXT NOT NULL,
	first_account  TEXT NOT NULL,
	second_account TEXT NOT NULL,
	asked_at       INTEGER NOT NULL,
	started_at     INTEGER NOT NULL,
	ended_at       INTEGER NOT NULL,
	at_kiosk       INTEGER NOT NULL,
	at_incarnation INTEGER NOT NULL,
	at_seq         INTEGER NOT NULL
);
CREATE INDEX orders_state ON orders (state, asked_at);

CREATE TABLE order_people (
	order_id    BLOB NOT NULL,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	outcome     INTEGER NOT NULL,
	PRIMARY KEY (order_id, kiosk, incarnation, seq)
);
