package masuk

import (
	"context"

	"loket/app/access"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Recovery is the way in by head office, when nobody knows a PIN any more. All of it runs away from
// the window; Ask is nil where there is no such way.
type Recovery struct {
	// Waits is the code of the request that waits for its answer; "" when there is none.
	Waits func(ctx context.Context) (code string, err error)
	// Ask writes a request into a folder. An earlier one is of no use afterwards.
	Ask func(ctx context.Context, dir string) (file, code string, err error)
	// Check says whether an answer belongs to the last request, and Take opens the kiosk with it.
	Check func(ctx context.Context, answer []byte) error
	Take  func(ctx context.Context, answer []byte, name, pin string) (access.Session, error)
}

// lost opens what to do about a PIN that was forgotten.
func (s *Screen) lost() {
	s.stopTicking()
	s.model.Lost()
	s.show()
	s.waits()
}

func (s *Screen) waits() {
	task.Latest(s.owner, "waits", struct{}{}, func(ctx context.Context, _ struct{}) (string, error) {
		return s.door.Recovery.Waits(ctx)
	}, func(code string, err error) {
		if s.model.Stage == Forgotten {
			s.model.Waits(code, err)
			s.show()
		}
	})
}

// askOffice makes a request, after asking where one waits already: that one ends by it.
func (s *Screen) askOffice() {
	if s.model.Busy {
		return
	}
	if s.model.Forgot.Code == "" {
		s.request()
		return
	}
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.forgot.again.title"),
		Text:  s.window.Say("ui.forgot.again.text", "code", s.model.Forgot.Code),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.cancel")},
			{Word: s.window.Say("ui.forgot.again.go"), Kind: widgets.Danger, Act: s.request},
		},
	})
}

func (s *Screen) request() {
	s.options.ChooseFolder(func(dir string, err error) {
		if err != nil || dir == "" {
			s.model.Err = err
			s.show()
			return
		}
		s.model.Busy, s.model.Err = true, nil
		s.show()
		task.Run(s.owner, dir, func(ctx context.Context, dir string) (asked, error) {
			file, code, err := s.door.Recovery.Ask(ctx, dir)
			return asked{file, code}, err
		}, func(a asked, err error) {
			s.model.Asked(a.file, a.code, err)
			s.show()
		})
	})
}

type asked struct{ file, code string }

// takeAnswer judges head office's answer as soon as its file is chosen.
func (s *Screen) takeAnswer() {
	if s.model.Busy {
		return
	}
	s.options.ChooseFile(func(content []byte, err error) {
		if err != nil {
			s.model.AnswerJudged(nil, err)
			s.show()
			return
		}
		s.model.Busy, s.model.Err = true, nil
		s.show()
		task.Run(s.owner, content, func(ctx context.Context, answer []byte) ([]byte, error) {
			return answer, s.door.Recovery.Check(ctx, answer)
		}, func(answer []byte, err error) {
			s.model.AnswerJudged(answer, err)
			s.touch(err == nil && s.options.Fingers != nil && s.options.Fingers())
			s.show()
		})
	})
}

// recoverPIN takes the new PIN twice, then opens the kiosk.
func (s *Screen) recoverPIN(pin string) {
	if s.model.Busy || !s.model.RecoverPIN(pin) {
		s.show()
		return
	}
	s.model.Busy = true
	s.show()
	task.Run(s.owner, s.model.Forgot, func(ctx context.Context, f Forgot) (access.Session, error) {
		return s.door.Recovery.Take(ctx, f.Answer, f.Name, f.PIN)
	}, func(session access.Session, err error) {
		if session.Operator.ID == "" {
			s.model.RecoveryRefused(err)
			s.show()
			return
		}
		s.opened(session, err)
	})
}
