-- How far ahead of signed time the clock was found at the last contact, in ms: rules subtract it.
ALTER TABLE meta ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0;

-- The time of the newest entry from which the clock went back: known time does not fall below it.
ALTER TABLE meta ADD COLUMN peak INTEGER NOT NULL DEFAULT 0;

-- A wait for a PIN is a length of time and the reading of a meter when it began, because a clock can be
-- set. What waited before waits its whole time once more: nobody can tell how much of it is over.
ALTER TABLE pin_attempts ADD COLUMN wait INTEGER NOT NULL DEFAULT 0;  -- ms
ALTER TABLE pin_attempts ADD COLUMN mark INTEGER NOT NULL DEFAULT -1; -- ms of the meter; -1: none yet
UPDATE pin_attempts SET wait = min(30000 << min(wrong - 5, 12), 86400000) WHERE wrong >= 5;
