package office

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// limits bound a transaction, whatever becomes of who asked for it.
type limits struct {
	work   time.Duration // its statements, all together
	commit time.Duration // its end, which may wait for a standby
}

// A list of thousands is taken in within seconds; a standby that is there confirms within less. A server
// that hangs is left after this, for the one that leads by then. A file has no other server.
var (
	serverLimits = limits{work: 30 * time.Second, commit: 15 * time.Second}
	fileLimits   = limits{work: 10 * time.Minute, commit: time.Minute}
)

// tries bounds how often a transaction is run again after a conflict with another, or on another
// connection when the first was lost before the end.
const tries = 20

// change runs an operation in a write transaction, again when it collided with another. What it
// returns without an error is on the disk, and on the standby where there is one.
func (s *Store) change(ctx context.Context, op string, at time.Time, work func(*tx) error) error {
	for try := 1; ; try++ {
		again, err := s.once(ctx, at, work)
		if err == nil {
			return nil
		}
		if !again || try == tries {
			return s.engine.failed(op, err)
		}
		select {
		case <-ctx.Done():
			return app.Wrap(op, app.Cancelled, ctx.Err())
		case <-time.After(time.Duration(try*try) * time.Millisecond):
		}
	}
}

// answer is change for what lets a kiosk forget something, or act: it writes even where it only repeats
// what stands, in a row of that life alone.
func (s *Store) answer(ctx context.Context, op string, chain app.Chain, at time.Time, work func(*tx) error) error {
	return s.change(ctx, op, at, func(t *tx) error {
		if err := work(t); err != nil {
			return err
		}
		return t.must(`INSERT INTO answers (kiosk, incarnation, given) VALUES ($1, $2, 1)
			ON CONFLICT (kiosk, incarnation) DO UPDATE SET given = answers.given + 1`, chain.Kiosk, chain.Incarnation)
	})
}

// once runs an operation one time. Again says that nothing of it stands and that another try may go
// better.
func (s *Store) once(ctx context.Context, at time.Time, work func(*tx) error) (again bool, err error) {
	working, done := context.WithTimeout(ctx, s.limits.work)
	defer done()
	conn, err := s.write.Conn(working)
	if err != nil {
		return false, err
	}
	t, committing, err := s.attempt(working, conn, at, work)
	switch {
	case err == nil:
		if err := conn.Close(); err != nil {
			return false, err
		}
		s.prepare(ctx, t.later)
		return false, nil
	case s.engine.gone(err):
		drop(conn)
		return !committing, err
	}
	return s.engine.again(err), errors.Join(err, conn.Close())
}

// attempt is a transaction on a connection. Committing says that it was asked to stand, so that nobody
// knows whether it does when the error is not the engine's own refusal.
func (s *Store) attempt(working context.Context, conn *sql.Conn, at time.Time, work func(*tx) error) (t *tx, committing bool, err error) {
	// The end must not hang on whether somebody still waits for the answer: PostgreSQL would take the
	// transaction as done without its standby.
	own, cancel := context.WithCancel(context.WithoutCancel(working))
	defer cancel()
	limit := time.AfterFunc(s.limits.work, cancel)
	defer limit.Stop()
	db, err := conn.BeginTx(own, s.engine.options())
	if err != nil {
		return nil, false, err
	}
	t = &tx{db: db, ctx: working, engine: s.engine, clerk: s.clerk, policy: s.policy, ahead: s.ahead, at: at}
	if s.engine.remembers() {
		t.stmts = &s.stmts
	}
	if err := work(t); err != nil {
		return t, false, rolledBack(db, err)
	}
	if err := t.finish(); err != nil {
		return t, false, rolledBack(db, err)
	}
	if err := working.Err(); err != nil || !limit.Stop() { // nobody waits any more, and nothing stands yet
		return t, false, rolledBack(db, errors.Join(err, context.Cause(own)))
	}
	limit.Reset(s.limits.commit)
	return t, true, s.engine.commit(conn, db)
}

func rolledBack(db *sql.Tx, err error) error {
	if failed := db.Rollback(); failed != nil && !errors.Is(failed, sql.ErrTxDone) {
		return errors.Join(err, failed)
	}
	return err
}

// look runs a read-only operation on one state of the database.
func (s *Store) look(ctx context.Context, op string, work func(*tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.limits.work)
	defer cancel()
	var err error
	for range 3 { // a connection that was lost while nobody looked is no reason to say no
		var lost bool
		if lost, err = s.lookOnce(ctx, work); !lost || ctx.Err() != nil {
			break
		}
	}
	return s.engine.failed(op, err)
}

func (s *Store) lookOnce(ctx context.Context, work func(*tx) error) (lost bool, err error) {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return false, err
	}
	db, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err == nil {
		err = work(&tx{db: db, ctx: ctx, engine: s.engine, clerk: s.clerk, policy: s.policy})
		err = errors.Join(err, rolledBack(db, nil))
	}
	if err != nil && s.engine.gone(err) {
		drop(conn)
		return true, err
	}
	return false, errors.Join(err, conn.Close())
}

// Ready says whether the books can be written to, by a small write. It is bounded, and asked at most
// once a second however many ask.
func (s *Store) Ready(ctx context.Context) error {
	s.readyOnce.Lock()
	defer s.readyOnce.Unlock()
	if time.Since(s.readyAt) < time.Second {
		return s.readyErr
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyWithin)
	defer cancel()
	s.readyErr = s.answer(ctx, "office.Ready", pusat, time.Time{}, func(*tx) error { return nil })
	s.readyAt = time.Now()
	return s.readyErr
}

const readyWithin = 3 * time.Second

// readiness is what was last found.
type readiness struct {
	readyOnce sync.Mutex
	readyAt   time.Time
	readyErr  error
}

// Durability says what a commit of these books survives.
func (s *Store) Durability(ctx context.Context) (d books.Durability, err error) {
	err = s.look(ctx, "office.Durability", func(t *tx) error {
		d, err = s.engine.durability(t)
		return err
	})
	return d, err
}
