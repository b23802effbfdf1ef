package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"regexp"
	"time"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/durable"
	"loket/app/headoffice"
	"loket/app/sealed"
)

// serveCmd is head office: loketctl serve --data DIR.
type serveCmd struct {
	Data   string `help:"cli.office.data" required:"" placeholder:"DIR" type:"path"`
	Store  string `help:"cli.serve.store" placeholder:"sqlite:FILE"`
	Listen string `help:"cli.serve.listen" default:"127.0.0.1:8080"`
	publicFlags
	KioskListen  string `help:"cli.serve.kiosklisten" default:"127.0.0.1:8443"`
	KioskAddress string `help:"cli.serve.kioskaddress" placeholder:"https://pusat.contoh.id:8443"`
	Host         string `help:"cli.serve.host" placeholder:"kartu.contoh.id"`
	Issuer       string `help:"cli.serve.issuer" placeholder:"CODE"`
	Practice     bool   `help:"cli.serve.practice"`
	ReadyFile    string `help:"cli.serve.readyfile" placeholder:"FILE" type:"path"`
	JSON         bool   `name:"json" help:"cli.json"`
}

// serveAnswer says where head office answers; --json and --ready-file carry it.
type serveAnswer struct {
	Console string `json:"console"` // "": nowhere
	Page    string `json:"page"`    // the verify page
	Kiosks  string `json:"kiosks"`
	Admin   string `json:"admin_password_file"`
}

// hostName is what may follow HTTPS:// on a card: letters that the QR code's compact mode has.
var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$`)

// stopWithin is how long answers under way may take when the program is stopped.
const stopWithin = 10 * time.Second

// Run serves until the program is stopped.
func (c *serveCmd) Run(ctx context.Context, env *Env) error {
	if len(c.Issuer) > 8 {
		return app.Fail(app.WrongUse, "value", "--issuer="+c.Issuer)
	}
	if c.Host != "" && !hostName.MatchString(c.Host) {
		return app.Fail(app.OfficeHostBad, "host", c.Host)
	}
	public, err := c.public()
	if err != nil {
		return err
	}
	level := slog.LevelInfo
	if env.verbose {
		level = slog.LevelDebug
	}
	head, err := centre.Start(ctx, centre.Options{
		Data: c.Data, Store: c.Store, Listen: c.Listen, KioskListen: c.KioskListen, KioskAddress: c.KioskAddress,
		Host: c.Host, Issuer: c.Issuer, Practice: c.Practice, Public: public,
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
	answer := serveAnswer{head.ConsoleURL, head.PageURL, head.KioskAddress, centre.PasswordFile(c.Data)}
	if err := c.tell(env, answer, head); err != nil {
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

func (c *serveCmd) tell(env *Env, answer serveAnswer, head *centre.Centre) error {
	if c.JSON {
		return env.JSON(answer)
	}
	if err := tellAddresses(env, answer); err != nil {
		return err
	}
	if err := env.Say("cli.serve.kiosk", "url", answer.Kiosks); err != nil {
		return err
	}
	if err := c.tellKind(env, head.Site.Settings); err != nil || head.Admin == "" {
		return err
	}
	if err := tellPassword(env, head.Admin, answer.Admin); err != nil {
		return err
	}
	return env.Say("cli.serve.root")
}

func tellAddresses(env *Env, answer serveAnswer) error {
	if answer.Console == answer.Page {
		return env.Say("cli.serve.console", "url", answer.Console)
	}
	if err := env.Say("cli.serve.page", "url", answer.Page); err != nil {
		return err
	}
	if answer.Console == "" {
		return env.Say("cli.serve.noconsole")
	}
	return env.Say("cli.serve.consoleown", "url", answer.Console)
}

// tellPassword shows the first password to a person at a terminal. What a service prints is kept in
// logs that others read, so there it names the file alone.
func tellPassword(env *Env, secret, file string) error {
	if !toTerminal(env.Out) {
		return env.Say("cli.serve.adminfile", "file", file)
	}
	return env.Say("cli.serve.admin", "password", secret, "file", file)
}

func toTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// tellKind says what these books are for, and when the cards' address is nobody's.
func (c *serveCmd) tellKind(env *Env, s sealed.Settings) error {
	switch {
	case s.Issuer == headoffice.PracticeIssuer:
		return env.Say("cli.serve.practising")
	case s.Host == centre.ExampleHost:
		return env.Say("cli.serve.examplehost", "host", s.Host)
	}
	return nil
}

// writeWhole writes a file that only this user can read.
func writeWhole(name string, b []byte) error {
	return app.Wrap("write", app.FileUnwritten, durable.Write(name, b, 0o600))
}
