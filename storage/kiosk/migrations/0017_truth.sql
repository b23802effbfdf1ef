-- What an operator may do, under the data key, with the entry that says so: the open columns are for
-- screens before sign-in.
ALTER TABLE operators ADD COLUMN standing BLOB;
CREATE INDEX entries_of_operators ON entries (seq) WHERE kind IN (1, 4, 5);

-- A change of keys in pieces: which step, after which row; -1: none is under way.
ALTER TABLE meta ADD COLUMN reseal_step  INTEGER NOT NULL DEFAULT -1;
ALTER TABLE meta ADD COLUMN reseal_after INTEGER NOT NULL DEFAULT 0;
-- Until its last piece: the blind index under the key before, where the row has the new one already.
ALTER TABLE registrations ADD COLUMN nik_before BLOB;
