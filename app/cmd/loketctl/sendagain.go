package main

import (
	"context"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/headoffice"
)

// officeAgainCmd asks a kiosk to send again what head office does not have: two people want it.
type officeAgainCmd struct {
	officeData
	Kiosk   uint32 `help:"cli.office.kiosk" required:""`
	By      string `help:"recover.cli.by" required:"" placeholder:"ACCOUNT"`
	ByFile  string `name:"by-password" help:"recover.cli.password" placeholder:"FILE" type:"path"`
	And     string `help:"recover.cli.and" required:"" placeholder:"ACCOUNT"`
	AndFile string `name:"and-password" help:"recover.cli.password" placeholder:"FILE" type:"path"`
}

// Run proves both people and asks.
func (c *officeAgainCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		var people []headoffice.Witness
		for _, who := range []struct{ name, file string }{{c.By, c.ByFile}, {c.And, c.AndFile}} {
			secret, err := passwordOf(env, who.name, who.file)
			if err != nil {
				return err
			}
			people = append(people, headoffice.Witness{Name: who.name, Password: secret})
		}
		if err := head.Office.Agree(ctx, "send-again", app.Kiosk(c.Kiosk).Digits(), people[0], people[1]); err != nil {
			return err
		}
		chain, err := head.Store.PresentLife(ctx, app.Kiosk(c.Kiosk))
		if err != nil {
			return err
		}
		from, err := head.Store.AskAgain(ctx, chain, c.By, c.And, env.Now())
		if err != nil {
			return err
		}
		return env.Say("cli.office.again.asked", "kiosk", chain, "from", from)
	})
}
