package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"loket/ui/theme"
	"loket/ui/widgets"
)

// Sign is a word of the status bar with how it stands.
type Sign struct {
	State widgets.State
	Word  string
}

// Status is what the status bar always tells. Words are in the language of the screens; what is
// empty is left out.
type Status struct {
	Operator string // "Dewi Lestari · Petugas · Bazar UMKM Manggar"
	Light    Sign   // how many records exist only on this computer
	Line     Sign   // whether there is a line, and the last contact
	Printer  Sign
	Lists    Sign // age of the lists
	Battery  Sign
}

// SetStatus changes the status bar.
func (s *Shell) SetStatus(st Status) {
	if s.status != st {
		s.status = st
		s.drawFoot()
	}
}

func (s *Shell) drawFoot() {
	if s.bare() {
		put(s.parts.foot)
		return
	}
	var left, right []fyne.CanvasObject
	if s.status.Operator != "" {
		left = append(left, widgets.NewText(widgets.SmallStyle, s.status.Operator))
	}
	for _, sign := range []Sign{s.status.Light, s.status.Line, s.status.Printer} {
		left = appendSign(left, sign)
	}
	if s.parts.waiting {
		spinner := widget.NewActivity()
		spinner.Start()
		left = append(left, widgets.Row(6, widgets.Sized(14, 14, spinner), widgets.NewText(widgets.SmallStyle, s.Say("ui.busy"))))
	}
	for _, sign := range []Sign{s.status.Lists, s.status.Battery} {
		right = appendSign(right, sign)
	}
	if s.options.Look.Touch || s.pads.touch {
		shown := func() bool { return s.pads.touch && !s.pads.shut || s.pads.letters && !s.pads.touch }
		right = append(right, widgets.NewButton(s, widgets.Link, s.Say("ui.letters"), func() { s.ShowLetters(!shown()) }))
	}
	back := canvas.NewRectangle(theme.Color(theme.Surface))
	line := widgets.Row(18, widgets.Stretch(widgets.Flow(18, left...)), widgets.Row(18, right...))
	bar := container.NewBorder(widgets.Rule(), nil, nil, nil, widgets.Pad(20, 7, line))
	put(s.parts.foot, back, bar)
	s.parts.root.Refresh()
}

func appendSign(to []fyne.CanvasObject, sign Sign) []fyne.CanvasObject {
	switch {
	case sign.Word == "":
		return to
	case sign.State == widgets.Plain:
		return append(to, widgets.NewText(widgets.SmallStyle, sign.Word))
	}
	return append(to, widgets.Light(sign.State, sign.Word))
}
