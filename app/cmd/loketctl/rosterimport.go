package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/desk"
	"loket/app/roster"
	"loket/app/sponsor"
	"loket/app/words"
)

// rosterImportCmd registers the accepted rows of a list under a sponsor's programme.
type rosterImportCmd struct {
	kioskFolder
	File         string `arg:"" help:"roster.cli.file"`
	Programme    string `help:"programme.cli.scope" placeholder:"CODE" xor:"programme" required:""`
	NewProgramme string `name:"new-programme" help:"roster.cli.new_programme" placeholder:"NAME" xor:"programme" required:""`
	programmeFlags
	AsOf    string `name:"as-of" help:"roster.cli.as_of" placeholder:"2026-11-20"`
	Rejects string `help:"roster.cli.rejects" placeholder:"OUT"`
	Hidden  bool   `help:"roster.cli.hidden"`
	JSON    bool   `name:"json" help:"cli.json"`
}

// importAnswer is the --json form.
type importAnswer struct {
	Programme string           `json:"programme"`
	Version   int              `json:"version"`
	Rows      int              `json:"rows"`
	Rejected  int              `json:"rejected"`
	New       int              `json:"new"`
	Corrected int              `json:"corrected"`
	Unchanged int              `json:"unchanged"`
	Left      int              `json:"left"`
	Stopped   bool             `json:"stopped"`
	Codes     map[app.Code]int `json:"codes"`
}

// Run takes the list in. Stopped half-way, by a person or a power cut, the same command goes on.
func (c *rosterImportCmd) Run(ctx context.Context, env *Env) error {
	file, err := readRoster(c.File)
	if err != nil {
		return err
	}
	book, err := roster.Open(file)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *desk.Desk, s access.Session) error {
		scope, err := c.scope(ctx, env, d, s)
		if err != nil {
			return err
		}
		result, err := c.judge(ctx, env, d, scope, book)
		if err != nil {
			return err
		}
		if err := writeRejects(c.Rejects, book, result); err != nil {
			return err
		}
		out, err := d.Sponsor.Import(ctx, s.Operator, scope, sha256.Sum256(file), result, c.progress(env))
		if err != nil {
			return err
		}
		return c.report(env, scope, result, out)
	})
}

// scope is the programme that is named, or a new one.
func (c *rosterImportCmd) scope(ctx context.Context, env *Env, d *desk.Desk, s access.Session) (app.Scope, error) {
	if c.NewProgramme == "" {
		return scopeOf(c.Programme)
	}
	p, err := c.programme(env, c.NewProgramme)
	if err != nil {
		return app.Scope{}, err
	}
	p, err = d.Sponsor.Open(ctx, s.Operator, p)
	return p.Scope, asWrongUse(env, err)
}

func (c *rosterImportCmd) judge(ctx context.Context, env *Env, d *desk.Desk, scope app.Scope, book *roster.Book) (*roster.Result, error) {
	at, err := dayOr(c.AsOf, "--as-of", env.Now())
	if err != nil {
		return nil, err
	}
	return d.Sponsor.Judge(ctx, scope, book, sponsor.JudgeOptions{AsOf: at, Hidden: c.Hidden})
}

// progress counts on the error output, where it is in nobody's way.
func (c *rosterImportCmd) progress(env *Env) func(sponsor.Progress) {
	return func(p sponsor.Progress) {
		if p.Of < 10_000 || p.Done%10_000 != 0 {
			return
		}
		line := words.Say(env.Lang, "roster.importing", "done", p.Done, "of", p.Of)
		if _, err := io.WriteString(env.Err, line+"\n"); err != nil {
			return // what is counted here is kept in the books
		}
	}
}

func (c *rosterImportCmd) report(env *Env, scope app.Scope, result *roster.Result, out sponsor.Outcome) error {
	a := importAnswer{
		Programme: fmt.Sprintf("%x", scope[:]), Version: out.Number, Rows: out.Rows, Rejected: out.Rejected,
		New: out.New, Corrected: out.Corrected, Unchanged: out.Unchanged, Left: out.Left, Stopped: out.Stopped, Codes: result.Codes(),
	}
	show := func() error {
		return env.Say("roster.imported", "programme", a.Programme, "version", a.Version, "rows", a.Rows, "rejected", a.Rejected,
			"new", a.New, "corrected", a.Corrected, "unchanged", a.Unchanged, "left", a.Left)
	}
	if c.JSON {
		show = func() error { return env.JSON(a) }
	} else if out.Stopped {
		show = func() error { return env.Say("roster.stopped") }
	}
	if err := show(); err != nil {
		return err
	}
	if out.Stopped {
		return errAnswerNo
	}
	return nil
}
