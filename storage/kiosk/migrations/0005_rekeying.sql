-- When somebody leaves, the data key changes: what those who stay need until they sign in.
ALTER TABLE operators ADD COLUMN opening BLOB;                 -- X25519, public
ALTER TABLE meta ADD COLUMN rekey INTEGER NOT NULL DEFAULT 0;  -- 1: an operator left, and the keys are still the same
ALTER TABLE meta ADD COLUMN data_key INTEGER NOT NULL DEFAULT 1; -- version of the data key

CREATE TABLE renewals (
  operator TEXT PRIMARY KEY REFERENCES operators (id),
  sealed   BLOB NOT NULL               -- the data key, sealed to the operator's opening key
) STRICT, WITHOUT ROWID;

-- Device keys before, with the last entry that each signs for.
CREATE TABLE former_devices (
  through INTEGER PRIMARY KEY,
  sealed  BLOB NOT NULL
) STRICT;
