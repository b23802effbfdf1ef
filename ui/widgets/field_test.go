package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"loket/ui/theme"
	"loket/ui/widgets"
	"loket/ui/widgets/widgetstest"
)

func form(t *testing.T) (*widgetstest.Window, *widgets.Field, *widgets.Field) {
	t.Helper()
	w := widgetstest.New(t, theme.Look{})
	first, second := widgets.NewField(w, "NIK"), widgets.NewField(w, "Nama")
	w.Show(widgets.Column(8, first, second), 300, 200)
	first.Focus()
	return w, first, second
}

func TestEnterGoesToTheNextField(t *testing.T) {
	w, first, second := form(t)
	w.Type("64")
	w.Press(fyne.KeyReturn)
	w.Type("SITI")
	if first.Text() != "64" || second.Text() != "SITI" {
		t.Errorf("fields hold %q and %q", first.Text(), second.Text())
	}
}

func TestKeysOfTheShellPassThroughAField(t *testing.T) {
	w, first, _ := form(t)
	w.Type("64")
	w.Press(fyne.KeyF5, fyne.KeyEscape, fyne.KeyF12)
	if len(w.Keys) != 3 || w.Keys[0] != fyne.KeyF5 || w.Keys[1] != fyne.KeyEscape {
		t.Errorf("the window got %v", w.Keys)
	}
	save := &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl}
	w.Focused().(fyne.Shortcutable).TypedShortcut(save)
	if len(w.Shortcuts) != 1 {
		t.Error("Ctrl+S did not reach the window")
	}
	if first.Text() != "64" {
		t.Errorf("keys changed the typing to %q", first.Text())
	}
}

func TestAScanLeavesTheFieldAsItWas(t *testing.T) {
	w, first, _ := form(t)
	first.SetText("6471")
	w.Scan("KT1-0098412-ABCDEFGH")
	if len(w.Scans) != 1 || w.Scans[0] != "KT1-0098412-ABCDEFGH" {
		t.Fatalf("scans: %v", w.Scans)
	}
	if first.Text() != "6471" {
		t.Errorf("the field holds %q", first.Text())
	}
	w.Type("0")
	if !strings.Contains(first.Text(), "0") || len(first.Text()) != 5 {
		t.Errorf("typing after a scan gives %q", first.Text())
	}
}

func TestAScanThatNobodyAwaitsStaysTyped(t *testing.T) {
	w, first, _ := form(t)
	w.Awaits = func(string) bool { return false }
	w.Scan("6471014510900003")
	if first.Text() != "6471014510900003" {
		t.Errorf("the field holds %q", first.Text())
	}
}

func TestFilledByItselfEndsWithTyping(t *testing.T) {
	w, first, second := form(t)
	changed := ""
	second.OnChanged = func(s string) { changed = s }
	second.Fill("05-10-1990")
	if changed != "" || second.Text() != "05-10-1990" {
		t.Errorf("filling called back with %q", changed)
	}
	tinted := w.Picture()
	second.Focus()
	w.Type("1")
	first.Focus()
	if same(tinted, w.Picture()) {
		t.Error("typing left the tint")
	}
	if len(changed) != 11 {
		t.Errorf("typing called back with %q", changed)
	}
}

func TestAFieldShowsItsShapeWhileNobodyTypes(t *testing.T) {
	w, first, second := form(t)
	first.Shape = func(s string) string { return "#" + s }
	w.Type("12")
	second.Focus()
	if first.Text() != "12" {
		t.Errorf("the shape got into the text: %q", first.Text())
	}
	first.Focus()
	w.Press(fyne.KeyEnd)
	w.Type("3")
	if first.Text() != "123" {
		t.Errorf("typing on gives %q", first.Text())
	}
}

func TestLeavingAFieldTellsItsText(t *testing.T) {
	w, first, second := form(t)
	left := ""
	first.OnLeft = func(s string) { left = s }
	w.Type("9")
	second.Focus()
	if left != "9" {
		t.Errorf("told %q", left)
	}
}
