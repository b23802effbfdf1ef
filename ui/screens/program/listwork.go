package program

import (
	"context"
	"io"
	"maps"
	"path/filepath"

	"loket/app"
	"loket/app/counter"
	"loket/app/roster"
	"loket/app/sponsor"
	"loket/ui/task"
	"loket/ui/widgets"
)

type opening struct {
	files Files
	path  string
	kept  func(ctx context.Context) map[string]string
}

type found struct {
	list    List
	decided map[string]string // about earlier lists of the programme, or about this one before a sign-out
}

// chooseList lets a person choose a file, and finds out what it is.
func (s *Screen) chooseList() {
	s.uses.Files.Choose(func(path string) {
		if !s.begin(Opening) {
			return
		}
		task.Run(s.works, opening{s.uses.Files, path, s.keptVillages()}, func(ctx context.Context, in opening) (found, error) {
			file, err := in.files.Read(ctx, in.path)
			if err != nil {
				return found{}, err
			}
			l, err := openList(filepath.Base(in.path), file)
			return found{l, in.kept(ctx)}, err
		}, func(f found, err error) {
			s.model.Opened(f.list, app.DateOf(s.uses.Clock.Now()), err)
			if s.model.Err == nil {
				s.model.Import.Decided = f.decided
			}
			s.end()
		})
	})
}

type judging struct {
	judge   func(ctx context.Context, scope app.Scope, book *roster.Book, o sponsor.JudgeOptions) (*roster.Result, error)
	scope   app.Scope
	book    *roster.Book
	options sponsor.JudgeOptions
}

// judge judges every row. The columns cannot be changed meanwhile.
func (s *Screen) judge() {
	i := &s.model.Import
	day, ok := counter.ParseDay(i.AsOf)
	if !ok || !i.Ready() {
		s.view.file.complain()
		return
	}
	if !s.begin(Judging) {
		return
	}
	decided := maps.Clone(i.Decided)
	in := judging{s.uses.Lists.Judge, s.model.Chosen.Scope, i.List.Book, sponsor.JudgeOptions{AsOf: day, Villages: decided, Hidden: i.Hidden}}
	task.Run(s.works, in, func(ctx context.Context, in judging) (*Verdict, error) {
		in.options.Progress = func(rows int) { task.Report(ctx, rows, 0) }
		r, err := in.judge(ctx, in.scope, in.book, in.options)
		if err != nil {
			return nil, err
		}
		return Judged(r).Settled(decided), nil
	}, func(v *Verdict, err error) {
		if s.model.Err = err; err == nil {
			s.model.Took(v, decided)
		}
		s.end()
	})
}

// askImport says what will be written before it is.
func (s *Screen) askImport() {
	m := &s.model
	n := m.Import.Verdict.Accepted
	text := s.say("ui.program.ask.text", "n", number(n), "payer", m.Chosen.PayerName, "decree", m.Chosen.Decree)
	if v := m.Chosen.Versions; len(v) > 0 && !m.Chosen.Unfinished() {
		text += "\n" + s.say("ui.program.ask.newer", "n", v[0].Number+1)
	}
	if twice := m.Import.Verdict.Twice(); twice > 0 {
		text += "\n" + s.say("ui.program.ask.twice", "n", number(twice))
	}
	if open := m.Import.Undecided(); open > 0 {
		text += "\n" + s.say("ui.program.ask.guesses", "n", open)
	}
	if b, err := s.uses.Books.Budget(m.Chosen.Programme, max(m.Chosen.Registered, n)); err == nil && b.Budget > 0 && b.Left < 0 {
		text += "\n" + s.say("ui.program.ask.budget", "missing", -b.Left)
	}
	s.window.Ask(widgets.Question{
		Title: s.say("ui.program.ask.title", "n", number(n)), Text: text,
		Answers: []widgets.Answer{
			{Word: s.say("ui.cancel")},
			{Word: s.say("ui.program.register", "n", number(n)), Kind: widgets.Primary, Act: s.register},
		},
	})
}

type registering struct {
	lists  Lists
	by     app.Operator
	scope  app.Scope
	file   [32]byte
	result *roster.Result
}

type registered struct {
	outcome sponsor.Outcome
	done    int
}

// register takes the accepted rows in. It goes on when one leaves the screen.
func (s *Screen) register() {
	if !s.begin(Importing) {
		return
	}
	i := &s.model.Import
	in := registering{s.uses.Lists, s.uses.By(), s.model.Chosen.Scope, i.List.Hash, i.Verdict.Result}
	task.Run(s.works, in, func(ctx context.Context, in registering) (r registered, err error) {
		r.outcome, err = in.lists.Import(ctx, in.by, in.scope, in.file, in.result, func(p sponsor.Progress) {
			r.done = p.Done
			task.Report(ctx, p.Done, p.Of)
		})
		return r, err
	}, func(r registered, err error) {
		s.model.Ended(r.outcome, r.done, err)
		s.end()
		s.load()
	})
}

type writing struct {
	files Files
	path  string
	fill  func(ctx context.Context, w io.Writer) error
}

// write lets a person choose a folder and writes a file into it. Its name says nothing about people.
func (s *Screen) write(name string, fill func(ctx context.Context, w io.Writer) error, written func(path string)) {
	s.uses.Files.ChooseFolder(func(dir string, err error) {
		if err != nil {
			s.model.Err = err
			s.show()
			return
		}
		if !s.begin(Writing) {
			return
		}
		task.Run(s.works, writing{s.uses.Files, filepath.Join(dir, name), fill}, func(ctx context.Context, in writing) (string, error) {
			return in.path, in.files.Write(ctx, in.path, func(w io.Writer) error { return in.fill(ctx, w) })
		}, func(path string, err error) {
			if s.model.Err = err; err == nil {
				written(path)
			}
			s.end()
		})
	})
}

func (s *Screen) stamp() string { return s.uses.Clock.Now().Format("20060102-1504") }

// writeRejects writes the sender's own list back, with the reasons.
func (s *Screen) writeRejects() {
	book, result := s.model.Import.List.Book, s.model.Import.Verdict.Result
	s.write("loket-alasan-"+s.stamp()+"."+string(book.Kind), func(_ context.Context, w io.Writer) error {
		return book.WriteRejects(w, result)
	}, func(path string) {
		s.model.Import.Rejects = path
	})
}

// askRows warns before the payer's rows are written: they are what the programme promised not to show.
func (s *Screen) askRows() {
	s.window.Ask(widgets.Question{
		Title: s.say("ui.program.rows.title"), Text: s.say("ui.program.rows.text"),
		Answers: []widgets.Answer{
			{Word: s.say("ui.cancel")},
			{Word: s.say("ui.program.rows.yes"), Kind: widgets.Primary, Act: s.writeRows},
		},
	})
}

func (s *Screen) writeRows() {
	rows, by, scope := s.uses.Lists.Rows, s.uses.By(), s.model.Chosen.Scope
	s.write("loket-baris-"+s.stamp()+".jsonl", func(ctx context.Context, w io.Writer) error {
		_, err := rows(ctx, by, scope, w)
		return err
	}, func(path string) {
		s.window.Toast(widgets.Good, s.say("ui.program.rows.done", "file", path))
	})
}
