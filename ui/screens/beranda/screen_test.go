package beranda

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/issuing"
	"loket/app/post"
	"loket/app/sealed"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var wita = time.FixedZone("WITA", 8*3600)

type clock time.Time

func (c clock) Now() time.Time { return time.Time(c) }

// desk is a kiosk of made-up figures.
type desk struct {
	facts    Facts
	session  access.Session
	now      time.Time
	fail     error
	scanned  []string
	coverage []sealed.Coverage
}

func busyDay() *desk {
	now := time.Date(2026, 11, 20, 11, 20, 0, 0, wita)
	d := &desk{now: now, session: access.Session{Operator: app.Operator{ID: "aaaa", Name: "Dewi Lestari", Role: app.RoleOfficer}}}
	d.facts = Facts{
		Day:    counter.Figures{Registered: 41, Confirmed: 34, Handed: 31, ToReview: 2, WaitingCards: 7},
		Drafts: 3, Unchecked: 4, Handovers: 1,
		Stock: issuing.Stock{Members: 36, Serials: 800},
		Post: post.State{
			Entries: 12, Attachments: 2, Enrolled: true, Trust: now.Add(-9 * 24 * time.Hour),
			Authority: now.Add(30 * 24 * time.Hour),
		},
	}
	d.facts.Day.ByHour[7], d.facts.Day.ByHour[8], d.facts.Day.ByHour[9] = 5, 9, 14
	d.facts.Day.ByHour[10], d.facts.Day.ByHour[11] = 11, 2
	return d
}

func freshMorning() *desk {
	d := busyDay()
	d.facts = Facts{Stock: issuing.Stock{Members: 180, Serials: 800}, Post: post.State{
		Enrolled: true, Trust: d.now.Add(-2 * time.Hour), Authority: d.now.Add(30 * 24 * time.Hour),
	}}
	d.now = time.Date(2026, 11, 20, 7, 30, 0, 0, wita)
	return d
}

func (d *desk) uses() Uses {
	return Uses{
		Session:   func() access.Session { return d.session },
		Clock:     clock(d.now),
		Figures:   func(context.Context, app.Date) (counter.Figures, error) { return d.facts.Day, d.fail },
		Drafts:    func(context.Context) ([]counter.Draft, error) { return make([]counter.Draft, d.facts.Drafts), nil },
		Unchecked: func(context.Context) ([]issuing.Listed, error) { return make([]issuing.Listed, d.facts.Unchecked), nil },
		Parked:    func(context.Context) ([]custody.Form, error) { return make([]custody.Form, d.facts.Handovers), nil },
		Stock:     func(context.Context) (issuing.Stock, error) { return d.facts.Stock, nil },
		Post:      func(context.Context) (post.State, error) { return d.facts.Post, nil },
		Coverage:  func() []sealed.Coverage { return d.coverage },
	}
}

func open(t *testing.T, d *desk, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, d.uses(), Options{
		Place: "Kantor Cabang Balikpapan",
		Scan: func(text string) bool {
			d.scanned = append(d.scanned, text)
			return true
		},
	})
	b.Own(s.owner)
	b.Show(s)
	b.Until("facts", func() bool { return s.model.Known })
	return b, s
}

func TestTheDayIsShown(t *testing.T) {
	b, _ := open(t, busyDay(), 1366, 768, words.ID, theme.Look{})
	text := b.Texts()
	for _, want := range []string{"41", "34", "31", "Jumat, 20 November 2026", "7 menunggu", "09–10", "kini", "3 pendaftaran belum selesai"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not to be read", want)
		}
	}
}

func TestTheKeyboardIsOnTheFirstTask(t *testing.T) {
	b, s := open(t, busyDay(), 1366, 768, words.ID, theme.Look{})
	b.Press(fyne.KeyReturn)
	if b.Shell.Showing() == s || b.Shell.Showing().Key() != fyne.KeyF2 {
		t.Error("Enter did not open Daftar baru")
	}
}

func TestNewFiguresLeaveTheKeyboardWhereItIs(t *testing.T) {
	d := busyDay()
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	b.PressAll(fyne.KeyRight, fyne.KeyRight) // to the third tile
	d.facts.Day.Registered = 42
	s.News()
	b.Until("new figures", func() bool { return s.model.Facts.Day.Registered == 42 })
	if !strings.Contains(b.Texts(), "42") {
		t.Error("the new figure is not shown")
	}
	b.Press(fyne.KeySpace)
	if b.Shell.Showing().Key() != fyne.KeyF5 {
		t.Error("the keyboard was taken away")
	}
}

func TestWhatCannotBeReadIsToldAndTheRestIsShown(t *testing.T) {
	d := busyDay()
	d.fail = app.Fail(app.StorageFull)
	b, _ := open(t, d, 1366, 768, words.ID, theme.Look{})
	text := b.Texts()
	if !strings.Contains(text, words.Error(words.ID, d.fail)) || !strings.Contains(text, "1 serah terima belum selesai") {
		t.Error(text)
	}
}

func TestAScannedCardGoesToItsHandover(t *testing.T) {
	d := busyDay()
	b, _ := open(t, d, 1366, 768, words.ID, theme.Look{})
	if !b.Shell.Scanned("KARTU CONTOH") || len(d.scanned) != 1 {
		t.Error("the scan went nowhere")
	}
	d.session.Restricted = true
	b, _ = open(t, d, 1366, 768, words.ID, theme.Look{})
	if b.Shell.Scanned("KARTU CONTOH") {
		t.Error("a kiosk without authority began a handover")
	}
}

func TestVolunteersFindTheWayWithoutASideBar(t *testing.T) {
	d := busyDay()
	d.session.Operator.Role = app.RoleVolunteer
	_, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	if len(s.Actions()) == 0 || len(s.model.Tiles()) != 4 {
		t.Error(s.Actions(), s.model.Tiles())
	}
	for _, tile := range s.model.Tiles() {
		if tile.Place == "cards" {
			t.Error("volunteers print no cards")
		}
	}
}

func TestPictures(t *testing.T) {
	long := busyDay()
	long.session.Operator.Name = "Ni Luh Putu Ayu Saraswati Kusumaningtyas Wardhani"
	for _, lang := range words.Langs {
		for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
			name := string(lang) + "-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width]
			b, _ := open(t, long, size.Width, size.Height, lang, theme.Look{})
			b.Picture("beranda-" + name)
			b, _ = open(t, freshMorning(), size.Width, size.Height, lang, theme.Look{})
			b.Picture("beranda-fresh-" + name)
		}
	}
	b, _ := open(t, long, 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	b.Picture("beranda-150-dark")
	b, _ = open(t, long, 1024, 600, words.ID, theme.Look{Scale: 150, Mode: theme.Contrast})
	b.Picture("beranda-150-1024")
	volunteer := busyDay()
	volunteer.session.Operator.Role = app.RoleVolunteer
	b, _ = open(t, volunteer, 1024, 600, words.ID, theme.Look{Touch: true})
	b.Picture("beranda-volunteer")
}

func TestALongDayFitsASmallWindow(t *testing.T) {
	d := busyDay()
	d.now, d.coverage = time.Date(2026, 11, 20, 21, 30, 0, 0, wita), balikpapan()
	_, s := open(t, d, 1024, 600, words.ID, theme.Look{})
	for _, o := range []fyne.CanvasObject{s.view.today, s.view.todo, s.view.cover} {
		if has, needs := o.Size().Width, o.MinSize().Width; has < needs {
			t.Errorf("%v wide where %v are needed", has, needs)
		}
	}
}
