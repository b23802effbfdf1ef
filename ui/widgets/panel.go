package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/ui/theme"
)

// Panel is a card of the screen: rounded, bordered, padded, with a title when there is one.
func Panel(title string, objects ...fyne.CanvasObject) *fyne.Container {
	return StatePanel(Plain, title, objects...)
}

// StatePanel is a panel that speaks of a state: amber for "please look".
func StatePanel(state State, title string, objects ...fyne.CanvasObject) *fyne.Container {
	fill, edge, ink := theme.Surface, theme.Line, theme.Muted
	if state != Plain {
		fill, edge, ink = state.Tint(), state.Ink(), state.Ink()
	}
	if title != "" {
		objects = append([]fyne.CanvasObject{NewCut(Section.In(ink), title)}, objects...)
	}
	return container.NewStack(board(fill, edge), Pad(theme.Size(theme.CardPad), theme.Size(theme.CardPad), Column(12, objects...)))
}

// FlushPanel is a panel whose one object reaches its borders: a table.
func FlushPanel(o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(board(theme.Surface, theme.Line), Pad(1, 1, o))
}

func board(fill, edge fyne.ThemeColorName) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(fill))
	r.StrokeColor, r.StrokeWidth = theme.Color(edge), 1
	r.CornerRadius = theme.Size(theme.Radius)
	return r
}

// Rule is a thin line between things.
func Rule() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.Line))
	r.SetMinSize(fyne.NewSize(1, 1))
	return r
}

// Pill is a state in one rounded word: colour, icon and word.
func Pill(state State, word string) fyne.CanvasObject {
	size := theme.Size(theme.Small)
	text := NewText(SmallStyle.In(state.Ink()), word)
	return pillOf(state, Row(5, NewIcon(state.Icon(), state.Ink(), size), text))
}

// narrowPill gives way to … where a table's cell has no room for it.
func narrowPill(state State, word string) fyne.CanvasObject {
	size := theme.Size(theme.Small)
	text := NewCut(SmallStyle.In(state.Ink()), word)
	wide := Pill(state, word).MinSize().Width
	pill := pillOf(state, Row(5, NewIcon(state.Icon(), state.Ink(), size), Stretch(text)))
	return container.New(atMost{wide}, pill)
}

// atMost gives its one object its natural width, or less where there is less room.
type atMost struct{ wide float32 }

func (atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
func (l atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(min(l.wide+1, size.Width), size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
}

func pillOf(state State, words fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(state.Tint()))
	back.CornerRadius = 100
	return container.NewStack(back, Pad(10, 4, words))
}

// Light is a coloured dot with its word, as in the status bar.
func Light(state State, word string) fyne.CanvasObject {
	dot := canvas.NewCircle(theme.Color(state.Ink()))
	return Row(7, Sized(9, 9, dot), NewText(SmallStyle, word))
}
