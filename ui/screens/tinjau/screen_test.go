package tinjau

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/region"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var (
	chain = app.Chain{Kiosk: 417, Incarnation: 1}
	now   = time.Date(2026, 11, 20, 10, 43, 0, 0, time.FixedZone("WITA", 8*3600))
)

type fixed struct{}

func (fixed) Now() time.Time { return now }

// desk is a review desk with a few flagged registrations of invented people.
type desk struct {
	*shelltest.Bench
	*Screen
	people []app.Registration
	said   []string
	refuse error
}

func person(n int, name, nik string, state app.RegistrationState) app.Registration {
	r := app.Registration{
		ID: app.EntryID{Chain: chain, Seq: uint64(n)}, Number: app.ProvisionalNumber{Chain: chain, Counter: uint32(n)},
		State: state, CapturedAt: now.Add(-time.Duration(n) * time.Hour), Operator: "aaaa",
		Record: app.Record{
			Person:  app.Person{NIK: nik, Name: name, BirthPlace: "Balikpapan", BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}, Sex: app.Female, MotherName: "HALIMAH"},
			Address: app.Address{Street: "Jl. Mulawarman No. 12", RT: "014", RW: "003", Village: "64.71.01.1001"},
			Reach:   app.Reach{Phone: "+6281255667788"},
		},
	}
	if state == app.NeedsReview {
		r.Reason = app.RegistrationUnsettled
	}
	return r
}

func open(t *testing.T, wide, high float32, lang words.Lang, look theme.Look) *desk {
	t.Helper()
	d := &desk{Bench: shelltest.New(t, wide, high, lang, look), people: []app.Registration{
		person(1, "SITI AMINAH BINTI ABDUL RAHMAN", "6471014510900003", app.Accepted),
		person(2, "SITI AMINAH BINTI ABDUL RACHMAN", "6471014510900004", app.NeedsReview),
		person(3, "YOHANES NGAU AJANG", "6408010510900001", app.NeedsReview),
		person(4, "SITI KUSUMADIPUTRA NOTOHADININGRAT WAHYUNINGRAT BINTI SULAIMAN", "6471014510900009", app.NeedsReview),
	}}
	answer := func(word string) func(context.Context, app.EntryID) (app.Registration, error) {
		return func(_ context.Context, id app.EntryID) (app.Registration, error) {
			d.said = append(d.said, word)
			return d.people[id.Seq-1], d.refuse
		}
	}
	d.Screen = New(d.Shell, nil, Uses{
		Clock: fixed{}, NameOf: func(string) string { return "Rina Astuti" },
		Waiting: func(context.Context) ([]app.Registration, error) {
			return append([]app.Registration{}, d.people[1:]...), nil
		},
		Participant: func(_ context.Context, id app.EntryID) (counter.Participant, error) {
			return counter.Participant{Registration: d.people[id.Seq-1]}, nil
		},
		LookAlikes: func(_ context.Context, id app.EntryID, _ app.Person) ([]counter.Likeness, error) {
			if id.Seq == 3 {
				return nil, nil
			}
			return []counter.Likeness{{Hit: counter.Hit{ID: d.people[0].ID}, Outcome: counter.DifferentPerson}, {Hit: counter.Hit{ID: d.people[3].ID}}}[:1+id.Seq%2], nil
		},
		Approve: answer("approved"),
		SendBack: func(ctx context.Context, id app.EntryID, why counter.Why) (app.Registration, error) {
			if why.Reason == "" {
				return app.Registration{}, app.Fail(app.RecordNoReason)
			}
			return answer("sent back "+why.Reason+" "+why.Note)(ctx, id)
		},
		Village: func(code string) string { return region.Load().Label(code) },
	})
	d.Own(d.owner)
	d.Shell.SignIn(shell.Session{Home: "review", Places: []shell.Place{{Name: "review", Icon: "people", Word: "ui.nav.review", Screen: d.Screen}}})
	d.Until("the list", func() bool { return d.model.Loaded })
	return d
}

func (d *desk) look(key fyne.KeyName) {
	d.Press(key)
	d.Until("a case", func() bool { return d.model.Page != nil })
}

func TestApprovingGoesOnToTheNext(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.look(fyne.KeyReturn)
	if !strings.Contains(d.Texts(), "RACHMAN") || !strings.Contains(d.Texts(), "kata petugas: Orang berbeda") {
		t.Error("the two do not stand beside each other:", d.Texts())
	}
	d.Primary().Act()
	d.Until("the next one", func() bool { return d.model.Page != nil && d.model.Page.Registration.ID.Seq == 3 })
	if len(d.said) != 1 || d.said[0] != "approved" {
		t.Error(d.said)
	}
}

func TestSendingBackNeedsAReason(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.look(fyne.KeyReturn)
	d.Actions()[1].Act()
	d.sendBack()
	d.Until("the complaint", func() bool { return d.model.Why.Problem != "" })
	d.Picture("tinjau-reason-1366-id")
	if len(d.said) != 0 {
		t.Fatal("sent back without a reason")
	}
	d.model.Why.Reason, d.model.Why.Note = "name", "di KTP RAHMAN"
	d.Shell.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.model.Asking || d.model.Page == nil || d.model.Why.Note == "" {
		t.Fatal("Esc lost what was typed")
	}
	d.ask()
	d.sendBack()
	d.Until("sent", func() bool { return len(d.said) == 1 && !d.model.Busy })
	if d.said[0] != "sent back name di KTP RAHMAN" {
		t.Error(d.said)
	}
}

func TestWhoComesSecondIsTold(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.refuse = app.Fail(app.RecordReviewed, "operator", "bbbb", "at", "20-11-2026 10.40")
	d.look(fyne.KeyReturn)
	d.approve()
	d.Until("the refusal", func() bool { return d.model.Err != nil })
	if text := d.Texts(); !strings.Contains(text, "Rina Astuti") || !strings.Contains(text, "20-11-2026 10.40") {
		t.Error(text)
	}
}

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		name       string
		wide, high float32
		lang       words.Lang
		look       theme.Look
	}{
		{"1366-id", 1366, 768, words.ID, theme.Look{}},
		{"1366-en", 1366, 768, words.EN, theme.Look{}},
		{"1024-id", 1024, 600, words.ID, theme.Look{}},
		{"1024-en", 1024, 600, words.EN, theme.Look{}},
		{"150-id", 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark}},
	} {
		d := open(t, c.wide, c.high, c.lang, c.look)
		d.Picture("tinjau-list-" + c.name)
		d.look(fyne.KeyReturn)
		d.Picture("tinjau-page-" + c.name)
		d.ask()
		d.Picture("tinjau-reason-" + c.name)
		d.people = d.people[:1]
		d.model.Page, d.model.List = nil, nil
		d.show()
		d.Picture("tinjau-none-" + c.name)
	}
}
