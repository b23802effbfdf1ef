package program

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/scheme"
	"loket/app/sponsor"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var now = time.Date(2026, 11, 20, 10, 42, 0, 0, time.FixedZone("WITA", 8*3600))

type clock struct{}

func (clock) Now() time.Time { return now }

var (
	kutim = sponsor.Programme{
		Scope: app.Scope{8, 1}, Name: "Pekerja rentan Kutai Timur 2027", Payer: app.PayerRegency, PayerName: "Pemerintah Kabupaten Kutai Timur",
		Decree: "460/K.112/2026", DecreeDay: app.Date{Year: 2026, Month: 1, Day: 15}, Programmes: app.WorkAccident | app.Death,
		First: app.Month{Year: 2026, Month: 12}, Months: 12, Target: 98_000, Budget: 30_240_000_000, Level: 2, Region: "64.08",
		Release: "Dibayar setelah kartu diterima peserta",
	}
	donors = sponsor.Programme{
		Scope: app.Scope{8, 2}, Name: "SERTAKAN pedagang pasar", Payer: app.PayerDonor, PayerName: "Yayasan Sahabat Pasar",
		Decree: "007/YSP/XI/2026", DecreeDay: app.Date{Year: 2026, Month: 11, Day: 2}, Programmes: app.WorkAccident | app.Death,
		First: app.Month{Year: 2026, Month: 12}, Months: 6, Target: 120, Budget: 11_000_000, Level: 1, Region: "64.71",
	}
)

// desk is a kiosk with programmes; lists are judged by the real room.
type desk struct {
	all      []sponsor.Standing
	versions []sponsor.Version
	leavers  []sponsor.Leaver
	overlaps []sponsor.Overlap
	options  []sponsor.JudgeOptions
	outcome  sponsor.Outcome
	fail     error
	wait     chan struct{} // an import goes on when it is closed, or stops
	file     string        // that is chosen
	content  []byte
	written  map[string]string
	imported int
	refuse   error // of a close
	kept     map[string][]byte
}

func newDesk(all ...sponsor.Standing) *desk {
	return &desk{all: all, written: map[string]string{}, kept: map[string][]byte{}}
}

func twoProgrammes() *desk {
	d := newDesk(
		sponsor.Standing{Programme: kutim, Registered: 61_250, Rejected: 212, Versions: 2, Left: 37, Overlaps: 12, OpenedAt: now},
		sponsor.Standing{Programme: donors, Registered: 118, Versions: 1, OpenedAt: now})
	d.versions = []sponsor.Version{
		{Number: 2, At: now.Add(-time.Hour), Rows: 61_462, Rejected: 212, New: 1_320, Corrected: 84, Unchanged: 59_846, Left: 37},
		{Number: 1, At: now.AddDate(0, -3, 0), Rows: 60_102, Rejected: 172, New: 59_930},
	}
	d.leavers = []sponsor.Leaver{{Name: "YOHANES NGAU AJANG", Village: "64.08.04.2001"}, {Name: "SULAIMAN", Village: "64.08.04.2002"}}
	d.overlaps = []sponsor.Overlap{{Name: "KRISTINA USAT", OtherName: "SERTAKAN pedagang pasar", From: kutim.First, To: kutim.First.Add(5)}}
	return d
}

func (d *desk) rules() sponsor.Rules {
	return sponsor.Rules{Scheme: scheme.Embedded(), Regions: region.Load()}
}

func (d *desk) books() Books {
	of := sponsor.New(nil, d.rules, clock{}, nil)
	return Books{
		All: func(context.Context) ([]sponsor.Standing, error) { return d.all, d.fail },
		One: func(_ context.Context, scope app.Scope) (sponsor.Standing, error) {
			for _, s := range d.all {
				if s.Scope == scope {
					return s, nil
				}
			}
			return sponsor.Standing{}, app.Fail(app.NotFound)
		},
		Open: func(_ context.Context, _ app.Operator, p sponsor.Programme) (sponsor.Programme, error) {
			if d.fail != nil {
				return p, d.fail
			}
			p.Scope = app.Scope{9, byte(len(d.all))}
			d.all = append(d.all, sponsor.Standing{Programme: p, OpenedAt: now})
			return p, of.Check(p)
		},
		Change: func(_ context.Context, _ app.Operator, p sponsor.Programme) error {
			for i := range d.all {
				if d.all[i].Scope == p.Scope {
					d.all[i].Programme = p
				}
			}
			return d.fail
		},
		Close: func(_ context.Context, _ app.Operator, scope app.Scope) error {
			if d.refuse != nil {
				return d.refuse
			}
			for i := range d.all {
				d.all[i].Closed = d.all[i].Closed || d.all[i].Scope == scope
			}
			return d.fail
		},
		Budget:   of.Budget,
		Versions: func(context.Context, app.Scope) ([]sponsor.Version, error) { return d.versions, nil },
		Leavers:  func(context.Context, app.Scope) ([]sponsor.Leaver, error) { return d.leavers, nil },
		Overlaps: func(context.Context, app.Scope) ([]sponsor.Overlap, error) { return d.overlaps, nil },
	}
}

func (d *desk) lists() Lists {
	return Lists{
		Judge: func(ctx context.Context, _ app.Scope, book *roster.Book, o sponsor.JudgeOptions) (*roster.Result, error) {
			d.options = append(d.options, o)
			return roster.Judge(ctx, book, roster.Options{Region: "64.08", AsOf: o.AsOf, Villages: o.Villages, Hidden: o.Hidden, Progress: o.Progress})
		},
		Import: func(ctx context.Context, _ app.Operator, _ app.Scope, _ [32]byte, r *roster.Result, progress func(sponsor.Progress)) (sponsor.Outcome, error) {
			d.imported++
			progress(sponsor.Progress{Done: 3, Of: len(r.Rows)})
			if d.wait != nil {
				select {
				case <-d.wait:
				case <-ctx.Done():
					return sponsor.Outcome{Version: sponsor.Version{Number: 3, New: 3}, Stopped: true}, nil
				}
			}
			return d.outcome, d.fail
		},
		Rows: func(_ context.Context, _ app.Operator, _ app.Scope, w io.Writer) (int, error) {
			return fmt.Fprintln(w, "{}")
		},
	}
}

func (d *desk) files() Files {
	return Files{
		Choose:       func(done func(string)) { done(d.file) },
		Read:         func(context.Context, string) ([]byte, error) { return d.content, nil },
		ChooseFolder: func(done func(string, error)) { done("/stik", nil) },
		Write: func(_ context.Context, path string, fill func(io.Writer) error) error {
			var b bytes.Buffer
			err := fill(&b)
			d.written[path] = b.String()
			return err
		},
	}
}

func (d *desk) drafts() Drafts {
	return Drafts{
		Keep: func(_ context.Context, _ app.Operator, id string, body []byte) error { d.kept[id] = body; return nil },
		Kept: func(_ context.Context, _ app.Operator, id string) ([]byte, error) { return d.kept[id], nil },
	}
}

// rested ends the work of who is signed in, and opens the window for the next.
func (x *table) rested(t *testing.T) *table {
	t.Helper()
	rested := false
	x.s.Rest(func() { rested = true })
	x.Until("rested", func() bool { return rested })
	return open(t, x.d)
}

// table is the bench with the screen on it.
type table struct {
	*shelltest.Bench
	s *Screen
	d *desk
}

func opened(t *testing.T, d *desk, wide, high float32, lang words.Lang, look theme.Look) *table {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, b.Shell, Uses{
		By: func() app.Operator { return app.Operator{ID: "op", Name: "Rina", Role: app.RoleSupervisor} }, Clock: clock{},
		Near: func() []string { return []string{"64.08", "64.71"} }, Books: d.books(), Lists: d.lists(), Files: d.files(), Drafts: d.drafts(),
	})
	b.OwnAll(s.looks, s.works, s.drafts.owner)
	b.Show(s)
	x := &table{b, s, d}
	x.Until("read", func() bool { return s.model.Known })
	return x
}

func open(t *testing.T, d *desk) *table {
	t.Helper()
	return opened(t, d, 1366, 768, words.ID, theme.Look{})
}

// says fails when something cannot be read in the window.
func (x *table) says(t *testing.T, texts ...string) {
	t.Helper()
	all := x.Texts()
	for _, text := range texts {
		if !strings.Contains(all, text) {
			t.Errorf("%q is not shown", text)
		}
	}
}

// idle waits for what was begun.
func (x *table) idle() { x.Until("idle", func() bool { return x.s.model.Work == Idle }) }

// list has the chosen programme read a list.
func (x *table) list(name, content string) {
	x.d.file, x.d.content = "/stik/"+name, []byte(content)
	x.s.open(kutim.Scope)
	x.Until("read", func() bool { return x.s.model.Chosen.Versions != nil })
	x.s.toFile()
	x.s.chooseList()
	x.idle()
}

// dirty is a list with a bit of everything, as villages write.
func dirty(rows int) string {
	var b strings.Builder
	b.WriteString("DAFTAR PEKERJA RENTAN;;;;;;\nNo;NIK;Nama Lengkap;TTL;Desa;No HP;Golongan Darah\n")
	for i := range rows {
		village := []string{"Sangatta Utara", "Sangata Utr.", "Singa Gembara", "Swarga Bara", "Kampung Antah"}[i%5]
		nik := fmt.Sprintf("64080405058%01d%04d", i%10, i/10+1)
		switch i % 17 {
		case 3:
			nik = "-"
		case 5:
			nik = nik[:14]
		case 9:
			nik = fmt.Sprintf("64080405058%01d%04d", (i-1)%10, (i-1)/10+1)
		}
		fmt.Fprintf(&b, "%d;%s;SITI AMINAH %d;Sangatta, 05-05-198%d;%s;0812555%04d;O\n", i+1, nik, i+1, i%10, village, i%9999)
	}
	return b.String()
}
