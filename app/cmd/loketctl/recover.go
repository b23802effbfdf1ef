package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/headoffice"
	"loket/app/vault"
	"loket/app/words"
)

// recoverCmd is a kiosk that nobody can open any more: ask head office, and take its answer.
type recoverCmd struct {
	Ask  recoverAskCmd  `cmd:"" help:"recover.cli.ask"`
	Take recoverTakeCmd `cmd:"" help:"recover.cli.take"`
}

type recoverAskCmd struct {
	Data  string `help:"post.cli.data" required:"" placeholder:"DIR"`
	State string `help:"post.cli.state" placeholder:"DIR"`
	Out   string `help:"recover.cli.request" required:"" placeholder:"FILE" type:"path"`
}

// Run writes the request, and says the code that both sides read to each other.
func (c *recoverAskCmd) Run(ctx context.Context, env *Env) error {
	d, err := kioskFolder{Data: c.Data, State: c.State}.open(ctx, env)
	if err != nil {
		return err
	}
	r, err := d.Door.AskRecovery(ctx)
	if err == nil {
		err = writeRequest(c.Out, r)
	}
	if err := errors.Join(err, d.Close(ctx)); err != nil {
		return err
	}
	return env.Say("recover.asked", "file", c.Out, "code", r.Code(), "kiosk", r.Chain)
}

func writeRequest(file string, r vault.RecoveryRequest) error {
	b, err := r.Encode()
	if err != nil {
		return err
	}
	return writeWhole(file, b)
}

type recoverTakeCmd struct {
	Answer  string `arg:"" help:"recover.cli.answer" type:"path"`
	Data    string `help:"post.cli.data" required:"" placeholder:"DIR"`
	State   string `help:"post.cli.state" placeholder:"DIR"`
	Name    string `help:"recover.cli.name" required:""`
	PINFile string `name:"pin-file" help:"post.cli.pin_file" placeholder:"FILE"`
}

// Run opens the kiosk again for a new supervisor.
func (c *recoverTakeCmd) Run(ctx context.Context, env *Env) error {
	answer, err := readSmall(c.Answer)
	if err != nil {
		return err
	}
	folder := kioskFolder{Data: c.Data, State: c.State, PINFile: c.PINFile}
	d, err := folder.open(ctx, env)
	if err != nil {
		return err
	}
	pin, err := folder.pin(env, app.Operator{Name: c.Name})
	if err == nil {
		_, err = d.Recover(ctx, answer, c.Name, pin)
	}
	if err := errors.Join(err, d.Close(ctx)); err != nil {
		return err
	}
	return env.Say("recover.done", "name", c.Name)
}

// mostRecovery is how long a request or an answer may be.
const mostRecovery = 64 << 10

func readSmall(file string) ([]byte, error) {
	unread := func(err error) error {
		return &app.Error{Code: app.FileUnread, Args: app.Args{"file": file}, Op: "loketctl.readSmall", Err: err}
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, unread(err)
	}
	if info.Size() > mostRecovery {
		return nil, app.Fail(app.VaultRecoveryAnswer)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, unread(err)
	}
	return b, nil
}

// officeRecoverCmd is head office's side: two people answer a kiosk's request.
type officeRecoverCmd struct {
	officeData
	Request   string `arg:"" help:"recover.cli.request" type:"path"`
	By        string `help:"recover.cli.by" required:"" placeholder:"ACCOUNT"`
	ByFile    string `name:"by-password" help:"recover.cli.password" placeholder:"FILE" type:"path"`
	And       string `help:"recover.cli.and" required:"" placeholder:"ACCOUNT"`
	AndFile   string `name:"and-password" help:"recover.cli.password" placeholder:"FILE" type:"path"`
	Key       string `help:"recover.cli.key" placeholder:"FILE" type:"path"`
	Confirmed string `name:"code" help:"recover.cli.code" required:"" placeholder:"0000-0000"`
	Out       string `help:"recover.cli.answer" required:"" placeholder:"FILE" type:"path"`
}

// Run proves both people, compares the code that was read on the telephone, and writes the answer.
func (c *officeRecoverCmd) Run(ctx context.Context, env *Env) error {
	b, err := readSmall(c.Request)
	if err != nil {
		return err
	}
	r, err := vault.ParseRecoveryRequest(b)
	if err != nil {
		return err
	}
	if onlyNumbers(c.Confirmed) != onlyNumbers(r.Code()) {
		return app.Fail(app.RecoverCode)
	}
	return c.with(ctx, env, func(head *centre.Centre) error {
		answer, err := c.answer(ctx, env, head, r)
		if err != nil {
			return err
		}
		if err := writeWhole(c.Out, answer); err != nil {
			return err
		}
		return env.Say("recover.answered", "kiosk", r.Chain, "file", c.Out)
	})
}

func (c *officeRecoverCmd) answer(ctx context.Context, env *Env, head *centre.Centre, r vault.RecoveryRequest) ([]byte, error) {
	for _, who := range []struct{ name, file string }{{c.By, c.ByFile}, {c.And, c.AndFile}} {
		secret, err := passwordOf(env, who.name, who.file)
		if err != nil {
			return nil, err
		}
		if err := head.Office.Vouches(ctx, headoffice.Witness{Name: who.name, Password: secret}); err != nil {
			return nil, err
		}
	}
	file := c.Key
	if file == "" {
		file = filepath.Join(c.Data, "keys", "recovery.key")
	}
	key, err := headoffice.ReadKey(file)
	if err != nil {
		return nil, err
	}
	return head.Office.Recover(ctx, r, key, c.By, c.And)
}

func passwordOf(env *Env, name, file string) (string, error) {
	if file != "" {
		b, err := readSmall(file)
		return strings.TrimSpace(string(b)), err
	}
	if _, err := env.Err.Write([]byte(words.Say(env.Lang, "recover.ask_password", "name", name) + " ")); err != nil {
		return "", app.Wrap("loketctl.password", app.FileUnwritten, err)
	}
	secret, err := hidden(env.In, readLine)
	return strings.TrimSpace(secret), err
}

func onlyNumbers(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
