package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
)

// OpenSession signs an account in. The account is as it was when its password was compared: one that
// was blocked or got another password since is headoffice.wrong_password.
func (s *Store) OpenSession(ctx context.Context, in books.Session, at time.Time) error {
	return s.change(ctx, "office.OpenSession", at, func(t *tx) error {
		a, err := t.account(in.Account.Name)
		if err != nil {
			return err
		}
		if !a.BlockedAt.IsZero() || a.Session != in.Account.Session {
			return app.Fail(app.OfficeWrongPassword)
		}
		if err := t.must("DELETE FROM sessions WHERE account = $1 AND until <= $2", a.Name, ms(at)); err != nil {
			return err
		}
		if err := t.must("INSERT INTO sessions (name, account, until) VALUES ($1, $2, $3)", in.Name[:], a.Name, ms(in.Until)); err != nil {
			return err
		}
		if err := t.must("UPDATE accounts SET seen_at = $2 WHERE name = $1", a.Name, ms(at)); err != nil {
			return err
		}
		return t.record(journal.AccountSignedIn, a.Name, app.ScopeDevice, nil, nil)
	})
}

// Session finds whose session it is; not_found when it ended.
func (s *Store) Session(ctx context.Context, name [32]byte, at time.Time) (in books.Session, err error) {
	in.Name = name
	err = s.look(ctx, "office.Session", func(t *tx) error {
		into, done := accountScan(&in.Account)
		var until int64
		found, err := t.get("SELECT "+accountColumns+", s.until FROM sessions s JOIN accounts a ON a.name = s.account WHERE s.name = $1 AND s.until > $2 AND a.blocked_at = 0",
			[]any{name[:], ms(at)}, append(into, &until)...)
		if err == nil && !found {
			err = app.Fail(app.NotFound)
		}
		if err != nil {
			return err
		}
		in.Until = moment(until)
		return done()
	})
	return in, err
}

// CloseSession signs out. Whoever kept the cookie is out as well.
func (s *Store) CloseSession(ctx context.Context, name [32]byte, at time.Time) error {
	return s.change(ctx, "office.CloseSession", at, func(t *tx) error {
		var account string
		found, err := t.get("SELECT account FROM sessions WHERE name = $1", []any{name[:]}, &account)
		if err != nil || !found {
			return err
		}
		if err := t.must("DELETE FROM sessions WHERE name = $1", name[:]); err != nil {
			return err
		}
		return t.record(journal.AccountSignedOut, account, app.ScopeDevice, nil, nil)
	})
}

// NoteAct writes an act into the own journal that has no entry of its own, or a second person's word.
func (s *Store) NoteAct(ctx context.Context, a books.Act) error {
	return s.change(ctx, "office.NoteAct", a.At, func(t *tx) error {
		return t.record(journal.AccountActed, a.By, app.ScopeDevice, nil, journal.ActedBody{Act: a.Name, Second: a.Second, About: a.About})
	})
}
