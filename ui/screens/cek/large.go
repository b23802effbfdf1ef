package cek

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Large is the answer in the whole window, for the person on the other side of the counter. The next
// card can be scanned here too.
type Large struct {
	of   *Screen
	back *widgets.Button
}

// Key is none: it stands over the screen that checks.
func (l *Large) Key() fyne.KeyName { return "" }

// Title is in the language of now.
func (l *Large) Title() string { return l.of.Title() }

// Bare asks for the whole window.
func (l *Large) Bare() bool { return true }

// Enter brings the keyboard to the way back: a scan is taken there too.
func (l *Large) Enter() {
	l.of.large = l
	l.focus()
}

// Leave drops what is awaited.
func (l *Large) Leave() {
	l.of.large = nil
	l.of.Leave()
}

func (l *Large) focus() { l.of.window.Focus(l.back, 0) }

// News shows how old the lists are now.
func (l *Large) News() { l.of.News() }

// Scan answers about the next card.
func (l *Large) Scan(text string) bool { return l.of.Scan(text) }

// View is the answer, as large as the window.
func (l *Large) View() fyne.CanvasObject {
	s := l.of
	l.back = widgets.NewButton(s.window, widgets.Secondary, s.window.Say("ui.check.turn_back"), func() {
		s.window.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}).WithIcon("back")
	_, age := s.age()
	foot := widgets.Row(12, l.back, widgets.Stretch(widgets.NewPara(widgets.Quiet.Right(), age)))
	state, content := widgets.Known, l.waiting()
	switch {
	case s.model.Err != nil:
		state, content = widgets.Waiting, l.words(widgets.Waiting, "refused", s.window.Say("ui.check.nothing"), words.Error(s.window.Lang(), s.model.Err))
	case s.model.Answer != nil:
		state, content = stateOf(s.model.Answer.Colour), l.answer()
	}
	ground := canvas.NewRectangle(theme.Color(state.Tint()))
	return container.NewStack(ground, widgets.Pad(40, 24, widgets.Column(16, widgets.Gap(), content, widgets.Gap(), foot)))
}

func (l *Large) waiting() fyne.CanvasObject {
	s := l.of
	return l.words(widgets.Known, "scan", s.window.Say("ui.check.hint"), s.window.Say("ui.check.large.more"))
}

func (l *Large) words(state widgets.State, icon, title, text string) fyne.CanvasObject {
	return widgets.Column(12,
		container.NewCenter(widgets.NewIcon(icon, state.Ink(), 96*theme.Scale())),
		widgets.NewPara(widgets.HugeStyle.In(state.Ink()).Centred(), title),
		widgets.NewPara(widgets.Style{Size: theme.Large, Colour: theme.Ink}.Centred(), text))
}

func (l *Large) answer() fyne.CanvasObject {
	s := l.of
	a := *s.model.Answer
	state := stateOf(a.Colour)
	parts := l.words(state, largeIcon(state), s.window.Say(Headline(a)), s.window.Say(Sentences(a)[0])).(*fyne.Container)
	if Shown(a) {
		parts.Add(widgets.Panel("",
			widgets.NewPara(widgets.HugeStyle.Centred(), a.Claims.Name),
			widgets.NewPara(widgets.NumberFace.Centred(), "KPJ "+a.Claims.Member.Grouped())))
	}
	return parts
}
