package shell_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"loket/ui/shell"
)

func (h *house) touch(t *testing.T, word string) {
	t.Helper()
	key := h.find(word).(interface {
		fyne.Tappable
		desktop.Mouseable
	})
	key.MouseDown(nil)
	h.window.Canvas().Unfocus() // as the window does when something else is pressed
	key.Tapped(nil)
}

func TestForFingersThePadComesWithTheField(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	h.home.field.Focus()
	if h.find("Q") != nil {
		t.Error("a pad where there is a keyboard")
	}
	h.SetTouch(true)
	h.home.field.Focus()
	h.window.Canvas().Unfocus()
	h.home.field.Focus()
	h.touch(t, "S")
	h.touch(t, "I")
	if h.home.field.Text() != "SI" {
		t.Errorf("the field holds %q", h.home.field.Text())
	}
	h.ShowLetters(false)
	if h.find("Q") != nil {
		t.Error("put away, and still there")
	}
}

func TestANumberGetsDigitsOnly(t *testing.T) {
	h := open(t, shell.Options{})
	h.signIn()
	h.home.field.Digits()
	h.SetTouch(true)
	h.home.field.Focus()
	if h.find("Q") != nil {
		t.Error("letters for a number")
	}
	h.touch(t, "7")
	if h.home.field.Text() != "7" {
		t.Errorf("the field holds %q", h.home.field.Text())
	}
}

// doorkeeper is a sign-in screen that puts the pads away whenever it is left.
type doorkeeper struct {
	*screen
	shell *shell.Shell
}

func (d doorkeeper) Leave() { d.shell.SetTouch(false) }

func TestASessionKeepsItsPadsThoughTheGatePutsThemAway(t *testing.T) {
	h := open(t, shell.Options{})
	h.Gate(doorkeeper{h.gate, h.Shell})
	h.SignIn(shell.Session{Home: "home", Touch: true, Places: []shell.Place{{Name: "home", Icon: "home", Word: "ui.nav.home", Screen: h.home}}})
	h.home.field.Focus()
	if h.find("Q") == nil {
		t.Error("a volunteer has a field and nothing to type with")
	}
}

// A list that lies over the keys is pressed instead of them.
func TestAListNeverLiesOverTheKeys(t *testing.T) {
	for _, size := range []fyne.Size{fyne.NewSize(1366, 768), fyne.NewSize(1024, 600), fyne.NewSize(1024, 480)} {
		h := open(t, shell.Options{})
		h.window.Resize(size)
		h.signIn()
		h.SetTouch(true)
		h.home.field.Focus()
		list := canvas.NewRectangle(color.Transparent)
		list.SetMinSize(fyne.NewSize(100, 400))
		sink := h.Float(h.home.field, list)
		keys := fyne.CurrentApp().Driver().AbsolutePositionForObject(h.find("1")).Y
		if low := list.Position().Y + list.Size().Height; low > keys || list.Position().Y < 0 || list.Size().Height < 40 {
			t.Errorf("%v: from %v to %v, the keys begin at %v", size, list.Position().Y, low, keys)
		}
		sink()
	}
}
