package lengkapi

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // pictures are kept as JPEG, signatures as PNG
	_ "image/png"
	"maps"
	"slices"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

func decode(content []byte) (image.Image, error) {
	img, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, &app.Error{Code: app.PictureNone, Op: "lengkapi.decode", Err: err}
	}
	return img, nil
}

// typed takes a change, and keeps it.
func (s *Screen) typed(f counter.Field, text string) {
	s.model.Page.Type(f, text)
	s.keep()
}

func (s *Screen) chosen(f counter.Field, value string) {
	s.model.Page.Choose(f, value)
	s.keep()
}

func (s *Screen) noFamilyCard(none bool) {
	s.model.Page.NoFamilyCard(none)
	s.keep()
}

// keep keeps what was typed so far: a power cut loses nothing. The newest counts.
func (s *Screen) keep() {
	h := s.model.Page.Half
	h.Compared = maps.Clone(h.Compared)
	task.Latest(s.keeping, "keep", h, func(ctx context.Context, h counter.Half) (struct{}, error) {
		return struct{}{}, s.uses.Keep(context.WithoutCancel(ctx), h)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.complain(err)
		}
	})
}

type shot struct {
	kind    string
	content []byte
}

// choose takes a picture from a file.
func (s *Screen) choose(kind string) {
	page := s.model.Page
	s.options.ChooseFile(func(content []byte, err error) {
		switch {
		case err != nil:
			s.complain(err)
		case content != nil:
			s.take(page, shot{kind, content})
		}
	})
}

// shoot takes a picture from the camera.
func (s *Screen) shoot(kind string) {
	page := s.model.Page
	task.Run(s.owner, kind, func(ctx context.Context, _ string) ([]byte, error) { return s.options.Shoot(ctx) }, func(content []byte, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.take(page, shot{kind, content})
	})
}

// take keeps a picture for the registration that it was taken for.
func (s *Screen) take(page *Page, p shot) {
	task.Run(s.owner, p, func(ctx context.Context, p shot) (app.Evidence, error) {
		return s.uses.Counter.AddAttachment(ctx, p.kind, p.content)
	}, func(e app.Evidence, err error) {
		switch {
		case err != nil:
			s.complain(err)
		case s.model.Page == page && !slices.Contains(page.Half.Form.Record.Evidence, e):
			page.Take(e)
			s.keep()
			s.picture()
			s.show()
		}
	})
}

// Save makes it so. A corrected person is compared first with who looks alike; not answering lets a
// supervisor look.
func (s *Screen) Save() {
	p := s.model.Page
	if p == nil || p.Busy {
		return
	}
	p.Busy, p.Err = true, nil
	if p.Half.Correcting && !p.Asked {
		s.compare(p)
		return
	}
	s.finish(p)
}

func (s *Screen) compare(p *Page) {
	from, next := p.Half.From.Record.Person, p.Half.Form.Record.Person
	if from == next {
		s.finish(p)
		return
	}
	task.Run(s.owner, next, func(ctx context.Context, person app.Person) ([]counter.Likeness, error) {
		return s.uses.LookAlikes(ctx, p.Half.From.ID, person)
	}, func(alike []counter.Likeness, err error) {
		open := p.Unsettled(alike)
		if err == nil && len(open) == 0 {
			s.finish(p)
			return
		}
		p.Busy, p.Err, p.Alike, p.Asked = false, err, open, err == nil
		s.show()
	})
}

func (s *Screen) finish(p *Page) {
	task.Run(s.owner, p.Half, func(ctx context.Context, h counter.Half) (counter.Corrected, error) {
		return s.uses.Finish(context.WithoutCancel(ctx), h)
	}, func(c counter.Corrected, err error) { s.finished(p, c, err) })
}

func (s *Screen) finished(p *Page, c counter.Corrected, err error) {
	p.Busy = false
	if err != nil {
		p.Err = s.named(err)
		for _, problem := range p.Half.Problems(s.uses.Counter) {
			if !problem.Warning {
				p.Problems[fieldOf(problem.Field)] = problem.Err
			}
		}
		s.show()
		return
	}
	s.keeping.Leave() // an older copy does not come afterwards
	s.window.Toast(widgets.Good, s.window.Say("ui.complete.saved", "name", c.Record.Person.Name))
	if c.NewCard {
		s.window.Ask(widgets.Question{
			Title: s.window.Say("ui.complete.card.title"), Text: s.window.Say("ui.complete.card.text"),
			Answers: []widgets.Answer{{Word: s.window.Say("ui.close"), Kind: widgets.Primary}},
		})
	}
	if s.model.Page == p {
		s.leavePage()
	}
}

// fieldOf is where a problem is shown: the family contact's is its phone's.
func fieldOf(f counter.Field) counter.Field {
	if f == scheme.FieldFamilyContact {
		return counter.FamilyPhone
	}
	return f
}

// named puts words in the place of names that an error carries: of a field, of an operator.
func (s *Screen) named(err error) error {
	var known *app.Error
	if !errors.As(err, &known) || len(known.Args) == 0 {
		return err
	}
	args := maps.Clone(known.Args)
	if f, ok := args["field"].(counter.Field); ok && words.Has(f.Key()) {
		args["field"] = s.window.Say(f.Key())
	}
	return &app.Error{Code: known.Code, Args: args, Op: known.Op, Err: known.Err}
}

// drop forgets what was typed.
func (s *Screen) drop() {
	id := s.model.Page.Half.From.ID
	s.keeping.Leave()
	task.Run(s.owner, id, func(ctx context.Context, id app.EntryID) (struct{}, error) {
		return struct{}{}, s.uses.Drop(context.WithoutCancel(ctx), id)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.complain(err)
			return
		}
		s.leavePage()
	})
}
