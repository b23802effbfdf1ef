package kiosk

import (
	"loket/app"
	"loket/app/journal"
)

// amend gives a registration another record: an entry (completed or corrected) whose personal part is
// the whole record as it stands from now on. The entry before stays, and its part with it.
func (t *tx) amend(by app.Author, registration uint64, kind journal.Kind, body journal.AmendedBody, part journal.RecordPart) (journal.Entry, error) {
	return t.rewrite(by, registration, kind, body, part)
}

// rewrite is amend for any entry whose personal part is the whole record.
func (t *tx) rewrite(by app.Author, registration uint64, kind journal.Kind, body any, part journal.RecordPart) (journal.Entry, error) {
	scope, err := t.scopeOf(registration)
	if err != nil {
		return journal.Entry{}, err
	}
	if err := t.reindexNow(registration); err != nil {
		return journal.Entry{}, err
	}
	e, err := t.append(by, kind, scope, aboutRegistration(registration), body, part)
	if err != nil {
		return journal.Entry{}, err
	}
	record, err := part.Record()
	if err != nil {
		return journal.Entry{}, err
	}
	nik, err := t.blind("nik", record.Person.NIK)
	if err != nil {
		return journal.Entry{}, err
	}
	before, err := t.blindBefore("nik", record.Person.NIK)
	if err != nil {
		return journal.Entry{}, err
	}
	if err := t.renumbered(registration, nik); err != nil {
		return journal.Entry{}, err
	}
	if err := t.exec(`UPDATE registrations SET record = ?, nik = ?, nik_before = ?, lacks = ? WHERE seq = ?`, e.Seq, nik, before, record.Lacks(), registration); err != nil {
		return journal.Entry{}, err
	}
	return e, t.note(registration, e.Seq)
}
