package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"loket/ui/theme"
	"loket/ui/widgets"
)

// draw shows the whole window from its state.
func (s *Shell) draw() {
	s.drawNav()
	s.drawFoot()
	s.drawPad()
	s.drawHead()
	s.drawContent()
	s.parts.root.Refresh()
}

func (s *Shell) bare() bool {
	b, ok := s.Showing().(Bare)
	return len(s.open) == 0 || ok && b.Bare()
}

func put(c *fyne.Container, objects ...fyne.CanvasObject) {
	c.Objects = objects
	c.Refresh()
}

func (s *Shell) drawContent() {
	s.keys.sinkAll()
	s.parts.scroll = nil
	screen := s.Showing()
	if screen == nil {
		put(s.parts.content)
		return
	}
	if s.bare() {
		room := layout.NewCustomPaddedLayout(0, 0, 0, scrollRoom)
		put(s.parts.content, container.New(room, screen.View()))
		return
	}
	// What is higher than the window scrolls; what is lower fills it.
	room := layout.NewCustomPaddedLayout(0, 0, 0, scrollRoom)
	s.parts.scroll = container.NewVScroll(container.New(room, screen.View()))
	put(s.parts.content, s.parts.scroll)
}

// drawHead is the title line: title, what is beside it, actions, the one primary action.
func (s *Shell) drawHead() {
	screen := s.Showing()
	if screen == nil || s.bare() {
		put(s.parts.head)
		return
	}
	var left []fyne.CanvasObject
	if len(s.open) > 1 || s.noSide && !s.isHome(screen) {
		left = append(left, widgets.NewButton(s, widgets.Secondary, "", s.Back).WithIcon("back"))
	}
	left = append(left, widgets.NewText(widgets.TitleStyle, screen.Title()))
	if sub, ok := screen.(Subtitled); ok {
		left = append(left, sub.Subtitle()...)
	}
	var right []fyne.CanvasObject
	if a, ok := screen.(Actor); ok {
		for _, action := range a.Actions() {
			right = append(right, widgets.NewAction(s, widgets.Secondary, action))
		}
	}
	if p, ok := screen.(Primary); ok {
		if action := p.Primary(); action.Word != "" {
			right = append(right, widgets.NewAction(s, widgets.Primary, action))
		}
	}
	put(s.parts.head, container.New(&headLayout{}, widgets.Flow(12, left...), widgets.Flow(10, right...)))
	s.parts.main.Refresh()
}

func (s *Shell) isHome(screen Screen) bool {
	return len(s.places) > 0 && s.places[0].Screen == screen
}

// SetBanner shows what needs an act across the screen, until Clear. One at a time.
func (s *Shell) SetBanner(state widgets.State, text string, actions ...widgets.Action) {
	put(s.parts.banner, widgets.Banner(s, state, text, actions...))
	s.parts.main.Refresh()
}

// ClearBanner takes it away.
func (s *Shell) ClearBanner() {
	put(s.parts.banner)
	s.parts.main.Refresh()
}

// drawNav is the navigation: where one is, where one can go, and the key for it.
func (s *Shell) drawNav() {
	if s.bare() || s.noSide {
		put(s.parts.nav)
		return
	}
	back := canvas.NewRectangle(theme.Color(theme.Nav))
	items, foot := widgets.Column(0), widgets.Column(0)
	for _, p := range s.places {
		switch {
		case p.Hidden:
		case p.Foot:
			foot.Add(s.navItem(p))
		default:
			items.Add(s.navItem(p))
		}
	}
	body := container.NewBorder(s.navHead(), widgets.Pad(0, 8, foot), nil, nil, container.NewVScroll(items))
	put(s.parts.nav, back, body)
}

func (s *Shell) navHead() fyne.CanvasObject {
	name := widgets.NewText(widgets.LargeStyle.In(theme.OnNav), "Loket")
	if s.slim {
		name = widgets.NewText(widgets.Strong.In(theme.OnNav).Centred(), "Loket")
		return widgets.Pad(6, 14, name)
	}
	lines := widgets.Column(2, name, widgets.NewPara(widgets.LabelStyle.In(theme.NavMuted), s.options.Office))
	if s.options.Practice {
		lines.Add(widgets.Row(0, widgets.Pill(widgets.Waiting, s.Say("ui.practice"))))
	}
	return widgets.Pad(20, 14, lines)
}

func (s *Shell) navItem(p Place) fyne.CanvasObject {
	here := len(s.open) > 0 && s.open[0] == p.Screen
	face := widgets.Face{Left: true, PadX: 20, Least: fyne.NewSize(0, s.itemHigh)}
	style := widgets.Body.In(theme.OnNav)
	mark := canvas.NewRectangle(theme.Color(theme.Nav))
	if here {
		face.Fill = theme.NavPlace
		mark.FillColor = theme.Color(theme.Accent)
		style.Weight = theme.SemiBold
	}
	icon := widgets.NewIcon(p.Icon, theme.OnNav, theme.Size(theme.Icon))
	key := widgets.NewText(widgets.SmallStyle.In(theme.NavMuted), string(p.Screen.Key()))
	open := func() { s.Open(p.Name) }
	var item fyne.CanvasObject
	if s.slim {
		face.PadX = 4
		item = widgets.NewTouch(face, widgets.Row(6, widgets.Gap(), icon, key, widgets.Gap()), open)
	} else {
		item = widgets.NewTouch(face, widgets.Row(11, icon, widgets.Stretch(widgets.Row(3, widgets.Stretch(widgets.NewCut(style, s.Say(p.Word))), key))), open)
	}
	if !here {
		return item
	}
	return container.NewStack(item, container.NewBorder(nil, nil, widgets.Sized(4, 0, mark), nil))
}

// drawPad shows the pad where there are fingers and no keyboard.
func (s *Shell) drawPad() {
	focused := func() fyne.Focusable { return s.window.Canvas().Focused() }
	switch s.wantedPad() {
	case widgets.PadLetters:
		put(s.parts.pad, widgets.LettersBoard(widgets.Letters(s, focused, s.Say("ui.letters.space"))))
	case widgets.PadDigits:
		put(s.parts.pad, widgets.LettersBoard(widgets.Digits(s, focused)))
	default:
		put(s.parts.pad)
	}
}

// ShowLetters shows the letter pad or takes it away; a button of the status bar does the same.
func (s *Shell) ShowLetters(on bool) {
	s.pads.letters, s.pads.shut = on, !on
	s.drawPad()
	s.parts.root.Refresh()
}
