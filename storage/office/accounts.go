package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// AddAccount makes an account of the console; false when the name is taken.
func (s *Store) AddAccount(ctx context.Context, a books.Account, at time.Time) (added bool, err error) {
	err = s.change(ctx, "office.AddAccount", at, func(t *tx) error {
		n, err := t.do("INSERT INTO accounts (name, role, password, session, created_at) VALUES ($1, $2, $3, 1, $4) ON CONFLICT (name) DO NOTHING", a.Name, a.Role, a.Password, ms(at))
		added = n == 1
		return err
	})
	return added, err
}

// Account finds an account.
func (s *Store) Account(ctx context.Context, name string) (a books.Account, err error) {
	err = s.look(ctx, "office.Account", func(t *tx) error {
		found, err := t.get("SELECT name, role, password, session FROM accounts WHERE name = $1", []any{name}, &a.Name, &a.Role, &a.Password, &a.Session)
		if err == nil && !found {
			return app.Fail(app.NotFound)
		}
		return err
	})
	return a, err
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
