package serah

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // pictures come as JPEG or PNG
	_ "image/png"
	"slices"
	"time"

	"loket/app"
	"loket/app/custody"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

func (s *Screen) load() {
	now := s.options.Clock.Now()
	task.Latest(s.owner, "load", now, s.read, func(lists Lists, err error) {
		s.model.Lists, s.model.Loaded = lists, true
		if err != nil {
			s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
		}
		s.showLists()
	})
}

// showLists shows what was read. Nothing moves under the hands of who is typing: a key that was meant
// for a name must never come to a button.
func (s *Screen) showLists() {
	switch {
	case s.model.Step == Filling, s.model.Step == Picked, s.model.Filter != "":
		s.view.fill()
	default:
		s.show()
	}
}

// read looks at all there is. What cannot be read is told; the rest is shown.
func (s *Screen) read(ctx context.Context, now time.Time) (lists Lists, err error) {
	if lists.Waiting, err = s.door.Waiting(ctx); err != nil {
		return lists, err
	}
	handed, err := s.door.Handed(ctx, startOf(now))
	if err != nil {
		return lists, err
	}
	for _, l := range today(handed, now) {
		h, err := s.door.HandoverOf(ctx, l.Card.Serial)
		if err != nil {
			return lists, err
		}
		lists.Given = append(lists.Given, Given{l, h})
	}
	lists.Trusted = s.door.Trusted()
	lists.Parked, err = s.door.Parked(ctx)
	return lists, err
}

func startOf(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, day.Location())
}

// putAside keeps the form at hand, with the signature that was drawn, and awaits the next card.
func (s *Screen) putAside() {
	signature, err := s.signature()
	if err != nil {
		s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
	}
	form := s.model.Aside()
	s.pad = nil
	if form == nil {
		return
	}
	s.keep(*form, signature)
}

// Rest calls when what was begun is kept, with the name as typed and the signature as drawn: before
// signing out, because a locked vault takes nothing.
func (s *Screen) Rest(then func()) {
	signature, err := s.signature()
	if err != nil {
		s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
	}
	begun := s.model.Step == Filling && !s.model.Busy
	if begun {
		s.owner.Leave() // an older copy does not come afterwards
	}
	form := s.model.Form
	form.Evidence = slices.Clone(form.Evidence)
	task.Run(s.resting, kept{form, signature}, func(ctx context.Context, k kept) (struct{}, error) {
		s.keeping.Lock() // a card that is being given comes to its end first
		defer s.keeping.Unlock()
		if !begun {
			return struct{}{}, nil
		}
		form, err := s.withSignature(ctx, k)
		if err == nil {
			err = s.door.Park(ctx, form)
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		if err != nil {
			s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
		}
		then()
	})
}

// keepNow keeps what was chosen so far, in case the power goes.
func (s *Screen) keepNow() { s.keep(s.model.Form, nil) }

type kept struct {
	form      custody.Form
	signature []byte
}

// keep saves an unfinished form. It is a topic of its own card: the newest one counts.
func (s *Screen) keep(form custody.Form, signature []byte) {
	form.Evidence = slices.Clone(form.Evidence)
	topic := "form " + form.Serial.String()
	task.Latest(s.owner, topic, kept{form, signature}, func(ctx context.Context, k kept) (custody.Form, error) {
		s.keeping.Lock()
		defer s.keeping.Unlock()
		if ctx.Err() != nil {
			return k.form, nil // it was finished or dropped meanwhile
		}
		ctx = context.WithoutCancel(ctx) // what is begun is kept, whatever is looked at meanwhile
		form, err := s.withSignature(ctx, k)
		if err != nil {
			return form, err
		}
		return form, s.door.Park(ctx, form)
	}, func(form custody.Form, err error) {
		if err != nil {
			s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
			return
		}
		s.model.Kept(form)
	})
}

func (s *Screen) withSignature(ctx context.Context, k kept) (custody.Form, error) {
	if k.signature == nil {
		return k.form, nil
	}
	e, err := s.door.AddEvidence(ctx, kindSignature, k.signature)
	if err == nil {
		k.form.Evidence = append(without(k.form.Evidence, kindSignature), e)
	}
	return k.form, err
}

// signature is what was drawn, as a small picture; nil when nobody signed.
func (s *Screen) signature() ([]byte, error) {
	if s.pad == nil || s.pad.Empty() {
		return nil, nil
	}
	return s.pad.PNG()
}

// finish gives the card, or says what is missing and goes there.
func (s *Screen) finish() {
	if s.model.Step != Filling || s.model.Busy {
		return
	}
	signature, err := s.signature()
	if err == nil {
		err = s.model.Missing(signature != nil)
	}
	if err != nil {
		s.model.Err = err
		s.show()
		return
	}
	s.model.Busy, s.model.Err = true, nil
	s.show()
	form := s.model.Form
	form.Evidence = slices.Clone(form.Evidence)
	task.Latest(s.owner, "form "+form.Serial.String(), kept{form, signature}, func(ctx context.Context, k kept) (app.Handover, error) {
		s.keeping.Lock()
		defer s.keeping.Unlock()
		ctx = context.WithoutCancel(ctx) // the card is given: nobody takes that back by leaving
		form, err := s.withSignature(ctx, k)
		if err != nil {
			return app.Handover{}, err
		}
		return s.door.Hand(ctx, form)
	}, s.handed)
}

func (s *Screen) handed(h app.Handover, err error) {
	s.model.Busy = false
	if err != nil {
		s.model.Err = err
		s.show()
		return
	}
	s.pad = nil
	s.model.Finished(h, s.options.Clock.Now())
	s.fading = task.After(s.owner, doneStays, func() {
		s.model.Ready()
		s.show()
	})
	s.load()
	s.show()
}

// askDrop asks before what was begun is forgotten.
func (s *Screen) askDrop() {
	serial := s.model.Form.Serial
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.hand.drop.title"),
		Text:  s.window.Say("ui.hand.drop.text", "serial", serial),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.hand.drop.no")},
			{Word: s.window.Say("ui.hand.drop.yes"), Kind: widgets.Danger, Act: func() { s.drop(serial) }},
		},
	})
}

func (s *Screen) drop(serial app.Serial) {
	s.pad = nil
	s.model.Ready()
	s.show()
	task.Latest(s.owner, "form "+serial.String(), serial, func(ctx context.Context, serial app.Serial) (struct{}, error) {
		s.keeping.Lock()
		defer s.keeping.Unlock()
		return struct{}{}, s.door.Drop(ctx, serial)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.window.Toast(widgets.Bad, words.Error(s.window.Lang(), err))
		}
		s.load()
	})
}

type picture struct {
	kind    string
	content []byte
}

// choosePicture takes a picture file as evidence: a photo of the handover, or an inked thumbprint.
func (s *Screen) choosePicture(kind string) {
	serial := s.model.Form.Serial
	s.options.ChooseFile(func(content []byte, err error) {
		if err == nil {
			err = onlyPicture(content)
		}
		if err != nil {
			s.model.Err = err
			s.show()
			return
		}
		task.Run(s.owner, picture{kind, content}, func(ctx context.Context, p picture) (app.Evidence, error) {
			return s.door.AddEvidence(ctx, p.kind, p.content)
		}, func(e app.Evidence, err error) { s.taken(serial, e, err) })
	})
}

func onlyPicture(content []byte) error {
	if _, _, err := image.DecodeConfig(bytes.NewReader(content)); err != nil {
		return app.Fail(app.HandoverNotPicture)
	}
	return nil
}

// taken adds evidence to the form that it was taken for.
func (s *Screen) taken(serial app.Serial, e app.Evidence, err error) {
	if s.model.Step != Filling || s.model.Form.Serial != serial {
		return
	}
	if s.model.Err = err; err == nil {
		s.model.Take(e)
		s.keepNow()
	}
	s.show()
}
