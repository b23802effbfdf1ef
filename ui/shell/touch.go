package shell

import "loket/ui/widgets"

// pads are keys for fingers at the foot of the window.
type pads struct {
	letters bool // the letter pad was asked for
	touch   bool // pads come by themselves, with the fields
	kind    widgets.PadKind
	shut    bool // somebody put them away
}

// SetTouch brings pads for fingers to the foot of the window as soon as a field has the keyboard, or
// takes them away. A session may ask for the same.
func (s *Shell) SetTouch(on bool) {
	s.pads.touch, s.pads.kind, s.pads.shut = on, widgets.PadSame, false
	s.drawPad()
	s.drawFoot()
	s.parts.root.Refresh()
}

// followPad shows the pad that goes with what has the keyboard now. It stays while buttons are
// pressed, because what moves away under a finger is not pressed.
func (s *Shell) followPad() {
	if !s.pads.touch {
		return
	}
	kind := widgets.PadFor(s.window.Canvas().Focused())
	if kind == widgets.PadSame || kind == s.pads.kind {
		return
	}
	s.pads.kind = kind
	s.drawPad()
	s.parts.root.Refresh()
}

// forgetPad takes the pad away with the screen that it was for.
func (s *Shell) forgetPad() {
	if s.pads.kind != widgets.PadSame {
		s.pads.kind = widgets.PadSame
		s.drawPad()
	}
}

// wantedPad is the pad to show now.
func (s *Shell) wantedPad() widgets.PadKind {
	switch {
	case s.pads.touch && !s.pads.shut:
		return s.pads.kind
	case s.pads.letters && s.options.Look.Touch:
		return widgets.PadLetters
	}
	return widgets.PadNone
}
