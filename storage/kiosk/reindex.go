package kiosk

import (
	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/vault"
)

// A blind index is made anew from a record when the data key changes. Read gives the row's number,
// the part's number as text or "", and the sealed record.
type blindColumn struct {
	read, write string
	record      func(next *vault.Key, r sealedRow) (journal.RecordPart, error)
}

var blindColumns = []blindColumn{
	{
		`SELECT r.seq, cast(r.record AS TEXT), '', p.sealed FROM registrations r JOIN parts p ON p.seq = r.record
			WHERE r.seq > ? ORDER BY r.seq LIMIT ?`,
		`UPDATE registrations SET nik = ? WHERE seq = ?`,
		recordInPart,
	},
	{ // by which NIK a list knows somebody
		`SELECT l.registration, CASE WHEN l.sealed IS NULL THEN cast(l.registration AS TEXT) ELSE '' END, '', coalesce(l.sealed, p.sealed)
			FROM listed l LEFT JOIN parts p ON p.seq = l.registration
			WHERE l.registration > ? AND l.nik IS NOT NULL AND coalesce(l.sealed, p.sealed) IS NOT NULL ORDER BY l.registration LIMIT ?`,
		`UPDATE listed SET nik = ? WHERE registration = ?`,
		func(next *vault.Key, r sealedRow) (journal.RecordPart, error) {
			if r.a != "" {
				return recordInPart(next, r)
			}
			var packed journal.RecordPart
			plain, err := next.Open(cellOf("listed", "sealed", r.number), r.sealed)
			if err == nil {
				err = cose.UnmarshalOpen(plain, &packed)
			}
			return packed, err
		},
	},
}

func recordInPart(next *vault.Key, r sealedRow) (journal.RecordPart, error) {
	var packed journal.RecordPart
	plain, err := next.Open(cellOf("parts", "sealed", r.a), r.sealed)
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

// reindex makes the blind indexes of all NIKs anew.
func (t *tx) reindex(next *vault.Key) error {
	for _, c := range blindColumns {
		if err := t.reindexColumn(next, c); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) reindexColumn(next *vault.Key, c blindColumn) error {
	after := int64(0)
	for {
		page, err := t.page(c.read, after)
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := t.reindexRow(next, c, r); err != nil {
				return err
			}
		}
		if len(page) < rekeyPage {
			return nil
		}
		after = page[len(page)-1].number
	}
}

// reindexRow leaves a record alone that was spoiled before.
func (t *tx) reindexRow(next *vault.Key, c blindColumn, r sealedRow) error {
	packed, err := c.record(next, r)
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
