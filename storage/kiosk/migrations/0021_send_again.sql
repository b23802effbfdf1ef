-- Head office asked for this batch again: its books come out of a backup. The first receipt stays as a proof.
ALTER TABLE batches ADD COLUMN former_receipt BLOB;
ALTER TABLE batches ADD COLUMN again_at INTEGER;
