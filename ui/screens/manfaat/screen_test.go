package manfaat

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

type desk struct {
	printed int
	fail    error
	codes   []string
}

func (d *desk) uses(b *shelltest.Bench) Uses {
	return Uses{
		Leaflet: func(context.Context) (string, error) { d.printed++; return "/cetak/selebaran.pdf", d.fail },
		Code: func(link string) (image.Image, error) {
			d.codes = append(d.codes, link)
			img := image.NewGray(image.Rect(0, 0, 33, 33))
			for i := range 33 {
				img.Set(i, i, color.White)
			}
			return img, nil
		},
		Turn: func(l *Large) { b.Shell.Push(l) },
	}
}

func open(t *testing.T, d *desk, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, d.uses(b))
	b.Own(s.owner)
	b.Shell.SignIn(shell.Session{Home: "benefits", Places: []shell.Place{{Name: "benefits", Icon: "info", Word: "ui.nav.benefits", Screen: s}}})
	return b, s
}

// Wherever an amount of money is shown, the caveat stands too, and the day.
func TestNoAmountStandsAlone(t *testing.T) {
	for _, lang := range words.Langs {
		b, s := open(t, &desk{}, 1366, 768, lang, theme.Look{})
		for i := range s.model.Pages() {
			s.turn(i)
			text := b.Texts()
			if strings.Contains(text, "Rp") && (!strings.Contains(text, s.model.Guide.Caveat.In(lang)) || !strings.Contains(text, "20-11-2026")) {
				t.Errorf("%s %s shows an amount without caveat or day", lang, s.model.Page())
			}
		}
	}
}

func TestTheWholeScreenIsReachedByKeys(t *testing.T) {
	b, s := open(t, &desk{}, 1024, 600, words.ID, theme.Look{})
	b.PressAll(fyne.KeyDown, fyne.KeyReturn)
	if s.model.Page() != "jkm" {
		t.Fatal("the keyboard did not turn the page:", s.model.Page())
	}
	b.PressAll(fyne.KeyDown, fyne.KeyReturn)
	if s.model.Page() != "jht" {
		t.Error("the keyboard was lost when the page turned:", s.model.Page())
	}
	b.Tab("Cetak selebaran")
	b.Tab("Tunjukkan ke peserta")
}

func TestWhatIsAskedStaysWithTheOfficer(t *testing.T) {
	b, s := open(t, &desk{}, 1366, 768, words.ID, theme.Look{})
	s.turn(1)
	if !strings.Contains(b.Texts(), "Bunuh diri?") {
		t.Fatal("the officer does not see what is often asked")
	}
	s.Primary().Act()
	text := b.Texts()
	if strings.Contains(text, "Bunuh diri?") || strings.Contains(text, "Rp") || !strings.Contains(text, s.model.Guide.Caveat.ID) {
		t.Error("the large page shows what is not for it:", text)
	}
	b.Press(fyne.KeyReturn)
	if s.model.Page() != "jht" {
		t.Error("Enter does not turn the large page")
	}
	b.Press(fyne.KeyEscape)
	if b.Shell.Showing() != s {
		t.Error("Esc does not come back")
	}
}

func TestHospitalsAreFoundAndNotFoundIsNotNone(t *testing.T) {
	b, s := open(t, &desk{}, 1366, 768, words.ID, theme.Look{})
	s.turn(6)
	s.view.search.Focus()
	b.Type("rskd")
	if text := b.Texts(); !strings.Contains(text, "Kanujoso") || strings.Contains(text, "Siloam") {
		t.Error(text)
	}
	b.Type("zz")
	if !strings.Contains(b.Texts(), "bukan berarti tidak ada") {
		t.Error(b.Texts())
	}
	b.Press(fyne.KeyEscape)
	if !strings.Contains(b.Texts(), "Siloam") {
		t.Error("Esc does not show all again")
	}
}

func TestTheLeafletIsPrintedAndAFailureIsSaid(t *testing.T) {
	d := &desk{}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.print()
	b.Until("printed", func() bool { return !s.model.Busy })
	if !strings.Contains(b.Texts(), "/cetak/selebaran.pdf") {
		t.Error("where the leaflet lies is not said")
	}
	d.fail = app.Fail(app.PrintDiskFull)
	s.print()
	b.Until("failed", func() bool { return !s.model.Busy })
	if !strings.Contains(b.Texts(), words.Error(words.ID, d.fail)) {
		t.Error("the failure is not said")
	}
}

// Every page is drawn in both languages, in both sizes and with large text; the pictures are for eyes.
func TestPictures(t *testing.T) {
	looks := map[string]theme.Look{"": {}, "-150": {Scale: 150, Mode: theme.Contrast}}
	for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
		for _, lang := range words.Langs {
			for name, look := range looks {
				if os.Getenv("LOKET_SHOTS") == "" && (size.Width > 1100 || lang == words.EN) {
					continue // nobody looks
				}
				pictures(t, fmt.Sprintf("manfaat-%s%s-%.0f", lang, name, size.Width), size, lang, look)
			}
		}
	}
}

func pictures(t *testing.T, name string, size fyne.Size, lang words.Lang, look theme.Look) {
	t.Helper()
	b, s := open(t, &desk{}, size.Width, size.Height, lang, look)
	for i, page := range s.model.Pages() {
		s.turn(i)
		b.Picture(name + "-" + page)
		s.Primary().Act()
		b.Picture(name + "-" + page + "-large")
		b.Press(fyne.KeyEscape)
	}
}
