package officesuite

import (
	"encoding/binary"
	"testing"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// families: a question that the books answer for certain is answered at once; any other waits for a
// person, and nobody is ever "not found" by the name alone.
func families(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	known, unlike, doubtful := Person(1), Person(2), Person(3)
	id := k.Register(t, known, "", "")
	k.Register(t, unlike, "", "")
	k.Register(t, doubtful, "", string(app.RegistrationUnsettled))
	w.send(t, k)
	_, err := w.store.BeginCover(w.ctx, []app.EntryID{id}, app.Date{Year: 2026, Month: 11, Day: 20}, "admin", w.at)
	need(t, err)
	p := known.Person
	tests := map[string]struct {
		q    app.Question
		want app.Finding // "" a person must look
	}{
		"by NIK":                           {app.Question{NIK: p.NIK}, app.FindingCovered},
		"by NIK and the name, as spoken":   {app.Question{NIK: p.NIK, Name: "Bpk. " + p.Name}, app.FindingCovered},
		"by name and birth date":           {app.Question{Name: p.Name, Born: p.BirthDate}, app.FindingCovered},
		"accepted only":                    {app.Question{NIK: unlike.Person.NIK}, app.FindingAccepted},
		"waits for a review":               {app.Question{NIK: doubtful.Person.NIK}, app.FindingWaiting},
		"a NIK that nobody has":            {app.Question{NIK: "6471010101010101"}, app.FindingNotFound},
		"the NIK of one, another's name":   {app.Question{NIK: p.NIK, Name: "SITI AMINAH"}, ""},
		"the name alone is not found":      {app.Question{Name: "SITI AMINAH", Born: p.BirthDate}, ""},
		"the name with another birth date": {app.Question{Name: p.Name, Born: p.BirthDate.AddDays(1)}, ""},
	}
	asked := map[app.EntryID]string{}
	number := uint32(0)
	for name, tt := range tests {
		number++
		tt.q.Asker, tt.q.Relation, tt.q.Purpose, tt.q.Phone = "MARIA", "spouse", "died", "+6281255667788"
		part, err := journal.NewPart(journal.PackQuestion(tt.q))
		need(t, err)
		asked[k.Add(t, journal.LookupAsked, journal.AskedBody{Number: number, ByName: tt.q.NIK == ""}, &part)] = name
	}
	w.send(t, k)
	for id, name := range asked {
		row, err := w.store.Lookup(w.ctx, id)
		need(t, err)
		if row.Answer.Finding != tests[name].want || (row.State == app.LookupWaiting) != (tests[name].want == "") {
			t.Errorf("%s: %s %q, want %q", name, row.State, row.Answer.Finding, tests[name].want)
		}
		if row.Question.Asker != "MARIA" || row.Question.NIK != tests[name].q.NIK {
			t.Errorf("%s: the question changed: %+v", name, row.Question)
		}
		if tests[name].want == app.FindingCovered && row.Answer.Day != (app.Date{Year: 2026, Month: 11, Day: 20}) {
			t.Errorf("%s: since %v", name, row.Answer.Day)
		}
	}
	if got := len(w.answers(t, k)); got != 6 {
		t.Errorf("%d answers in the feed, want 6", got)
	}
	answeredByHand(t, w, k, asked, id)
}

func answeredByHand(t testing.TB, w *officeWorld, k *Kiosk, asked map[app.EntryID]string, meant app.EntryID) {
	var open []books.LookupRow
	rows, err := w.store.Lookups(w.ctx, 100)
	need(t, err)
	for _, r := range rows {
		if r.State == app.LookupWaiting {
			open = append(open, r)
		}
	}
	if len(rows) != len(asked) || len(open) != 3 || rows[0].State != app.LookupWaiting {
		t.Fatalf("%d questions, %d wait", len(rows), len(open))
	}
	if f := w.figures(t); f.Lookups != 3 {
		t.Errorf("%+v", f)
	}
	need(t, w.store.AnswerLookup(w.ctx, books.LookupAnswer{Question: open[0].ID, Registration: meant, Text: "Datang ke kantor cabang", By: "admin", At: w.at}))
	need(t, w.store.AnswerLookup(w.ctx, books.LookupAnswer{Question: open[1].ID, Finding: app.FindingNotFound, By: "admin", At: w.at}))
	if err := w.store.AnswerLookup(w.ctx, books.LookupAnswer{Question: open[2].ID, Finding: app.FindingCovered, By: "admin", At: w.at}); app.CodeOf(err) != app.LookupAnswerBad {
		t.Error("covered, and nobody named:", err)
	}
	if err := w.store.AnswerLookup(w.ctx, books.LookupAnswer{Question: meant, Finding: app.FindingCome, By: "admin", At: w.at}); err == nil {
		t.Error("an answer to no question")
	}
	news := w.answers(t, k)
	if n := news[open[0].ID]; n.Body.Finding != string(app.FindingCovered) || n.Text != "Datang ke kantor cabang" || n.Body.Day != "2026-11-20" {
		t.Errorf("%+v", n)
	}
	if n := news[open[1].ID]; n.Body.Finding != string(app.FindingNotFound) {
		t.Errorf("%+v", n)
	}
	k.add(t, journal.LookupCalled, binary.BigEndian.AppendUint64(nil, open[0].ID.Seq), journal.CalledBackBody{How: "phone"}, nil)
	w.send(t, k)
	row, err := w.store.Lookup(w.ctx, open[0].ID)
	need(t, err)
	if row.State != app.LookupClosed || row.How != "phone" || row.AnsweredBy != "admin" || row.Answer.Text != "Datang ke kantor cabang" {
		t.Errorf("%+v", row)
	}
}

// answers are the newest answers in a kiosk's feed.
func (w *officeWorld) answers(t testing.TB, k *Kiosk) map[app.EntryID]journal.AnswerNews {
	t.Helper()
	all := map[app.EntryID]journal.AnswerNews{}
	for _, f := range w.feed(t, k) {
		if f.Kind == sealed.FrameAnswer {
			var n journal.AnswerNews
			need(t, cose.Unmarshal(f.Content, &n))
			all[n.Body.Question()] = n
		}
	}
	return all
}
