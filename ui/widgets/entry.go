package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// entry is the line that is typed into. It gives F-keys, Esc and unknown chords to the desk, goes
// on at Enter, and undoes what a scanner typed into it by accident.
type entry struct {
	widget.Entry
	desk    Desk
	burst   Burst
	before  string // what stood there when the burst began
	column  int
	onKey   func(fyne.KeyName) bool // the field looks first
	onFocus func(bool)
	onEnter func()
	digits  bool // a number is typed here
	held    bool // a key of the letter pad has the focus for a moment
}

func newEntry(d Desk) *entry {
	e := &entry{desk: d}
	e.ExtendBaseWidget(e)
	e.Wrapping = fyne.TextWrapOff
	return e
}

// TypedRune takes a character.
func (e *entry) TypedRune(r rune) {
	if e.Disabled() {
		e.desk.Rune(r)
		return
	}
	if e.burst.Add(r) {
		e.before, e.column = e.Text, e.CursorColumn
	}
	e.Entry.TypedRune(r)
	e.burst.Done()
}

// TypedKey takes a key.
func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case isEnter(ev.Name) && e.scanned():
	case e.onKey != nil && e.onKey(ev.Name):
	case forDesk(ev.Name):
		e.desk.Key(ev)
	case isEnter(ev.Name) && !e.MultiLine:
		e.goOn()
	default:
		e.Entry.TypedKey(ev)
	}
}

func (e *entry) goOn() {
	if e.onEnter != nil {
		e.onEnter()
		return
	}
	e.desk.Focus(nil, 1)
}

// scanned gives a scanner's text to the screen and leaves the field as it was. What the screen
// does not await stays where it was typed.
func (e *entry) scanned() bool {
	text, ok := e.burst.End()
	if !ok {
		return false
	}
	typed, typedColumn := e.Text, e.CursorColumn
	e.put(e.before, e.column)
	if e.desk.Scanned(text) {
		return true
	}
	e.put(typed, typedColumn)
	return false
}

func (e *entry) put(text string, column int) {
	e.SetText(text)
	e.CursorColumn = column
	e.Refresh()
}

// TypedShortcut keeps the chords of editing and hands the others on.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if custom, ok := s.(*desktop.CustomShortcut); ok && custom.Modifier&fyne.KeyModifierControl != 0 && !editing(custom.KeyName) {
		e.desk.Shortcut(s)
		return
	}
	e.Entry.TypedShortcut(s)
}

// CreateRenderer leaves out the toolkit's own box and border: the field draws its own.
func (e *entry) CreateRenderer() fyne.WidgetRenderer { return plainEntry{e.Entry.CreateRenderer()} }

type plainEntry struct{ fyne.WidgetRenderer }

func (r plainEntry) Objects() []fyne.CanvasObject { return r.WidgetRenderer.Objects()[2:] }

// FocusGained begins typing.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	if e.onFocus != nil && !e.held {
		e.onFocus(true)
	}
	e.held = false
	e.desk.Rune(0)
}

// FocusLost ends it.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	if e.onFocus != nil && !e.held {
		e.onFocus(false)
	}
}

func (e *entry) hold() { e.held = true }

func isEnter(k fyne.KeyName) bool { return k == fyne.KeyReturn || k == fyne.KeyEnter }

func editing(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

// forDesk says which keys mean nothing to a line of text.
func forDesk(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12, fyne.KeyEscape:
		return true
	}
	return false
}
