-- What a record still lacks (app.Lacking), so that the work list opens no record; -1 was not worked
-- out yet. How the review at the counter stands: the entry of the last review, whether it sent the
-- registration back.
ALTER TABLE registrations ADD COLUMN lacks       INTEGER NOT NULL DEFAULT -1;
ALTER TABLE registrations ADD COLUMN reviewed    INTEGER NOT NULL DEFAULT 0; -- seq of registration.reviewed
ALTER TABLE registrations ADD COLUMN reviewed_by TEXT    NOT NULL DEFAULT '';
ALTER TABLE registrations ADD COLUMN reviewed_at INTEGER;
ALTER TABLE registrations ADD COLUMN sent_back   TEXT    NOT NULL DEFAULT ''; -- reason; '' is not sent back
CREATE INDEX registrations_incomplete ON registrations (seq) WHERE lacks <> 0 AND state IN ('captured', 'needs_review', 'accepted') AND scope = x'0000000000000001';
CREATE INDEX registrations_flagged ON registrations (seq) WHERE state = 'needs_review';
