-- Bounds of what a kiosk may lay into the books. A file is taken when an entry has named it, so many a day.
-- Of the alarms that a copy raises one is kept whole and the others are counted. So many questions of families
-- are answered without a person, and "held" says why one waits for a person all the same.
ALTER TABLE attachments ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE attachments ADD COLUMN named_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX attachments_received ON attachments (kiosk, received_at);
ALTER TABLE clone_alarms ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
ALTER TABLE clone_alarms ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lookups ADD COLUMN held TEXT NOT NULL DEFAULT '';
CREATE INDEX lookups_answered ON lookups (kiosk, answered_at);
