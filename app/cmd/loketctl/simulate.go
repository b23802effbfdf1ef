package main

import (
	"context"
	"os"

	"loket/app"
	"loket/app/cmd/years"
	"loket/app/words"
)

// simulateCmd lives through what takes long: loketctl simulate years.
type simulateCmd struct {
	Years simulateYearsCmd `cmd:"" help:"simulate.years.cli"`
}

// simulateYearsCmd lives years of kiosks and head office. Its answer is no when a card was wrong, a
// record lost or doubled, or when too little was lived through to say so.
type simulateYearsCmd struct {
	Years int    `help:"simulate.years" default:"10"`
	Seed  uint64 `help:"simulate.seed" default:"1"`
	Keep  string `help:"simulate.keep" placeholder:"DIR" type:"path"`
	JSON  bool   `name:"json" help:"cli.json"`
}

// Run lives and reports.
func (c *simulateYearsCmd) Run(ctx context.Context, env *Env) error {
	if c.Years < 1 || c.Years > 50 {
		return app.Fail(app.WrongUse, "value", "--years")
	}
	dir := c.Keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "loket-years-*"); err != nil {
			return app.Wrap("loketctl.simulate", app.FileUnwritten, err)
		}
		defer os.RemoveAll(dir) //nolint:errcheck // a leftover in the system's temporary folder hurts nobody
	}
	o := years.Options{Years: c.Years, Seed: c.Seed, Dir: dir}
	if !c.JSON {
		o.Tell = func(line string) { _ = env.Println(line) } //nolint:errcheck // the report says it again
	}
	report, err := years.Run(ctx, o)
	if err != nil {
		return err
	}
	if err := c.tell(env, report); err != nil {
		return err
	}
	if !report.Passed() {
		return errAnswerNo
	}
	return nil
}

func (c *simulateYearsCmd) tell(env *Env, r years.Report) error {
	if c.JSON {
		return env.JSON(r)
	}
	rows := [][]string{}
	for _, row := range []struct {
		key string
		n   int
	}{
		{"good_cards_red", r.GoodCardsRed},
		{"bad_cards_green", r.BadCardsGreen},
		{"lost", r.Lost},
		{"doubled", r.Doubled},
		{"cards", r.Cards},
		{"bad_cards", r.BadCards},
		{"lives", r.Lives},
		{"key_changes", r.KeyChanges},
		{"restores", r.Restores},
		{"promotions", r.Promotions},
		{"wal_damages", r.WALDamages},
	} {
		rows = append(rows, []string{words.Say(env.Lang, "simulate."+row.key), number(float64(row.n))})
	}
	if err := env.table(rows, 1); err != nil {
		return err
	}
	for _, f := range r.Faults {
		if err := env.Println("  " + f); err != nil {
			return err
		}
	}
	return nil
}
