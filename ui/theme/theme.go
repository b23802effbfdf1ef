// Package theme is Loket's look: deep teal and warm amber on near-white, set in Inter, in light,
// dark and high contrast, at three text sizes.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"loket/assets"
)

// Mode is the set of colours.
type Mode string

// The modes.
const (
	Light    Mode = "light"
	Dark     Mode = "dark"
	Contrast Mode = "contrast"
)

// Modes lists them in the order in which they are offered.
var Modes = []Mode{Light, Dark, Contrast}

// Scales are the text sizes that are offered, in percent.
var Scales = []int{100, 125, 150}

// Look is everything that a person can choose about how Loket looks.
type Look struct {
	Mode  Mode
	Scale int  // percent: 100, 125, 150
	Touch bool // larger targets, for fingers
}

// Theme is a Look that fyne can draw with.
type Theme struct {
	look    Look
	colours palette
}

// New makes the theme of a look; what is unknown in it becomes light and 100 percent.
func New(look Look) *Theme {
	if palettes[look.Mode] == nil {
		look.Mode = Light
	}
	if look.Scale < 100 || look.Scale > 200 {
		look.Scale = 100
	}
	return &Theme{look: look, colours: palettes[look.Mode]}
}

// Look tells what the theme was made of.
func (t *Theme) Look() Look { return t.look }

// Font gives Inter in the weight of a style; monospace and symbols stay the toolkit's.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	if s.Monospace || s.Symbol {
		return fynetheme.DefaultTheme().Font(s)
	}
	if s.Bold {
		return SemiBold
	}
	return regular
}

// Icon leaves the toolkit's own icons as they are.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return fynetheme.DefaultTheme().Icon(n) }

// Inter, in the three weights that screens use.
var (
	regular  = fyne.NewStaticResource("Inter-Regular.ttf", assets.InterRegular)
	SemiBold = fyne.NewStaticResource("Inter-SemiBold.ttf", assets.InterSemiBold)
	Bold     = fyne.NewStaticResource("Inter-Bold.ttf", assets.InterBold)
)

// Color looks a colour up in the theme that is set now.
func Color(name fyne.ThemeColorName) color.Color { return fynetheme.Color(name) }

// Size looks a size up in the theme that is set now.
func Size(name fyne.ThemeSizeName) float32 { return fynetheme.Size(name) }

// Scale is the text size of the theme that is set now, as a factor: 1, 1.25, 1.5.
func Scale() float32 {
	if t, ok := fynetheme.Current().(*Theme); ok {
		return float32(t.look.Scale) / 100
	}
	return 1
}
