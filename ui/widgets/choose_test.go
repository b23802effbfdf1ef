package widgets_test

import (
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"loket/ui/theme"
	"loket/ui/widgets"
	"loket/ui/widgets/widgetstest"
)

func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

var trades = []widgets.Option{{Value: "t1", Word: "Pedagang amplang"}, {Value: "t2", Word: "Pembuat amplang"}, {Value: "t3", Word: "Nelayan"}}

func tradePick(t *testing.T) (*widgetstest.Window, *widgets.Pick, *string) {
	t.Helper()
	w := widgetstest.New(t, theme.Look{})
	p := widgets.NewSelect(w, "Pekerjaan", trades...)
	picked := new(string)
	p.OnPicked = func(o widgets.Option) { *picked = o.Value }
	w.Show(widgets.Column(8, p, widgets.NewField(w, "lain")), 300, 300)
	p.Field.Focus()
	return w, p, picked
}

func TestPickByTypingAndArrows(t *testing.T) {
	w, p, picked := tradePick(t)
	w.Type("amp")
	if w.Floating() != 1 {
		t.Fatal("no offers shown")
	}
	w.Press(fyne.KeyDown, fyne.KeyReturn)
	if *picked != "t2" || p.Field.Text() != "Pembuat amplang" || w.Floating() != 0 {
		t.Errorf("picked %q, field %q, floating %d", *picked, p.Field.Text(), w.Floating())
	}
}

func TestEscapeClosesOffersAndKeepsTyping(t *testing.T) {
	w, p, _ := tradePick(t)
	w.Type("nel")
	w.Press(fyne.KeyEscape)
	if w.Floating() != 0 || p.Field.Text() != "nel" || len(w.Keys) != 0 {
		t.Errorf("floating %d, text %q, keys %v", w.Floating(), p.Field.Text(), w.Keys)
	}
	w.Press(fyne.KeyEscape)
	if len(w.Keys) != 1 {
		t.Error("the second Esc should step back")
	}
}

func TestLeavingAPick(t *testing.T) {
	w, p, picked := tradePick(t)
	w.Type("nelayan")
	w.Focus(nil, 1)
	if *picked != "t3" {
		t.Errorf("a word written in full picks %q", *picked)
	}
	p.Field.Focus()
	w.Type("xyz")
	w.Focus(nil, 1)
	if p.Field.Text() != "Nelayan" {
		t.Errorf("what is not offered leaves %q", p.Field.Text())
	}
	p.Free()
	p.Field.Focus()
	w.Press(fyne.KeyEnd)
	w.Type(" tambak")
	w.Focus(nil, 1)
	if got := p.Picked(); got.Value != "" || !strings.Contains(got.Word, "tambak") {
		t.Errorf("a free pick gives %+v", got)
	}
}

func TestNothingIsPreselected(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	chosen := ""
	c := widgets.NewChoice(w, "Pesan", widgets.Option{Value: "y", Word: "Ya"}, widgets.Option{Value: "n", Word: "Tidak"})
	c.OnChosen = func(v string) { chosen = v }
	w.Show(c, 300, 100)
	if c.Value() != "" {
		t.Fatalf("%q is preselected", c.Value())
	}
	c.Focus()
	w.Press(fyne.KeyRight, fyne.KeySpace)
	if chosen != "n" || c.Value() != "n" {
		t.Errorf("Right and Space chose %q", chosen)
	}
}

func TestChips(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	c := widgets.NewChips(w, "Program", widgets.Option{Value: "JKK", Word: "JKK"}, widgets.Option{Value: "JHT", Word: "JHT"})
	w.Show(c, 300, 100)
	w.Focus(nil, 1)
	w.Press(fyne.KeySpace)
	if !slices.Equal(c.On(), []string{"JKK"}) {
		t.Errorf("on: %v", c.On())
	}
	c.Set("JHT")
	w.Press(fyne.KeySpace, fyne.KeySpace)
	if !slices.Equal(c.On(), []string{"JHT"}) {
		t.Errorf("on: %v", c.On())
	}
}

func TestButtonsHandOnWhatTheyDoNotUse(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	pressed := 0
	b := widgets.NewButton(w, widgets.Primary, "Simpan", func() { pressed++ })
	w.Show(b, 200, 50)
	w.Focus(b, 0)
	w.Press(fyne.KeySpace, fyne.KeyReturn, fyne.KeyF3)
	w.Type("1")
	if pressed != 2 || !slices.Contains(w.Keys, fyne.KeyF3) || !slices.Contains(w.Runes, '1') {
		t.Errorf("pressed %d, keys %v, runes %v", pressed, w.Keys, w.Runes)
	}
	b.Disable()
	test.Tap(b)
	if pressed != 2 {
		t.Error("a button that is off was pressed")
	}
}

func TestPIN(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	got := ""
	p := widgets.NewPIN(w, 6, 8, "Masuk")
	p.OnDone = func(pin string) { got = pin }
	w.Show(p, 360, 500)
	p.Focus()
	w.Type("12a345")
	w.Press(fyne.KeyReturn)
	if got != "" {
		t.Fatal("five digits are enough")
	}
	w.Type("99")
	w.Press(fyne.KeyBackspace, fyne.KeyReturn)
	if got != "123459" {
		t.Errorf("PIN %q", got)
	}
}
