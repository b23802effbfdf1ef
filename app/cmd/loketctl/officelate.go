package main

import (
	"cmp"
	"context"
	"errors"

	"loket/app"
	"loket/app/cmd/centre"
)

// officeLateCmd shows what revoked computers sent too late, or lets one batch of it in.
type officeLateCmd struct {
	officeData
	twoPeople
	Kiosk  uint32 `help:"cli.office.kiosk"`
	Life   uint8  `help:"cli.office.life"`
	Number uint64 `help:"cli.office.batch"`
}

// Run lists without a number; with one it takes two people.
func (c *officeLateCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		if c.Number == 0 {
			return c.list(ctx, env, head)
		}
		chain := app.Chain{Kiosk: app.Kiosk(c.Kiosk), Incarnation: app.Incarnation(c.Life)}
		by, err := c.agree(ctx, env, head, "kiosk.let_in", chain.Kiosk.Digits())
		if err != nil {
			return err
		}
		done, err := head.Office.LetIn(ctx, chain, c.Number, by)
		if err == nil && !done {
			_, err = head.Office.LetIn(ctx, chain, c.Number, cmp.Or(c.And, by+" 2"))
		}
		if err != nil {
			return err
		}
		return errors.Join(head.Office.Publish(ctx), env.Say("cli.office.letin", "kiosk", chain.Kiosk.Digits(), "number", c.Number))
	})
}

func (c *officeLateCmd) list(ctx context.Context, env *Env, head *centre.Centre) error {
	all, err := head.Store.LateBatches(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return env.Say("cli.office.nolate")
	}
	for _, b := range all {
		if !b.LetInAt.IsZero() {
			continue
		}
		if err := env.Say("cli.office.latebatch", "kiosk", b.Chain.Kiosk.Digits(), "life", b.Chain.Incarnation, "number", b.Number, "day", app.DateOf(b.ArrivedAt)); err != nil {
			return err
		}
	}
	return nil
}
