package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"loket/ui/theme"
)

// Banner says in one line across the screen that something needs an act, and offers it.
func Banner(d Desk, state State, text string, actions ...Action) fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		NewIcon(state.Icon(), state.Ink(), theme.Size(theme.Icon)),
		Stretch(NewPara(Body, text)),
	}
	for _, a := range actions {
		parts = append(parts, NewAction(d, Secondary, a))
	}
	return container.NewStack(board(state.Tint(), state.Ink()), Pad(theme.Size(theme.CardPad), 8, Row(12, parts...)))
}

// Toast is a small note that goes by itself.
func Toast(state State, text string) fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(theme.Surface))
	back.CornerRadius = theme.Size(theme.Radius)
	back.StrokeColor, back.StrokeWidth = theme.Color(state.Ink()), 1
	back.Shadow = canvas.Shadow{Color: theme.Color(fynetheme.ColorNameShadow), BlurRadius: 14, Offset: fyne.NewPos(0, 4)}
	words := Row(10, NewIcon(state.Icon(), state.Ink(), theme.Size(theme.Icon)), Stretch(NewPara(Body, text)))
	return container.NewStack(back, Pad(16, 12, words))
}

// Verdict is the large answer of a check: to read across the counter.
func Verdict(state State, word, reason, small string) fyne.CanvasObject {
	big := HugeStyle.In(state.Ink())
	return container.NewStack(board(state.Tint(), state.Ink()), Pad(24, 24, Column(8,
		Row(16, NewIcon(state.Icon(), state.Ink(), 56*theme.Scale()), Stretch(NewPara(big, word))),
		NewPara(Style{Size: theme.Large, Colour: theme.Ink}, reason),
		NewPara(Quiet, small),
	)))
}
