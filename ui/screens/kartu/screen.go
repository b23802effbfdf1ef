// Package kartu is the card screen: what waits to be printed, what was printed and nobody has seen,
// and the card as it will print. A card counts as made when it was scanned back or a person saw it.
package kartu

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/issuing"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Door is what this screen needs of the kiosk. All run away from the window; who acts is whoever is
// signed in.
type Door struct {
	List       func(ctx context.Context, states ...app.CardState) ([]issuing.Listed, error)
	Stock      func(ctx context.Context) (issuing.Stock, error)
	Printer    func(ctx context.Context) (Printer, error)
	Preview    func(ctx context.Context, serial app.Serial) (front, back image.Image, err error)
	Print      func(ctx context.Context, serials []app.Serial) (job string, err error)
	PrintAgain func(ctx context.Context, serials []app.Serial) (job string, err error)
	Confirm    func(ctx context.Context, scanned string) (app.Card, error)
	ByWord     func(ctx context.Context, serial app.Serial) (app.Card, error)
	Spoil      func(ctx context.Context, serial app.Serial, reason string) (app.Card, error)
	HandOver   func() // opens the screen of handovers; on the window's goroutine
}

// momentStays is how long a green tick is shown before the screen goes on by itself.
const momentStays = 3 * time.Second

// Screen is the card screen.
type Screen struct {
	window widgets.Window
	door   Door
	clock  app.Clock
	owner  *task.Owner
	model  Model
	view   *view
	fading func() // ends the wait of a green tick
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, door Door, clock app.Clock) *Screen {
	return &Screen{window: w, door: door, clock: clock, owner: task.NewOwner(meter)}
}

// Key is F4.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF4 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.cards") }

// Subtitle tells how many cards wait for eyes.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	if n := len(s.model.Lists[app.CardSent]); n > 0 {
		return []fyne.CanvasObject{widgets.Pill(widgets.Waiting, s.window.Say("ui.cards.unchecked", "n", n))}
	}
	return nil
}

// Primary prints what waits.
func (s *Screen) Primary() widgets.Action {
	n := len(s.model.Job())
	word := s.window.Say("ui.cards.print")
	if n > 0 {
		word = s.window.Say("ui.cards.print_some", "n", n)
	}
	return widgets.Action{Word: word, Icon: "printer", Off: n == 0 || s.model.Busy, Act: s.printAll}
}

// Actions are beside it: once more what nobody has seen.
func (s *Screen) Actions() []widgets.Action {
	if s.model.Tab != app.CardSent || len(s.model.Again()) == 0 {
		return nil
	}
	return []widgets.Action{{Word: s.window.Say("ui.cards.again_all"), Off: s.model.Busy, Act: func() { s.askAgain(s.model.Again()) }}}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return widgets.NewFitting(s.view.render)
}

// Enter reads the lists, the stock and the printer.
func (s *Screen) Enter() {
	s.load()
	s.view.focus()
}

// Leave drops what is awaited.
func (s *Screen) Leave() {
	s.stopFading()
	s.owner.Leave()
	s.model.Busy, s.model.Moment = false, nil
}

// Back steps back within the screen at Esc.
func (s *Screen) Back() bool {
	s.stopFading()
	if !s.model.Back() {
		return false
	}
	s.show()
	return true
}

// News reads everything again: head office has said something.
func (s *Screen) News() { s.load() }

// Scan confirms the card that was scanned back, at once. The barcode of a serial shows its card.
func (s *Screen) Scan(text string) bool {
	if scan, err := card.ParseScan(text); err == nil && !card.IsCard(text) {
		s.scannedNumber(scan)
		return true
	}
	task.Run(s.owner, text, func(ctx context.Context, text string) (app.Card, error) {
		return s.door.Confirm(ctx, text)
	}, s.confirmed)
	return true
}

func (s *Screen) scannedNumber(scan card.Scan) {
	if scan.Kind != card.ScanSerial {
		s.refused(app.Fail(app.CheckNotCard))
		return
	}
	if !s.choose(scan.Serial) {
		s.refused(app.Fail(app.CardUnknownHere, "serial", scan.Serial))
	}
}

// confirmed shows the tick, or why not.
func (s *Screen) confirmed(c app.Card, err error) {
	if err != nil {
		s.refused(err)
		return
	}
	known, listed := s.model.Find(c.Serial)
	s.model.Confirmed(c, listed && known.Card.State == app.CardConfirmed)
	s.fade()
	s.load()
	s.show()
}

// fade lets a green tick go by itself.
func (s *Screen) fade() {
	s.stopFading()
	s.fading = task.After(s.owner, momentStays, func() {
		s.model.Moment = nil
		s.show()
	})
}

func (s *Screen) stopFading() {
	if s.fading != nil {
		s.fading()
		s.fading = nil
	}
}

func (s *Screen) refused(err error) {
	s.stopFading()
	s.model.Refused("ui.cards.moment.refused", words.Error(s.window.Lang(), err))
	s.show()
}

// choose shows a card as it will print.
func (s *Screen) choose(serial app.Serial) bool {
	s.stopFading()
	if !s.model.Select(serial) {
		return false
	}
	s.show()
	s.preview()
	return true
}

// show draws again and puts the keyboard where the next key belongs.
func (s *Screen) show() {
	s.window.Renew()
	if s.view != nil {
		s.view.focus()
	}
}
