package kiosk

import (
	"loket/app"
	"loket/app/journal"
)

// append adds one entry to the journal, inside the transaction of what it speaks of. The body is
// one of journal's bodies or nil. The part is what is personal: any value that encodes, a
// journal.Part made before, or nil; it is sealed in its own table and the entry holds its hash.
func (t *tx) append(author app.Author, kind journal.Kind, scope app.Scope, subject journal.Subject, body, part any) (journal.Entry, error) {
	if t.at.chain == (app.Chain{}) {
		return journal.Entry{}, app.Fail(app.StorageEmpty)
	}
	if behind := t.s.Behind(); behind != nil {
		return journal.Entry{}, behind.Err()
	}
	if err := t.notePeak(); err != nil {
		return journal.Entry{}, err
	}
	if err := t.noteClock(); err != nil {
		return journal.Entry{}, err
	}
	return t.add(author, kind, scope, subject, body, part)
}

func (t *tx) add(author app.Author, kind journal.Kind, scope app.Scope, subject journal.Subject, body, part any) (journal.Entry, error) {
	encoded, err := journal.Body(body)
	if err != nil {
		return journal.Entry{}, err
	}
	e := journal.Entry{
		V: journal.Version, Kiosk: t.at.chain.Kiosk, Incarnation: t.at.chain.Incarnation, Seq: t.at.seq + 1,
		At: t.ms(), Boot: t.at.boot, Operator: author.Operator, Agency: string(author.Agency), Event: author.Event,
		Scope: scope, Kind: kind, Subject: subject, Body: encoded,
	}
	personal, err := partOf(part)
	if err != nil {
		return journal.Entry{}, err
	}
	if err := bounded(encoded, personal); err != nil {
		return journal.Entry{}, err
	}
	if personal != nil {
		hash := personal.Hash()
		e.Personal = hash[:]
	}
	if err := t.insert(e); err != nil {
		return journal.Entry{}, err
	}
	if err := t.noteEvent(e); err != nil {
		return journal.Entry{}, err
	}
	return e, t.insertPart(e.Seq, personal)
}

// mostEntry is what body and personal part of an entry may weigh together. A batch that holds one far
// larger would be refused by head office, and everything behind it would stay here for ever.
const mostEntry = 128 << 10

func bounded(body []byte, part *journal.Part) error {
	size := len(body)
	if part != nil {
		size += len(part.Body)
	}
	if size > mostEntry {
		return app.Fail(app.JournalTooLong, "is", size>>10, "most", mostEntry>>10)
	}
	return nil
}

func partOf(v any) (*journal.Part, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case journal.Part:
		return &v, nil
	case *journal.Part:
		return v, nil
	}
	p, err := journal.NewPart(v)
	return &p, err
}

func (t *tx) insert(e journal.Entry) error {
	encoded, err := e.Encode()
	if err != nil {
		return err
	}
	head := t.at.head.Add(e, encoded)
	err = t.exec(`INSERT INTO entries (seq, at, kind, operator, scope, bytes, head, bookkeeping) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Seq, e.At, e.Kind, e.Operator, e.Scope[:], encoded, head[:], e.Kind.Bookkeeping())
	if err == nil {
		t.at.seq, t.at.head, t.at.last = e.Seq, head, e.At
	}
	return err
}

func (t *tx) insertPart(seq uint64, p *journal.Part) error {
	if p == nil {
		return nil
	}
	sealed, err := t.seal("parts", "sealed", seq, append(p.Salt[:len(p.Salt):len(p.Salt)], p.Body...))
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO parts (seq, sealed) VALUES (?, ?)`, seq, sealed)
}

// jump is how far back the clock may stand before the journal says so: two minutes, which a time
// server's correction does not reach.
const jump = 2 * 60 * 1000

// noteClock writes that the clock went back. Order never depends on it; the reader of a journal
// should know.
func (t *tx) noteClock() error {
	if t.at.last-t.ms() <= jump {
		return nil
	}
	_, err := t.add(app.Author{}, journal.ClockJumped, app.ScopeDevice, nil, journal.ClockBody{Before: t.at.last, Now: t.ms()}, nil)
	return err
}
