package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/durable"
)

// serveCmd is head office: loketctl serve --data DIR.
type serveCmd struct {
	Data         string `help:"cli.office.data" required:"" placeholder:"DIR" type:"path"`
	Store        string `help:"cli.serve.store" placeholder:"sqlite:FILE"`
	Listen       string `help:"cli.serve.listen" default:"127.0.0.1:8080"`
	KioskListen  string `help:"cli.serve.kiosklisten" default:"127.0.0.1:8443"`
	KioskAddress string `help:"cli.serve.kioskaddress" placeholder:"https://pusat.contoh.id:8443"`
	Host         string `help:"cli.serve.host" default:"KARTU.CONTOH.ID"`
	Issuer       string `help:"cli.serve.issuer" placeholder:"CODE"`
	Practice     bool   `help:"cli.serve.practice"`
	ReadyFile    string `help:"cli.serve.readyfile" placeholder:"FILE" type:"path"`
	JSON         bool   `name:"json" help:"cli.json"`
}

// serveAnswer says where head office answers; --json and --ready-file carry it.
type serveAnswer struct {
	Console string `json:"console"`
	Kiosks  string `json:"kiosks"`
	Admin   string `json:"admin_password_file"`
}

// stopWithin is how long answers under way may take when the program is stopped.
const stopWithin = 10 * time.Second

// Run serves until the program is stopped.
func (c *serveCmd) Run(ctx context.Context, env *Env) error {
	if len(c.Issuer) > 8 {
		return app.Fail(app.WrongUse, "value", "--issuer="+c.Issuer)
	}
	level := slog.LevelInfo
	if env.verbose {
		level = slog.LevelDebug
	}
	head, err := centre.Start(ctx, centre.Options{
		Data: c.Data, Store: c.Store, Listen: c.Listen, KioskListen: c.KioskListen, KioskAddress: c.KioskAddress,
		Host: c.Host, Issuer: c.Issuer, Practice: c.Practice,
		Log: slog.New(slog.NewTextHandler(env.Err, &slog.HandlerOptions{Level: level})),
	})
	if err != nil {
		return err
	}
	if err := c.ready(env, head); err == nil {
		<-ctx.Done()
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := head.Stop(late); err != nil {
		return err
	}
	return env.Say("cli.serve.stopped")
}

// ready tells people, and scripts by the ready file, where head office answers.
func (c *serveCmd) ready(env *Env, head *centre.Centre) error {
	answer := serveAnswer{head.ConsoleURL, head.KioskAddress, centre.PasswordFile(c.Data)}
	if err := c.tell(env, answer, head.Admin); err != nil {
		return err
	}
	if c.ReadyFile == "" {
		return nil
	}
	b, err := json.Marshal(answer)
	if err != nil {
		return app.Wrap("serve", app.Internal, err)
	}
	return writeWhole(c.ReadyFile, append(b, '\n'))
}

func (c *serveCmd) tell(env *Env, answer serveAnswer, password string) error {
	if c.JSON {
		return env.JSON(answer)
	}
	if err := env.Say("cli.serve.console", "url", answer.Console); err != nil {
		return err
	}
	if err := env.Say("cli.serve.kiosk", "url", answer.Kiosks); err != nil {
		return err
	}
	if password == "" {
		return nil
	}
	if err := env.Say("cli.serve.admin", "password", password, "file", answer.Admin); err != nil {
		return err
	}
	return env.Say("cli.serve.root")
}

// writeWhole writes a file that only this user can read.
func writeWhole(name string, b []byte) error {
	return app.Wrap("write", app.FileUnwritten, durable.Write(name, b, 0o600))
}
