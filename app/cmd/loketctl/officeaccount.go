package main

import (
	"context"
	"encoding/hex"
	"os/user"
	"strings"
	"time"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/headoffice"
	"loket/app/office/books"
)

// officeAccountCmd is who may open the console. "office account NAME" is short for "add".
type officeAccountCmd struct {
	Add      officeAccountAddCmd      `cmd:"" default:"withargs" help:"cli.office.account.add"`
	List     officeAccountListCmd     `cmd:"" help:"cli.office.account.list"`
	Block    officeAccountBlockCmd    `cmd:"" help:"cli.office.account.block"`
	Password officeAccountPasswordCmd `cmd:"" help:"cli.office.account.password"`
}

// acting is who gives a command: the own journal names them.
type acting struct {
	By string `help:"cli.office.by" placeholder:"ACCOUNT"`
}

// who is the account that was named, else the user of this computer.
func (a acting) who() string {
	if a.By != "" {
		return a.By
	}
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return byCommand
	}
	name := u.Username[strings.LastIndex(u.Username, `\`)+1:] // Windows: DOMAIN\name
	return byCommand + ":" + name
}

// newPassword is shown once: on the output, or in a file that only this user can read.
type newPassword struct {
	Out  string `help:"cli.office.account.out" placeholder:"FILE" type:"path"`
	JSON bool   `name:"json" help:"cli.json"`
}

type passwordAnswer struct {
	Name     string `json:"name"`
	Role     string `json:"role,omitempty"`
	Password string `json:"password,omitempty"`
	File     string `json:"password_file,omitempty"`
}

func (n newPassword) show(env *Env, a passwordAnswer) error {
	if n.Out != "" {
		if err := writeWhole(n.Out, []byte(a.Password+"\n")); err != nil {
			return err
		}
		a.Password, a.File = "", n.Out
	}
	switch {
	case n.JSON:
		return env.JSON(a)
	case n.Out != "":
		return env.Say("cli.office.account.written", "name", a.Name, "file", n.Out)
	}
	return env.Println(a.Password)
}

type officeAccountAddCmd struct {
	officeData
	acting
	newPassword
	Name      string `arg:"" help:"cli.office.accountname"`
	Role      string `help:"cli.office.account.role" default:"administrator" placeholder:"ROLE"`
	Programme string `help:"cli.office.account.programme" placeholder:"HEX"`
}

// Run makes the account.
func (c *officeAccountAddCmd) Run(ctx context.Context, env *Env) error {
	role, err := roleOf(c.Role)
	if err != nil {
		return err
	}
	a := headoffice.NewAccount{Name: c.Name, Role: role}
	b, err := hex.DecodeString(c.Programme)
	if err != nil || len(b) != 0 && len(b) != len(a.Programme) {
		return app.Fail(app.WrongUse, "value", "--programme="+c.Programme)
	}
	copy(a.Programme[:], b)
	return c.with(ctx, env, func(head *centre.Centre) error {
		secret, err := head.Office.AddAccount(ctx, a, c.who())
		if err != nil {
			return err
		}
		return c.show(env, passwordAnswer{Name: c.Name, Role: string(role), Password: secret})
	})
}

func roleOf(text string) (books.Role, error) {
	if text == "admin" {
		return books.RoleAdministrator, nil
	}
	for _, role := range books.Roles {
		if text == string(role) {
			return role, nil
		}
	}
	return "", app.Fail(app.WrongUse, "value", "--role="+text)
}

type officeAccountListCmd struct {
	officeData
	JSON bool `name:"json" help:"cli.json"`
}

// accountAnswer is one account of office account list --json.
type accountAnswer struct {
	Name      string `json:"name"`
	Role      string `json:"role"`
	Programme string `json:"programme,omitempty"`
	Blocked   bool   `json:"blocked"`
	AddedAt   string `json:"added_at"`
	SeenAt    string `json:"seen_at,omitempty"` // the newest sign-in
}

// Run lists the accounts by name.
func (c *officeAccountListCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		all, err := head.Store.Accounts(ctx)
		if err != nil {
			return err
		}
		answers := make([]accountAnswer, len(all))
		for i, a := range all {
			answers[i] = accountAnswer{Name: a.Name, Role: string(a.Role), Blocked: !a.BlockedAt.IsZero(), AddedAt: stamp(a.AddedAt), SeenAt: stamp(a.SeenAt)}
			if a.Programme != (app.Scope{}) {
				answers[i].Programme = hex.EncodeToString(a.Programme[:])
			}
		}
		if c.JSON {
			return env.JSON(answers)
		}
		for _, a := range answers {
			key := "cli.office.account.row"
			if a.Blocked {
				key = "cli.office.account.rowblocked"
			}
			if err := env.Say(key, "name", a.Name, "role", a.Role, "programme", a.Programme); err != nil {
				return err
			}
		}
		return nil
	})
}

// stamp is a moment for machines; "" is never.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

type officeAccountBlockCmd struct {
	officeData
	acting
	Name string `arg:"" help:"cli.office.accountname"`
	Lift bool   `help:"cli.office.account.lift"`
	JSON bool   `name:"json" help:"cli.json"`
}

// Run blocks the account and ends its sessions, or lets it in again.
func (c *officeAccountBlockCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		act, key := head.Office.Block, "cli.office.account.blocked"
		if c.Lift {
			act, key = head.Office.Unblock, "cli.office.account.unblocked"
		}
		if err := act(ctx, c.Name, c.who()); err != nil {
			return err
		}
		if c.JSON {
			return env.JSON(map[string]any{"name": c.Name, "blocked": !c.Lift})
		}
		return env.Say(key, "name", c.Name)
	})
}

type officeAccountPasswordCmd struct {
	officeData
	acting
	newPassword
	Name string `arg:"" help:"cli.office.accountname"`
}

// Run gives the account a new password and ends its sessions.
func (c *officeAccountPasswordCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		secret, err := head.Office.Renew(ctx, c.Name, c.who())
		if err != nil {
			return err
		}
		return c.show(env, passwordAnswer{Name: c.Name, Password: secret})
	})
}
