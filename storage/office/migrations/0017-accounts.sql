-- Accounts have roles of a closed list, can be blocked, and a payer's reader has one programme (the
-- scope's 32 hex digits). A session is a row, so that signing out ends it for every process; its name
-- is the hash of what the browser holds.

ALTER TABLE accounts ADD COLUMN blocked_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN programme TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET role = 'administrator' WHERE role = 'admin';

CREATE TABLE sessions (
	name     BLOB PRIMARY KEY,
	account  TEXT NOT NULL,
	until    INTEGER NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);
