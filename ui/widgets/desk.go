// Package widgets are the parts that screens are made of. They are dumb: they show what they are
// given and call back; sentences come to them already in the language of the screen.
package widgets

import (
	"fyne.io/fyne/v2"

	"loket/app/words"
)

// Desk is what a widget needs of the window around it. Keys that the focused widget has no use
// for go there, because the toolkit gives bare keys to the focused widget only.
type Desk interface {
	// Key takes a key that nobody used; true when it meant something.
	Key(ev *fyne.KeyEvent) bool
	// Rune takes a character typed where no text is expected: a scanner, perhaps. 0 says that
	// somebody pressed something, or that the keyboard came to another widget.
	Rune(r rune)
	// Shortcut takes a chord that the focused widget does not know.
	Shortcut(s fyne.Shortcut)
	// Scanned takes the text of a scanner; false when it is nothing that the screen awaits.
	Scanned(text string) bool
	// Focus moves the keyboard: to a widget, or with nil by Step to the next or previous one.
	Focus(to fyne.Focusable, step int)
	// Float shows content over everything, at an anchor; the function takes it away again.
	Float(anchor, content fyne.CanvasObject) (sink func())
}

// Window is what a screen asks of the window that it stands in.
type Window interface {
	Desk
	// Lang is the language of the screen now.
	Lang() words.Lang
	// Say gives a sentence in that language.
	Say(key string, pairs ...any) string
	// Toast tells of a success or a small thing, and goes by itself.
	Toast(state State, text string)
	// Ask opens a dialog: something is to be decided.
	Ask(q Question)
	// Open goes to another screen by its name.
	Open(name string)
	// Renew draws title, actions and content of the screen again from its model.
	Renew()
}

// Question is a dialog to decide something. Nothing is preselected; Esc is Stay.
type Question struct {
	Title   string
	Text    string
	Content fyne.CanvasObject // instead of, or below, the text
	Answers []Answer
	Stay    func() // when nobody answered; may be nil
}

// Answer is one way out of a question.
type Answer struct {
	Word string
	Kind Kind
	Act  func()
}

// Action is something that a screen offers in its title line.
type Action struct {
	Word string
	Keys string // "Ctrl+S", shown beside the word
	Icon string
	Off  bool
	Act  func()
}
