-- A life is a kiosk in one of its incarnations. What ends it stands with it and is never taken back: a
-- later life begins beside it and does not revive it. Times are of head office's clock.
ALTER TABLE chains ADD COLUMN closed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN suspended_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN suspended_by TEXT NOT NULL DEFAULT '';
ALTER TABLE chains ADD COLUMN revoked_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN revoked_by TEXT NOT NULL DEFAULT '';
UPDATE chains SET revoked_at = COALESCE((SELECT k.revoked_at FROM kiosks k WHERE k.kiosk = chains.kiosk), 0) WHERE kiosk > 0;
UPDATE chains SET closed_at = CASE WHEN issue_until > 0 THEN issue_until ELSE 1 END
	WHERE kiosk > 0 AND incarnation < COALESCE((SELECT k.incarnation FROM kiosks k WHERE k.kiosk = chains.kiosk), 0);
CREATE INDEX chains_suspended ON chains (suspended_at);
-- The entry that queued a card says which of its life's keys signed it; 0: from before this version.
ALTER TABLE cards ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
CREATE INDEX cards_serial ON cards (serial);
-- When head office heard of a change of keys, and whether the key that it brought is kept out of the trust
-- list because the kiosk changes keys too often. The present key of a life stands in chains.
ALTER TABLE former_keys ADD COLUMN arrived_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE former_keys ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN issuing_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN issuing_held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN former_through INTEGER NOT NULL DEFAULT 0;
UPDATE former_keys SET arrived_at = until;
UPDATE chains SET former_through = COALESCE((SELECT MAX(f.through) FROM former_keys f WHERE f.kiosk = chains.kiosk AND f.incarnation = chains.incarnation), 0);
UPDATE chains SET issuing_since = COALESCE((SELECT MAX(f.until) FROM former_keys f WHERE f.kiosk = chains.kiosk AND f.incarnation = chains.incarnation), enrolled_at);
-- Keys that the last trust list left out, and why.
CREATE TABLE keys_left_out (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	through     INTEGER NOT NULL,
	code        TEXT NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, through)
);
-- Batches of a revoked life that arrived too late. Two people let one in, or it stays out.
CREATE TABLE late_batches (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	number      INTEGER NOT NULL,
	identity    BLOB NOT NULL,
	raw         BLOB NOT NULL,
	arrived_at  INTEGER NOT NULL,
	asked_by    TEXT NOT NULL,
	asked_at    INTEGER NOT NULL,
	let_in_at   INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, number, identity)
);
CREATE INDEX chains_device ON chains (device_key);
CREATE INDEX chains_issuing ON chains (issuing_key);
CREATE INDEX former_keys_device ON former_keys (device_key);
CREATE INDEX former_keys_issuing ON former_keys (issuing_key);
