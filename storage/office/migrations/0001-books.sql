-- The books of head office. Every key leads with what spreads the rows: the kiosk, or a hash. What
-- must be unique in the whole country has a claim table of its own. Times are unix milliseconds, 0
-- is "not yet". Statements end with a semicolon at the end of a line; on PostgreSQL BLOB is read as
-- BYTEA and INTEGER as BIGINT.

CREATE TABLE settings (
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
);

CREATE TABLE counters (
	name  TEXT PRIMARY KEY,
	value INTEGER NOT NULL
);

CREATE TABLE accounts (
	name       TEXT PRIMARY KEY,
	role       TEXT NOT NULL,
	password   BLOB NOT NULL,
	session    INTEGER NOT NULL,
	created_at INTEGER NOT NULL
);

CREATE TABLE kiosks (
	kiosk       INTEGER PRIMARY KEY,
	branch      TEXT NOT NULL,
	branch_name TEXT NOT NULL,
	label       TEXT NOT NULL,
	incarnation INTEGER NOT NULL,
	created_at  INTEGER NOT NULL,
	revoked_at  INTEGER NOT NULL
);

CREATE TABLE enrol_tokens (
	kiosk        INTEGER NOT NULL,
	token        BLOB NOT NULL,
	incarnation  INTEGER NOT NULL,
	secret       BLOB NOT NULL,
	expires_at   INTEGER NOT NULL,
	used_at      INTEGER NOT NULL,
	request_hash BLOB NOT NULL,
	answer       BLOB NOT NULL,
	PRIMARY KEY (kiosk, token)
);

CREATE TABLE chains (
	kiosk          INTEGER NOT NULL,
	incarnation    INTEGER NOT NULL,
	device_key     BLOB NOT NULL,
	issuing_key    BLOB NOT NULL,
	opening_key    BLOB NOT NULL,
	transport      BLOB NOT NULL,
	enrolled_at    INTEGER NOT NULL,
	issue_until    INTEGER NOT NULL,
	seen_at        INTEGER NOT NULL,
	batch_number   INTEGER NOT NULL,
	batch_identity BLOB NOT NULL,
	seq            INTEGER NOT NULL,
	head           BLOB NOT NULL,
	frame_number   INTEGER NOT NULL,
	frame_hash     BLOB NOT NULL,
	settings_at    INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation)
);
CREATE INDEX chains_transport ON chains (transport);

CREATE TABLE batches (
	kiosk        INTEGER NOT NULL,
	incarnation  INTEGER NOT NULL,
	number       INTEGER NOT NULL,
	identity     BLOB NOT NULL,
	first_seq    INTEGER NOT NULL,
	last_seq     INTEGER NOT NULL,
	previous     BLOB NOT NULL,
	head_before  BLOB NOT NULL,
	head_after   BLOB NOT NULL,
	raw          BLOB NOT NULL,
	received_at  INTEGER NOT NULL,
	applied_at   INTEGER NOT NULL,
	log_index    INTEGER NOT NULL,
	receipt      INTEGER NOT NULL,
	quarantined  INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, number)
);
CREATE INDEX batches_received ON batches (received_at);

CREATE TABLE log (
	log_index   INTEGER PRIMARY KEY,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	number      INTEGER NOT NULL,
	identity    BLOB NOT NULL
);

CREATE TABLE entries (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	kind        INTEGER NOT NULL,
	scope       BLOB NOT NULL,
	at          INTEGER NOT NULL,
	raw         BLOB NOT NULL,
	applied     INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);

CREATE TABLE parts (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	hidden      BLOB NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);

CREATE TABLE quarantine (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	code        TEXT NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);

CREATE TABLE clone_alarms (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	number      INTEGER NOT NULL,
	identity    BLOB NOT NULL,
	raw         BLOB NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, number, identity)
);

CREATE TABLE operators (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	operator    TEXT NOT NULL,
	role        TEXT NOT NULL,
	agency      TEXT NOT NULL,
	public_key  BLOB NOT NULL,
	removed_at  INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, operator)
);

CREATE TABLE registrations (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	counter     INTEGER NOT NULL,
	scope       BLOB NOT NULL,
	operator    TEXT NOT NULL,
	captured_at INTEGER NOT NULL,
	state       TEXT NOT NULL,
	reason      TEXT NOT NULL,
	wanted      TEXT NOT NULL,
	member      TEXT NOT NULL,
	cover       TEXT NOT NULL,
	cover_from  TEXT NOT NULL,
	decided_at  INTEGER NOT NULL,
	nik_index   BLOB NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);
CREATE INDEX registrations_member ON registrations (member);
CREATE INDEX registrations_nik ON registrations (nik_index);
CREATE INDEX registrations_state ON registrations (state, captured_at);
CREATE INDEX registrations_captured ON registrations (captured_at);
CREATE INDEX registrations_cover ON registrations (cover, cover_from);

CREATE TABLE nik_claims (
	nik_index   BLOB PRIMARY KEY,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL
);

CREATE TABLE member_claims (
	member      TEXT PRIMARY KEY,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL
);

CREATE TABLE member_ranges (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	first       INTEGER NOT NULL,
	last        INTEGER NOT NULL,
	used        INTEGER NOT NULL,
	leased_at   INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, first)
);

CREATE TABLE serial_blocks (
	shard       INTEGER NOT NULL,
	block       INTEGER NOT NULL,
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	used        INTEGER NOT NULL,
	leased_at   INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	PRIMARY KEY (shard, block)
);
CREATE INDEX serial_blocks_kiosk ON serial_blocks (kiosk, incarnation);

CREATE TABLE serial_status (
	shard  INTEGER NOT NULL,
	serial INTEGER NOT NULL,
	value  INTEGER NOT NULL,
	PRIMARY KEY (shard, serial)
);

CREATE TABLE cards (
	kiosk        INTEGER NOT NULL,
	incarnation  INTEGER NOT NULL,
	serial       INTEGER NOT NULL,
	registration INTEGER NOT NULL,
	member       TEXT NOT NULL,
	generation   INTEGER NOT NULL,
	hash         BLOB NOT NULL,
	state        TEXT NOT NULL,
	queued_at    INTEGER NOT NULL,
	changed_at   INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, serial)
);
CREATE INDEX cards_registration ON cards (kiosk, incarnation, registration);

CREATE TABLE handovers (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	serial      INTEGER NOT NULL,
	receiver    TEXT NOT NULL,
	level       INTEGER NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, seq)
);

CREATE TABLE attachments (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	hash        BLOB NOT NULL,
	size        INTEGER NOT NULL,
	named_by    INTEGER NOT NULL,
	hidden      BLOB NOT NULL,
	received_at INTEGER NOT NULL,
	receipt     INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, hash)
);

CREATE TABLE frames (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	number      INTEGER NOT NULL,
	kind        TEXT NOT NULL,
	hash        BLOB NOT NULL,
	raw         BLOB NOT NULL,
	issued_at   INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, number)
);

CREATE TABLE lists (
	kind        TEXT NOT NULL,
	shard       INTEGER NOT NULL,
	epoch       INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	raw         BLOB NOT NULL,
	issued_at   INTEGER NOT NULL,
	next_update INTEGER NOT NULL,
	PRIMARY KEY (kind, shard, epoch, seq)
);

CREATE TABLE lists_wanted (
	kind  TEXT NOT NULL,
	shard INTEGER NOT NULL,
	mark  INTEGER NOT NULL,
	PRIMARY KEY (kind, shard)
);

CREATE TABLE lists_sent (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	kind        TEXT NOT NULL,
	shard       INTEGER NOT NULL,
	epoch       INTEGER NOT NULL,
	seq         INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, kind, shard)
);

CREATE TABLE turns (
	name   TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	until  INTEGER NOT NULL
);
