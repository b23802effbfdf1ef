package widgets

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"loket/ui/theme"
)

// What stands on a screen may be a stranger's: of a card, a list, a message.
func TestWordsHideNothing(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Look{}))
	x := NewPara(Body, "SITI\u202eHANIMA\nbaris dua\u200b")
	if x.Text() != "SITIHANIMA\nbaris dua" {
		t.Errorf("%q", x.Text())
	}
	x.SetText("\x1b[31mASLI\u2066")
	if x.Text() != "[31mASLI" {
		t.Errorf("%q", x.Text())
	}
}
