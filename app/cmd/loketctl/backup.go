package main

import "context"

// backupCmd copies a kiosk's or head office's data folder: loketctl backup.
type backupCmd struct {
	Data  string `help:"backup.cli.data" required:"" placeholder:"DIR"`
	Out   string `help:"backup.cli.out" required:"" placeholder:"DIR" type:"path"`
	State string `help:"post.cli.state" placeholder:"DIR"`
	Store string `help:"cli.serve.store" placeholder:"sqlite:FILE"`
	Keys  bool   `help:"backup.cli.keys"`
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
	Store string `help:"cli.serve.store" placeholder:"sqlite:FILE"`
	Above int64  `name:"numbers-above" help:"restore.cli.above" placeholder:"NUMBER"`
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
