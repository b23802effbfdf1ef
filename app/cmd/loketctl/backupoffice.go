package main

import (
	"context"

	"loket/app/cmd/centre"
)

// office copies head office's books, also while it serves. Its keys lie elsewhere, unless asked for.
func (c *backupCmd) office(ctx context.Context, env *Env) error {
	b, err := centre.Backup(ctx, centre.Options{Data: c.Data, Store: c.Store, Clock: envClock{env}}, c.Out, c.Keys)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(b)
	}
	if err := env.Say("backup.office.done", "batches", b.Rows["batches"], "people", b.Rows["registrations"], "folder", c.Out); err != nil || c.Keys {
		return err
	}
	return env.Say("backup.office.keys", "folder", c.Data)
}

// office restores head office's books. Kiosks that are ahead of them send again by themselves.
func (c *restoreCmd) office(ctx context.Context, env *Env) error {
	r, err := centre.Restore(ctx, centre.Options{Data: c.Data, Store: c.Store, Clock: envClock{env}}, c.From, c.Above)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(r)
	}
	if r.Aside != "" {
		if err := env.Say("restore.office.aside", "file", r.Aside); err != nil {
			return err
		}
	}
	return env.Say("restore.office.done", "made", r.Made.Format("02-01-2006 15.04"), "batches", r.Rows["batches"], "people", r.Rows["registrations"])
}
