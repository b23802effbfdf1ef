package main

import (
	"context"
	"errors"

	"loket/app"
	"loket/app/cmd/desk"
	"loket/app/region"
	"loket/storage/kiosk"
)

// kiosk copies a kiosk's folder. Nobody need sign in: what is sealed stays sealed.
func (c *backupCmd) kiosk(ctx context.Context, env *Env) error {
	d, err := kioskFolder{Data: c.Data, State: c.State}.open(ctx, env)
	if err != nil {
		return err
	}
	m, err := d.Store.BackupTo(ctx, app.Author{}, c.Out)
	if err := errors.Join(err, d.Close(ctx)); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(m)
	}
	return env.Say("backup.done", "kiosk", m.Chain(), "entries", m.Seq, "files", len(m.Files), "folder", c.Out)
}

// kiosk puts a kiosk's backup into a folder. It goes on as the kiosk's next life.
func (c *restoreCmd) kiosk(ctx context.Context, env *Env) error {
	m, err := kiosk.Restore(c.From, c.Data, env.Now())
	if err != nil {
		return err
	}
	here, err := desk.OpensHere(ctx, c.Data, c.State)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(map[string]any{
			"kiosk": m.Kiosk, "incarnation": m.Incarnation, "entries": m.Seq, "files": len(m.Files), "this_machine": here, "code": app.StorageBehind,
		})
	}
	if err := env.Say("restore.done", "kiosk", m.Chain(), "entries", m.Seq, "files", len(m.Files), "made", hourIn(region.Zone(""), m.At)); err != nil {
		return err
	}
	if !here {
		return env.Say("restore.other_machine")
	}
	return nil
}
