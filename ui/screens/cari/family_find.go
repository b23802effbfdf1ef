package cari

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// familyActions stand beside the search: where families ask.
func (s *Screen) familyActions() []widgets.Action {
	if s.uses.Families == nil {
		return nil
	}
	return []widgets.Action{{Word: s.window.Say("ui.family.ask"), Icon: "people", Act: func() { s.uses.Families(s.model.Query) }}}
}

// askFamily is the way on from "not found": head office may know.
func (v *view) askFamily(m *Model) fyne.CanvasObject {
	if v.s.uses.Families == nil {
		return widgets.Column(0)
	}
	v.onward = widgets.NewButton(v.s.window, widgets.Primary, v.say("ui.family.ask_office"), func() { v.s.uses.Families(m.Query) }).WithIcon("people")
	return widgets.Row(0, v.onward, widgets.Gap())
}

// whileLoading says above an answer that not everybody is known yet, and asks again until they are.
func (v *view) whileLoading(m *Model, shown fyne.CanvasObject) fyne.CanvasObject {
	l := m.Loading
	if l.Complete() || m.Query == "" {
		return shown
	}
	v.s.askAgain()
	note := widgets.NewNote(widgets.Waiting, v.say("ui.cari.loading", "done", app.GroupThousands(strconv.Itoa(l.Done)), "of", app.GroupThousands(strconv.Itoa(l.Of))))
	return widgets.Column(theme.Size(theme.Gutter), widgets.StatePanel(widgets.Waiting, "", note), widgets.Stretch(shown))
}

// again is how often a search is repeated while the index fills.
const again = time.Second

func (s *Screen) askAgain() {
	query := s.model.Query
	task.Latest(s.owner, "again", query, func(ctx context.Context, query string) (string, error) {
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
		return query, ctx.Err()
	}, func(query string, err error) {
		if err == nil && s.model.Page == nil && s.model.Query == query {
			s.findThen(func() {})
		}
	})
}
