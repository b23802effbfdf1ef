package headoffice

import (
	"context"
	"strings"
	"unicode"

	"loket/app"
	"loket/app/headoffice/console"
	"loket/app/office/books"
)

const firstAccount = "admin"

// NewAccount is who is let into the console.
type NewAccount struct {
	Name      string
	Role      books.Role
	Programme app.Scope // of a payer's reader
}

// AddAccount makes an account for one more person and returns its password, which is shown once. By is
// who does it.
func (o *Office) AddAccount(ctx context.Context, a NewAccount, by string) (string, error) {
	if !goodName(a.Name) {
		return "", app.Fail(app.OfficeAccountName)
	}
	if (a.Role == books.RolePayer) != (a.Programme != app.Scope{}) {
		return "", app.Fail(app.OfficePayersProgramme)
	}
	secret, hash, err := freshPassword()
	if err != nil {
		return "", err
	}
	added, err := o.store.AddAccount(ctx, books.Account{Name: a.Name, Role: a.Role, Programme: a.Programme, Password: hash}, by, o.clock.Now())
	if err == nil && !added {
		err = app.Fail(app.OfficeAccountTaken, "name", a.Name)
	}
	return secret, err
}

// goodName says whether a name can be typed, told apart and written into a journal.
func goodName(name string) bool {
	if name == "" || len(name) > 40 || strings.TrimSpace(name) != name {
		return false
	}
	return strings.IndexFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == '+' }) < 0
}

// Renew gives an account a new password and returns it; all its sessions end at once.
func (o *Office) Renew(ctx context.Context, name, by string) (string, error) {
	secret, hash, err := freshPassword()
	if err != nil {
		return "", err
	}
	return secret, unknownAccount(name, o.store.SetPassword(ctx, name, hash, by, o.clock.Now()))
}

// Block keeps an account out, and ends all its sessions at once.
func (o *Office) Block(ctx context.Context, name, by string) error {
	return unknownAccount(name, o.store.Block(ctx, name, by, o.clock.Now()))
}

// Unblock lets an account in again, with the password that it had.
func (o *Office) Unblock(ctx context.Context, name, by string) error {
	return unknownAccount(name, o.store.Unblock(ctx, name, by, o.clock.Now()))
}

func unknownAccount(name string, err error) error {
	if app.CodeOf(err) == app.NotFound {
		return app.Fail(app.OfficeAccountUnknown, "name", name)
	}
	return err
}

func freshPassword() (secret string, hash []byte, err error) {
	if secret, err = console.NewPassword(); err != nil {
		return "", nil, err
	}
	hash, err = console.HashPassword(secret)
	return secret, hash, err
}

// known finds an account by its name and password.
func (o *Office) known(ctx context.Context, name, secret string) (books.Account, error) {
	account, err := o.store.Account(ctx, name)
	if err != nil && app.CodeOf(err) != app.NotFound {
		return account, err
	}
	if err != nil || !account.BlockedAt.IsZero() || !console.RightPassword(account.Password, secret) {
		return account, app.Fail(app.OfficeWrongPassword)
	}
	return account, nil
}

// firstAccount makes the account admin at the first start, and leaves its password in a file that
// only this user can read. It returns the password when it made it.
func (o *Office) firstAccount(ctx context.Context, file string) (string, error) {
	if _, err := o.store.Account(ctx, firstAccount); err == nil || app.CodeOf(err) != app.NotFound {
		return "", err
	}
	secret, hash, err := freshPassword()
	if err != nil {
		return "", err
	}
	if file != "" { // first the file: an account whose password nobody knows is of no use
		if err := replaceFile(file, []byte(secret+"\n")); err != nil {
			return "", err
		}
	}
	first := books.Account{Name: firstAccount, Role: books.RoleAdministrator, Password: hash}
	added, err := o.store.AddAccount(ctx, first, "", o.clock.Now())
	if !added {
		return "", err
	}
	return secret, nil
}
