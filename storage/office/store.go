// Package office keeps head office's books: embedded SQLite by default, PostgreSQL for a country.
// One set of queries serves both. A business operation is one method is one transaction; each may
// run again when the engine asks for it, so nothing in it reaches outside but for the clerk, whose
// signatures are stored or thrown away with the rest.
package office

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
)

// Store is head office's database.
type Store struct {
	write  *sql.DB
	read   *sql.DB
	engine engine
	clerk  books.Clerk
	policy books.Policy
	ahead  books.Ahead // nil: nobody keeps it
	limits limits
	readiness
	stmts sync.Map // of the writing connection, where the engine has one: query -> *sql.Stmt
}

// Close lets the database go.
func (s *Store) Close() error {
	var err error
	if s.read != s.write { // readers first: who closes last moves the log file into the database
		err = s.read.Close()
	}
	s.stmts.Range(func(_, st any) bool {
		err = errors.Join(err, st.(*sql.Stmt).Close())
		return true
	})
	return app.Wrap("office.Close", app.Internal, errors.Join(err, s.write.Close()))
}

// tx is one business operation. All its times are one moment.
type tx struct {
	db     *sql.Tx
	ctx    context.Context
	engine engine
	clerk  books.Clerk
	policy books.Policy
	ahead  books.Ahead
	at     time.Time

	stmts *sync.Map // nil: the driver remembers statements itself
	later []string  // statements to prepare when the connection is free again
	own   *ownPage  // entries of the own journal, until the end
	told  []telling // decisions, until the end
	fresh *ready    // the batch that is being taken in, when it is applied at once
}

// telling is what one kiosk hears of the registrations that were decided.
type telling struct {
	chain app.Chain
	about []journal.DecisionBody
}

// finish writes what was gathered: the decisions into the feeds, the entries into the own journal.
func (t *tx) finish() error {
	if err := t.tellDecisions(); err != nil {
		return err
	}
	return t.closePage()
}

// prepare keeps statements for the next time. It is only slower without.
func (s *Store) prepare(ctx context.Context, queries []string) {
	for _, query := range queries {
		if _, known := s.stmts.Load(query); known {
			continue
		}
		st, err := s.write.PrepareContext(ctx, query)
		if err != nil {
			return
		}
		s.stmts.Store(query, st)
	}
}

// prepared is the statement that was kept, nil when there is none.
func (t *tx) prepared(query string) *sql.Stmt {
	if t.stmts == nil {
		return nil
	}
	if st, ok := t.stmts.Load(query); ok {
		return t.db.StmtContext(t.ctx, st.(*sql.Stmt))
	}
	t.later = append(t.later, query)
	return nil
}

// do runs a statement and says how many rows it touched.
func (t *tx) do(query string, args ...any) (int64, error) {
	var r sql.Result
	var err error
	if st := t.prepared(query); st != nil {
		r, err = st.ExecContext(t.ctx, args...)
	} else {
		r, err = t.db.ExecContext(t.ctx, query, args...)
	}
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
	var row *sql.Row
	if st := t.prepared(query); st != nil {
		row = st.QueryRowContext(t.ctx, args...)
	} else {
		row = t.db.QueryRowContext(t.ctx, query, args...)
	}
	err := row.Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads every row before the next statement runs.
func (t *tx) each(query string, args []any, row func(scan func(...any) error) error) (err error) {
	rows, err := t.ask(query, args)
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

func (t *tx) ask(query string, args []any) (*sql.Rows, error) {
	if st := t.prepared(query); st != nil {
		return st.QueryContext(t.ctx, args...)
	}
	return t.db.QueryContext(t.ctx, query, args...)
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
