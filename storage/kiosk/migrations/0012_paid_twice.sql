-- Who is paid for by two is found among hundreds of thousands without looking at each row.
DROP INDEX registrations_by_nik;
CREATE INDEX registrations_by_nik ON registrations (nik, scope, state);
