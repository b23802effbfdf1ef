package office

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"loket/app"
	"loket/app/office/books"
)

// OpenPostgres opens the books in PostgreSQL 15 or newer, by the address that its own tools take.
func OpenPostgres(ctx context.Context, address string, clerk books.Clerk, policy books.Policy) (*Store, error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, app.Wrap("office.OpenPostgres", app.OfficeStoreUnreached, err)
	}
	db.SetMaxOpenConns(16)
	db.SetConnMaxIdleTime(5 * time.Minute)
	s := &Store{write: db, read: db, engine: postgres{}, clerk: clerk, policy: policy}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

type postgres struct{}

// options ask for serializable transactions: what each reads is what all would have read one after
// another, as on SQLite. A transaction that cannot have it is run again.
func (postgres) options() *sql.TxOptions { return &sql.TxOptions{Isolation: sql.LevelSerializable} }

// SQLSTATE codes of a collision: serialization failure, deadlock, and two makers of one object.
const (
	stateSerialization = "40001"
	stateDeadlock      = "40P01"
	stateUnique        = "23505"
)

func (postgres) again(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == stateSerialization || e.Code == stateDeadlock)
}

func (postgres) failed(op string, err error) error {
	var known *app.Error
	var e *pgconn.PgError
	var dial *pgconn.ConnectError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.As(err, &dial):
		return &app.Error{Code: app.OfficeStoreUnreached, Op: op, Err: err}
	case errors.As(err, &e) && strings.HasPrefix(e.Code, "53"): // insufficient resources
		return &app.Error{Code: app.OfficeStoreFull, Op: op, Err: err}
	case errors.As(err, &e) && (e.Code == stateSerialization || e.Code == stateDeadlock):
		return &app.Error{Code: app.OfficeStoreBusy, Op: op, Err: err}
	}
	return app.Wrap(op, app.Internal, err)
}

// remembers: the driver keeps statements prepared on each of its connections by itself.
func (postgres) remembers() bool { return false }

func (postgres) place(n int) string { return "$" + strconv.Itoa(n) }

// ddl reads the tables' types as PostgreSQL names them.
func (postgres) ddl(statement string) string {
	return strings.NewReplacer(" BLOB", " BYTEA", " INTEGER", " BIGINT").Replace(statement)
}

// prepare makes the table of migrations. Of programs that start at once one makes it, and the
// others see that it is there.
func (p postgres) prepare(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY)")
	var e *pgconn.PgError
	if errors.As(err, &e) && e.Code == stateUnique {
		return nil
	}
	return err
}
