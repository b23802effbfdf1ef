-- Published lists leave the feeds: each version stands once, under the SHA-256 of its bytes, with the
-- pages that it names. A feed only announces. "published" counts versions of all lists together, and a
-- life has heard of them up to "announced". "packed" is gzip of an object's bytes, "size" how many they are. What the books of before had sent stays in the feeds.
CREATE TABLE objects (
	hash       BLOB PRIMARY KEY,
	kind       TEXT NOT NULL,
	shard      INTEGER NOT NULL,
	packed     BLOB NOT NULL,
	size       INTEGER NOT NULL,
	kept_until INTEGER NOT NULL
);
CREATE INDEX objects_list ON objects (kind, shard, kept_until);
CREATE INDEX objects_kept ON objects (kept_until);

ALTER TABLE lists ADD COLUMN hash BLOB;
ALTER TABLE lists ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;
CREATE INDEX lists_published ON lists (published);
INSERT INTO lists_wanted (kind, shard, mark) SELECT DISTINCT kind, shard, 1 FROM lists WHERE 1 = 1 ON CONFLICT (kind, shard) DO NOTHING;
DROP TABLE lists_sent;

-- Up to which frame a life says in its own journal that it has applied its news, and when that word came:
-- such frames are pruned after a backup has passed.
ALTER TABLE chains ADD COLUMN applied_frame INTEGER NOT NULL DEFAULT 0;
CREATE TABLE applied_frames (
	kiosk       INTEGER NOT NULL,
	incarnation INTEGER NOT NULL,
	number      INTEGER NOT NULL,
	told_at     INTEGER NOT NULL,
	PRIMARY KEY (kiosk, incarnation, number)
);
CREATE INDEX applied_frames_told ON applied_frames (told_at);
