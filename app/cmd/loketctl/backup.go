package main

import (
	"context"

	"loket/app"
)

// backupCmd copies a kiosk's or head office's data folder: loketctl backup.
type backupCmd struct {
	Data  string `help:"backup.cli.data" required:"" placeholder:"DIR"`
	Out   string `help:"backup.cli.out" required:"" placeholder:"DIR" type:"path"`
	State string `help:"post.cli.state" placeholder:"DIR"`
	JSON  bool   `name:"json" help:"cli.json"`
}

// Run copies by the kind of the folder.
func (c *backupCmd) Run(ctx context.Context, env *Env) error {
	switch kindOf(c.Data) {
	case kioskKind:
		return c.kiosk(ctx, env)
	case officeKind:
		return c.office(ctx, env)
	}
	return noFolder(c.Data)
}

// restoreCmd puts a backup into an empty folder: loketctl restore.
type restoreCmd struct {
	From  string `help:"restore.cli.from" required:"" placeholder:"DIR" type:"path"`
	Data  string `help:"restore.cli.data" required:"" placeholder:"DIR" type:"path"`
	State string `help:"post.cli.state" placeholder:"DIR"`
	JSON  bool   `name:"json" help:"cli.json"`
}

// Run restores by the kind of the backup.
func (c *restoreCmd) Run(ctx context.Context, env *Env) error {
	switch kindOf(c.From) {
	case kioskKind:
		return c.kiosk(ctx, env)
	case officeKind:
		return c.office(ctx, env)
	}
	return noFolder(c.From)
}

// office is head office's own backup.
func (c *backupCmd) office(context.Context, *Env) error {
	return app.Fail(app.WrongUse, "value", "--data")
}

// office is head office's own restore.
func (c *restoreCmd) office(context.Context, *Env) error {
	return app.Fail(app.WrongUse, "value", "--from")
}
