package masuk

import (
	"context"

	"loket/app"
	"loket/app/access"
	"loket/ui/task"
)

// byPass opens the way in with an event pass.
func (s *Screen) byPass() {
	s.stopTicking()
	s.model.ShowPass()
	s.show()
}

// touch brings pads for fingers: a name is typed on a laptop that may lie flat.
func (s *Screen) touch(on bool) {
	if s.options.Touch != nil {
		s.options.Touch(on)
	}
}

// takePass has a pass judged as soon as its code is here.
func (s *Screen) takePass(code string) {
	if s.model.Busy {
		return
	}
	if s.model.Stage != ByPass {
		s.byPass()
	}
	s.model.Pass.Code, s.model.Busy, s.model.Err = code, true, nil
	s.show()
	task.Run(s.owner, code, func(ctx context.Context, code string) (app.Event, error) {
		return s.door.ShowPass(ctx, code)
	}, func(e app.Event, err error) {
		s.model.PassJudged(e, err)
		s.touch(s.model.Pass.Good)
		s.show()
	})
}

func (s *Screen) choosePassFile() {
	s.options.ChooseFile(func(content []byte, err error) {
		if err != nil {
			s.model.Err, s.model.Pass.Wrong = err, "code"
			s.show()
			return
		}
		s.takePass(string(content))
	})
}

// choosePIN takes the PIN twice, then lets the volunteer in.
func (s *Screen) choosePIN(pin string) {
	if s.model.Busy || !s.model.ChoosePIN(pin) {
		s.show()
		return
	}
	s.model.Busy = true
	s.show()
	p := s.model.Pass
	task.Run(s.owner, p, func(ctx context.Context, p Pass) (access.Session, error) {
		return s.door.Join(ctx, p.Code, p.Name, p.PIN)
	}, func(session access.Session, err error) {
		if session.Operator.ID == "" {
			s.model.PassRefused(err)
			s.touch(s.model.Pass.Good)
			s.show()
			return
		}
		s.opened(session, err)
	})
}
