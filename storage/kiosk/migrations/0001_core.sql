-- The journal and what every other table leans on. Times are unix milliseconds. Columns named
-- "sealed" are encrypted with the data key; what stands open says nothing about a person.

-- The chain that this folder holds: one row, from the first supervisor's first start.
CREATE TABLE meta (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  kiosk       INTEGER NOT NULL,
  incarnation INTEGER NOT NULL,
  device      BLOB    NOT NULL,             -- public device key: the chain begins with it
  boot        INTEGER NOT NULL DEFAULT 0,   -- how often the program has started
  known       INTEGER NOT NULL DEFAULT 0    -- newest time that head office has signed
) STRICT;

CREATE TABLE entries (
  seq         INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  kind        INTEGER NOT NULL,
  operator    TEXT    NOT NULL,
  scope       BLOB    NOT NULL,
  bytes       BLOB    NOT NULL,             -- canonical CBOR, hashed into the chain
  head        BLOB    NOT NULL,
  bookkeeping INTEGER NOT NULL,             -- 1: speaks of the post itself
  batch       INTEGER,                      -- number of the batch that holds it
  receipted   INTEGER NOT NULL DEFAULT 0,   -- 1: head office holds it
  verdict     TEXT                          -- code when head office put it aside
) STRICT;
CREATE INDEX entries_unsealed ON entries (seq) WHERE batch IS NULL;
CREATE INDEX entries_only_here ON entries (seq) WHERE receipted = 0 AND bookkeeping = 0;
CREATE INDEX entries_by_operator ON entries (operator, seq);

-- Personal parts: salt and CBOR, sealed. A purged part is a removed row; the chain still checks.
CREATE TABLE parts (
  seq    INTEGER PRIMARY KEY REFERENCES entries (seq),
  sealed BLOB NOT NULL
) STRICT;

-- How many entries of each scope the sealed batches hold.
CREATE TABLE scopes (
  scope BLOB PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operators (
  id       TEXT PRIMARY KEY,
  label    BLOB    NOT NULL,                -- name, sealed with the machine's secret: shown before sign-in
  role     TEXT    NOT NULL,
  agency   TEXT    NOT NULL,
  key      BLOB    NOT NULL,                -- Ed25519 public key
  attested INTEGER NOT NULL DEFAULT 0,      -- last seq that the operator's own signature covers
  removed  INTEGER                          -- when
) STRICT, WITHOUT ROWID;

-- The data key as each operator's PIN opens it.
CREATE TABLE slots (
  operator TEXT PRIMARY KEY REFERENCES operators (id),
  slot     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_attempts (
  operator TEXT PRIMARY KEY,
  wrong    INTEGER NOT NULL,
  until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Device, issuing and opening keys.
CREATE TABLE secrets (
  name   TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Settings of this computer and what head office told it; nothing personal.
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  number       INTEGER PRIMARY KEY,
  first        INTEGER NOT NULL,
  last         INTEGER NOT NULL,
  identity     BLOB    NOT NULL,
  signed       BLOB    NOT NULL,            -- COSE of the header
  sealed_at    INTEGER NOT NULL,
  receipted_at INTEGER,
  receipt      BLOB                         -- head office's signed answer
) STRICT;
CREATE INDEX batches_pending ON batches (number) WHERE receipted_at IS NULL;

CREATE TABLE attachments (
  hash         BLOB PRIMARY KEY,            -- SHA-256 of the plain bytes
  kind         TEXT    NOT NULL,
  size         INTEGER NOT NULL,
  entry        INTEGER,                     -- the entry that names it
  added_at     INTEGER NOT NULL,
  receipted_at INTEGER,
  receipt      BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_entry ON attachments (entry) WHERE entry IS NOT NULL;
CREATE INDEX attachments_pending ON attachments (added_at) WHERE receipted_at IS NULL AND entry IS NOT NULL;

CREATE TABLE feed_applied (
  number INTEGER PRIMARY KEY,
  hash   BLOB    NOT NULL,
  issued INTEGER NOT NULL,
  kind   TEXT    NOT NULL,
  at     INTEGER NOT NULL
) STRICT;

-- News that could not be applied: kept, and shown to a person.
CREATE TABLE inbox_problems (
  name TEXT PRIMARY KEY,
  code TEXT    NOT NULL,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
