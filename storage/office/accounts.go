package office

import (
	"context"
	"encoding/hex"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
)

// AddAccount makes an account of the console; false when the name is taken.
func (s *Store) AddAccount(ctx context.Context, a books.Account, by string, at time.Time) (added bool, err error) {
	err = s.change(ctx, "office.AddAccount", at, func(t *tx) error {
		body := journal.AccountBody{Account: a.Name, Role: string(a.Role)}
		programme := ""
		if a.Programme != (app.Scope{}) {
			programme, body.Programme = hex.EncodeToString(a.Programme[:]), &a.Programme
		}
		n, err := t.do(`INSERT INTO accounts (name, role, password, session, created_at, blocked_at, programme, seen_at)
			VALUES ($1, $2, $3, 1, $4, 0, $5, 0) ON CONFLICT (name) DO NOTHING`, a.Name, string(a.Role), a.Password, ms(at), programme)
		added = n == 1
		if err != nil || !added {
			return err
		}
		return t.record(journal.AccountAdded, by, app.ScopeDevice, nil, body)
	})
	return added, err
}

const accountColumns = "a.name, a.role, a.programme, a.password, a.session, a.created_at, a.blocked_at, a.seen_at"

// accountScan are the places that accountColumns are read into, and what makes an account of them.
func accountScan(a *books.Account) (into []any, done func() error) {
	var programme string
	var added, blocked, seen int64
	return []any{&a.Name, &a.Role, &programme, &a.Password, &a.Session, &added, &blocked, &seen}, func() error {
		a.AddedAt, a.BlockedAt, a.SeenAt = moment(added), moment(blocked), moment(seen)
		b, err := hex.DecodeString(programme)
		copy(a.Programme[:], b)
		return err
	}
}

// Account finds an account, a blocked one too.
func (s *Store) Account(ctx context.Context, name string) (a books.Account, err error) {
	err = s.look(ctx, "office.Account", func(t *tx) error {
		a, err = t.account(name)
		return err
	})
	return a, err
}

func (t *tx) account(name string) (a books.Account, err error) {
	into, done := accountScan(&a)
	found, err := t.get("SELECT "+accountColumns+" FROM accounts a WHERE a.name = $1", []any{name}, into...)
	if err == nil && !found {
		err = app.Fail(app.NotFound)
	}
	if err != nil {
		return a, err
	}
	return a, done()
}

// Accounts lists all accounts by name.
func (s *Store) Accounts(ctx context.Context) (all []books.Account, err error) {
	err = s.look(ctx, "office.Accounts", func(t *tx) error {
		return t.each("SELECT "+accountColumns+" FROM accounts a ORDER BY a.name", nil, func(scan func(...any) error) error {
			var a books.Account
			into, done := accountScan(&a)
			if err := scan(into...); err != nil {
				return err
			}
			if err := done(); err != nil {
				return err
			}
			all = append(all, a)
			return nil
		})
	})
	return all, err
}

// SetPassword gives an account another password. All its sessions end with the old one.
func (s *Store) SetPassword(ctx context.Context, name string, password []byte, by string, at time.Time) error {
	return s.change(ctx, "office.SetPassword", at, func(t *tx) error {
		a, err := t.account(name)
		if err != nil {
			return err
		}
		if err := t.must("UPDATE accounts SET password = $2, session = session + 1 WHERE name = $1", name, password); err != nil {
			return err
		}
		return t.closeAccount(a, journal.AccountRenewed, by)
	})
}

// Block keeps an account out, at once and until Unblock. The last administrator stays: nobody could
// let anybody in again.
func (s *Store) Block(ctx context.Context, name, by string, at time.Time) error {
	return s.change(ctx, "office.Block", at, func(t *tx) error {
		a, err := t.account(name)
		if err != nil || !a.BlockedAt.IsZero() {
			return err
		}
		var others int
		if _, err := t.get("SELECT count(*) FROM accounts WHERE role = $1 AND blocked_at = 0 AND name <> $2", []any{string(books.RoleAdministrator), name}, &others); err != nil {
			return err
		}
		if a.Role == books.RoleAdministrator && others == 0 {
			return app.Fail(app.OfficeLastAdministrator, "name", name)
		}
		if err := t.must("UPDATE accounts SET blocked_at = $2, session = session + 1 WHERE name = $1", name, ms(at)); err != nil {
			return err
		}
		return t.closeAccount(a, journal.AccountBlocked, by)
	})
}

// Unblock lets an account in again.
func (s *Store) Unblock(ctx context.Context, name, by string, at time.Time) error {
	return s.change(ctx, "office.Unblock", at, func(t *tx) error {
		a, err := t.account(name)
		if err != nil || a.BlockedAt.IsZero() {
			return err
		}
		if err := t.must("UPDATE accounts SET blocked_at = 0 WHERE name = $1", name); err != nil {
			return err
		}
		return t.closeAccount(a, journal.AccountUnblocked, by)
	})
}

// closeAccount ends all sessions of an account and writes why.
func (t *tx) closeAccount(a books.Account, kind journal.Kind, by string) error {
	if err := t.must("DELETE FROM sessions WHERE account = $1", a.Name); err != nil {
		return err
	}
	return t.record(kind, by, app.ScopeDevice, nil, journal.AccountBody{Account: a.Name})
}

// Setting reads a setting that programs share; nil when nobody made it.
func (s *Store) Setting(ctx context.Context, name string) (value []byte, err error) {
	err = s.look(ctx, "office.Setting", func(t *tx) error {
		_, err := t.get("SELECT value FROM settings WHERE name = $1", []any{name}, &value)
		return err
	})
	return value, err
}

// PutSetting keeps a setting.
func (s *Store) PutSetting(ctx context.Context, name string, value []byte, at time.Time) error {
	return s.change(ctx, "office.PutSetting", at, func(t *tx) error {
		return t.must("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2", name, value)
	})
}

// Dump is every stored byte, for the proof that nothing personal lies open.
func (s *Store) Dump(ctx context.Context) (all []byte, err error) {
	err = s.look(ctx, "office.Dump", func(t *tx) error {
		return t.each("SELECT raw FROM entries UNION ALL SELECT hidden FROM parts UNION ALL SELECT raw FROM batches UNION ALL SELECT raw FROM frames", nil,
			func(scan func(...any) error) error {
				var b []byte
				err := scan(&b)
				all = append(all, b...)
				return err
			})
	})
	return all, err
}
