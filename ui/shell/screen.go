// Package shell is the window around the screens: navigation, title line, status bar, keys,
// scanner, dialogs and toasts.
package shell

import (
	"fyne.io/fyne/v2"

	"loket/ui/widgets"
)

// Screen is one screen as a value. View draws it from its model; it is called when the screen is
// opened and again when language, look or Renew ask for it, so a screen keeps nothing in widgets.
type Screen interface {
	// Key is the F-key that opens it; "" for a screen that stands behind another.
	Key() fyne.KeyName
	// Title is in the language of now.
	Title() string
	View() fyne.CanvasObject
}

// A screen may also be any of these.
type (
	// Enterer is told when it comes in sight, after View.
	Enterer interface{ Enter() }
	// Leaver is told when it goes out of sight: it cancels its tasks.
	Leaver interface{ Leave() }
	// ScanTarget takes what a scanner read; false when it is nothing for this screen.
	ScanTarget interface{ Scan(text string) bool }
	// Primary has the one primary action of the title line.
	Primary interface{ Primary() widgets.Action }
	// Actor has further actions beside it.
	Actor interface{ Actions() []widgets.Action }
	// Subtitled has something to say beside its title: place, state, pills.
	Subtitled interface{ Subtitle() []fyne.CanvasObject }
	// Saver saves at Ctrl+S; it always succeeds.
	Saver interface{ Save() }
	// Backer steps back within itself at Esc; false when it is at its beginning.
	Backer interface{ Back() bool }
	// Keyed knows further keys.
	Keyed interface{ PressKey(ev *fyne.KeyEvent) bool }
	// Bare wants the whole window: no navigation, title or status bar. Sign-in, a large answer.
	Bare interface{ Bare() bool }
)

// Place is a screen in the navigation.
type Place struct {
	Name   string // by which Open finds it
	Icon   string
	Word   string // key of its sentence
	Foot   bool   // stands at the foot of the navigation
	Hidden bool   // reached by its key or from another screen only
	Screen Screen
}
