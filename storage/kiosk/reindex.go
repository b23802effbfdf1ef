package kiosk

import (
	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
)

// A blind index is made anew from a record when the data key changes. Read gives the row's number,
// the part's number as text or "", and the sealed record.
type blindColumn struct {
	read, write string
	record      func(s *Store, r sealedRow) (journal.RecordPart, error)
}

var blindColumns = []blindColumn{
	{
		`SELECT r.seq, cast(r.record AS TEXT), '', p.sealed FROM registrations r JOIN parts p ON p.seq = r.record
			WHERE r.seq > ? ORDER BY r.seq LIMIT ?`,
		`UPDATE registrations SET nik_before = coalesce(nik_before, nik), nik = ?1 WHERE seq = ?2 AND nik <> ?1`,
		recordInPart,
	},
	{ // by which NIK a list knows somebody
		`SELECT l.registration, CASE WHEN l.sealed IS NULL THEN cast(l.registration AS TEXT) ELSE '' END, '', coalesce(l.sealed, p.sealed)
			FROM listed l LEFT JOIN parts p ON p.seq = l.registration
			WHERE l.registration > ? AND l.nik IS NOT NULL AND coalesce(l.sealed, p.sealed) IS NOT NULL ORDER BY l.registration LIMIT ?`,
		`UPDATE listed SET nik = ? WHERE registration = ?`,
		func(s *Store, r sealedRow) (journal.RecordPart, error) {
			if r.a != "" {
				return recordInPart(s, r)
			}
			var packed journal.RecordPart
			plain, err := s.unseal("listed", "sealed", r.number, r.sealed)
			if err == nil {
				err = cose.UnmarshalOpen(plain, &packed)
			}
			return packed, err
		},
	},
}

func recordInPart(s *Store, r sealedRow) (journal.RecordPart, error) {
	var packed journal.RecordPart
	plain, err := s.unseal("parts", "sealed", r.a, r.sealed)
	if err != nil {
		return packed, err
	}
	defer clear(plain)
	part, err := partFrom(plain)
	if err != nil {
		return packed, err
	}
	return packed, part.Into(&packed)
}

// reindexRow leaves a record alone that was spoiled before.
func (t *tx) reindexRow(c blindColumn, r sealedRow) error {
	packed, err := c.record(t.s, r)
	if app.CodeOf(err) == app.VaultUnreadable {
		return nil
	}
	if err != nil {
		return err
	}
	record, err := packed.Record()
	if err != nil {
		return err
	}
	index, err := t.blind("nik", record.Person.NIK)
	if err != nil {
		return err
	}
	return t.exec(c.write, index, r.number)
}
