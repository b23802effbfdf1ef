package daftar

import (
	"context"
	"time"

	"loket/app"
	"loket/ui/task"
)

// The kinds of evidence.
const (
	signature  = app.EvidenceSignature
	ektp       = app.EvidenceEKTP
	archive    = app.EvidenceArchiveSheet
	photo      = app.EvidencePhoto
	thumbprint = app.EvidenceThumbprint
)

// attach keeps a picture and makes it part of the record.
func (s *Screen) attach(kind string, content []byte) {
	id := s.model.Draft.ID
	var kept app.Evidence
	s.line.add(job{work: func(ctx context.Context) (err error) {
		kept, err = s.uses.Counter.AddAttachment(ctx, kind, content)
		return err
	}, done: func(err error) {
		switch {
		case err != nil:
			s.complain(err)
		case s.model.Draft.ID == id:
			s.model.Attach(kept)
			s.changed()
		}
	}})
}

func (s *Screen) chooseFile(kind string) {
	s.uses.ChooseFile(func(content []byte, err error) {
		switch {
		case err != nil:
			s.complain(err)
		case content != nil:
			s.attach(kind, content)
		}
	})
}

// signAfter is how long the pen may rest between two strokes.
const signAfter = 1200 * time.Millisecond

// signed waits until the pen rests, so that one picture is kept and not one for each stroke.
func (s *Screen) signed() {
	if s.drawing != nil {
		s.drawing()
		s.drawing = nil
	}
	if s.view.pad.Empty() {
		s.model.Detach(signature)
		s.changed()
		return
	}
	s.drawing = task.After(s.line.owner, signAfter, s.keepSignature)
}

// keepSignature keeps the signature now, if one was being written.
func (s *Screen) keepSignature() {
	if s.drawing == nil {
		return
	}
	s.drawing()
	s.drawing = nil
	png, err := s.view.pad.PNG()
	if err != nil {
		s.complain(err)
		return
	}
	s.attach(signature, png)
}

// signAgain takes the kept signature away and shows an empty pad.
func (s *Screen) signAgain() {
	s.model.Detach(signature)
	s.later()
	s.again()
}
