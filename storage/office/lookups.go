package office

import (
	"context"
	"fmt"

	"loket/app"
	"loket/app/cose"
	"loket/app/identity"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// asked judges the body of lookup.asked: there must be a question.
func asked(it sealed.Item) app.Code {
	if code := body[journal.AskedBody](it); code != "" {
		return code
	}
	if it.Part == nil {
		return app.OfficePartMissing
	}
	var p journal.AskedPart
	if it.Part.Into(&p) != nil {
		return app.OfficeBodyBad
	}
	return ""
}

// question enters a family's question, and answers it where the books are certain.
func (t *tx) question(e journal.Entry) error {
	var b journal.AskedBody
	if err := e.Into(&b); err != nil {
		return err
	}
	q, err := t.questionOf(e.ID())
	if err != nil {
		return err
	}
	if err := t.must(`INSERT INTO lookups (kiosk, incarnation, seq, number, operator, asked_at, state, finding, day, by_name, answered_at, answered_by, words, called_at, how)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', 0, 0, '', $8, 0, '')`,
		e.Kiosk, e.Incarnation, e.Seq, b.Number, e.Operator, e.At, string(app.LookupWaiting), []byte{}); err != nil {
		return err
	}
	a, certain, err := t.certain(q)
	if err != nil || !certain {
		return err
	}
	enough, err := t.answeredToday(e.Kiosk)
	if err != nil {
		return err
	}
	if enough {
		return t.must("UPDATE lookups SET held = $4 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", e.Kiosk, e.Incarnation, e.Seq, string(app.OfficeAnswersToday))
	}
	return t.answer(e.ID(), a, "")
}

func (t *tx) questionOf(id app.EntryID) (app.Question, error) {
	part, err := t.part(id)
	if err != nil {
		return app.Question{}, err
	}
	var p journal.AskedPart
	err = part.Into(&p)
	return p.Question(), err
}

// certain is the answer that needs no person: a NIK that nobody has, or one person who fits. By name and
// birth date alone nobody is ever "not found": names are written in too many ways.
func (t *tx) certain(q app.Question) (a app.LookupAnswer, ok bool, err error) {
	found, err := t.fitting(q)
	if err != nil {
		return a, false, err
	}
	switch {
	case len(found) == 0 && q.NIK != "":
		return app.LookupAnswer{Finding: app.FindingNotFound, At: t.at}, true, nil
	case len(found) != 1:
		return a, false, nil
	}
	if a, err = t.standing(found[0], q.NIK == ""); err != nil || a.Finding == app.FindingCome {
		return a, false, err
	}
	if q.NIK != "" && q.Name != "" {
		now, err := t.recordOf(found[0])
		if err != nil {
			return a, false, err
		}
		if identity.FoldName(now.Person.Name) != identity.FoldName(q.Name) {
			return a, false, nil // the NIK of one, the name of another
		}
	}
	return a, true, nil
}

// fitting lists whom a question may mean. A refused, withdrawn or double registration is nobody of its
// own.
func (t *tx) fitting(q app.Question) (ids []app.EntryID, err error) {
	query, index := `SELECT r.kiosk, r.incarnation, r.seq FROM registrations r WHERE r.nik_index = $1`, t.clerk.Index("nik", q.NIK)
	if q.NIK == "" {
		query = `SELECT r.kiosk, r.incarnation, r.seq FROM person_index p JOIN registrations r
			ON r.kiosk = p.kiosk AND r.incarnation = p.incarnation AND r.seq = p.seq WHERE p.person = $1`
		index = t.clerk.Index("person", personKey(q.Name, q.Born))
	}
	err = t.each(query+` AND r.state NOT IN ($2, $3, $4) ORDER BY r.captured_at LIMIT 20`,
		[]any{index, string(app.Rejected), string(app.Withdrawn), string(app.Duplicate)}, func(scan func(...any) error) error {
			var id app.EntryID
			err := scan(&id.Kiosk, &id.Incarnation, &id.Seq)
			ids = append(ids, id)
			return err
		})
	return ids, err
}

func personKey(name string, born app.Date) string { return identity.FoldName(name) + "|" + born.ISO() }

// indexPerson lets somebody be found by name and birth date, as the record stands now.
func (t *tx) indexPerson(id app.EntryID, p app.Person) error {
	args := []any{id.Kiosk, id.Incarnation, id.Seq}
	if err := t.must("DELETE FROM person_index WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", args...); err != nil {
		return err
	}
	return t.must("INSERT INTO person_index (kiosk, incarnation, seq, person) VALUES ($1, $2, $3, $4)",
		append(args, t.clerk.Index("person", personKey(p.Name, p.BirthDate)))...)
}

// standing is what may be said of a registration now.
func (t *tx) standing(id app.EntryID, byName bool) (app.LookupAnswer, error) {
	a := app.LookupAnswer{ByName: byName, At: t.at}
	var state app.RegistrationState
	var cover app.Cover
	var from string
	found, err := t.get("SELECT state, cover, cover_from FROM registrations WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		[]any{id.Kiosk, id.Incarnation, id.Seq}, &state, &cover, &from)
	if err == nil && !found {
		err = app.Fail(app.NotFound)
	}
	a.Finding = app.FindingOf(state, cover)
	if a.Finding == app.FindingCovered || a.Finding == app.FindingEnded {
		a.Day, _ = app.ParseDate(from)
	}
	return a, err
}

// answer writes an answer: into the table, the own journal and the kiosk's feed.
func (t *tx) answer(id app.EntryID, a app.LookupAnswer, by string) error {
	hidden := []byte{}
	if a.Text != "" {
		var err error
		if hidden, err = t.clerk.Hide(lookupPlace(id), []byte(a.Text)); err != nil {
			return err
		}
	}
	if err := t.must(`UPDATE lookups SET state = $4, finding = $5, day = $6, by_name = $7, answered_at = $8, answered_by = $9, words = $10
		WHERE kiosk = $1 AND incarnation = $2 AND seq = $3`, id.Kiosk, id.Incarnation, id.Seq,
		string(app.LookupAnswered), string(a.Finding), a.Day.ISO(), map[bool]int{true: 1}[a.ByName], ms(t.at), by, hidden); err != nil {
		return err
	}
	b := journal.AnsweredBody{
		Kiosk: id.Kiosk, Incarnation: id.Incarnation, Seq: id.Seq,
		Finding: string(a.Finding), ByName: a.ByName, Day: a.Day.ISO(), At: ms(a.At),
	}
	subject, err := cose.Marshal([]any{id.Kiosk, id.Incarnation, id.Seq})
	if err != nil {
		return err
	}
	if err := t.record(journal.LookupAnswered, by, app.ScopeSelfPayers, subject, b); err != nil {
		return err
	}
	return t.tell(id.Chain, sealed.FrameAnswer, journal.AnswerNews{Body: b, Text: a.Text})
}

func lookupPlace(id app.EntryID) string { return "lookup|" + id.String() }

// called notes that the kiosk told the family. The entry's subject names the question's seq.
func (t *tx) called(e journal.Entry) error {
	var b journal.CalledBackBody
	if err := e.Into(&b); err != nil {
		return err
	}
	id, ok := subjectOf(e)
	if !ok {
		return nil
	}
	state := app.LookupClosed
	if b.How == "unreached" {
		state = app.LookupAnswered
	}
	return t.must("UPDATE lookups SET state = $4, called_at = $5, how = $6 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		id.Kiosk, id.Incarnation, id.Seq, string(state), e.At, b.How)
}

// AnswerLookup writes a person's answer to a question. One that was answered may be answered again: the
// books know more by then.
func (s *Store) AnswerLookup(ctx context.Context, la books.LookupAnswer) error {
	return s.change(ctx, "office.AnswerLookup", la.At, func(t *tx) error {
		var state string
		found, err := t.get("SELECT state FROM lookups WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
			[]any{la.Question.Kiosk, la.Question.Incarnation, la.Question.Seq}, &state)
		if err == nil && !found {
			err = app.Fail(app.NotFound)
		}
		if err != nil {
			return err
		}
		q, err := t.questionOf(la.Question)
		if err != nil {
			return err
		}
		a := app.LookupAnswer{Finding: la.Finding, At: la.At}
		if la.Registration.Seq != 0 {
			a, err = t.standing(la.Registration, q.NIK == "")
		} else if a.Finding != app.FindingNotFound && a.Finding != app.FindingCome {
			err = app.Fail(app.LookupAnswerBad)
		}
		if err != nil {
			return err
		}
		a.Text = la.Text
		return t.answer(la.Question, a, la.By)
	})
}

// Lookups lists questions: those that wait for a person first, then the newest.
func (s *Store) Lookups(ctx context.Context, limit int) (rows []books.LookupRow, err error) {
	err = s.look(ctx, "office.Lookups", func(t *tx) error {
		return t.listLookups("1 = 1", []any{limit}, &rows)
	})
	return rows, err
}

// Lookup is one question, with whom it may mean.
func (s *Store) Lookup(ctx context.Context, id app.EntryID) (row books.LookupRow, err error) {
	err = s.look(ctx, "office.Lookup", func(t *tx) error {
		var rows []books.LookupRow
		if err := t.listLookups("kiosk = $1 AND incarnation = $2 AND seq = $3", []any{id.Kiosk, id.Incarnation, id.Seq, 1}, &rows); err != nil {
			return err
		}
		if len(rows) == 0 {
			return app.Fail(app.NotFound)
		}
		row = rows[0]
		row.Candidates, err = t.candidates(row.Question)
		return err
	})
	return row, err
}

// candidates are whom a question may mean: by NIK and by name with the birth date.
func (t *tx) candidates(q app.Question) (rows []books.RegistrationRow, err error) {
	ids, err := t.fitting(q)
	if err != nil {
		return nil, err
	}
	if q.NIK != "" && q.Name != "" && q.Born.Known() {
		byName := q
		byName.NIK = ""
		others, err := t.fitting(byName)
		if err != nil {
			return nil, err
		}
		ids = append(ids, others...)
	}
	seen := map[app.EntryID]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		if err := t.listRegistrations("kiosk = $1 AND incarnation = $2 AND seq = $3", []any{id.Kiosk, id.Incarnation, id.Seq, 1}, &rows); err != nil {
			return nil, err
		}
	}
	return t.withRecords(rows, "", len(rows))
}

func (t *tx) listLookups(where string, args []any, rows *[]books.LookupRow) error {
	query := fmt.Sprintf(`SELECT kiosk, incarnation, seq, number, operator, asked_at, state, finding, day, by_name, answered_at, answered_by, words, called_at, how, held
		FROM lookups WHERE %s ORDER BY CASE state WHEN 'waiting' THEN 0 ELSE 1 END, asked_at DESC, kiosk, seq LIMIT $%d`, where, len(args))
	var hidden [][]byte
	err := t.each(query, args, func(scan func(...any) error) error {
		var r books.LookupRow
		var asked, answered, called int64
		var day string
		var byName int
		var words []byte
		err := scan(&r.ID.Kiosk, &r.ID.Incarnation, &r.ID.Seq, &r.Number.Counter, &r.Operator, &asked, &r.State,
			&r.Answer.Finding, &day, &byName, &answered, &r.AnsweredBy, &words, &called, &r.How, &r.Held)
		r.Number.Chain, r.AskedAt, r.ClosedAt = r.ID.Chain, moment(asked), moment(called)
		r.Answer.At, r.Answer.ByName = moment(answered), byName == 1
		r.Answer.Day, _ = app.ParseDate(day)
		*rows, hidden = append(*rows, r), append(hidden, words)
		return err
	})
	if err != nil {
		return err
	}
	for i := range *rows {
		if err := t.openLookup(&(*rows)[i], hidden[i]); err != nil {
			return err
		}
	}
	return nil
}

// openLookup decrypts the question and the words of the answer.
func (t *tx) openLookup(r *books.LookupRow, words []byte) (err error) {
	if r.Question, err = t.questionOf(r.ID); err != nil || len(words) == 0 {
		return err
	}
	plain, err := t.clerk.Show(lookupPlace(r.ID), words)
	r.Answer.Text = string(plain)
	return err
}
