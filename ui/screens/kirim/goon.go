package kirim

import (
	"context"
	"strings"

	"loket/app"
	"loket/app/sealed"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Going is how a kiosk whose folder is behind goes on as its next life. On is nil where it cannot.
type Going struct {
	Kiosk func() app.Chain // which kiosk this is
	May   func() bool      // whether who is signed in may do it
	On    func(ctx context.Context, token string) error
}

// GoneOn is a kiosk that has gone on since the screen was opened; the zero GoneOn: it has not.
type GoneOn struct{ From, To app.Chain }

// Behind says whether this folder is behind: no number is given out until it has gone on.
func (m Model) Behind() bool { return app.CodeOf(m.State.Trouble) == app.StorageBehind }

// AskGoOn says whether the token with which the kiosk goes on is asked for here.
func (m Model) AskGoOn() bool { return m.Known && m.Behind() && m.May }

// Next reads the token that was put in: it must be for the life after this one.
func (m Model) Next() (sealed.Token, error) {
	t, err := sealed.ParseToken(strings.TrimSpace(m.Code))
	if err != nil {
		return t, app.Fail(app.TokenBad)
	}
	if t.Chain.Kiosk != m.Kiosk.Kiosk || t.Chain.Incarnation <= m.Kiosk.Incarnation {
		return t, app.Fail(app.StorageNotNext, "token", t.Chain, "kiosk", m.Kiosk)
	}
	if !m.Now.Before(t.Expires) {
		return t, app.Fail(app.TokenExpired)
	}
	return t, nil
}

// WentOn takes in how going on ended. Where the next life has begun although head office's answer failed,
// the kiosk has gone on all the same: it is asked for again by itself.
func (m *Model) WentOn(to, here app.Chain, err error) {
	m.CodeErr = err
	if here == to {
		m.Gone, m.Code, m.CodeErr = GoneOn{m.Kiosk, to}, "", nil
		m.Kiosk, m.State.Trouble, m.Err = to, nil, err
	}
}

// goOn reads the token, and asks once more before a life ends.
func (s *Screen) goOn() {
	s.model.Now = s.uses.Clock.Now()
	t, err := s.model.Next()
	s.model.CodeErr = err
	s.draw()
	if err != nil {
		if app.CodeOf(err) == app.TokenBad { // what is no code at all is typed on
			s.view.token.Focus()
		}
		return
	}
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.kirim.goon.title", "kiosk", t.Chain),
		Text:  s.window.Say("ui.kirim.goon.text", "from", s.model.Kiosk, "branch", t.BranchName),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.cancel")},
			{Word: s.window.Say("ui.kirim.goon.go"), Kind: widgets.Primary, Act: func() { s.nextLife(t.Chain) }},
		},
	})
}

func (s *Screen) nextLife(to app.Chain) {
	if !s.begin(GoingOn) {
		return
	}
	s.draw()
	task.Run(s.works, strings.TrimSpace(s.model.Code), func(ctx context.Context, code string) (app.Chain, error) {
		err := s.uses.Going.On(ctx, code)
		return s.uses.Going.Kiosk(), err
	}, func(here app.Chain, err error) {
		s.model.WentOn(to, here, err)
		if here == to {
			s.view.token.SetText("")
			s.window.Toast(widgets.Good, s.window.Say("ui.kirim.goon.done", "kiosk", to))
		}
		if s.here {
			s.draw()
		}
		s.end()
	})
}
