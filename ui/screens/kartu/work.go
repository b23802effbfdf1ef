package kartu

import (
	"context"

	"loket/app"
	"loket/app/issuing"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/widgets"
)

// read is what one look at the kiosk gives.
type read struct {
	lists   map[app.CardState][]issuing.Listed
	stock   issuing.Stock
	printer Printer
}

func (s *Screen) load() {
	task.Latest(s.owner, "load", struct{}{}, s.read, func(r read, err error) {
		s.model.Loaded(r.lists, err)
		if err == nil {
			s.model.Stock, s.model.Counted, s.model.Printer = r.stock, true, r.printer
		}
		s.show()
		s.preview()
	})
}

func (s *Screen) read(ctx context.Context, _ struct{}) (r read, err error) {
	r.lists = map[app.CardState][]issuing.Listed{}
	for _, state := range Tabs {
		if r.lists[state], err = s.door.List(ctx, state); err != nil {
			return r, err
		}
	}
	if r.stock, err = s.door.Stock(ctx); err != nil {
		return r, err
	}
	r.printer, err = s.door.Printer(ctx)
	return r, err
}

// preview draws the selected card, unless it stands there already.
func (s *Screen) preview() {
	if s.model.Selected == 0 || s.model.Sides.Front != nil {
		return
	}
	task.Latest(s.owner, "preview", s.model.Selected, func(ctx context.Context, serial app.Serial) (Sides, error) {
		front, back, err := s.door.Preview(ctx, serial)
		return Sides{Front: front, Back: back}, err
	}, func(sides Sides, err error) {
		s.model.Sides, s.model.Sides.Err = sides, err
		s.show()
	})
}

func (s *Screen) printAll() { s.print(s.door.Print, s.model.Job()) }

func (s *Screen) printOne(serial app.Serial) { s.print(s.door.Print, []app.Serial{serial}) }

type printing struct {
	print   func(ctx context.Context, serials []app.Serial) (string, error)
	serials []app.Serial
}

// print sends a job. Cards count as sent even when the printer then refuses: the books never say
// less than what may lie in the tray.
func (s *Screen) print(with func(context.Context, []app.Serial) (string, error), serials []app.Serial) {
	if s.model.Busy || len(serials) == 0 {
		return
	}
	s.stopFading()
	s.model.Busy, s.model.Moment = true, nil
	s.show()
	task.Run(s.owner, printing{with, serials}, func(ctx context.Context, p printing) (string, error) {
		return p.print(ctx, p.serials)
	}, func(job string, err error) { s.printed(len(serials), job, err) })
}

func (s *Screen) printed(n int, job string, err error) {
	s.model.Busy = false
	if job != "" {
		s.model.Printed()
	}
	switch {
	case err != nil && job != "":
		s.model.Refused("ui.cards.moment.printer", words.Error(s.window.Lang(), err)+" "+s.window.Say("ui.cards.after_failure"))
	case err != nil:
		s.refused(err)
	default:
		s.window.Toast(widgets.Good, s.window.Say("ui.cards.sent", "n", n))
	}
	s.load()
}

// askAgain asks before printing a second time: were a card in the tray, its number would exist twice.
func (s *Screen) askAgain(serials []app.Serial) {
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.cards.again.title", "n", len(serials)),
		Text:  s.window.Say("ui.cards.again.text"),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.cancel")},
			{Word: s.window.Say("ui.cards.again.yes"), Kind: widgets.Primary, Act: func() { s.print(s.door.PrintAgain, serials) }},
		},
	})
}

// askWord asks before a person's word stands for a scan.
func (s *Screen) askWord(l issuing.Listed) {
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.cards.word.title", "name", l.Registration.Record.Person.Name),
		Text:  s.window.Say("ui.cards.word.text", "serial", l.Card.Serial),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.cancel")},
			{Word: s.window.Say("ui.cards.word.yes"), Kind: widgets.Primary, Act: func() { s.byWord(l.Card.Serial) }},
		},
	})
}

func (s *Screen) byWord(serial app.Serial) {
	task.Run(s.owner, serial, s.door.ByWord, s.confirmed)
}

type spoiling struct {
	serial app.Serial
	reason string
}

// spoil ends a card for the chosen reason; its person gets a new one, which waits to be printed.
func (s *Screen) spoil() {
	if s.model.Busy {
		return
	}
	if s.model.Reason == "" {
		s.view.reason.Say(widgets.Bad, s.window.Say("ui.cards.spoil.choose"))
		s.view.reason.Focus()
		return
	}
	s.model.Busy = true
	s.show()
	task.Run(s.owner, spoiling{s.model.Selected, s.model.Reason}, func(ctx context.Context, sp spoiling) (app.Card, error) {
		return s.door.Spoil(ctx, sp.serial, sp.reason)
	}, s.spoiled)
}

func (s *Screen) spoiled(fresh app.Card, err error) {
	s.model.Busy = false
	if err != nil {
		s.refused(err)
	} else {
		s.model.Turn(app.CardQueued)
		s.window.Toast(widgets.Good, s.window.Say("ui.cards.spoil.done", "serial", fresh.Serial))
	}
	s.load()
}

// enlarge shows both sides as large as the window allows.
func (s *Screen) enlarge() {
	if s.model.Sides.Front == nil {
		return
	}
	s.window.Ask(widgets.Question{
		Title:   s.window.Say("ui.cards.preview"),
		Content: widgets.Column(10, widgets.Picture(s.model.Sides.Front, 196), widgets.Picture(s.model.Sides.Back, 196)),
		Answers: []widgets.Answer{{Word: s.window.Say("ui.close")}},
	})
}
