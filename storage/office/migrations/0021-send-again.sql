-- Head office asks a kiosk to send batches again that it no longer has: by whose word, from which number.
CREATE TABLE sent_again (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	asked_at    INTEGER NOT NULL,
	from_batch  INTEGER NOT NULL,
	first_by    TEXT NOT NULL,
	second_by   TEXT NOT NULL,
	PRIMARY KEY (kiosk, incarnation, asked_at)
);
