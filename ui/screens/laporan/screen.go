// Package laporan is the reports (F9): the day, any days, an event, a programme; as figures, charts and
// tables on the screen, and as PDF and workbook.
package laporan

import (
	"context"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/reporting"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk. What takes a context runs away from the window.
type Uses struct {
	Clock  app.Clock
	By     func() app.Operator
	Count  func(ctx context.Context, by app.Operator, q reporting.Question, progress func(done, of int)) (reporting.Report, error)
	Events func(ctx context.Context, by app.Operator) ([]reporting.Line, error)
	// Programmes are the sponsor programmes by their scope in hexadecimal. May be nil.
	Programmes func(ctx context.Context, by app.Operator) ([]reporting.Line, error)
	// Operators are the names of who works here, by ID. May be nil.
	Operators func(ctx context.Context) (map[string]string, error)
	// PDF and XLSX write a report into a folder and say which file it became.
	PDF, XLSX func(ctx context.Context, dir string, r reporting.Report, names reporting.Names) (string, error)
	// Named makes a list of names, and KeepNames writes it into a folder. May be nil.
	Named     func(ctx context.Context, by app.Operator, q reporting.Question, progress func(done int)) ([]byte, error)
	KeepNames func(ctx context.Context, dir string, r reporting.Report, content []byte) (string, error)
	// ChooseFolder lets a person choose; who chooses nothing is not called back.
	ChooseFolder func(done func(dir string, err error))
}

// Screen is Laporan.
type Screen struct {
	window widgets.Window
	uses   Uses
	looks  *task.Owner // counting
	works  *task.Owner // writing files: it goes on when one leaves
	here   bool
	model  Model
	view   *view
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses) *Screen {
	if uses.Clock == nil {
		uses.Clock = app.SystemClock{}
	}
	return &Screen{window: w, uses: uses, looks: task.NewOwner(meter), works: task.NewOwner(meter), model: Model{Period: Today}}
}

// Key opens the screen.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF9 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.reports") }

// Primary writes the report as a PDF file.
func (s *Screen) Primary() widgets.Action {
	return widgets.Action{Word: s.window.Say("ui.reports.pdf"), Icon: "file", Off: s.idle(), Act: func() { s.save(s.uses.PDF) }}
}

// Actions are beside it: the workbook, and for a supervisor the names.
func (s *Screen) Actions() []widgets.Action {
	actions := []widgets.Action{
		{Word: s.window.Say("ui.reports.xlsx"), Icon: "report", Off: s.idle(), Act: func() { s.save(s.uses.XLSX) }},
	}
	if s.uses.Named != nil && s.uses.By().May(app.TaskNames) == nil {
		actions = append(actions, widgets.Action{Word: s.window.Say("ui.reports.named"), Icon: "people", Off: s.idle(), Act: s.askNames})
	}
	return actions
}

// idle says that nothing can be written now.
func (s *Screen) idle() bool { return !s.model.Known || s.model.Busy }

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = newView(s)
	return s.view.render(s.model)
}

// Enter counts.
func (s *Screen) Enter() {
	s.here = true
	s.view.focus()
	s.learn()
	s.News()
}

// Leave drops what is awaited. A file that is being written is finished.
func (s *Screen) Leave() {
	s.here = false
	s.looks.Leave()
}

// learn reads what can be chosen, and who is who.
func (s *Screen) learn() {
	type names struct {
		operators  map[string]string
		programmes []reporting.Line
	}
	task.Latest(s.looks, "names", asked{uses: s.uses, by: s.uses.By()}, func(ctx context.Context, a asked) (n names, err error) {
		u := a.uses
		if u.Operators != nil {
			if n.operators, err = u.Operators(ctx); err != nil {
				return n, err
			}
		}
		if u.Programmes != nil {
			n.programmes, err = u.Programmes(ctx, a.by)
		}
		return n, err
	}, func(n names, err error) {
		s.model.Operators, s.model.Programmes = n.operators, n.programmes
		if err != nil {
			s.model.Err = err
		}
		s.view.update(s.model)
	})
}

type asked struct {
	uses     Uses
	by       app.Operator
	question reporting.Question
}

type counted struct {
	report reporting.Report
	events []reporting.Line
}

// News counts again: another choice, or news of head office.
func (s *Screen) News() {
	if !s.here {
		return
	}
	q, err := s.model.Question(app.DateOf(s.uses.Clock.Now()))
	if err != nil {
		if s.model.From != "" && s.model.Until != "" {
			s.model.Err = err
			s.view.update(s.model)
		}
		return
	}
	task.Latest(s.looks, "count", asked{s.uses, s.uses.By(), q}, func(ctx context.Context, a asked) (c counted, err error) {
		c.report, err = a.uses.Count(ctx, a.by, a.question, func(done, of int) { task.Report(ctx, done, of) })
		if err != nil {
			return c, err
		}
		c.events, err = a.uses.Events(ctx, a.by)
		return c, err
	}, func(c counted, err error) {
		before := s.idle()
		s.model.Err, s.model.Known = err, err == nil
		if err == nil {
			s.model.Report, s.model.Events = c.report, c.events
		}
		if s.idle() != before {
			s.window.Renew()
			s.view.focus()
			return
		}
		s.view.update(s.model)
	})
}

// choose changes what is asked for, and counts.
func (s *Screen) choose(change func(*Model)) {
	change(&s.model)
	s.model.Err = nil
	s.view.update(s.model)
	s.News()
}

type writing struct {
	dir   string
	model Model
	write func(ctx context.Context, dir string, m Model) (string, error)
}

// save writes the report into a folder that is asked for.
func (s *Screen) save(write func(context.Context, string, reporting.Report, reporting.Names) (string, error)) {
	s.write(func(ctx context.Context, dir string, m Model) (string, error) {
		return write(ctx, dir, m.Report, m.Names())
	})
}

func (s *Screen) write(do func(ctx context.Context, dir string, m Model) (string, error)) {
	if s.uses.ChooseFolder == nil {
		s.model.Err = app.Fail(app.ReportNoFolder)
		s.view.update(s.model)
		return
	}
	s.uses.ChooseFolder(func(dir string, err error) {
		if err != nil || dir == "" {
			s.model.Err = err
			s.view.update(s.model)
			return
		}
		s.model.Busy = true
		s.window.Renew()
		task.Run(s.works, writing{dir, s.model, do}, func(ctx context.Context, w writing) (string, error) {
			return w.write(ctx, w.dir, w.model)
		}, s.written)
	})
}

func (s *Screen) written(file string, err error) {
	s.model.Busy, s.model.Err = false, err
	if err == nil {
		s.window.Toast(widgets.Good, s.window.Say("ui.reports.saved", "file", file))
	}
	if s.here {
		s.window.Renew()
		s.view.focus()
	}
}

// askNames warns before names leave the kiosk. Nothing is preselected.
func (s *Screen) askNames() {
	s.window.Ask(widgets.Question{
		Title: s.window.Say("ui.reports.named.ask"), Text: s.window.Say("ui.reports.named.warn"),
		Answers: []widgets.Answer{
			{Word: s.window.Say("ui.cancel")},
			{Word: s.window.Say("ui.reports.named.go"), Kind: widgets.Danger, Act: s.saveNames},
		},
	})
}

func (s *Screen) saveNames() {
	uses, by := s.uses, s.uses.By()
	s.write(func(ctx context.Context, dir string, m Model) (string, error) {
		content, err := uses.Named(ctx, by, m.Report.Question, func(done int) { task.Report(ctx, done, m.Report.Registered) })
		if err != nil {
			return "", err
		}
		return uses.KeepNames(ctx, dir, m.Report, content)
	})
}
