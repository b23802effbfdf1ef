-- Lists of registrations are shown newest first, and a programme's people are counted by state, kiosk
-- and village: a regency's hundred thousand without looking at each of them.
DROP INDEX registrations_captured;
CREATE INDEX registrations_captured ON registrations (captured_at DESC, kiosk, seq DESC);
CREATE INDEX registrations_of_programme ON registrations (scope, captured_at DESC, kiosk, seq DESC);
DROP INDEX registrations_scope;
CREATE INDEX registrations_scope ON registrations (scope, state, cover, kiosk, incarnation, village_index);
