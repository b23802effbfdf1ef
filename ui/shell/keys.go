package shell

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"loket/ui/task"
	"loket/ui/widgets"
)

// keys is what the shell knows of keyboard, scanner and what floats.
type keys struct {
	burst  widgets.Burst
	modal  []*dialog // open dialogs, the last one on top
	toasts []toast
	floats []func()
	alive  time.Time // the last key or press
	asleep bool
}

func (k *keys) sinkAll() {
	for _, sink := range k.floats {
		sink()
	}
	k.floats = nil
}

// listen takes the keys that no widget has. Widgets with the focus hand theirs on.
func (s *Shell) listen() {
	c := s.window.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) { s.Key(ev) })
	c.SetOnTypedRune(s.Rune)
	for _, name := range []fyne.KeyName{fyne.KeyS} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl}, s.Shortcut)
	}
	s.keys.alive = time.Now()
	if s.options.Idle > 0 && s.options.OnIdle != nil {
		task.Every(s.owner, min(s.options.Idle/4+time.Millisecond, 15*time.Second), s.watchIdle)
	}
}

func (s *Shell) awake() { s.keys.alive, s.keys.asleep = time.Now(), false }

func (s *Shell) watchIdle() {
	if !s.keys.asleep && len(s.open) > 0 && time.Since(s.keys.alive) >= s.options.Idle {
		s.keys.asleep = true
		s.options.OnIdle()
	}
}

// Key takes a key that nobody used; true when it meant something.
func (s *Shell) Key(ev *fyne.KeyEvent) bool {
	s.awake()
	if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
		if text, ok := s.keys.burst.End(); ok {
			s.Scanned(text)
			return true
		}
	}
	if len(s.keys.modal) > 0 {
		if ev.Name == fyne.KeyEscape {
			s.Dismiss()
			return true
		}
		return false
	}
	if k, ok := s.Showing().(Keyed); ok && k.PressKey(ev) {
		return true
	}
	if ev.Name == fyne.KeyEscape {
		s.Back()
		return true
	}
	for _, p := range s.places {
		if p.Screen.Key() == ev.Name && ev.Name != "" {
			s.Open(p.Name)
			return true
		}
	}
	return false
}

// Rune takes a character typed where no text is expected; 0 says that somebody pressed something
// or that the keyboard came to another widget.
func (s *Shell) Rune(r rune) {
	s.awake()
	if r == 0 {
		s.followPad()
		s.reveal()
		return
	}
	s.keys.burst.Add(r)
}

// reveal scrolls the content so that what has the keyboard is in sight, its label included.
func (s *Shell) reveal() {
	const above, below = 32, 16
	scroll := s.parts.scroll
	o, ok := s.window.Canvas().Focused().(fyne.CanvasObject)
	if !ok || scroll == nil || len(s.keys.modal) > 0 {
		return
	}
	driver := s.app.Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(scroll).Y
	switch over := y + o.Size().Height + below - scroll.Size().Height; {
	case y < above:
		scroll.ScrollToOffset(scroll.Offset.AddXY(0, y-above))
	case over > 0:
		scroll.ScrollToOffset(scroll.Offset.AddXY(0, over))
	}
}

// Shortcut takes a chord: Ctrl+S saves.
func (s *Shell) Shortcut(sc fyne.Shortcut) {
	s.awake()
	custom, ok := sc.(*desktop.CustomShortcut)
	if !ok || len(s.keys.modal) > 0 {
		return
	}
	if custom.KeyName == fyne.KeyS && custom.Modifier == fyne.KeyModifierControl {
		if saver, ok := s.Showing().(Saver); ok {
			saver.Save()
		}
	}
}

// Scanned gives the text of a scanner to the screen in sight.
func (s *Shell) Scanned(text string) bool {
	s.awake()
	if t, ok := s.Showing().(ScanTarget); ok && len(s.keys.modal) == 0 && t.Scan(text) {
		return true
	}
	return s.options.Stray != nil && s.options.Stray(text)
}

// Focus moves the keyboard: to a widget, or by a step.
func (s *Shell) Focus(to fyne.Focusable, step int) {
	c := s.window.Canvas()
	switch {
	case to != nil:
		c.Focus(to)
	case step > 0:
		c.FocusNext()
	case step < 0:
		c.FocusPrevious()
	}
}
