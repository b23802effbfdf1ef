package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"loket/ui/theme"
)

// State is how a thing stands. It is never told by colour alone: each has an icon, and the word
// stands beside it.
type State int

// The states.
const (
	Plain   State = iota
	Good          // done, genuine
	Waiting       // please look
	Bad           // refused, lost
	Known         // filled or placed by itself
)

type stateFace struct {
	ink, tint fyne.ThemeColorName
	icon      string
}

var stateFaces = map[State]stateFace{
	Plain:   {theme.Muted, theme.GreyTint, "none"},
	Good:    {theme.Green, theme.GreenTint, "check"},
	Waiting: {theme.Amber, theme.AmberTint, "waiting"},
	Bad:     {theme.Red, theme.RedTint, "refused"},
	Known:   {theme.TealText, theme.TealTint, "info"},
}

// Ink is the colour of words in a state.
func (s State) Ink() fyne.ThemeColorName { return stateFaces[s].ink }

// Tint is the colour behind words in a state.
func (s State) Tint() fyne.ThemeColorName { return stateFaces[s].tint }

// Icon is the name of the icon of a state.
func (s State) Icon() string { return stateFaces[s].icon }

// NewIcon is one of our icons in a colour and size.
func NewIcon(name string, colour fyne.ThemeColorName, size float32) fyne.CanvasObject {
	img := canvas.NewImageFromResource(theme.IconOf(name, colour))
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(size))
	return img
}
