package widgets

import (
	"fyne.io/fyne/v2"

	"loket/ui/theme"
)

// PadKind is the pad for fingers that something with the keyboard wants.
type PadKind int

// The kinds.
const (
	PadSame    PadKind = iota // whatever there is: nothing is typed here
	PadNone                   // it has a pad of its own
	PadLetters                // text
	PadDigits                 // a number
)

// PadFor says which pad goes with what has the keyboard.
func PadFor(f fyne.Focusable) PadKind {
	if typed, ok := f.(interface{ pad() PadKind }); ok {
		return typed.pad()
	}
	return PadSame
}

func (e *entry) pad() PadKind {
	switch {
	case e.Disabled():
		return PadSame
	case e.digits:
		return PadDigits
	}
	return PadLetters
}

func (p *PIN) pad() PadKind { return PadNone }

// Digits says that a number is typed here: fingers get a pad of digits, which is lower than that of
// letters.
func (f *Field) Digits() *Field { f.entry.digits = true; return f }

// Digits is a row of digits on the screen, for computers without a keyboard. It types into what has
// the focus.
func Digits(d Desk, focused func() fyne.Focusable) fyne.CanvasObject {
	p := &letterPad{desk: d, focused: focused}
	var keys []fyne.CanvasObject
	for _, r := range "1234567890-/" {
		keys = append(keys, p.key(NewText(LargeStyle, string(r)), func(f fyne.Focusable) { f.TypedRune(r) }))
	}
	keys = append(keys,
		p.key(NewIcon("erase", theme.Ink, 24*theme.Scale()), press(fyne.KeyBackspace)),
		p.key(NewIcon("next", theme.Ink, 24*theme.Scale()), press(fyne.KeyReturn)))
	return Beside(6, keys...)
}
