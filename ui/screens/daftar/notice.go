package daftar

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Page is a screen that this one puts over itself.
type Page interface {
	Key() fyne.KeyName
	Title() string
	View() fyne.CanvasObject
}

// Notice is the legal notice in big type with pictograms, in the whole window, for the person on the
// other side of the counter. Noting that it was given takes an act; Esc goes back without one.
type Notice struct {
	of   *Screen
	lang words.Lang // of the page alone: the person may want the other one
	back *widgets.Button
}

// showNotice turns the screen to the person.
func (s *Screen) showNotice() {
	if s.uses.Push != nil {
		s.uses.Push(&Notice{of: s, lang: s.window.Lang()})
	}
}

// Key is none: it stands over the form.
func (n *Notice) Key() fyne.KeyName { return "" }

// Title is in the language of the page.
func (n *Notice) Title() string { return n.say("ui.notice.title") }

// Bare asks for the whole window.
func (n *Notice) Bare() bool { return true }

// Enter brings the keyboard to the way back.
func (n *Notice) Enter() { n.of.window.Focus(n.back, 0) }

func (n *Notice) say(key string) string { return words.Say(n.lang, key) }

// View is the page.
func (n *Notice) View() fyne.CanvasObject {
	w := n.of.window
	n.back = widgets.NewButton(w, widgets.Secondary, n.say("ui.notice.back"), n.leave).WithIcon("back")
	other := widgets.NewButton(w, widgets.Link, n.say("ui.notice.other"), n.turn)
	read := widgets.NewButton(w, widgets.Secondary, n.say("ui.notice.read"), func() { n.note(false) })
	aloud := widgets.NewButton(w, widgets.Secondary, n.say("ui.notice.aloud"), func() { n.note(true) })
	foot := widgets.Row(10, n.back, other, widgets.Gap(), aloud, read)
	ground := canvas.NewRectangle(theme.Color(theme.Ground))
	notice := n.of.notice(n.lang)
	title := widgets.Column(4, widgets.NewPara(widgets.NumberFace.Centred(), n.Title()),
		widgets.NewPara(widgets.Style{Size: theme.Large, Colour: theme.Ink}.Centred(), notice.Lead))
	body := container.NewVScroll(newNoticeTiles(notice.Parts))
	return container.NewStack(ground, widgets.Pad(28, 14, container.NewBorder(widgets.Column(8, title, widgets.Gap()), widgets.Column(10, widgets.Gap(), foot), nil, nil, body)))
}

// notice is the notice that the rules ask for, in the words of its version.
func (s *Screen) notice(lang words.Lang) words.Notice {
	return words.NoticeOf(lang, s.model.judge.Rules().Scheme.Asking.NoticeText)
}

// turn shows the other language, to the person only.
func (n *Notice) turn() {
	n.lang = map[words.Lang]words.Lang{words.ID: words.EN, words.EN: words.ID}[n.lang]
	n.of.window.Renew()
	n.Enter()
}

// note records that the notice was given, and by whom it was read aloud.
func (n *Notice) note(aloud bool) {
	n.of.model.Notice(true, aloud)
	n.leave()
	n.of.changed()
}

func (n *Notice) leave() { n.of.window.Key(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
