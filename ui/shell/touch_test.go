package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"
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
