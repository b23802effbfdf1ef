package office

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"loket/app"
	"loket/app/office/books"
)

// OpenPostgres opens the books in PostgreSQL 15 or newer, by the address that its own tools take. Of
// several servers in the address it takes the one that writes: a standby can show commits that no other
// has, and in another order.
func OpenPostgres(ctx context.Context, address string, clerk books.Clerk, policy books.Policy) (*Store, error) {
	s, err := connectPostgres(address, clerk, policy)
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	return s, nil
}

func connectPostgres(address string, clerk books.Clerk, policy books.Policy) (*Store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, app.Wrap("office.OpenPostgres", app.OfficeStoreUnreached, err)
	}
	if !strings.Contains(address, "connect_timeout") {
		config.ConnectTimeout = dialWithin
	}
	config.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	config.OnNotice = noteWarning
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(16)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return &Store{write: db, read: db, engine: postgres{}, clerk: clerk, policy: policy, limits: serverLimits}, nil
}

// dialWithin is how long one server of the address may take to answer a connection.
const dialWithin = 5 * time.Second

type postgres struct{}

// options ask for serializable transactions: what each reads is what all would have read one after
// another, as on SQLite. A transaction that cannot have it is run again.
func (postgres) options() *sql.TxOptions { return &sql.TxOptions{Isolation: sql.LevelSerializable} }

// SQLSTATE codes of a collision: serialization failure, deadlock, and two makers of one row or object.
const (
	stateSerialization = "40001"
	stateDeadlock      = "40P01"
	stateUnique        = "23505"
	stateObjectThere   = "42710"
	stateTableThere    = "42P07"
)

// SQLSTATE codes of a server that does not lead: one that stops, and one that is a standby now.
var gonePostgres = []string{"57P01", "57P02", "57P03", "0A000", "25006"}

// again: two that wrote one row at once may meet as a serialization failure or as a row that is there;
// the second try sees the other's.
func (postgres) again(err error) bool {
	state := stateOf(err)
	return state == stateSerialization || state == stateDeadlock || state == stateUnique
}

func (postgres) gone(err error) bool {
	var network net.Error
	return slices.Contains(gonePostgres, stateOf(err)) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, errUnsure) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.As(err, &network) ||
		pgconn.Timeout(err) || err != nil && strings.Contains(err.Error(), "conn closed")
}

func stateOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// errUnsure is a commit that stands on the server that we speak to, and maybe on no other.
var errUnsure = errors.New("the wait for the standby was cancelled")

const warned = "loket.warned"

// noteWarning remembers a warning with its connection. The one that matters comes with a commit whose
// wait for the standby was cancelled: PostgreSQL says then that all went well.
func noteWarning(c *pgconn.PgConn, n *pgconn.Notice) {
	if n.SeverityUnlocalized == "WARNING" {
		c.CustomData()[warned] = n.Code + " " + n.Message
	}
}

// commit ends a transaction. A warning on the way is a failure: it is worded in the server's language,
// and none of them is good news.
func (postgres) commit(conn *sql.Conn, db *sql.Tx) error {
	if err := onServer(conn, func(c *pgconn.PgConn) error { delete(c.CustomData(), warned); return nil }); err != nil {
		return err
	}
	if err := db.Commit(); err != nil {
		return err
	}
	return onServer(conn, func(c *pgconn.PgConn) error {
		if c.CustomData()[warned] != nil {
			return errUnsure
		}
		return nil
	})
}

func onServer(conn *sql.Conn, work func(*pgconn.PgConn) error) error {
	return conn.Raw(func(c any) error { return work(c.(*stdlib.Conn).Conn().PgConn()) })
}

// drop takes a connection out of the pool.
func drop(conn *sql.Conn) {
	if err := conn.Raw(func(any) error { return driver.ErrBadConn }); err == nil || errors.Is(err, driver.ErrBadConn) {
		return
	}
}

func (p postgres) failed(op string, err error) error {
	var known *app.Error
	var dial *pgconn.ConnectError
	code := app.Internal
	state := stateOf(err)
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, errUnsure):
		code = app.OfficeStoreUnsure
	case strings.HasPrefix(state, "28") || state == "3D000": // who we are, or which database
		code = app.OfficeStoreRefused
	case strings.HasPrefix(state, "53"): // insufficient resources
		code = app.OfficeStoreFull
	case p.again(err):
		code = app.OfficeStoreBusy
	case errors.As(err, &dial) || p.gone(err) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		code = app.OfficeStoreUnreached
	}
	return &app.Error{Code: code, Op: op, Err: err}
}

// remembers: the driver keeps statements prepared on each of its connections by itself.
func (postgres) remembers() bool { return false }

func (postgres) place(n int) string { return "$" + strconv.Itoa(n) }

// ddl reads the tables' types as PostgreSQL names them.
func (postgres) ddl(statement string) string {
	return strings.NewReplacer(" BLOB", " BYTEA", " INTEGER", " BIGINT").Replace(statement)
}

// prepare makes the table of migrations. Of programs that start at once one makes it, and the
// others see that it is there, whichever of its parts they met.
func (p postgres) prepare(ctx context.Context, db *sql.DB) error {
	for try := 1; ; try++ {
		_, err := db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY)")
		if !slices.Contains([]string{stateUnique, stateObjectThere, stateTableThere}, stateOf(err)) || try == tries {
			return err
		}
	}
}

// durability asks whether a commit waits for another machine. Where it does not, the death of this one
// takes receipted batches along.
func (postgres) durability(t *tx) (books.Durability, error) {
	d := books.Durability{Engine: "postgres"}
	_, err := t.get("SELECT current_setting('synchronous_commit'), current_setting('synchronous_standby_names')", nil, &d.Commit, &d.Standbys)
	d.Sure = strings.TrimSpace(d.Standbys) != "" && d.Commit != "off" && d.Commit != "local"
	return d, err
}
