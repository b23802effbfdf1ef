package shelltest

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"loket/ui/shell"
	"loket/ui/task"
	"loket/ui/widgets"
)

// OwnAll makes the bench run what the tasks of several owners hand back.
func (b *Bench) OwnAll(owners ...*task.Owner) {
	for _, o := range owners {
		b.Own(o)
	}
}

// PressAll presses keys one after the other.
func (b *Bench) PressAll(keys ...fyne.KeyName) {
	b.t.Helper()
	for _, key := range keys {
		b.Press(key)
	}
}

// Show opens a screen by its key, among places that open by theirs.
func (b *Bench) Show(screen shell.Screen) {
	home := "home"
	places := []shell.Place{
		{Name: "home", Icon: "home", Screen: keyed{key: fyne.KeyF1}},
		{Name: "register", Icon: "register", Screen: keyed{key: fyne.KeyF2}},
		{Name: "find", Icon: "search", Screen: keyed{key: fyne.KeyF3}},
		{Name: "cards", Icon: "card", Screen: keyed{key: fyne.KeyF4}},
		{Name: "handover", Icon: "handover", Screen: keyed{key: fyne.KeyF5}},
		{Name: "check", Icon: "verify", Screen: keyed{key: fyne.KeyF6}},
		{Name: "programmes", Icon: "programme", Screen: keyed{key: fyne.KeyF7}},
		{Name: "post", Icon: "send", Screen: keyed{key: fyne.KeyF8}},
		{Name: "settings", Icon: "settings", Screen: keyed{key: fyne.KeyF12}, Foot: true},
	}
	for i, p := range places {
		places[i].Word = "ui.nav." + p.Name
		if p.Screen.Key() == screen.Key() {
			places[i].Screen, home = screen, p.Name
		}
	}
	b.Shell.SignIn(shell.Session{Places: places, Home: home})
	b.Shell.SetStatus(shell.Status{
		Operator: "Dewi Lestari · " + b.Shell.Say("role.officer"),
		Light:    shell.Sign{State: widgets.Waiting, Word: "14"},
	})
}

type keyed struct {
	blank
	key fyne.KeyName
}

func (k keyed) Key() fyne.KeyName { return k.key }

// Tab goes by the keyboard to what bears a word, and fails where that cannot be reached.
func (b *Bench) Tab(word string) {
	b.t.Helper()
	c := b.Win.Canvas()
	for range 60 {
		if o, ok := c.Focused().(fyne.CanvasObject); ok && strings.Contains(textOf(o), word) {
			return
		}
		c.FocusNext()
	}
	b.t.Fatalf("the keyboard cannot reach %q", word)
}

// Texts is everything that can be read in the window, dialogs included.
func (b *Bench) Texts() string {
	all := textOf(b.Win.Content())
	for _, o := range b.Win.Canvas().Overlays().List() {
		all += textOf(o)
	}
	return all
}

func textOf(o fyne.CanvasObject) (text string) {
	if o == nil || !o.Visible() {
		return ""
	}
	if t, ok := o.(*widgets.Text); ok {
		return t.Text() + "\n"
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		text += textOf(child)
	}
	return text
}
