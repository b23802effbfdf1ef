package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/desk"
	"loket/app/scheme"
	"loket/app/sponsor"
	"loket/app/words"
)

// programmeCmd is sponsors' programmes: who pays, by which decree, what it costs, and the order.
type programmeCmd struct {
	List   programmeListCmd   `cmd:"" help:"programme.cli.list"`
	Open   programmeOpenCmd   `cmd:"" help:"programme.cli.open"`
	Budget programmeBudgetCmd `cmd:"" help:"programme.cli.budget"`
	Order  programmeOrderCmd  `cmd:"" help:"programme.cli.order"`
	Close  programmeCloseCmd  `cmd:"" help:"programme.cli.close"`
}

// programmeFlags say what a new programme is.
type programmeFlags struct {
	Payer      string `help:"programme.cli.payer" default:"apbd_regency" enum:"apbn,apbd_province,apbd_regency,village,company,donor,institution"`
	PayerName  string `help:"programme.cli.payer_name" placeholder:"NAME"`
	Decree     string `help:"programme.cli.decree" placeholder:"NUMBER"`
	DecreeDay  string `help:"programme.cli.decree_day" placeholder:"2026-01-15"`
	Cover      string `help:"programme.cli.cover" default:"JKK+JKM"`
	FirstMonth string `help:"programme.cli.first_month" placeholder:"2026-12"`
	Months     int    `help:"programme.cli.months" default:"12"`
	Target     int    `help:"programme.cli.target" placeholder:"150000"`
	Budget     int64  `help:"programme.cli.money" placeholder:"1900000000"`
	Level      int    `help:"programme.cli.level" default:"2"`
	Region     string `help:"roster.cli.region" placeholder:"64.08"`
	Release    string `help:"programme.cli.release" placeholder:"TEXT"`
}

func (f programmeFlags) programme(env *Env, name string) (sponsor.Programme, error) {
	day, known := app.ParseDate(f.DecreeDay)
	if f.DecreeDay != "" && !known {
		return sponsor.Programme{}, app.Fail(app.WrongUse, "value", "--decree-day="+f.DecreeDay)
	}
	cover, ok := scheme.ParseProgrammes(f.Cover)
	if !ok {
		return sponsor.Programme{}, app.Fail(app.WrongUse, "value", "--cover="+f.Cover)
	}
	first := scheme.Embedded().FirstMonth(app.DateOf(env.Now()))
	if f.FirstMonth != "" {
		if first, ok = app.ParseMonth(f.FirstMonth); !ok {
			return sponsor.Programme{}, app.Fail(app.WrongUse, "value", "--first-month="+f.FirstMonth)
		}
	}
	return sponsor.Programme{
		Name: name, Payer: app.PayerKind(f.Payer), PayerName: f.PayerName, Decree: f.Decree, DecreeDay: day, Programmes: cover,
		First: first, Months: f.Months, Target: f.Target, Budget: app.Rupiah(f.Budget), Level: f.Level, Region: f.Region, Release: f.Release,
	}, nil
}

// asWrongUse turns what is wrong with typed values into wrong use, in words.
func asWrongUse(env *Env, err error) error {
	code := string(app.CodeOf(err))
	if strings.HasPrefix(code, "sponsor.") || strings.HasPrefix(code, "scheme.") {
		return app.Fail(app.WrongUse, "value", words.Error(env.Lang, err))
	}
	return err
}

// scopeOf reads a programme's code: 16 hexadecimal digits.
func scopeOf(text string) (app.Scope, error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(app.Scope{}) {
		return app.Scope{}, app.Fail(app.WrongUse, "value", text)
	}
	return app.Scope(b), nil
}

type programmeListCmd struct {
	kioskFolder
	JSON bool `name:"json" help:"cli.json"`
}

// programmeAnswer is the --json form of a programme.
type programmeAnswer struct {
	Scope      string     `json:"programme"`
	Name       string     `json:"name"`
	Payer      string     `json:"payer"`
	PayerName  string     `json:"payer_name"`
	Decree     string     `json:"decree"`
	First      app.Month  `json:"first_month"`
	Months     int        `json:"months"`
	Budget     app.Rupiah `json:"budget_idr"`
	Registered int        `json:"registered"`
	Rejected   int        `json:"rejected"`
	Versions   int        `json:"versions"`
	Left       int        `json:"left"`
	Overlaps   int        `json:"overlaps"`
	Closed     bool       `json:"closed"`
}

// Run lists the programmes of the kiosk.
func (c *programmeListCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *desk.Desk, _ access.Session) error {
		all, err := d.Sponsor.Programmes(ctx)
		if err != nil {
			return err
		}
		answers := make([]programmeAnswer, len(all))
		for i, p := range all {
			answers[i] = programmeAnswer{
				fmt.Sprintf("%x", p.Scope[:]), p.Name, string(p.Payer), p.PayerName, p.Decree, p.First, p.Months, p.Budget,
				p.Registered, p.Rejected, p.Versions, p.Left, p.Overlaps, p.Closed,
			}
		}
		if c.JSON {
			return env.JSON(answers)
		}
		for _, a := range answers {
			if err := env.Say("programme.line", "programme", a.Scope, "name", a.Name, "payer", a.PayerName, "decree", a.Decree,
				"registered", a.Registered, "rejected", a.Rejected, "overlaps", a.Overlaps); err != nil {
				return err
			}
		}
		return nil
	})
}

type programmeOpenCmd struct {
	kioskFolder
	Name string `arg:"" help:"programme.cli.name"`
	programmeFlags
	JSON bool `name:"json" help:"cli.json"`
}

// Run makes a programme and prints its code.
func (c *programmeOpenCmd) Run(ctx context.Context, env *Env) error {
	p, err := c.programme(env, c.Name)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *desk.Desk, s access.Session) error {
		p, err := d.Sponsor.Open(ctx, s.Operator, p)
		if err != nil {
			return asWrongUse(env, err)
		}
		scope := fmt.Sprintf("%x", p.Scope[:])
		if c.JSON {
			return env.JSON(map[string]string{"programme": scope})
		}
		return env.Say("programme.opened", "programme", scope, "name", p.Name)
	})
}

type programmeCloseCmd struct {
	kioskFolder
	Programme string `arg:"" help:"programme.cli.scope"`
}

// Run ends the taking in of lists.
func (c *programmeCloseCmd) Run(ctx context.Context, env *Env) error {
	scope, err := scopeOf(c.Programme)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *desk.Desk, s access.Session) error {
		if err := d.Sponsor.Close(ctx, s.Operator, scope); err != nil {
			return err
		}
		return env.Say("programme.closed")
	})
}
