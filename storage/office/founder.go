package office

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"loket/app"
	"loket/app/office/books"
)

// SettingKeys is where the fingerprints of head office's keys stand in its books.
const SettingKeys = "keys"

// BooksOfSQLite looks into a file of books without writing anything, not even beside it.
func BooksOfSQLite(ctx context.Context, file string) (b books.Beginning, err error) {
	if info, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return b, nil
	}
	q := "mode=ro"
	if _, err := os.Stat(file + "-wal"); errors.Is(err, fs.ErrNotExist) {
		q += "&immutable=1" // nobody has it open, and no log is to be made for reading it
	}
	path, err := filepath.Abs(file)
	if err != nil {
		return b, app.Wrap("office.BooksOfSQLite", app.FileUnread, err)
	}
	if path = filepath.ToSlash(path); path[0] != '/' {
		path = "/" + path
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: q}).String())
	if err != nil {
		return b, app.Wrap("office.BooksOfSQLite", app.Internal, err)
	}
	b, err = beginningOf(ctx, db, "SELECT count(*) FROM sqlite_schema WHERE name IN ('chains', 'settings')")
	return b, lite{}.failed("office.BooksOfSQLite", errors.Join(err, db.Close()))
}

// BooksOfPostgres looks into a database for books without writing anything.
func BooksOfPostgres(ctx context.Context, address string) (b books.Beginning, err error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return b, app.Wrap("office.BooksOfPostgres", app.OfficeStoreUnreached, err)
	}
	config.ConnectTimeout = dialWithin
	config.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	db := stdlib.OpenDB(*config)
	b, err = beginningOf(ctx, db, "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name IN ('chains', 'settings')")
	return b, postgres{}.failed("office.BooksOfPostgres", errors.Join(err, db.Close()))
}

func beginningOf(ctx context.Context, db *sql.DB, tables string) (b books.Beginning, err error) {
	var n int
	if err := db.QueryRowContext(ctx, tables).Scan(&n); err != nil || n < 2 {
		return b, err
	}
	err = db.QueryRowContext(ctx, "SELECT device_key FROM chains WHERE kiosk = $1 AND incarnation = $2", pusat.Kiosk, pusat.Incarnation).Scan(&b.Founder)
	if errors.Is(err, sql.ErrNoRows) { // begun, and cut before the first entry
		return b, nil
	}
	if err == nil {
		err = db.QueryRowContext(ctx, "SELECT value FROM settings WHERE name = $1", SettingKeys).Scan(&b.Keys)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return b, err
}
