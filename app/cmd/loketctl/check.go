package main

import (
	"context"
	"errors"

	"loket/app"
	"loket/app/cmd/desk"
	"loket/app/words"
	"loket/storage/kiosk"
)

// checkCmd proves that what a kiosk has kept is as it was written: loketctl check --journal.
type checkCmd struct {
	kioskFolder
	Journal bool `name:"journal" help:"check.cli.journal"`
	JSON    bool `name:"json" help:"cli.json"`
}

// checkAnswer is the --json form.
type checkAnswer struct {
	Whole bool `json:"whole"`
	kiosk.Checked
}

// Run looks at all that can be looked at without a PIN; with --operator or --pin-file the sealed parts are
// opened too. The folder is not changed. The answer is no where something is not whole, with the place.
func (c *checkCmd) Run(ctx context.Context, env *Env) error {
	if !c.Journal {
		return app.Fail(app.WrongUse, "value", "--journal")
	}
	checked, err := c.look(ctx, env)
	if err != nil {
		return err
	}
	show := checked.show
	if c.JSON {
		show = func(env *Env) error { return env.JSON(checked) }
	}
	if err := show(env); err != nil {
		return err
	}
	if !checked.Whole {
		return errAnswerNo
	}
	return nil
}

func (c *checkCmd) look(ctx context.Context, env *Env) (a checkAnswer, err error) {
	if kindOf(c.Data) != kioskKind {
		return a, noFolder(c.Data)
	}
	d, err := desk.OpenReading(ctx, c.Data, desk.Options{State: c.State, Clock: envClock{env}})
	if err != nil {
		return damagedAnswer(err)
	}
	defer func() { err = errors.Join(err, d.Close(context.WithoutCancel(ctx))) }()
	if c.Operator != "" || c.PINFile != "" {
		if _, err := c.signIn(ctx, env, d); err != nil {
			return a, err
		}
	}
	a.Checked, err = d.Store.CheckJournal(ctx, nil)
	if behind := d.Store.Behind(); behind != nil {
		a.Faults = append(a.Faults, kiosk.Fault{Place: behind.Place(), Code: app.StorageBehind})
	}
	a.Whole = a.Checked.Whole()
	return a, err
}

// damagedAnswer is the answer about a database that does not even open.
func damagedAnswer(err error) (checkAnswer, error) {
	switch code := app.CodeOf(err); code {
	case app.StorageDamaged, app.StorageForeign, app.StorageFailing, app.StorageBehind:
		return checkAnswer{Checked: kiosk.Checked{Faults: []kiosk.Fault{{Place: "loket.db", Code: code}}}}, nil
	}
	return checkAnswer{}, err
}

func (a checkAnswer) show(env *Env) error {
	if a.Whole {
		key := "check.whole"
		if a.Opened {
			key = "check.whole_opened"
		}
		return env.Say(key, "entries", a.Entries, "registrations", a.Registrations, "cards", a.Cards, "batches", a.Batches)
	}
	for _, f := range a.Faults {
		if err := env.Println(f.Place + ": " + words.Say(env.Lang, "check.fault."+string(f.Code)) + " [" + string(f.Code) + "]"); err != nil {
			return err
		}
	}
	return nil
}
