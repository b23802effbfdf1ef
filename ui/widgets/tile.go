package widgets

import (
	"fyne.io/fyne/v2"

	"loket/ui/theme"
)

// Tile is one of the four big buttons of the first screen.
type Tile struct {
	Icon    string
	Word    string
	More    string // small, below: "7 menunggu"
	Primary bool
	Big     bool // fills much of the window: icon and word to match
	Act     func()
}

// NewTile makes a big button.
func NewTile(d Desk, t Tile) *Press {
	face := Face{Fill: theme.Surface, Stroke: theme.Line, Radius: theme.Size(theme.Radius), PadX: 18, PadY: 18, Left: true}
	ink, quiet := theme.Ink, theme.Muted
	if t.Primary {
		face.Fill, face.Stroke, ink, quiet = theme.Teal, "", theme.OnTeal, theme.OnNav
	}
	face.Least = fyne.NewSize(0, 126*theme.Scale())
	icon, word := float32(26), LargeStyle
	if t.Big {
		icon, word = 54, Style{Size: theme.Number, Weight: theme.Bold}
		face.PadX, face.PadY = 26, 24
	}
	content := Column(2,
		Row(0, NewIcon(t.Icon, ink, icon*theme.Scale())),
		Gap(),
		NewPara(word.In(ink), t.Word),
		NewPara(Quiet.In(quiet), t.More),
	)
	return NewPress(d, face, content, t.Act)
}

// NewLine is a thing to do in one line: what, and the word that leads there.
func NewLine(d Desk, text, word string, act func()) fyne.CanvasObject {
	line := Row(8, Stretch(NewPara(Body, text)), NewButton(d, Link, word, act))
	return Column(0, Rule(), Sized(0, theme.Size(theme.Row)-1, line))
}
