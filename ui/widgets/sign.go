package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/ui/theme"
)

// BigSign is a large sign for what has just happened: to see from the corner of an eye while the
// hands go on.
func BigSign(state State, word, name, more string) fyne.CanvasObject {
	icon := state.Icon()
	if state == Good {
		icon = "done"
	}
	side := 84 * theme.Scale()
	parts := []fyne.CanvasObject{
		Gap(),
		container.NewCenter(NewIcon(icon, state.Ink(), side)),
		NewPara(TitleStyle.In(state.Ink()).Centred(), word),
	}
	if name != "" {
		parts = append(parts, NewPara(LargeStyle.Centred(), name))
	}
	return StatePanel(state, "", Stretch(Column(10, append(parts, NewPara(Body.Centred(), more), Gap())...)))
}

// Hint says, where something will stand, what to do for it: an icon, what, and how.
func Hint(icon, title, text string, more ...fyne.CanvasObject) fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		Gap(),
		container.NewCenter(NewIcon(icon, theme.Muted, 56*theme.Scale())),
		NewPara(Style{Size: theme.Large, Colour: theme.Ink, Weight: theme.SemiBold}.Centred(), title),
		NewPara(Quiet.Centred(), text),
	}
	return Panel("", Stretch(Column(12, append(append(parts, more...), Gap())...)))
}

// When is a moment in little room: the hour of today, or the day.
func When(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15.04")
	}
	return t.Format("02-01-2006")
}
