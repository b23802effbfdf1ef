package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/office/books"
)

// officeCmd is head office's work without the console, also while serve runs.
type officeCmd struct {
	New     officeNewCmd     `cmd:"" help:"cli.office.new"`
	Token   officeTokenCmd   `cmd:"" help:"cli.office.token"`
	Cover   officeCoverCmd   `cmd:"" help:"cli.office.cover"`
	Revoke  officeRevokeCmd  `cmd:"" help:"cli.office.revoke"`
	Suspend officeSuspendCmd `cmd:"" help:"cli.office.suspend"`
	Lift    officeLiftCmd    `cmd:"" help:"cli.office.lift"`
	Late    officeLateCmd    `cmd:"" help:"cli.office.late"`
	Lists   officeListsCmd   `cmd:"" help:"cli.office.lists"`
	Stick   officeStickCmd   `cmd:"" help:"cli.office.stick"`

	SendAgain officeAgainCmd `cmd:"" help:"cli.office.again"`

	Account officeAccountCmd `cmd:"" help:"cli.office.account"`
	Recover officeRecoverCmd `cmd:"" help:"cli.office.recover"`
}

// byCommand is the account that the own journal names for what a command did.
const byCommand = "loketctl"

type officeData struct {
	Data  string `help:"cli.office.data" required:"" placeholder:"DIR" type:"path"`
	Store string `help:"cli.serve.store" placeholder:"sqlite:FILE"`
}

// with opens head office, works, and closes it.
func (d officeData) with(ctx context.Context, env *Env, work func(*centre.Centre) error) error {
	head, err := centre.Open(ctx, centre.Options{Data: d.Data, Store: d.Store, Clock: envClock{env}})
	if err != nil {
		return err
	}
	return errors.Join(work(head), head.Stop(ctx))
}

type officeTokenCmd struct {
	officeData
	twoPeople
	Branch     string `help:"cli.office.branch" required:"" placeholder:"K06"`
	BranchName string `help:"cli.office.branchname" default:"Kantor Cabang"`
	Label      string `help:"cli.office.label"`
	Street     string `name:"branch-address" help:"cli.office.branchaddress"`
	Kiosk      uint32 `help:"cli.office.kiosk"`
	Stolen     bool   `help:"cli.office.stolen"`
	Address    string `help:"cli.office.address" placeholder:"https://..."`
	Out        string `help:"cli.office.out" placeholder:"FILE" type:"path"`
}

// Run makes a token.
func (c *officeTokenCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		address := c.Address
		if address == "" {
			address = head.Site.KioskAddress
		}
		guest := books.Guest{Kiosk: app.Kiosk(c.Kiosk), BranchCode: c.Branch, BranchName: c.BranchName, Label: c.Label, BranchAddress: c.Street, Stolen: c.Stolen}
		if address == "" { // before anybody is asked for a password
			return app.Fail(app.WrongUse, "value", "--address")
		}
		by, err := c.agree(ctx, env, head, "kiosk.invite", guest.Kiosk.Digits())
		if err != nil {
			return err
		}
		token, err := head.Office.Invite(ctx, guest, address, by)
		if err != nil {
			return err
		}
		text, err := token.Text()
		if err != nil {
			return err
		}
		if c.Out == "" {
			return env.Println(text)
		}
		if err := writeWhole(c.Out, []byte(text+"\n")); err != nil {
			return err
		}
		return env.Say("cli.office.tokenwritten", "kiosk", token.Chain.Kiosk.Digits(), "file", c.Out)
	})
}

type officeCoverCmd struct {
	officeData
	twoPeople
	All  bool   `help:"cli.office.all" required:""`
	End  bool   `help:"cli.office.end"`
	From string `help:"cli.office.from" required:"" placeholder:"2026-12-01"`
}

// Run begins the cover of everybody accepted.
func (c *officeCoverCmd) Run(ctx context.Context, env *Env) error {
	from, ok := app.ParseDate(c.From)
	if !ok {
		return app.Fail(app.WrongUse, "value", "--from="+c.From)
	}
	return c.with(ctx, env, func(head *centre.Centre) error {
		order := books.Order{Act: books.OrderBegin, Day: from, AskedBy: c.who()}
		if c.End {
			order.Act = books.OrderEnd
		}
		by, err := c.agree(ctx, env, head, "cover."+string(order.Act), from.ISO())
		if err != nil {
			return err
		}
		n, err := c.ordered(ctx, head, order, by)
		if err != nil {
			return err
		}
		return errors.Join(head.Office.Publish(ctx), env.Say("cli.office."+map[bool]string{false: "begun", true: "ended"}[c.End], "n", n.Changed, "planned", n.Planned))
	})
}

// ordered goes through an order to its end. Where nobody is concerned there is nothing to do.
func (c *officeCoverCmd) ordered(ctx context.Context, head *centre.Centre, o books.Order, by string) (books.Order, error) {
	asked, err := head.Office.AskOrder(ctx, o, nil)
	if app.CodeOf(err) == app.OfficeNobodyChosen {
		return books.Order{}, nil
	}
	if err != nil {
		return books.Order{}, err
	}
	if err := head.Office.StartOrder(ctx, asked.ID, by, c.And); err != nil {
		return books.Order{}, err
	}
	return head.Office.RunOrder(ctx, asked.ID)
}

type officeRevokeCmd struct {
	officeData
	twoPeople
	Kiosk uint32 `help:"cli.office.kiosk" required:""`
}

// Run revokes a kiosk.
func (c *officeRevokeCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		by, err := c.agree(ctx, env, head, "kiosk.revoke", app.Kiosk(c.Kiosk).Digits())
		if err != nil {
			return err
		}
		if err := head.Office.Revoke(ctx, app.Kiosk(c.Kiosk), by); err != nil {
			return err
		}
		return errors.Join(head.Office.Publish(ctx), env.Say("cli.office.revoked", "kiosk", app.Kiosk(c.Kiosk).Digits()))
	})
}

type officeSuspendCmd struct {
	officeData
	acting
	Kiosk uint32 `help:"cli.office.kiosk" required:""`
}

// Run suspends a kiosk, by one person's word.
func (c *officeSuspendCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		if err := head.Office.Suspend(ctx, app.Kiosk(c.Kiosk), c.who()); err != nil {
			return err
		}
		return errors.Join(head.Office.Publish(ctx), env.Say("cli.office.suspended", "kiosk", app.Kiosk(c.Kiosk).Digits()))
	})
}

type officeLiftCmd struct {
	officeData
	twoPeople
	Kiosk uint32 `help:"cli.office.kiosk" required:""`
}

// Run lets a suspended kiosk go on. One of the two is not the one who suspended it.
func (c *officeLiftCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		kiosk := app.Kiosk(c.Kiosk)
		by, err := c.agree(ctx, env, head, "kiosk.lift", kiosk.Digits())
		if err != nil {
			return err
		}
		err = head.Office.Lift(ctx, kiosk, by)
		if app.CodeOf(err) == app.OfficeTwoPeople {
			err = head.Office.Lift(ctx, kiosk, cmp.Or(c.And, by+" 2"))
		}
		if err != nil {
			return err
		}
		return errors.Join(head.Office.Publish(ctx), env.Say("cli.office.lifted", "kiosk", kiosk.Digits()))
	})
}

type officeListsCmd struct {
	officeData
	Out string `help:"cli.office.listsout" required:"" placeholder:"DIR" type:"path"`
}

// Run writes the lists in force as files: trust.cose, status-0.cwt and so on.
func (c *officeListsCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		if err := head.Office.Publish(ctx); err != nil {
			return err
		}
		lists, err := head.Store.Lists(ctx)
		if err != nil {
			return err
		}
		for _, l := range lists {
			name := "trust.cose"
			if l.Name.Kind == books.StatusList {
				name = fmt.Sprintf("status-%d.cwt", l.Name.Shard)
			}
			file, err := head.Office.File(ctx, l.Name)
			if err != nil {
				return err
			}
			if err := writeWhole(filepath.Join(c.Out, name), file); err != nil {
				return err
			}
		}
		return env.Say("cli.office.listswritten", "folder", c.Out)
	})
}
