// Package bare is the measuring rod for saving: one row into one table, durable, and nothing else.
// What a registration costs is told as a multiple of it, because the disk decides both.
package bare

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver

	"loket/app"
)

// Table is an open database of one table.
type Table struct {
	db     *sql.DB
	insert *sql.Stmt
}

// Open makes the database in a folder, with the pragmas of a kiosk's own.
func Open(ctx context.Context, dir string) (*Table, error) {
	path := "/" + filepath.ToSlash(filepath.Join(dir, "bare.db"))
	if path[1] == '/' {
		path = path[1:] // already absolute; C:/... needs the slash
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		return nil, app.Wrap("bare.Open", app.StorageFailing, err)
	}
	db.SetMaxOpenConns(1)
	t := &Table{db: db}
	_, err = db.ExecContext(ctx, `CREATE TABLE bare (id INTEGER PRIMARY KEY, v BLOB NOT NULL) STRICT`)
	if err == nil {
		t.insert, err = db.PrepareContext(ctx, `INSERT INTO bare (v) VALUES (?)`)
	}
	if err != nil {
		return nil, app.Wrap("bare.Open", app.StorageFailing, errors.Join(err, db.Close()))
	}
	return t, nil
}

// Insert puts one row on the disk.
func (t *Table) Insert(ctx context.Context, row []byte) error {
	_, err := t.insert.ExecContext(ctx, row)
	return app.Wrap("bare.Insert", app.StorageFailing, err)
}

// Close closes the database.
func (t *Table) Close() error {
	return app.Wrap("bare.Close", app.StorageFailing, errors.Join(t.insert.Close(), t.db.Close()))
}
