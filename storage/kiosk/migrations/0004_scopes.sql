-- Whose money pays for a registration, and who is paid for together.
ALTER TABLE registrations ADD COLUMN scope BLOB NOT NULL DEFAULT x'0000000000000001'; -- self-payers
ALTER TABLE registrations ADD COLUMN together INTEGER NOT NULL DEFAULT 0;             -- counter of the first of a group, 0 alone
