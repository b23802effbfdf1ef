package storagetest_test

import (
	"strings"
	"testing"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

var _ counter.Lookups = (*kiosk.Store)(nil)

var familyAsks = app.Question{
	NIK: "6471014510900003", Asker: "MARIA CONTOH", Relation: "spouse", Purpose: "died", Phone: "+6281255667788", Way: "LEWAT KETUA RT 04",
}

func TestAQuestionIsKeptAsItWasAsked(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	first, err := s.AskLookup(t.Context(), storagetest.Supervisor.Author(), familyAsks, app.EntryID{}, app.LookupAnswer{})
	if err != nil {
		t.Fatal(err)
	}
	named := familyAsks
	named.NIK, named.Name, named.Born = "", "SITI AMINAH", app.Date{Year: 1990, Month: 10, Day: 5}
	second, err := s.AskLookup(t.Context(), storagetest.Supervisor.Author(), named, app.EntryID{}, app.LookupAnswer{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []app.Lookup{first, second} {
		got, err := s.Lookup(t.Context(), want.ID)
		if err != nil || got.Question != want.Question || got.State != app.LookupWaiting || got.Number != want.Number {
			t.Errorf("%+v %v", got, err)
		}
	}
	if first.Number.String() != "TK 00417-01-000001" || second.Number.Counter != 2 {
		t.Error(first.Number, second.Number)
	}
	_, err = s.Lookup(t.Context(), app.EntryID{Chain: first.ID.Chain, Seq: 999})
	if app.CodeOf(err) != app.NotFound {
		t.Error(err)
	}
}

func TestAnAnswerChangesItsQuestionOnly(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	ask := func() app.Lookup {
		l, err := s.AskLookup(t.Context(), storagetest.Supervisor.Author(), familyAsks, app.EntryID{}, app.LookupAnswer{})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	one, other := ask(), ask()
	apply := func(seq uint64, chain app.Chain, finding app.Finding) error {
		last, before, err := s.Feed(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		f := sealed.Frame{Chain: s.Chain(), Number: last.Number + 1, Previous: before, Kind: sealed.FrameAnswer, Issued: clock.Now(), Expires: clock.Now()}
		body := journal.AnsweredBody{Kiosk: chain.Kiosk, Incarnation: chain.Incarnation, Seq: seq, Finding: string(finding), Day: "2026-12-01", At: clock.Now().UnixMilli()}
		return s.ApplyAnswer(t.Context(), f, [32]byte{byte(last.Number + 1)}, journal.AnswerNews{Body: body, Text: "Silakan datang"})
	}
	for _, c := range []struct {
		name    string
		seq     uint64
		chain   app.Chain
		finding app.Finding
		want    app.Code
	}{
		{"another kiosk's", one.ID.Seq, app.Chain{Kiosk: 9, Incarnation: 1}, app.FindingCovered, ""},
		{"to no question", 1, s.Chain(), app.FindingCovered, ""},
		{"that is unknown", one.ID.Seq, s.Chain(), "no", app.LookupAnswerBad},
	} {
		if err := apply(c.seq, c.chain, c.finding); app.CodeOf(err) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if l, err := s.Lookup(t.Context(), one.ID); err != nil || l.State != app.LookupWaiting {
		t.Fatalf("%+v %v", l, err)
	}
	if err := apply(one.ID.Seq, s.Chain(), app.FindingCovered); err != nil {
		t.Fatal(err)
	}
	l, err := s.Lookup(t.Context(), one.ID)
	if err != nil || l.State != app.LookupAnswered || l.Answer.Text != "Silakan datang" || l.Answer.Day != (app.Date{Year: 2026, Month: 12, Day: 1}) {
		t.Errorf("%+v %v", l, err)
	}
	if l, err := s.Lookup(t.Context(), other.ID); err != nil || l.State != app.LookupWaiting {
		t.Errorf("the other question changed: %+v %v", l, err)
	}
	all, err := s.Lookups(t.Context(), 10)
	if err != nil || len(all) != 2 || all[0].ID != one.ID {
		t.Errorf("who is to be told comes first: %+v %v", all, err)
	}
	counts, err := s.Counts(t.Context(), clock.Now(), clock.Now())
	if err != nil || counts["families"] != 1 {
		t.Error(counts, err)
	}
	if err := s.CallBack(t.Context(), storagetest.Supervisor.Author(), other.ID, "phone", true); app.CodeOf(err) != app.LookupNotAnswered {
		t.Error("told before there was an answer:", err)
	}
}

// What a family asks says nothing to who reads the entries.
func TestAQuestionIsNotInItsEntry(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	r := storagetest.Register(t, s, storagetest.Person(1))
	told := app.LookupAnswer{Finding: app.FindingWaiting}
	if _, err := s.AskLookup(t.Context(), storagetest.Supervisor.Author(), familyAsks, r.ID, told); err != nil {
		t.Fatal(err)
	}
	history, err := s.History(t.Context(), r.ID)
	if err != nil || len(history) != 2 || history[1].Kind != journal.AccessLookedUp {
		t.Fatalf("%+v %v", history, err)
	}
	raw, err := history[1].Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, personal := range []string{"MARIA", "spouse", "KETUA", "81255667788"} {
		if strings.Contains(string(raw), personal) {
			t.Errorf("%s stands in the entry", personal)
		}
	}
	if len(history[1].Personal) != 32 {
		t.Error("the entry does not vouch for its personal part")
	}
}
