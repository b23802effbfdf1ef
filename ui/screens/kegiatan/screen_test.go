package kegiatan

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/event"
	"loket/app/journal"
	"loket/app/vault"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
	"loket/ui/widgets"
)

var zone = time.FixedZone("WITA", 8*3600)

type still struct{}

func (still) Now() time.Time { return time.Date(2026, 11, 21, 10, 30, 0, 0, zone) }

// desk is a kiosk that keeps events in memory.
type desk struct {
	events   []app.Event
	passes   map[string][]vault.Pass
	tally    journal.EventClosedBody
	opened   []event.Form
	prepared []int
	closed   []event.Sticks
	papers   []string
	at       string
	officer  bool // who looks may not open events
	fail     error
}

func (d *desk) uses() Uses {
	return Uses{
		Clock: still{}, By: func() app.Operator { return app.Operator{ID: "aaaa", Role: app.RoleSupervisor} },
		Lead: func() bool { return !d.officer },
		List: func(context.Context) ([]app.Event, error) { return slices.Clone(d.events), nil },
		Page: func(_ context.Context, id string) (event.Page, error) {
			for _, e := range d.events {
				if e.ID == id {
					return event.Page{Event: e, Passes: d.passes[id], Tally: d.tally}, nil
				}
			}
			return event.Page{}, app.Fail(app.NotFound)
		},
		Open: func(_ context.Context, _ app.Operator, f event.Form) (app.Event, error) {
			d.opened = append(d.opened, f)
			e := app.Event{ID: "k7m2qp", Name: f.Name, Address: f.Address, From: f.From, Until: f.Until, PickUp: f.PickUp, Tasks: f.Tasks}
			d.events = append([]app.Event{e}, d.events...)
			return e, d.fail
		},
		Prepare: func(_ context.Context, id string, n int) error {
			d.prepared = append(d.prepared, n)
			if n == 0 {
				return app.Fail(app.EventPasses, "most", 20)
			}
			for range n {
				d.passes[id] = append(d.passes[id], vault.Pass{Event: id, Slot: []byte{1}})
			}
			return nil
		},
		Close: func(_ context.Context, _ app.Operator, id string, s event.Sticks, note string) (event.Page, error) {
			if !s.Known {
				return event.Page{}, app.Fail(app.EventSticks, "most", 99)
			}
			if s.Back < s.Out && note == "" {
				return event.Page{}, app.Fail(app.EventExplain, "n", s.Out-s.Back)
			}
			d.closed = append(d.closed, s)
			d.events[0].Closed = still{}.Now()
			return event.Page{Event: d.events[0], Tally: d.tally}, nil
		},
		Attend: func(_ context.Context, id string) error {
			d.at = id
			return nil
		},
		At: func() string { return d.at },
		Paper: Paper{
			Passes: func(context.Context, string) (string, error) {
				d.papers = append(d.papers, "passes")
				return "cetak/izin.pdf", nil
			},
			Report: func(_ context.Context, _ string, _ event.Sticks, note string) (string, error) {
				d.papers = append(d.papers, "report "+note)
				return "cetak/kegiatan.pdf", nil
			},
			Save: func(_ context.Context, _, dir string) (int, error) {
				d.papers = append(d.papers, "files "+dir)
				return 2, nil
			},
			ChooseFolder: func(done func(string, error)) { done("/media/usb", nil) },
		},
		Places: Places{
			Find: func(text string) []widgets.Option {
				return []widgets.Option{{Value: "64.71.01.1003", Word: "Kelurahan Manggar", More: "Balikpapan Timur, Kota Balikpapan"}}
			},
			Name: func(code string) string {
				if code == "" {
					return ""
				}
				return "Kelurahan Manggar"
			},
		},
	}
}

var bazaar = app.Event{
	ID: "k7m2qp", Name: "Bazar UMKM Manggar", Address: "Lapangan Manggar", Village: "64.71.01.1003", Partner: "coop_office",
	From: time.Date(2026, 11, 21, 8, 0, 0, 0, zone), Until: time.Date(2026, 11, 21, 16, 0, 0, 0, zone),
	PickUp: "Kantor Kelurahan Manggar", Tasks: app.EventTasks, Opened: app.EntryID{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Seq: 9},
}

func busy() *desk {
	old := bazaar
	old.ID, old.Name, old.From = "aaaaaa", "Sosialisasi Jaminan Sosial Ketenagakerjaan Forum UMKM Kecamatan Balikpapan Timur", bazaar.From.AddDate(0, 0, -7)
	old.Closed = bazaar.From.AddDate(0, 0, -6)
	return &desk{
		events: []app.Event{bazaar, old},
		passes: map[string][]vault.Pass{bazaar.ID: {{Operator: "sw"}, {Operator: "bs"}, {Slot: []byte{1}}}},
		tally: journal.EventClosedBody{
			Registered: 124, Slips: 122, NoSlip: []uint32{107, 121}, Handed: 8, Drafts: 1, Unsent: 31, Attachments: 4, Passes: 3, Joined: 2,
		},
	}
}

func open(t *testing.T, d *desk, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	if d.passes == nil {
		d.passes = map[string][]vault.Pass{}
	}
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, d.uses())
	b.Own(s.looks)
	b.Own(s.works)
	b.Open("find", s)
	b.Until("the list", func() bool { return s.model.Known && (len(d.events) == 0 || s.model.Page.Event.ID != "") })
	return b, s
}

func TestASupervisorOpensAnEvent(t *testing.T) {
	d := &desk{}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.begin()
	b.Type("Bazar UMKM Manggar")
	s.open()
	if len(d.opened) != 0 || s.model.Wrong != "place" {
		t.Fatalf("an event without a place was opened: %q %v", s.model.Wrong, s.model.Err)
	}
	if s.model.Form.Name != "Bazar UMKM Manggar" {
		t.Error("what was typed is gone")
	}
	f := &s.model.Form
	f.Address, f.From, f.Until, f.PickUp = "Lapangan Manggar", "8", "16.30", "Kantor Kelurahan"
	s.open()
	if s.model.Wrong != "tasks" {
		t.Errorf("nobody chose a task: %q %v", s.model.Wrong, s.model.Err)
	}
	f.Tasks = []string{"register", "verify"}
	s.open()
	b.Until("opened", func() bool { return len(d.opened) == 1 && !s.model.Busy })
	got := d.opened[0]
	if !got.From.Equal(bazaar.From) || !got.Until.Equal(bazaar.Until.Add(30*time.Minute)) || s.model.Stage != Listing || s.model.Chosen != "k7m2qp" {
		t.Errorf("%+v", got)
	}
}

func TestHoursThatCannotBeReadAreNone(t *testing.T) {
	for text, good := range map[string]bool{"8": true, "08.00": true, "8:30": true, "16,15": true, "0830": true, "8-30": true, "2460": false, "": false, "25": false, "8.75": false, "pagi": false} {
		if got := !at("21-11-2026", text, zone).IsZero(); got != good {
			t.Errorf("%q: %v", text, got)
		}
	}
	if !at("31-02-2026", "8", zone).IsZero() {
		t.Error("a day that does not exist")
	}
}

func TestPassesArePreparedPrintedAndSaved(t *testing.T) {
	d := busy()
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.prepare()
	b.Until("refused", func() bool { return s.model.Wrong == "count" })
	s.model.Count = "2"
	s.prepare()
	b.Until("prepared", func() bool { return len(s.model.Page.Passes) == 5 })
	s.print()
	b.Until("printed", func() bool { return !s.model.Busy })
	s.save()
	b.Until("saved", func() bool { return !s.model.Busy })
	if !slices.Equal(d.papers, []string{"passes", "files /media/usb"}) {
		t.Error(d.papers)
	}
}

func TestASupervisorMayWorkAtTheEvent(t *testing.T) {
	d := busy()
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.attend()
	b.Until("there", func() bool { return d.at == bazaar.ID })
	s.attend()
	b.Until("back", func() bool { return d.at == "" })
}

func TestClosingAsksForTheSticksAndWhereTheyAre(t *testing.T) {
	d := busy()
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.reconcile()
	s.close()
	b.Until("refused", func() bool { return s.model.Wrong == "sticks" })
	s.model.End.Out, s.model.End.Back = "2", "1"
	s.close()
	b.Until("asked why", func() bool { return s.model.Wrong == "note" })
	b.Press(fyne.KeyEscape)
	if s.model.Stage != Listing || s.model.End.Out != "2" {
		t.Error("Esc loses what was typed")
	}
	s.reconcile()
	s.model.End.Note = "Dibawa Pak Rahmat"
	s.close()
	b.Until("closed", func() bool { return len(d.closed) == 1 && s.model.Stage == Listing })
	if d.closed[0] != (event.Sticks{Known: true, Out: 2, Back: 1}) {
		t.Error(d.closed)
	}
}

func TestTheScreensOfAnEventLookWell(t *testing.T) {
	for _, lang := range words.Langs {
		for name, size := range map[string]fyne.Size{"1366": {Width: 1366, Height: 768}, "1024": {Width: 1024, Height: 600}} {
			id := "-" + string(lang) + "-" + name
			b, s := open(t, busy(), size.Width, size.Height, lang, theme.Look{})
			b.Picture("kegiatan-list" + id)
			s.begin()
			b.Picture("kegiatan-new" + id)
			s.open()
			b.Picture("kegiatan-wrong" + id)
			s.Back()
			s.reconcile()
			s.model.End.Out, s.model.End.Back = "2", "1"
			s.show()
			b.Picture("kegiatan-close" + id)
			none, _ := open(t, &desk{}, size.Width, size.Height, lang, theme.Look{})
			none.Picture("kegiatan-none" + id)
		}
	}
	b, _ := open(t, busy(), 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	b.Picture("kegiatan-150")
}

func volunteer(tasks ...app.Task) access.Session {
	o := app.Operator{ID: "sw", Name: "Sri Wahyuni", Role: app.RoleVolunteer, Agency: app.AgencyPartner, Event: bazaar.ID, Tasks: tasks}
	return access.Session{Operator: o, Event: bazaar, Until: bazaar.Until}
}

func home(t *testing.T, s access.Session, left time.Duration, wide, high float32, lang words.Lang) (*shelltest.Bench, *Home, *int) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, theme.Look{})
	out := 0
	h := NewHome(b.Shell, HomeUses{
		Session: func() access.Session { return s }, Clock: still{}, Left: func() (time.Duration, bool) { return left, true },
		Made: func(context.Context, string) (int, error) { return 37, nil }, SignOut: func() { out++ },
	})
	b.Own(h.owner)
	b.Alone("home", h)
	b.Until("the number", func() bool { return h.known })
	return b, h, &out
}

func TestAVolunteerSeesTheTasksOfThePass(t *testing.T) {
	places := func(s access.Session) (names []string) {
		for _, tile := range HomeTiles(s) {
			names = append(names, tile.Place)
		}
		return names
	}
	if got := places(volunteer(app.EventTasks...)); !slices.Equal(got, []string{"register", "check", "handover", "find"}) {
		t.Error(got)
	}
	if got := places(volunteer(app.TaskVerify)); !slices.Equal(got, []string{"check", doneTile}) {
		t.Error(got)
	}
	restricted := volunteer(app.EventTasks...)
	restricted.Restricted = true
	if got := places(restricted); !slices.Equal(got, []string{doneTile}) {
		t.Error("a kiosk that was called back offers", got)
	}
}

func TestDoneEndsTheWork(t *testing.T) {
	b, h, out := home(t, volunteer(app.TaskRegister), time.Hour, 1366, 768, words.ID)
	b.Shell.Focus(h.keys[len(h.keys)-1], 0)
	b.Press(fyne.KeySpace)
	if *out != 1 {
		t.Error("nothing happened")
	}
}

func TestAVolunteersFirstScreenLooksWell(t *testing.T) {
	for _, lang := range words.Langs {
		for name, size := range map[string]fyne.Size{"1366": {Width: 1366, Height: 768}, "1024": {Width: 1024, Height: 600}} {
			b, _, _ := home(t, volunteer(app.EventTasks...), 5*time.Hour+30*time.Minute, size.Width, size.Height, lang)
			b.Picture("relawan-" + string(lang) + "-" + name)
			b.Fits("a volunteer's first screen")
			b, _, _ = home(t, volunteer(app.TaskRegister, app.TaskVerify), 12*time.Minute, size.Width, size.Height, lang)
			b.Picture("relawan-soon-" + string(lang) + "-" + name)
		}
	}
}
