package serah

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"loket/app"
	"loket/app/custody"
	"loket/app/issuing"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var now = time.Date(2026, 11, 20, 10, 42, 0, 0, time.FixedZone("WITA", 8*3600))

type clock struct{}

func (clock) Now() time.Time { return now }

var names = []string{
	"YOHANES NGAU AJANG", "KRISTINA USAT", "RADEN MAS SURYODININGRAT KUSUMO WIJOYO NINGRAT PUTRA", "SULAIMAN",
	"LINCE BELAWAN", "AWANG HAMZAH", "DAYANG PURNAMA",
}

// desk is a kiosk with a few checked cards; what is asked of it is answered as custody would.
type desk struct {
	cards    []issuing.Listed
	handed   map[app.Serial]app.Handover
	parked   []custody.Form
	evidence [][]byte
	demanded app.EvidenceLevel
	warnings []app.Code
	fail     error
}

func newDesk(n int) *desk {
	d := &desk{handed: map[app.Serial]app.Handover{}, demanded: 1}
	for i := range n {
		d.cards = append(d.cards, issuing.Listed{
			Card: app.Card{
				Serial: app.Serial(98410 + i), Member: app.MemberNumber(fmt.Sprintf("2613306%04d", 8500+i)), Generation: 1,
				State: app.CardConfirmed, ChangedAt: now.Add(-time.Hour),
			},
			Registration: app.Registration{State: app.Accepted, Record: app.Record{
				Person:  app.Person{Name: names[i%len(names)], BirthDate: app.Date{Year: 1971, Month: 4, Day: 2}},
				Address: app.Address{Street: "Jl. Mulawarman No. 12", RT: "004"},
				Family:  app.FamilyContact{Name: "MARIA LAHAI", Relation: "spouse"},
			}},
		})
	}
	return d
}

func (d *desk) at(serial app.Serial) *issuing.Listed {
	for i := range d.cards {
		if d.cards[i].Card.Serial == serial {
			return &d.cards[i]
		}
	}
	return nil
}

// codeOf stands for the QR code of a card: as long, and with its serial in it.
func codeOf(serial app.Serial) string {
	return "HTTPS://KARTU.CONTOH.ID/K#" + strings.Repeat("1", 300) + fmt.Sprintf("%07d", uint32(serial))
}

func (d *desk) scan(_ context.Context, text string) (custody.Held, error) {
	var n uint32
	if _, err := fmt.Sscanf(text[len(text)-7:], "%d", &n); err != nil {
		return custody.Held{}, err
	}
	l := d.at(app.Serial(n))
	if l == nil {
		return custody.Held{}, app.Fail(app.CardUnknownHere, "serial", app.Serial(n))
	}
	held := custody.Held{
		Card: l.Card, Registration: l.Registration, Hash: sha256.Sum256([]byte(text)),
		Demanded: d.demanded, Warnings: d.warnings,
	}
	if h, done := d.handed[l.Card.Serial]; done {
		held.Before = &h
		return held, app.Fail(app.HandoverDoneBefore, "serial", l.Card.Serial)
	}
	return held, nil
}

func (d *desk) list(states ...app.CardState) (listed []issuing.Listed) {
	for _, l := range d.cards {
		if slices.Contains(states, l.Card.State) {
			listed = append(listed, l)
		}
	}
	return listed
}

func (d *desk) hand(_ context.Context, f custody.Form) (app.Handover, error) {
	if d.fail != nil {
		return app.Handover{}, d.fail
	}
	if err := f.Missing(d.demanded); err != nil {
		return app.Handover{}, err
	}
	h := app.Handover{Serial: f.Serial, Receiver: f.Receiver, Name: f.Name, Relation: f.Relation, Evidence: f.Evidence, Level: f.Level(), At: now}
	d.handed[f.Serial] = h
	c := &d.at(f.Serial).Card
	c.State, c.ChangedAt = app.CardHanded, now
	d.forget(f.Serial)
	return h, nil
}

func (d *desk) forget(serial app.Serial) {
	d.parked = slices.DeleteFunc(d.parked, func(f custody.Form) bool { return f.Serial == serial })
}

func (d *desk) door() Door {
	return Door{
		Waiting: func(context.Context) ([]issuing.Listed, error) { return d.list(app.CardConfirmed), nil },
		Handed:  func(context.Context, time.Time) ([]issuing.Listed, error) { return d.list(app.CardHanded), nil },
		HandoverOf: func(_ context.Context, serial app.Serial) (app.Handover, error) {
			return d.handed[serial], nil
		},
		Face: func(_ context.Context, serial app.Serial) (issuing.Face, error) {
			if d.at(serial) == nil {
				return issuing.Face{}, app.Fail(app.NotFound)
			}
			return issuing.Face{Code: "RM", Text: codeOf(serial)}, nil
		},
		Scan: d.scan,
		AddEvidence: func(_ context.Context, kind string, content []byte) (app.Evidence, error) {
			d.evidence = append(d.evidence, content)
			return app.Evidence{Kind: kind, Hash: sha256.Sum256(content)}, nil
		},
		Hand: d.hand,
		Park: func(_ context.Context, f custody.Form) error {
			d.forget(f.Serial)
			d.parked = append(d.parked, f)
			return nil
		},
		Parked:  func(context.Context) ([]custody.Form, error) { return slices.Clone(d.parked), nil },
		Drop:    func(_ context.Context, serial app.Serial) error { d.forget(serial); return nil },
		Trusted: func() time.Time { return now.Add(-2 * time.Hour) },
	}
}

func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type chosen struct {
	content []byte
	err     error
}

func open(t *testing.T, d *desk, size fyne.Size, lang words.Lang, look theme.Look, file chosen) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, size.Width, size.Height, lang, look)
	s := New(b.Shell, nil, d.door(), Options{Clock: clock{}, ChooseFile: func(done func([]byte, error)) { done(file.content, file.err) }})
	b.Own(s.owner)
	b.Open("handover", s)
	b.Until("the lists", func() bool { return s.model.Loaded })
	return b, s
}

var desktopSize = fyne.NewSize(1366, 768)

// sign draws on the pad as a mouse would.
func sign(s *Screen) {
	pad := padOf(s.pad)
	size := pad.(fyne.CanvasObject).Size()
	if size.Width == 0 {
		size = fyne.NewSize(300, 118)
	}
	at := func(x, y float32) fyne.Position { return fyne.NewPos(size.Width*x, size.Height*y) }
	pad.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(0.2, 0.7)}})
	for i := range 40 {
		x := 0.2 + 0.6*float32(i)/40
		y := 0.5 + 0.3*float32(i%13-6)/6
		pad.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(x, y)}})
	}
	pad.DragEnd()
	pad.(desktop.Mouseable).MouseUp(&desktop.MouseEvent{})
}

// padOf is the paper inside a signature field.
func padOf(o fyne.CanvasObject) fyne.Draggable {
	if d, ok := o.(fyne.Draggable); ok {
		return d
	}
	var inner []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inner = o.Objects
	case fyne.Widget:
		inner = o.CreateRenderer().Objects()
	}
	for _, i := range inner {
		if d := padOf(i); d != nil {
			return d
		}
	}
	return nil
}
