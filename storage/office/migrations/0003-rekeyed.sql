-- Keys that a kiosk had before it changed them: the device key still proves the batches through the
-- entry that names its successor, the issuing key the cards that were made until then.
CREATE TABLE former_keys (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	through     INTEGER NOT NULL,
	device_key  BLOB NOT NULL,
	issuing_key BLOB NOT NULL,
	until       INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, through)
);
