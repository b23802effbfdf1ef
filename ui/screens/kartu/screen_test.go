package kartu

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/issuing"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
	"loket/ui/widgets"
)

var now = time.Date(2026, 11, 20, 10, 42, 0, 0, time.FixedZone("WITA", 8*3600))

type clock struct{}

func (clock) Now() time.Time { return now }

var names = []string{
	"SITI AMINAH BINTI ABDUL RAHMAN", "YOHANES NGAU AJANG", "KRISTINA USAT", "SULAIMAN", "LINCE BELAWAN",
	"RADEN MAS SURYODININGRAT KUSUMO WIJOYO NINGRAT PUTRA", "AWANG HAMZAH", "DAYANG PURNAMA",
}

// desk is a kiosk of a few cards.
type desk struct {
	cards   []issuing.Listed
	printed [][]app.Serial
	stock   issuing.Stock
	fail    error
	opened  int
}

func newDesk(states ...app.CardState) *desk {
	d := &desk{stock: issuing.Stock{Members: 1240, MembersUntil: now.AddDate(0, 1, 0), Serials: 112, SerialsUntil: now.AddDate(0, 1, 0)}}
	for i, state := range states {
		serial := app.Serial(98410 + i)
		d.cards = append(d.cards, issuing.Listed{
			Card: app.Card{
				Serial: serial, Member: app.MemberNumber(fmt.Sprintf("2613306%04d", 8500+i)), Generation: 1, State: state,
				IssuedAt: now.Add(-time.Hour), ChangedAt: now.Add(-time.Duration(i) * time.Minute),
			},
			Registration: app.Registration{Record: app.Record{Person: app.Person{Name: names[i%len(names)]}}},
		})
	}
	return d
}

func (d *desk) at(serial app.Serial) *app.Card {
	for i := range d.cards {
		if d.cards[i].Card.Serial == serial {
			return &d.cards[i].Card
		}
	}
	return nil
}

func (d *desk) list(_ context.Context, states ...app.CardState) (listed []issuing.Listed, err error) {
	for _, l := range d.cards {
		if slices.Contains(states, l.Card.State) {
			listed = append(listed, l)
		}
	}
	return listed, nil
}

func (d *desk) print(_ context.Context, serials []app.Serial) (string, error) {
	d.printed = append(d.printed, serials)
	for _, serial := range serials {
		d.at(serial).State = app.CardSent
	}
	return "job", d.fail
}

func (d *desk) confirm(serial app.Serial) (app.Card, error) {
	c := d.at(serial)
	switch {
	case c == nil:
		return app.Card{}, app.Fail(app.CardUnknownHere, "serial", serial)
	case c.State != app.CardSent && c.State != app.CardConfirmed:
		return app.Card{}, app.Fail(app.CardOtherState, "serial", serial)
	}
	c.State, c.ChangedAt = app.CardConfirmed, now
	return *c, nil
}

// codeOf stands for the QR code of a card: as long, and with its serial in it.
func codeOf(serial app.Serial) string {
	return "HTTPS://KARTU.CONTOH.ID/K#" + strings.Repeat("1", 300) + fmt.Sprintf("%07d", uint32(serial))
}

func (d *desk) door() Door {
	return Door{
		List:    d.list,
		Stock:   func(context.Context) (issuing.Stock, error) { return d.stock, nil },
		Printer: func(context.Context) (Printer, error) { return Printer{"print.state.folder", "/home/loket/cetak"}, nil },
		Preview: func(context.Context, app.Serial) (image.Image, image.Image, error) {
			return side("front"), side("back"), nil
		},
		Print:      d.print,
		PrintAgain: d.print,
		Confirm: func(_ context.Context, text string) (app.Card, error) {
			var n uint32
			if len(text) < 300 {
				return app.Card{}, app.Fail(app.CardUnreadable)
			}
			if _, err := fmt.Sscanf(text[len(text)-7:], "%d", &n); err != nil {
				return app.Card{}, err
			}
			return d.confirm(app.Serial(n))
		},
		ByWord: func(_ context.Context, serial app.Serial) (app.Card, error) { return d.confirm(serial) },
		Spoil: func(_ context.Context, serial app.Serial, reason string) (app.Card, error) {
			old := d.at(serial)
			old.State, old.Reason = app.CardSpoiled, reason
			fresh := issuing.Listed{Card: *old}
			fresh.Card.Serial, fresh.Card.State, fresh.Card.Generation = serial+100, app.CardQueued, 2
			d.cards = append(d.cards, fresh)
			return fresh.Card, nil
		},
		HandOver: func() { d.opened++ },
	}
}

// side is a picture of a card: a real one, where LOKET_CARD_PICTURES names a folder.
func side(name string) image.Image {
	if dir := os.Getenv("LOKET_CARD_PICTURES"); dir != "" {
		if b, err := os.ReadFile(dir + "/" + name + ".png"); err == nil {
			if img, err := png.Decode(bytes.NewReader(b)); err == nil {
				return img
			}
		}
	}
	img := image.NewNRGBA(image.Rect(0, 0, 856, 540))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 0, 856, 96), image.NewUniform(color.NRGBA{0x0F, 0x4C, 0x5C, 0xFF}), image.Point{}, draw.Src)
	return img
}

func open(t *testing.T, d *desk, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, d.door(), clock{})
	b.Own(s.owner)
	b.Open("cards", s)
	b.Until("the lists", func() bool { return s.model.Lists != nil })
	return b, s
}

func states(queued, sent, confirmed int) (all []app.CardState) {
	for range queued {
		all = append(all, app.CardQueued)
	}
	for range sent {
		all = append(all, app.CardSent)
	}
	for range confirmed {
		all = append(all, app.CardConfirmed)
	}
	return all
}

func TestPrintSendsAJobAndAsksToScanBack(t *testing.T) {
	d := newDesk(states(60, 0, 0)...)
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.Primary().Act()
	if !s.Primary().Off {
		t.Error("a second press would print again")
	}
	b.Until("printed", func() bool { return len(s.model.Lists[app.CardSent]) == 50 })
	if len(d.printed) != 1 || len(d.printed[0]) != issuing.MostInJob {
		t.Error("a job is at most fifty cards")
	}
	if s.model.Tab != app.CardSent || s.model.Run != 50 {
		t.Error("the cards to be checked are not shown", s.model.Tab, s.model.Run)
	}
	if len(s.model.Job()) != 10 {
		t.Error("the rest waits", len(s.model.Job()))
	}
}

func TestAScanConfirmsAtOnce(t *testing.T) {
	d := newDesk(states(0, 3, 0)...)
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	if s.model.Tab != app.CardSent {
		t.Fatal("an interrupted run does not go on by itself")
	}
	b.Scan(codeOf(98411))
	b.Until("checked", func() bool { return len(s.model.Lists[app.CardSent]) == 2 })
	if m := s.model.Moment; m == nil || m.State != widgets.Good || m.Name != "YOHANES NGAU AJANG" {
		t.Fatal("no tick with the name", s.model.Moment)
	}
	b.Scan(codeOf(98411))
	b.Until("told", func() bool { return s.model.Moment != nil && s.model.Moment.Key == "ui.cards.moment.before" })
	b.Scan(codeOf(77))
	b.Until("refused", func() bool { return s.model.Moment != nil && s.model.Moment.State == widgets.Bad })
	if !strings.Contains(s.model.Moment.More, "KT-0000077") {
		t.Error(s.model.Moment.More)
	}
	b.Press(fyne.KeyEscape)
	if s.model.Moment != nil {
		t.Error("Esc does not take it away")
	}
}

func TestTheBarcodeOfASerialShowsItsCard(t *testing.T) {
	d := newDesk(states(1, 2, 0)...)
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	text, err := card.Scan{Kind: card.ScanSerial, Serial: 98412}.Text()
	if err != nil {
		t.Fatal(err)
	}
	b.Scan(text)
	if s.model.Selected != 98412 || s.model.Tab != app.CardSent {
		t.Error(s.model.Selected, s.model.Tab)
	}
}

func TestByWordIsAskedFirst(t *testing.T) {
	d := newDesk(states(0, 1, 0)...)
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose(98410)
	s.askWord(d.cards[0])
	if !b.Shell.Modal() || d.cards[0].Card.State != app.CardSent {
		t.Fatal("a word counted without a question")
	}
	b.Picture("kartu-word")
	s.byWord(98410)
	b.Until("checked", func() bool { return len(s.model.Lists[app.CardConfirmed]) == 1 })
}

func TestSpoiledNeedsAReasonAndBringsANewCard(t *testing.T) {
	d := newDesk(states(0, 2, 0)...)
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose(98410)
	s.model.Spoiling = true
	s.show()
	s.spoil()
	if d.cards[0].Card.State != app.CardSent {
		t.Fatal("spoiled without a reason")
	}
	s.model.Reason = "smudged"
	s.spoil()
	b.Until("queued again", func() bool { return len(s.model.Lists[app.CardQueued]) == 1 })
	if d.cards[0].Card.Reason != "smudged" || s.model.Tab != app.CardQueued {
		t.Error(d.cards[0].Card.Reason, s.model.Tab)
	}
}

func TestAPrinterThatFailsLeavesTheCardsToBeChecked(t *testing.T) {
	d := newDesk(states(2, 0, 0)...)
	d.fail = app.Fail(app.PrintDiskFull)
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.printAll()
	b.Until("told", func() bool { return s.model.Moment != nil && len(s.model.Lists[app.CardSent]) == 2 })
	if s.model.Moment.State != widgets.Bad || len(s.Actions()) != 1 {
		t.Error("no way to print again", s.model.Moment)
	}
	b.Picture("kartu-printer-failed")
}

func TestFewNumbersAreTold(t *testing.T) {
	for _, c := range []struct {
		stock issuing.Stock
		low   bool
	}{
		{issuing.Stock{Members: 500, Serials: 500, MembersUntil: now.AddDate(0, 1, 0), SerialsUntil: now.AddDate(0, 1, 0)}, false},
		{issuing.Stock{Members: 500, Serials: 19, MembersUntil: now.AddDate(0, 1, 0), SerialsUntil: now.AddDate(0, 1, 0)}, true},
		{issuing.Stock{Members: 500, Serials: 500, MembersUntil: now.AddDate(0, 0, 1), SerialsUntil: now.AddDate(0, 1, 0)}, true},
	} {
		m := Model{Stock: c.stock, Counted: true}
		if m.Low(now) != c.low {
			t.Error(c.stock)
		}
	}
}

// Every arrangement is drawn in both languages and sizes; nothing may be missing its sentence.
func TestPictures(t *testing.T) {
	sizes := map[string]fyne.Size{"1366": {Width: 1366, Height: 768}, "1024": {Width: 1024, Height: 600}}
	for _, lang := range words.Langs {
		for name, size := range sizes {
			d := newDesk(states(5, 3, 2)...)
			b, s := open(t, d, size.Width, size.Height, lang, theme.Look{})
			shot := func(what string) {
				b.Fits(what + " " + string(lang) + " " + name)
				b.Picture("kartu-" + what + "-" + string(lang) + "-" + name)
			}
			shot("queue")
			s.choose(98415)
			b.Until("drawn", func() bool { return s.model.Sides.Front != nil })
			shot("card")
			s.model.Spoiling = true
			s.show()
			shot("spoil")
			s.Back()
			s.Back()
			s.model.Turn(app.CardSent)
			s.model.Run = 5
			s.show()
			shot("check")
			b.Scan(codeOf(98416))
			b.Until("checked", func() bool { return s.model.Moment != nil })
			shot("tick")
			e, _ := open(t, newDesk(), size.Width, size.Height, lang, theme.Look{})
			e.Picture("kartu-empty-" + string(lang) + "-" + name)
		}
	}
	d := newDesk(states(5, 3, 2)...)
	d.stock.Serials = 0
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	s.choose(98415)
	b.Until("drawn", func() bool { return s.model.Sides.Front != nil })
	b.Picture("kartu-card-150")
}

func TestEverySentenceIsThere(t *testing.T) {
	for _, state := range Tabs {
		for _, kind := range []string{"tab", "pill", "empty"} {
			if key := "ui.cards." + kind + "." + string(state); !words.Has(key) {
				t.Error(key)
			}
		}
	}
	for _, reason := range issuing.SpoilReasons {
		if !words.Has("card.reason." + reason) {
			t.Error(reason)
		}
	}
}
