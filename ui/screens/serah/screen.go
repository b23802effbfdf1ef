// Package serah is the handover screen: a card is scanned, who received it and on what evidence is
// recorded, and it is given. Another scan puts the unfinished one aside.
package serah

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/custody"
	"loket/app/issuing"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Door is what this screen needs of the kiosk. All run away from the window; who acts is whoever is
// signed in.
type Door struct {
	Waiting     func(ctx context.Context) ([]issuing.Listed, error)                  // checked cards that lie here
	Handed      func(ctx context.Context, since time.Time) ([]issuing.Listed, error) // cards handed over since a moment
	HandoverOf  func(ctx context.Context, serial app.Serial) (app.Handover, error)
	Face        func(ctx context.Context, serial app.Serial) (issuing.Face, error)
	Scan        func(ctx context.Context, text string) (custody.Held, error)
	AddEvidence func(ctx context.Context, kind string, content []byte) (app.Evidence, error)
	Hand        func(ctx context.Context, form custody.Form) (app.Handover, error)
	Park        func(ctx context.Context, form custody.Form) error
	Parked      func(ctx context.Context) ([]custody.Form, error)
	Drop        func(ctx context.Context, serial app.Serial) error
	Trusted     func() time.Time // when the trust list was issued; zero: there is none
}

// Options are what the screen is told about the window around it.
type Options struct {
	Clock app.Clock
	// ChooseFile lets a person choose a picture and gives its content; nil where there is none.
	ChooseFile func(done func(content []byte, err error))
	// Complete opens the record of a person whose list left something open; nil where nobody may.
	Complete func(id app.EntryID)
}

// doneStays is how long the sign of a finished handover is shown.
const doneStays = 4 * time.Second

// Screen is the handover screen.
type Screen struct {
	window  widgets.Window
	door    Door
	options Options
	owner   *task.Owner
	resting *task.Owner // of what is kept before signing out
	model   Model
	view    *view
	pad     *widgets.Signature // keeps its strokes while the screen is drawn again
	fading  func()
	filling func()     // ends the wait of the table for more letters
	keeping sync.Mutex // one thing at a time about a form: what is kept never overtakes what is done
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, door Door, o Options) *Screen {
	return &Screen{window: w, door: door, options: o, owner: task.NewOwner(meter), resting: task.NewOwner(meter)}
}

// Key is F5.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF5 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.handover") }

// Actions are what can be done with the card at hand besides giving it.
func (s *Screen) Actions() []widgets.Action {
	if s.model.Step != Filling {
		return nil
	}
	return []widgets.Action{
		{Word: s.window.Say("ui.hand.drop"), Off: s.model.Busy, Act: s.askDrop},
		{Word: s.window.Say("ui.hand.aside"), Keys: "Esc", Off: s.model.Busy, Act: func() { s.Back() }},
	}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return widgets.NewFitting(s.view.render)
}

// Enter reads the lists. A card at hand is looked at again: it may have been given meanwhile.
func (s *Screen) Enter() {
	s.load()
	if s.model.Step == Filling {
		s.lookAt(s.model.Card.Card.Serial, "")
	}
	s.view.focus()
}

// Leave drops what is awaited. What was begun stays.
func (s *Screen) Leave() {
	s.stopFading()
	s.owner.Leave()
	s.model.Busy = false
	if s.model.Step == Done {
		s.model.Ready()
	}
}

// News reads the lists again: head office has said something.
func (s *Screen) News() { s.load() }

// Save finishes the handover at Ctrl+S.
func (s *Screen) Save() { s.finish() }

// Back puts the card at hand aside at Esc.
func (s *Screen) Back() bool {
	switch {
	case s.model.Busy:
		return true
	case s.model.Step != Idle:
		s.stopFading()
		s.putAside()
	case s.model.Filter != "":
		s.model.Filter, s.model.First = "", 0
	default:
		return false
	}
	s.show()
	return true
}

// Scan takes the card that is about to be given. Quick fingers are no scanner: what does not look
// like a card or a serial stays where it was typed.
func (s *Screen) Scan(text string) bool {
	scan, err := card.ParseScan(text)
	switch {
	case err == nil && scan.Kind == card.ScanSerial && !card.IsCard(text):
		s.pick(scan.Serial)
	case err == nil && !card.IsCard(text):
		s.window.Toast(widgets.Waiting, words.Error(s.window.Lang(), app.Fail(app.CheckNotCard)))
	case !card.IsCard(text):
		return false
	case s.model.Busy:
		s.window.Toast(widgets.Waiting, s.window.Say("ui.hand.busy"))
	default:
		s.look(text)
	}
	return true
}

// look asks custody about a scanned text.
func (s *Screen) look(text string) {
	task.Latest(s.owner, "look", text, func(ctx context.Context, text string) (custody.Held, error) {
		return s.door.Scan(ctx, text)
	}, s.looked)
}

// looked opens the card. A refused one never takes the place of a handover that was begun.
func (s *Screen) looked(held custody.Held, err error) {
	s.stopFading()
	other := s.model.Step == Filling && held.Card.Serial != s.model.Form.Serial
	switch {
	case err != nil && other:
		s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
		return
	case err != nil:
		s.model.Refuse(held, err)
	case s.model.Step == Filling && !other:
		s.model.Held = held // shown as it is: somebody may be typing
		return
	default:
		s.putAside()
		s.model.Open(held, s.options.Clock.Now())
		s.pad = s.newPad()
	}
	s.show()
}

func (s *Screen) newPad() *widgets.Signature {
	pad := widgets.NewSignature(s.window, widgets.SignatureWords{
		Here: s.window.Say("ui.sign.here"), Clear: s.window.Say("ui.sign.clear"), Undo: s.window.Say("ui.undo"),
	})
	pad.OnChanged = func() { s.model.Err = nil }
	return pad
}

// pick takes a card of the table, or by its serial.
func (s *Screen) pick(serial app.Serial) {
	if s.model.Busy || s.model.Step == Filling && s.model.Form.Serial == serial {
		return
	}
	s.stopFading()
	l, known := s.model.Find(serial)
	waiting := known && l.Card.State != app.CardHanded
	if waiting && !s.model.IsParked(serial) {
		s.putAside()
		s.model.Pick(l)
		s.show()
		return
	}
	s.lookAt(serial, "")
}

type seeking struct {
	serial app.Serial
	code   string // the two letters that somebody typed; "" does not ask for them
}

// lookAt takes a card without its scan: one that was scanned before, one that was given, or one
// whose two letters somebody read from the card in hand.
func (s *Screen) lookAt(serial app.Serial, code string) {
	task.Latest(s.owner, "look", seeking{serial, code}, func(ctx context.Context, w seeking) (custody.Held, error) {
		face, err := s.door.Face(ctx, w.serial)
		switch {
		case app.CodeOf(err) == app.NotFound:
			return custody.Held{}, app.Fail(app.CardUnknownHere, "serial", w.serial)
		case err != nil:
			return custody.Held{}, err
		case w.code != "" && !SameCode(face.Code, w.code):
			return custody.Held{}, app.Fail(app.HandoverCodeDiffers, "serial", w.serial)
		}
		return s.door.Scan(ctx, face.Text)
	}, func(held custody.Held, err error) {
		if app.CodeOf(err) == app.HandoverCodeDiffers && s.model.Step == Picked {
			s.model.Err = err
			s.show()
			return
		}
		s.looked(held, err)
	})
}

func (s *Screen) stopFading() {
	if s.fading != nil {
		s.fading()
		s.fading = nil
	}
}

// show draws again and puts the keyboard where the next key belongs.
func (s *Screen) show() {
	s.window.Renew()
	if s.view != nil {
		s.view.focus()
	}
}

// typingStops is after how long the table follows what is typed. A scanner that types into the search
// field is not slowed down by it.
const typingStops = 150 * time.Millisecond

func (s *Screen) fillSoon() {
	if s.filling != nil {
		s.filling()
	}
	s.filling = task.After(s.owner, typingStops, func() { s.view.fill() })
}

// found takes what Enter in the search field means: a serial, or the only card that fits.
func (s *Screen) found() {
	text := s.model.Filter
	if rows := s.model.Rows(); len(rows) == 1 && text != "" {
		s.model.Filter = ""
		s.pick(rows[0].Card.Serial)
		return
	}
	if serial, ok := SerialIn(text); ok && len(s.model.Rows()) == 0 {
		s.model.Filter = ""
		s.pick(serial)
		return
	}
	s.view.table.Focus()
}

// code takes the two letters that somebody read from the card in hand.
func (s *Screen) code(typed string) {
	if s.model.Step == Picked {
		if typed == "" {
			typed = "?" // no letters are no code
		}
		s.lookAt(s.model.Card.Card.Serial, typed)
	}
}

func (s *Screen) receive(who app.Receiver) {
	s.model.Receive(who)
	s.keepNow()
	s.show()
}
