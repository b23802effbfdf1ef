package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"loket/app"
	"loket/app/vault"
)

// tx is one transaction of one method. It never leaves this package.
type tx struct {
	ctx    context.Context //nolint:containedctx // lives exactly as long as the call
	s      *Store
	sql    *sql.Tx
	now    time.Time
	at     state
	want   []string // statements to prepare when the connection is free again
	have   map[string]*sql.Stmt
	gave   gave          // numbers that it gives out
	sealed batchRow      // the batch that it records
	key    *vault.Sealer // the data key for the length of the transaction
	truth  *truth        // local truth as the transaction leaves it; nil: as it was
	then   func()        // what holds once it is committed, before anybody else may write; may be nil
}

// write runs one business operation: entries, personal parts and changed tables together, or
// nothing. When it returns nil, all of it is on the disk.
func (s *Store) write(ctx context.Context, op string, do func(*tx) error) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.reading != "" {
		return app.Fail(s.reading)
	}
	sqlTx, err := s.w.db.BeginTx(ctx, nil)
	if err != nil {
		return failed(op, err)
	}
	t := &tx{ctx: ctx, s: s, sql: sqlTx, now: s.clock.Now(), at: s.stand()}
	if err := do(t); err != nil {
		return failed(op, undo(sqlTx, err))
	}
	record, err := t.vouch()
	if err == nil {
		err = s.reserve(t)
	}
	if err != nil {
		return failed(op, undo(sqlTx, err))
	}
	if err := sqlTx.Commit(); err != nil {
		return failed(op, both(undo(sqlTx, err), s.load(context.WithoutCancel(ctx))))
	}
	s.move(t.at)
	s.gaveOut(t)
	s.noted(t)
	s.keepTruth(t.truth, record)
	if t.then != nil {
		t.then()
	}
	for _, query := range t.want {
		if _, err := s.w.prepared(ctx, query); err != nil {
			break // it is only slower without
		}
	}
	return nil
}

// undo rolls back after a failure, which stays the failure that is reported.
func undo(t *sql.Tx, cause error) error {
	err := t.Rollback()
	if errors.Is(err, sql.ErrTxDone) {
		err = nil
	}
	return both(cause, err)
}

// both joins a failure and what went wrong after it, and keeps either as it is when it stands alone.
func both(cause, after error) error {
	switch {
	case after == nil:
		return cause
	case cause == nil:
		return after
	}
	return errors.Join(cause, after)
}

// stmt is the prepared statement, where there is one already. The only connection is in use, so a
// new one is prepared after the transaction; one that is used again before that, thousands of times by
// a list, is prepared for the length of the transaction.
func (t *tx) stmt(query string) *sql.Stmt {
	st, used := t.have[query]
	if st != nil {
		return st
	}
	if kept, ok := t.s.w.stmts.Load(query); ok {
		st = t.sql.StmtContext(t.ctx, kept.(*sql.Stmt))
	} else if used {
		var err error
		if st, err = t.sql.PrepareContext(t.ctx, query); err != nil {
			return nil // what is wrong with it shows when it runs
		}
	} else {
		t.want = append(t.want, query)
	}
	if t.have == nil {
		t.have = map[string]*sql.Stmt{}
	}
	t.have[query] = st
	return st
}

// exec changes rows.
func (t *tx) exec(query string, args ...any) error {
	_, err := t.change(query, args...)
	return err
}

// change is exec that tells how many rows changed.
func (t *tx) change(query string, args ...any) (int64, error) {
	var res sql.Result
	var err error
	if st := t.stmt(query); st != nil {
		res, err = st.ExecContext(t.ctx, args...)
	} else {
		res, err = t.sql.ExecContext(t.ctx, query, args...)
	}
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row asks for one row; sql.ErrNoRows becomes not_found when it leaves write.
func (t *tx) row(query string, args ...any) *sql.Row {
	if st := t.stmt(query); st != nil {
		return st.QueryRowContext(t.ctx, args...)
	}
	return t.sql.QueryRowContext(t.ctx, query, args...)
}

// ms is the moment of the transaction, as tables hold it.
func (t *tx) ms() int64 { return t.now.UnixMilli() }

// seal encrypts the value of a column. The row is the row's key: a number or a text.
func (t *tx) seal(table, column string, row any, plain []byte) ([]byte, error) {
	key, err := t.sealer()
	if err != nil {
		return nil, err
	}
	return key.Seal(cellOf(table, column, row), plain), nil
}

// blind is the index under which a cleaned NIK, family card number or phone is looked up.
func (t *tx) blind(kind, cleaned string) ([]byte, error) {
	key, err := t.sealer()
	if err != nil {
		return nil, err
	}
	return key.BlindIndex(kind, cleaned), nil
}

// sealer is the data key for the length of the transaction.
func (t *tx) sealer() (*vault.Sealer, error) {
	if t.key != nil {
		return t.key, nil
	}
	key, err := t.s.vault()
	if err == nil {
		t.key, err = key.Sealer()
	}
	return t.key, err
}

func cellOf(table, column string, row any) vault.Cell {
	return vault.Cell{Table: table, Column: column, Row: fmt.Sprint(row)}
}

func (s *Store) unseal(table, column string, row any, sealed []byte) ([]byte, error) {
	key, err := s.keyOf(sealed)
	if err != nil {
		return nil, err
	}
	return key.Open(cellOf(table, column, row), sealed)
}

func (s *Store) blind(kind, cleaned string) ([]byte, error) {
	key, err := s.vault()
	if err != nil {
		return nil, err
	}
	return key.BlindIndex(kind, cleaned)
}
