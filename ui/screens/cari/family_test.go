package cari

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

// families is the screen over a few questions.
type families struct {
	*shelltest.Bench
	*Family
	asked  []app.Question
	called []string
	found  bool // the next question is answered at the counter
}

func question(n int, state app.LookupState, q app.Question, a app.LookupAnswer) app.Lookup {
	q.Asker, q.Relation, q.Phone = "MARIA KUSUMADIPUTRA NOTOHADININGRAT", "spouse", "+6281255667788"
	return app.Lookup{
		ID: app.EntryID{Chain: chain, Seq: uint64(100 + n)}, Number: app.LookupNumber{Chain: chain, Counter: uint32(n)},
		State: state, Question: q, Answer: a, AskedAt: now.Add(-time.Duration(n) * time.Hour), Operator: "aaaa",
	}
}

var (
	waiting  = question(1, app.LookupWaiting, app.Question{NIK: "6471014510900003", Purpose: "know"}, app.LookupAnswer{})
	answered = question(2, app.LookupAnswered, app.Question{Name: "YOHANES NGAU AJANG", Born: app.Date{Year: 1981, Month: 3, Day: 5}, Purpose: "died"},
		app.LookupAnswer{Finding: app.FindingCovered, Day: app.Date{Year: 2026, Month: 3, Day: 1}, ByName: true, Text: "Silakan datang ke kantor cabang.", At: now.Add(-time.Hour)})
	missing = question(3, app.LookupClosed, app.Question{NIK: "6471014510900009", Purpose: "card"},
		app.LookupAnswer{Finding: app.FindingNotFound, At: now.Add(-time.Hour)})
)

func openFamilies(t *testing.T, wide, high float32, lang words.Lang, look theme.Look, known ...app.Lookup) *families {
	t.Helper()
	x := &families{Bench: shelltest.New(t, wide, high, lang, look)}
	x.Family = NewFamily(x.Shell, nil, FamilyUses{
		Clock: fixed{}, NameOf: func(string) string { return "Dewi Lestari" },
		List: func(context.Context) ([]app.Lookup, error) { return known, nil },
		Counts: func(context.Context) (counter.Asked, error) {
			return counter.Asked{Waiting: 1, Answered: 1, Today: 7, ByOperator: map[string]int{"aaaa": 5}}, nil
		},
		Ask: func(_ context.Context, q app.Question) (app.Lookup, error) {
			x.asked = append(x.asked, q)
			l := waiting
			if x.found {
				l = answered
				l.State = app.LookupTold
			}
			l.Question = q
			return l, nil
		},
		CallBack: func(_ context.Context, _ app.EntryID, how string) error {
			x.called = append(x.called, how)
			return nil
		},
		PrintSlip: func(context.Context, app.Lookup) error { return nil },
	})
	x.Own(x.owner)
	x.Open("find", x.Family)
	x.Until("the questions", func() bool { return x.model.Known })
	return x
}

// fill types a whole question about a NIK.
func (x *families) fill() {
	x.Start("6471 0145 1090 0003")
	x.model.Form.Asker, x.model.Form.Relation, x.model.Form.Purpose, x.model.Form.Phone = "Maria", "spouse", "died", "0812 5566 7788"
	x.Shell.Renew()
}

func TestAQuestionIsRecordedAndNeverNo(t *testing.T) {
	for _, lang := range words.Langs {
		x := openFamilies(t, 1366, 768, lang, theme.Look{}, waiting, answered, missing)
		x.Picture("family-list-1366-" + string(lang))
		x.fill()
		x.Picture("family-form-1366-" + string(lang))
		x.record()
		x.Until("the question", func() bool { return x.model.Mode == FamilyShown })
		x.Picture("family-waiting-1366-" + string(lang))
		if len(x.asked) != 1 || x.asked[0].NIK != "6471014510900003" || x.asked[0].Phone != "+6281255667788" {
			t.Fatalf("%+v", x.asked)
		}
		if !x.model.Form.Empty() {
			t.Error("what was recorded is still typed")
		}
	}
}

func TestWhatIsMissingIsSaidAndNothingIsLost(t *testing.T) {
	x := openFamilies(t, 1024, 600, words.ID, theme.Look{})
	x.Picture("family-none-1024-id")
	x.Start("siti aminah")
	if x.model.Form.Name != "siti aminah" || x.model.Form.Relation != "" || x.model.Form.Purpose != "" {
		t.Errorf("nothing that weighs is chosen: %+v", x.model.Form)
	}
	x.record()
	x.Picture("family-wrong-1024-id")
	if len(x.asked) != 0 || x.model.FirstWrong() != "whom" || len(x.model.Wrong) != 5 {
		t.Errorf("%+v", x.model.Wrong)
	}
	x.model.Form.Born = "31-02-1990"
	x.record()
	if x.model.Wrong["born"] != app.DateUnreadable {
		t.Errorf("%+v", x.model.Wrong)
	}
	x.Press(fyne.KeyEscape)
	if x.model.Mode != FamilyList || x.model.Form.Name != "siti aminah" {
		t.Error("Esc lost what was typed")
	}
	x.Start("6471014510900003")
	if x.model.Form.NIK != "" {
		t.Error("another search went over what was typed")
	}
}

func TestTheFamilyIsTold(t *testing.T) {
	x := openFamilies(t, 1366, 768, words.ID, theme.Look{}, answered, waiting)
	x.openKey(answered.ID.String())
	x.Picture("family-answered-1366-id")
	x.called0()
	if len(x.called) != 0 {
		t.Error("told, and nobody said how")
	}
	x.model.How = "phone"
	x.called0()
	x.Until("recorded", func() bool { return len(x.called) == 1 && x.model.How == "" })
	if x.called[0] != "phone" {
		t.Error(x.called)
	}
}

func (x *families) called0() { x.Family.called() }

func TestFamiliesInEverySize(t *testing.T) {
	for _, lang := range words.Langs {
		x := openFamilies(t, 1024, 600, lang, theme.Look{}, answered, waiting, missing)
		x.Picture("family-list-1024-" + string(lang))
		x.fill()
		x.Picture("family-form-1024-" + string(lang))
		x.open(answered)
		x.Picture("family-answered-1024-" + string(lang))
		x.open(missing)
		x.Picture("family-missing-1024-" + string(lang))
	}
	x := openFamilies(t, 1024, 600, words.ID, theme.Look{Scale: 150}, answered, waiting)
	x.open(answered)
	x.Picture("family-answered-1024-large")
	x.fill()
	x.Picture("family-form-1024-large")
}

func TestNothingOfAFindingIsNo(t *testing.T) {
	for _, f := range app.Findings {
		if FindingTone(f) == Bad {
			t.Errorf("%s looks like no", f)
		}
		for _, key := range []string{"finding." + string(f), "ui.family.finding." + string(f) + ".more"} {
			if !words.Has(key) {
				t.Error(key)
			}
		}
	}
	for _, p := range app.Purposes {
		for _, f := range append([]app.Finding{""}, app.Findings...) {
			for _, need := range counter.Needs(p, f) {
				if !words.Has("lookup.need." + need) {
					t.Error(need)
				}
			}
		}
		if !words.Has("ui.family.needs.intro."+p) || !words.Has("purpose."+p) {
			t.Error(p)
		}
	}
	for _, how := range app.CallBacks {
		if !words.Has("ui.family.how." + how) {
			t.Error(how)
		}
	}
	for _, r := range app.Relations {
		if !words.Has("relation." + r) {
			t.Error(r)
		}
	}
}

// Who is not found is one Enter and another away from head office.
func TestNobodyLeadsToHeadOffice(t *testing.T) {
	asked := ""
	x := open(t, 1366, 768, words.ID, theme.Look{})
	x.uses.Families = func(query string) { asked = query }
	x.Shell.Renew()
	x.Enter()
	x.look("6408040510900077")
	x.Picture("cari-nobody-family-1366-id")
	x.Press(fyne.KeyReturn)
	x.Until("the way on has the keyboard", func() bool { return x.Win.Canvas().Focused() == fyne.Focusable(x.view.onward) })
	x.Press(fyne.KeyReturn)
	if asked != "6408040510900077" {
		t.Errorf("asked about %q", asked)
	}
}

func TestWhileTheIndexLoadsTheSearchSaysSo(t *testing.T) {
	x := open(t, 1366, 768, words.ID, theme.Look{})
	x.look("siti")
	x.model.Loading = counter.Loading{Done: 40000, Of: 150000}
	x.view.fill(&x.model)
	x.Picture("cari-loading-1366-id")
	if _, ok := x.view.results.Objects[0].(*fyne.Container); !ok {
		t.Error("the answer looks complete")
	}
	x.model.Loading = counter.Loading{Done: 150000, Of: 150000}
	x.view.fill(&x.model)
}
