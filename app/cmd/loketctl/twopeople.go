package main

import (
	"context"
	"path/filepath"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/headoffice"
)

// twoPeople are the accounts of those who do together what one alone may not. In practice they may be
// left out.
type twoPeople struct {
	acting
	ByFile  string `name:"by-password" help:"recover.cli.password" placeholder:"FILE" type:"path"`
	And     string `help:"cli.office.and" placeholder:"ACCOUNT"`
	AndFile string `name:"and-password" help:"recover.cli.password" placeholder:"FILE" type:"path"`
}

// agree proves both, asks for passwords that no file holds, and returns who acts.
func (p twoPeople) agree(ctx context.Context, env *Env, head *centre.Centre, act, about string) (by string, err error) {
	first, second := headoffice.Witness{Name: p.who()}, headoffice.Witness{}
	if head.Office.TakesTwo() {
		if p.By == "" || p.And == "" || p.By == p.And {
			return "", app.Fail(app.OfficeTwoPeople)
		}
		second.Name = p.And
		if first.Password, err = passwordOf(env, p.By, p.ByFile); err != nil {
			return "", err
		}
		if second.Password, err = passwordOf(env, p.And, p.AndFile); err != nil {
			return "", err
		}
	}
	return first.Name, head.Office.Agree(ctx, act, about, first, second)
}

// pairOf makes a second account of a served head office and returns the arguments by which its
// administrator and it agree; for commands that play both.
func pairOf(ctx context.Context, data string) ([]string, error) {
	file := filepath.Join(data, "second-password.txt")
	if _, err := must(ctx, "office", "account", "add", "kedua", "--role", "supervisor", "--data", data, "--out", file); err != nil {
		return nil, err
	}
	return []string{"--by", "admin", "--by-password", centre.PasswordFile(data), "--and", "kedua", "--and-password", file}, nil
}
