package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"

	"loket/assets"
)

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrastOf(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Words can be read in every mode: WCAG 2.2 asks 4.5 to 1, and 7 to 1 where contrast is high.
func TestWordsCanBeRead(t *testing.T) {
	pairs := [][2]fyne.ThemeColorName{
		{Ink, Surface},
		{Ink, Ground},
		{Muted, Surface},
		{Muted, Ground},
		{OnTeal, Teal},
		{OnNav, Nav},
		{OnNav, NavPlace},
		{NavMuted, Nav},
		{TealText, TealTint},
		{TealText, Surface},
		{Green, GreenTint},
		{Red, RedTint},
		{Ink, AmberTint},
		{Green, Surface},
		{Red, Surface},
		{Muted, GreyTint},
		{Ink, TealTint},
	}
	for mode, p := range palettes {
		least := 4.5
		if mode == Contrast {
			least = 7
		}
		for _, pair := range pairs {
			if got := contrastOf(p[pair[0]], p[pair[1]]); got < least {
				t.Errorf("%s: %s on %s is %.2f to 1", mode, pair[0], pair[1], got)
			}
		}
		// The design's amber on its tint: large enough for the bold words and icons that use it.
		if got := contrastOf(p[Amber], p[AmberTint]); got < 3.8 {
			t.Errorf("%s: amber on its tint is %.2f to 1", mode, got)
		}
	}
}

func TestEveryModeHasEveryColour(t *testing.T) {
	for mode, p := range palettes {
		for name := range light {
			if _, ok := p[name]; !ok {
				t.Errorf("%s lacks %s", mode, name)
			}
		}
	}
}

func TestTextGrowsAndTouchTargetsAreLarge(t *testing.T) {
	plain, large := New(Look{}), New(Look{Scale: 150})
	if plain.Size(Field) != 36 || large.Size(Text) != 21 || large.Size(Gutter) != plain.Size(Gutter) {
		t.Errorf("field %v, large text %v", plain.Size(Field), large.Size(Text))
	}
	finger := New(Look{Touch: true})
	for _, name := range []fyne.ThemeSizeName{Field, Button, Chip, Row, NavItem, Key} {
		if finger.Size(name) < 44 {
			t.Errorf("%s is %v high for fingers", name, finger.Size(name))
		}
	}
	if New(Look{Mode: "no such", Scale: 7}).Look() != (Look{Mode: Light, Scale: 100}) {
		t.Error("an unknown look is not the plain one")
	}
}

func TestIconsTakeColours(t *testing.T) {
	files, err := assets.Icons.ReadDir("icons")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	if IconOf("no such icon", Ink) != nil {
		t.Error("an icon out of nothing")
	}
}
