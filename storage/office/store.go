// Package office keeps head office's books: embedded SQLite by default, PostgreSQL for a country.
// One set of queries serves both. A business operation is one method is one transaction; each may
// run again when the engine asks for it, so nothing in it reaches outside but for the clerk, whose
// signatures are stored or thrown away with the rest.
package office

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// Store is head office's database.
type Store struct {
	write  *sql.DB
	read   *sql.DB
	engine engine
	clerk  books.Clerk
	policy books.Policy
}

// Close lets the database go.
func (s *Store) Close() error {
	var err error
	if s.read != s.write { // readers first: who closes last moves the log file into the database
		err = s.read.Close()
	}
	return app.Wrap("office.Close", app.Internal, errors.Join(err, s.write.Close()))
}

// Ready says whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	return s.engine.failed("office.Ready", s.read.PingContext(ctx))
}

// tx is one business operation. All its times are one moment.
type tx struct {
	db     *sql.Tx
	ctx    context.Context
	clerk  books.Clerk
	policy books.Policy
	at     time.Time
}

// tries bounds how often a transaction is run again after a conflict with another.
const tries = 20

// change runs an operation in a write transaction, again when it collided with another.
func (s *Store) change(ctx context.Context, op string, at time.Time, work func(*tx) error) error {
	for try := 1; ; try++ {
		err := s.once(ctx, at, work)
		if err == nil {
			return nil
		}
		if !s.engine.again(err) || try == tries {
			return s.engine.failed(op, err)
		}
		select {
		case <-ctx.Done():
			return app.Wrap(op, app.Cancelled, ctx.Err())
		case <-time.After(time.Duration(try*try) * time.Millisecond):
		}
	}
}

func (s *Store) once(ctx context.Context, at time.Time, work func(*tx) error) error {
	db, err := s.write.BeginTx(ctx, s.engine.options())
	if err != nil {
		return err
	}
	if err := work(&tx{db, ctx, s.clerk, s.policy, at}); err != nil {
		return errors.Join(err, db.Rollback())
	}
	return db.Commit()
}

// look runs a read-only operation on one state of the database.
func (s *Store) look(ctx context.Context, op string, work func(*tx) error) error {
	db, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.engine.failed(op, err)
	}
	err = work(&tx{db, ctx, s.clerk, s.policy, time.Time{}})
	return s.engine.failed(op, errors.Join(err, db.Rollback()))
}

// do runs a statement and says how many rows it touched.
func (t *tx) do(query string, args ...any) (int64, error) {
	r, err := t.db.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// must runs a statement whose count does not matter.
func (t *tx) must(query string, args ...any) error {
	_, err := t.do(query, args...)
	return err
}

// get reads one row; false when there is none.
func (t *tx) get(query string, args []any, into ...any) (bool, error) {
	err := t.db.QueryRowContext(t.ctx, query, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads every row before the next statement runs.
func (t *tx) each(query string, args []any, row func(scan func(...any) error) error) (err error) {
	rows, err := t.db.QueryContext(t.ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ms and moment keep times as unix milliseconds; 0 is "not yet".
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
