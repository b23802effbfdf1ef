package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/desk"
	"loket/app/words"
)

// kioskFolder are the flags of commands that open a kiosk's database. While the window has it open
// they end with storage.busy.
type kioskFolder struct {
	Data     string `help:"post.cli.data" required:"" placeholder:"DIR"`
	State    string `help:"post.cli.state" placeholder:"DIR"`
	Operator string `help:"post.cli.operator" placeholder:"NAME"`
	PINFile  string `name:"pin-file" help:"post.cli.pin_file" placeholder:"FILE"`
}

// open opens the folder; it is not made where there is none.
func (k kioskFolder) open(ctx context.Context, env *Env) (*desk.Desk, error) {
	if kindOf(k.Data) != kioskKind {
		return nil, noFolder(k.Data)
	}
	return desk.Open(ctx, k.Data, desk.Options{State: k.State, Clock: envClock{env}})
}

// signIn opens the vault: with the PIN of the file, or of the keyboard.
func (k kioskFolder) signIn(ctx context.Context, env *Env, d *desk.Desk) (access.Session, error) {
	people, err := d.Door.People(ctx)
	if err != nil {
		return access.Session{}, err
	}
	who, err := k.chosen(people)
	if err != nil {
		return access.Session{}, err
	}
	pin, err := k.pin(env, who)
	if err != nil {
		return access.Session{}, err
	}
	return d.SignIn(ctx, who.ID, pin)
}

// chosen is the operator who is named, or the only one.
func (k kioskFolder) chosen(people []app.Operator) (app.Operator, error) {
	if k.Operator == "" && len(people) == 1 {
		return people[0], nil
	}
	var found []app.Operator
	for _, o := range people {
		if k.Operator != "" && (o.ID == k.Operator || strings.EqualFold(o.Name, k.Operator)) {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		return app.Operator{}, app.Fail(app.WrongUse, "value", "--operator")
	}
	return found[0], nil
}

func (k kioskFolder) pin(env *Env, who app.Operator) (string, error) {
	if k.PINFile != "" {
		b, err := os.ReadFile(k.PINFile)
		return strings.TrimSpace(string(b)), app.Wrap("loketctl.pin", app.FileUnread, err)
	}
	if _, err := io.WriteString(env.Err, words.Say(env.Lang, "post.cli.ask_pin", "name", who.Name)+" "); err != nil {
		return "", app.Wrap("loketctl.pin", app.FileUnwritten, err)
	}
	pin, err := hidden(env.In, readLine)
	if _, told := io.WriteString(env.Err, "\n"); err == nil {
		err = app.Wrap("loketctl.pin", app.FileUnwritten, told)
	}
	return strings.TrimSpace(pin), err
}

// readLine reads up to the end of a line and not a byte further.
func readLine(from io.Reader) (string, error) {
	var line []byte
	for b := make([]byte, 1); len(line) < 64; {
		n, err := from.Read(b)
		if n == 1 && b[0] == '\n' {
			break
		}
		line = append(line, b[:n]...)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", app.Wrap("loketctl.readLine", app.FileUnread, err)
		}
	}
	return string(line), nil
}

// with does something in a kiosk's folder with somebody signed in, and signs out.
func (k kioskFolder) with(ctx context.Context, env *Env, do func(*desk.Desk, access.Session) error) error {
	d, err := k.open(ctx, env)
	if err != nil {
		return err
	}
	s, err := k.signIn(ctx, env, d)
	if err == nil {
		err = do(d, s)
	}
	return errors.Join(err, d.Close(context.WithoutCancel(ctx)))
}
