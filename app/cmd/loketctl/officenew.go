package main

import (
	"context"
	"errors"
	"path/filepath"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/headoffice"
)

// officeNewCmd makes a new head office: its keys and its books, and serves nothing yet.
type officeNewCmd struct {
	officeData
	Practice bool `help:"cli.serve.practice"`
}

// Run refuses a folder that has keys or books already.
func (c *officeNewCmd) Run(ctx context.Context, env *Env) error {
	if headoffice.SomeKeys(filepath.Join(c.Data, "keys")) {
		return app.Fail(app.OfficeKeysDiffer, "what", "keys")
	}
	head, err := centre.Open(ctx, centre.Options{Data: c.Data, Store: c.Store, Clock: envClock{env}, Practice: c.Practice})
	if err != nil {
		return err
	}
	return errors.Join(head.Stop(ctx), env.Say("cli.office.made", "folder", c.Data))
}
