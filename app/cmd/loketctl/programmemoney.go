package main

import (
	"bytes"
	"context"
	"fmt"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/desk"
	"loket/app/durable"
	"loket/app/identity"
	"loket/app/sponsor"
	"loket/app/words"
)

type programmeBudgetCmd struct {
	kioskFolder
	Programme string `arg:"" help:"programme.cli.scope"`
	People    int    `help:"programme.cli.people" placeholder:"N"`
	JSON      bool   `name:"json" help:"cli.json"`
}

// budgetAnswer is the --json form. Amounts are whole rupiah.
type budgetAnswer struct {
	People       int                `json:"people"`
	Months       int                `json:"months"`
	Lines        []budgetLineAnswer `json:"lines"`
	Total        app.Rupiah         `json:"total_idr"`
	Budget       app.Rupiah         `json:"budget_idr"`
	Left         app.Rupiah         `json:"left_idr"`
	PersonMonths int                `json:"person_months"`
	PeopleAYear  int                `json:"people_a_year"`
}

type budgetLineAnswer struct {
	From   app.Month  `json:"from"`
	To     app.Month  `json:"to"`
	Months int        `json:"months"`
	Rate   app.Rupiah `json:"rate_idr"`
	Relief int        `json:"relief_percent"`
	Total  app.Rupiah `json:"total_idr"`
}

// Run works out people x months x rate: for the people registered, or as many as are named.
func (c *programmeBudgetCmd) Run(ctx context.Context, env *Env) error {
	scope, err := scopeOf(c.Programme)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *desk.Desk, _ access.Session) error {
		p, err := d.Sponsor.Programme(ctx, scope)
		if err != nil {
			return err
		}
		people := c.People
		if people == 0 {
			people = p.Registered
		}
		b, err := d.Sponsor.Budget(p.Programme, people)
		if err != nil {
			return asWrongUse(env, err)
		}
		if c.JSON {
			return env.JSON(answerOfBudget(b))
		}
		return showBudget(env, b)
	})
}

func answerOfBudget(b sponsor.Budget) budgetAnswer {
	a := budgetAnswer{
		People: b.People, Months: b.Months, Total: b.Total, Budget: b.Budget, Left: b.Left, PersonMonths: b.PersonMonths, PeopleAYear: b.PeopleAYear,
	}
	for _, l := range b.Lines {
		a.Lines = append(a.Lines, budgetLineAnswer(l))
	}
	return a
}

func showBudget(env *Env, b sponsor.Budget) error {
	say := func(key string, pairs ...any) string { return words.Say(env.Lang, key, pairs...) }
	var lines []string
	for _, l := range b.Lines {
		lines = append(lines, say("programme.budget_line", "from", l.From, "to", l.To, "people", b.People, "months", l.Months, "rate", l.Rate, "total", l.Total))
	}
	lines = append(lines, say("programme.budget_total", "total", b.Total))
	if b.Budget > 0 {
		lines = append(lines,
			say("programme.budget_left", "budget", b.Budget, "left", b.Left),
			say("programme.budget_buys", "person_months", b.PersonMonths, "people", b.PeopleAYear))
	}
	for _, line := range lines {
		if err := env.Println(line); err != nil {
			return err
		}
	}
	return nil
}

type programmeOrderCmd struct {
	kioskFolder
	Programme string `arg:"" help:"programme.cli.scope"`
	Rows      string `help:"programme.cli.rows" placeholder:"OUT"`
	JSON      bool   `name:"json" help:"cli.json"`
}

// orderAnswer is the --json form of the order.
type orderAnswer struct {
	Scope      string    `json:"scope"`
	Decree     string    `json:"decree"`
	DecreeDay  app.Date  `json:"decree_day"`
	Payer      string    `json:"payer_name"`
	Programmes string    `json:"programmes"`
	First      app.Month `json:"first_month"`
	Months     int       `json:"months"`
	Level      int       `json:"level"`
	Version    int       `json:"version"`
	Rows       int       `json:"rows"`
	Rejected   int       `json:"rejected"`
	RowsRoot   string    `json:"rows_root"`
}

// Run prints the order, and writes the payer's file of rows when asked.
func (c *programmeOrderCmd) Run(ctx context.Context, env *Env) error {
	scope, err := scopeOf(c.Programme)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *desk.Desk, s access.Session) error {
		o, err := d.Sponsor.Order(ctx, scope)
		if err != nil {
			return err
		}
		if err := c.writeRows(ctx, env, d, s, scope); err != nil {
			return err
		}
		a := orderAnswer{
			fmt.Sprintf("%x", o.Scope[:]), o.Decree, o.DecreeDay, o.PayerName, o.Programmes.String(), o.First, o.Months, o.Level,
			o.Version, o.Rows, o.Rejected, fmt.Sprintf("%x", o.RowsRoot[:]),
		}
		if c.JSON {
			return env.JSON(a)
		}
		return env.Say("programme.order", "name", o.Name, "payer", o.PayerName, "decree", o.Decree, "day", o.DecreeDay, "cover", o.Programmes,
			"first", o.First, "months", o.Months, "level", o.Level, "version", o.Version, "rows", o.Rows, "rejected", o.Rejected, "root", a.RowsRoot)
	})
}

// writeRows writes the payer's file, whole or not at all. It says that it is personal data.
func (c *programmeOrderCmd) writeRows(ctx context.Context, env *Env, d *desk.Desk, s access.Session, scope app.Scope) error {
	if c.Rows == "" {
		return nil
	}
	var out bytes.Buffer
	n, err := d.Sponsor.WriteRows(ctx, s.Operator, scope, &out)
	if err != nil {
		return err
	}
	if err := durable.Write(c.Rows, out.Bytes(), 0o600); err != nil {
		return &app.Error{Code: app.FileUnwritten, Op: "programme", Args: app.Args{"file": c.Rows}, Err: err}
	}
	_, err = fmt.Fprintln(env.Err, identity.Shown(words.Say(env.Lang, "programme.rows_written", "file", c.Rows, "rows", n)))
	return app.Wrap("programme", app.FileUnwritten, err)
}
