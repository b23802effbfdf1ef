-- A life's feed can begin anew: its frames are numbered from 1 again behind feed_base, and what the
-- kiosk has not applied yet is said again by a key that still holds. So the contents stay, hidden.
-- Frames of before were signed by a certificate that was renewed 60 days before its end.
ALTER TABLE chains ADD COLUMN feed_epoch INTEGER NOT NULL DEFAULT 1;
ALTER TABLE chains ADD COLUMN feed_base INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN feed_began INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chains ADD COLUMN feed_why TEXT NOT NULL DEFAULT '';
ALTER TABLE frames ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE frames ADD COLUMN content BLOB;
ALTER TABLE frames ADD COLUMN first BLOB;
ALTER TABLE frames ADD COLUMN signed_epoch INTEGER NOT NULL DEFAULT 1;
ALTER TABLE frames ADD COLUMN signed_until INTEGER NOT NULL DEFAULT 0;
UPDATE frames SET signed_until = issued_at + 5184000000;
CREATE INDEX frames_signed ON frames (signed_until);
