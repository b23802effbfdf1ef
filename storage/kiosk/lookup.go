package kiosk

import (
	"context"
	"database/sql"
	"encoding/binary"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/sealed"
)

// aboutLookup is the subject of entries about a question of this chain: its seq.
func aboutLookup(seq uint64) journal.Subject { return binary.BigEndian.AppendUint64(nil, seq) }

// AskLookup keeps a family's question, all of it or nothing: the entry with the question as its personal
// part, and the row with its number. Found is what could be said at the counter and of whom; without
// it the question is head office's.
func (s *Store) AskLookup(ctx context.Context, by app.Author, q app.Question, found app.EntryID, told app.LookupAnswer) (app.Lookup, error) {
	l := app.Lookup{State: app.LookupWaiting, Question: q, Operator: by.Operator}
	err := s.write(ctx, "kiosk.AskLookup", func(t *tx) error {
		body := journal.AskedBody{ByName: q.NIK == ""}
		var err error
		if body.Number, err = t.nextLookup(); err != nil {
			return err
		}
		if found.Seq == 0 {
			_, err = t.append(by, journal.LookupAsked, app.ScopeSelfPayers, nil, body, journal.PackQuestion(q))
		} else {
			l.State, l.Answer, l.Answer.At = app.LookupTold, told, t.now
			body.Registration, body.Finding = found.Seq, string(told.Finding)
			err = t.appendAbout(found.Seq, by, journal.AccessLookedUp, aboutRegistration(found.Seq), body, journal.PackQuestion(q))
		}
		if err != nil {
			return err
		}
		l.ID, l.Number = app.EntryID{Chain: t.at.chain, Seq: t.at.seq}, app.LookupNumber{Chain: t.at.chain, Counter: body.Number}
		l.AskedAt = t.now
		if err := t.exec(`INSERT INTO lookups (seq, number, state, asked_at, operator) VALUES (?, ?, ?, ?, ?)`,
			l.ID.Seq, body.Number, l.State, t.ms(), by.Operator); err != nil || l.State == app.LookupWaiting {
			return err
		}
		return t.keepAnswer(l.ID.Seq, l.State, l.Answer)
	})
	if err != nil {
		return app.Lookup{}, err
	}
	return l, nil
}

func (t *tx) nextLookup() (uint32, error) {
	var last uint64
	err := t.row(`SELECT coalesce(max(number), 0) FROM lookups`).Scan(&last)
	t.gave.lookup = max(last, t.s.given.lookup) + 1
	return uint32(t.gave.lookup), err
}

// NoteOpened writes down who opened a registration. It is no part of the person's history on the page,
// which would soon tell of nothing else.
func (s *Store) NoteOpened(ctx context.Context, by app.Author, id app.EntryID, body journal.OpenedBody) error {
	if id.Chain != s.Chain() {
		return app.Fail(app.NotFound)
	}
	if s.Behind() != nil {
		return nil // this life writes no entry any more, and reading must go on
	}
	return s.write(ctx, "kiosk.NoteOpened", func(t *tx) error {
		scope, err := t.scopeOf(id.Seq)
		if err == nil {
			_, err = t.append(by, journal.AccessLookedUp, scope, aboutRegistration(id.Seq), body, nil)
		}
		return err
	})
}

// keptAnswer is an answer as its sealed column holds it.
type keptAnswer struct {
	Finding string `cbor:"1,keyasint"`
	Day     string `cbor:"2,keyasint,omitempty"`
	ByName  bool   `cbor:"3,keyasint,omitempty"`
	Text    string `cbor:"4,keyasint,omitempty"`
	At      int64  `cbor:"5,keyasint"`
}

func (t *tx) keepAnswer(seq uint64, state app.LookupState, a app.LookupAnswer) error {
	plain, err := cose.Marshal(keptAnswer{string(a.Finding), a.Day.ISO(), a.ByName, a.Text, a.At.UnixMilli()})
	if err != nil {
		return err
	}
	hidden, err := t.seal("lookups", "answer", seq, plain)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE lookups SET state = ?, answered_at = ?, answer = ? WHERE seq = ?`, state, t.ms(), hidden, seq)
}

// ApplyAnswer takes in head office's answer to a family's question, together with feed.applied. One to a
// question that is not here changes nothing; a later one replaces what was answered before, and the
// family is to be told again.
func (s *Store) ApplyAnswer(ctx context.Context, f sealed.Frame, hash [32]byte, n journal.AnswerNews) error {
	return s.apply(ctx, "kiosk.ApplyAnswer", f, hash, func(t *tx) error {
		id, answer := n.Body.Question(), n.Answer()
		switch {
		case id.Chain != t.at.chain:
			return nil
		case !slices.Contains(app.Findings, answer.Finding):
			return app.Fail(app.LookupAnswerBad)
		}
		var here int
		if err := t.row(`SELECT count(*) FROM lookups WHERE seq = ?`, id.Seq).Scan(&here); err != nil || here == 0 {
			return err
		}
		return t.keepAnswer(id.Seq, app.LookupAnswered, answer)
	})
}

// CallBack records that a family was told, or could not be: then the answer stays to be told.
func (s *Store) CallBack(ctx context.Context, by app.Author, id app.EntryID, how string, told bool) error {
	return s.write(ctx, "kiosk.CallBack", func(t *tx) error {
		if id.Chain != t.at.chain {
			return app.Fail(app.NotFound)
		}
		var state app.LookupState
		if err := t.row(`SELECT state FROM lookups WHERE seq = ?`, id.Seq).Scan(&state); err != nil {
			return err
		}
		if state != app.LookupAnswered {
			return app.Fail(app.LookupNotAnswered)
		}
		if _, err := t.append(by, journal.LookupCalled, app.ScopeSelfPayers, aboutLookup(id.Seq), journal.CalledBackBody{How: how}, nil); err != nil {
			return err
		}
		if !told {
			return t.exec(`UPDATE lookups SET how = ? WHERE seq = ?`, how, id.Seq)
		}
		return t.exec(`UPDATE lookups SET state = ?, closed_at = ?, how = ? WHERE seq = ?`, app.LookupClosed, t.ms(), how, id.Seq)
	})
}

const selectLookups = `SELECT l.seq, l.number, l.state, l.asked_at, l.operator, l.answer, l.closed_at, l.how, p.sealed
	FROM lookups l LEFT JOIN parts p ON p.seq = l.seq`

// Lookups lists the newest questions, those first that wait to be told.
func (s *Store) Lookups(ctx context.Context, most int) ([]app.Lookup, error) {
	rows, err := s.r.rows(ctx, selectLookups+` ORDER BY l.state <> 'answered', l.state <> 'waiting', l.seq DESC LIMIT ?`, most)
	if err != nil {
		return nil, failed("kiosk.Lookups", err)
	}
	return collect("kiosk.Lookups", rows, s.lookupOf)
}

// Lookup is one question, or not_found.
func (s *Store) Lookup(ctx context.Context, id app.EntryID) (app.Lookup, error) {
	if id.Chain != s.Chain() {
		return app.Lookup{}, app.Fail(app.NotFound)
	}
	l, err := s.lookupOf(s.r.row(ctx, selectLookups+` WHERE l.seq = ?`, id.Seq))
	return l, failed("kiosk.Lookup", err)
}

// lookupOf reads a row; where the question was purged it is empty.
func (s *Store) lookupOf(row scanner) (app.Lookup, error) {
	chain := s.Chain()
	l := app.Lookup{ID: app.EntryID{Chain: chain}, Number: app.LookupNumber{Chain: chain}}
	var asked, closed sql.NullInt64
	var answer, question []byte
	if err := row.Scan(&l.ID.Seq, &l.Number.Counter, &l.State, &asked, &l.Operator, &answer, &closed, &l.How, &question); err != nil {
		return l, err
	}
	l.AskedAt, l.ClosedAt = moment(asked), moment(closed)
	if question != nil {
		part, err := s.openPart(l.ID.Seq, question)
		if err != nil {
			return l, err
		}
		var packed journal.AskedPart
		if err := part.Into(&packed); err != nil {
			return l, err
		}
		l.Question = packed.Question()
	}
	if answer == nil {
		return l, nil
	}
	var err error
	l.Answer, err = s.openAnswer(l.ID.Seq, answer)
	return l, err
}

func (s *Store) openAnswer(seq uint64, hidden []byte) (app.LookupAnswer, error) {
	plain, err := s.unseal("lookups", "answer", seq, hidden)
	if err != nil {
		return app.LookupAnswer{}, err
	}
	var a keptAnswer
	if err := cose.Unmarshal(plain, &a); err != nil {
		return app.LookupAnswer{}, err
	}
	day, err := dayOf(a.Day)
	return app.LookupAnswer{Finding: app.Finding(a.Finding), Day: day, ByName: a.ByName, Text: a.Text, At: time.UnixMilli(a.At)}, err
}

// LookupCounts counts the questions by state, and those of each operator since a moment.
func (s *Store) LookupCounts(ctx context.Context, since time.Time) (states map[app.LookupState]int, operators map[string]int, err error) {
	states, operators = map[app.LookupState]int{}, map[string]int{}
	rows, err := s.r.rows(ctx, `SELECT 1, state, count(*) FROM lookups GROUP BY state
		UNION ALL SELECT 2, operator, count(*) FROM lookups WHERE asked_at >= ? GROUP BY operator`, since.UnixMilli())
	if err != nil {
		return nil, nil, failed("kiosk.LookupCounts", err)
	}
	_, err = collect("kiosk.LookupCounts", rows, func(row scanner) (struct{}, error) {
		var which, n int
		var name string
		err := row.Scan(&which, &name, &n)
		if which == 1 {
			states[app.LookupState(name)] = n
		} else {
			operators[name] = n
		}
		return struct{}{}, err
	})
	return states, operators, err
}
