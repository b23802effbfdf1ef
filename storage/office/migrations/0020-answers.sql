-- How often a kiosk's life was given an answer that lets it forget something. The number serves nobody:
-- it makes a transaction of an answer that only repeats what stands, so that its commit waits for the
-- standby as every other does, and covers what stands.
CREATE TABLE answers (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	given       INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation)
);
