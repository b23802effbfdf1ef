-- Lists that head office announced and that have not come yet, and the pages that belong to those that
-- are kept, by the SHA-256 of their bytes. Nothing here is personal.
CREATE TABLE lists_wanted (
	kind  TEXT NOT NULL,
	shard INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	seq   INTEGER NOT NULL,
	hash  BLOB NOT NULL,
	size  INTEGER NOT NULL,
	PRIMARY KEY (kind, shard)
);
CREATE TABLE list_parts (
	kind  TEXT NOT NULL,
	shard INTEGER NOT NULL,
	hash  BLOB NOT NULL,
	raw   BLOB NOT NULL,
	PRIMARY KEY (kind, shard, hash)
);
CREATE INDEX list_parts_hash ON list_parts (hash);
