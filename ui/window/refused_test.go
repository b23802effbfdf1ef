package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"loket/app"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
	"loket/ui/widgets"
)

func TestAStartThatIsRefusedSaysWhyInTheWindow(t *testing.T) {
	for code, want := range map[app.Code]string{
		app.StorageBusy:     "program Loket yang lain",
		app.StorageDamaged:  "rusak",
		app.StorageFull:     "penuh",
		app.StorageReadOnly: "izin",
	} {
		b := shelltest.New(t, RefusedSize.Width, RefusedSize.Height, words.ID, theme.Look{})
		closed := false
		r := &refusal{Refusal: Refusal{Dir: "D:\\Loket", Cause: app.Fail(code)}, shell: b.Shell, quit: func() { closed = true }}
		b.Shell.Gate(r)
		b.Picture("refused-" + string(code))
		if got := b.Texts(); !strings.Contains(got, want) || strings.Contains(got, "Isian") {
			t.Errorf("%s: %q", code, got)
		}
		b.Press(fyne.KeyEscape)
		if !closed {
			t.Error(code, "Esc does not close it")
		}
	}
}

func TestARefusedStartIsClosedByEnter(t *testing.T) {
	a := test.NewTempApp(t)
	native := a.NewWindow("")
	native.Resize(RefusedSize)
	Refused(t.Context(), a, native, Refusal{Lang: words.EN, Dir: "/data", Cause: app.Fail(app.StorageBusy)})
	if native.Canvas().Focused() == nil {
		t.Error("the keyboard stands nowhere")
	}
}

type plainScreen struct{}

func (plainScreen) Key() fyne.KeyName       { return fyne.KeyF1 }
func (plainScreen) Title() string           { return "Beranda" }
func (plainScreen) View() fyne.CanvasObject { return widgets.Gap() }

// What needs an act stays readable above every screen, in the smallest window and the largest text.
func TestBannersInTheSmallestWindow(t *testing.T) {
	for name, key := range map[string]string{"recall": "window.warn.recall", "restricted": string(app.AccessRestricted), "ahead": "window.warn.ahead"} {
		for _, lang := range []words.Lang{words.ID, words.EN} {
			b := shelltest.New(t, 1024, 600, lang, theme.Look{Scale: 150})
			b.Open("home", plainScreen{})
			send := widgets.Action{Word: b.Shell.Say("window.warn.open"), Act: func() {}}
			b.Shell.SetBanner(widgets.Bad, b.Shell.Say(key), send)
			b.Picture("banner-" + name + "-" + string(lang))
			if got := b.Texts(); !strings.Contains(got, b.Shell.Say(key)) || !strings.Contains(got, send.Word) {
				t.Errorf("%q", got)
			}
		}
	}
}
