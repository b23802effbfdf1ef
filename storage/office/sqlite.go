package office

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"loket/app"
	"loket/app/office/books"
)

// engine is what differs between the databases.
type engine interface {
	options() *sql.TxOptions
	again(err error) bool // a conflict: run the transaction again
	gone(err error) bool  // the connection serves no more: it is lost, or no longer leads to the books
	commit(conn *sql.Conn, db *sql.Tx) error
	durability(t *tx) (books.Durability, error)
	copyTo(ctx context.Context, s *Store, dir string, b *books.Backup) error
	failed(op string, err error) error
	ddl(statement string) string
	place(n int) string                            // of value n in a list of values
	remembers() bool                               // one writing connection, so that a prepared statement stays good
	prepare(ctx context.Context, db *sql.DB) error // before migrations
}

// OpenSQLite opens the books in one file, made when it is not there. All writes go through one
// connection; readers see the last committed state.
func OpenSQLite(ctx context.Context, file string, clerk books.Clerk, policy books.Policy) (*Store, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, app.Wrap("office.OpenSQLite", app.FileUnread, err)
	}
	if err := begin(file); err != nil {
		return nil, app.Wrap("office.OpenSQLite", app.FileUnwritten, err)
	}
	write, err := sql.Open("sqlite", dsn(file, "rwc", "_txlock=immediate"))
	if err != nil {
		return nil, app.Wrap("office.OpenSQLite", app.Internal, err)
	}
	write.SetMaxOpenConns(1)
	s := &Store{write: write, read: write, engine: lite{}, clerk: clerk, policy: policy, limits: fileLimits}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	s.read, err = sql.Open("sqlite", dsn(file, "ro", "_txlock=deferred"))
	if err != nil {
		return nil, errors.Join(app.Wrap("office.OpenSQLite", app.Internal, err), write.Close())
	}
	s.read.SetMaxOpenConns(4)
	return s, nil
}

// begin makes a new file that only this user can read; SQLite gives its log the same. A file that is
// there is not touched: opening and closing it would drop SQLite's locks.
func begin(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		if errors.Is(err, os.ErrExist) {
			return nil
		}
		return err
	}
	return f.Close()
}

// applicationID marks the file as head office's books.
const applicationID = 0x4c4b4f31 // "LKO1"

func dsn(file, mode, lock string) string {
	q := "mode=" + mode + "&" + lock
	for _, pragma := range []string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
		"temp_store(MEMORY)", "cache_size(-32000)",
	} {
		if mode == "ro" && pragma == "journal_mode(WAL)" {
			continue
		}
		q += "&_pragma=" + url.QueryEscape(pragma)
	}
	return address(file, q)
}

// address is how SQLite names a file, by its whole path.
func address(file, query string) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/books: without the slash SQLite takes C: for a server's name
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query}).String()
}

type lite struct{}

func (lite) options() *sql.TxOptions     { return nil }
func (lite) ddl(statement string) string { return statement }
func (lite) remembers() bool             { return true }

// place is a bare mark: SQLite's driver looks up the name of every numbered one in a list, which for the
// thousand values of a statement takes nineteen times as long as the statement.
func (lite) place(int) string { return "?" }

func (lite) again(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}

// gone: the file is in this process.
func (lite) gone(error) bool { return false }

func (lite) commit(_ *sql.Conn, db *sql.Tx) error { return db.Commit() }

// durability: one file, flushed at each commit. What it lacks is told by who made it the only place.
func (lite) durability(*tx) (books.Durability, error) {
	return books.Durability{Engine: "sqlite", Sure: true}, nil
}

// failed gives the engine's error a code.
func (lite) failed(op string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return app.Wrap(op, app.Cancelled, err)
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return app.Wrap(op, app.Internal, err)
	}
	codes := map[int]app.Code{
		sqlite3.SQLITE_FULL: app.OfficeStoreFull, sqlite3.SQLITE_IOERR: app.OfficeStoreFull,
		sqlite3.SQLITE_CORRUPT: app.OfficeStoreDamaged, sqlite3.SQLITE_NOTADB: app.OfficeStoreDamaged,
		sqlite3.SQLITE_READONLY: app.FileUnwritten, sqlite3.SQLITE_CANTOPEN: app.FileUnread,
		sqlite3.SQLITE_BUSY: app.OfficeStoreBusy,
	}
	if code, ok := codes[e.Code()&0xff]; ok {
		return &app.Error{Code: code, Op: op, Err: err}
	}
	return app.Wrap(op, app.Internal, err)
}

// prepare marks a new file, with the table of migrations, and refuses one that is something else.
func (l lite) prepare(ctx context.Context, db *sql.DB) error {
	var id, tables int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if id != applicationID && (id != 0 || tables != 0) {
		return app.Fail(app.OfficeStoreForeign)
	}
	for _, statement := range []string{"PRAGMA application_id = 1280003889", "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
