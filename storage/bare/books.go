package bare

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"

	"loket/app"
)

// Books is the measuring rod for taking in: a second database with the tables and indexes of head
// office's own, into which the same rows are inserted by prepared statements, and nothing else is done.
type Books struct {
	from   *sql.DB // head office's, only read
	into   *sql.DB
	tables []*table
	stmts  map[string]*sql.Stmt
}

// table is one that only grows, and how far it was read.
type table struct {
	name    string
	columns int
	read    int64
	rows    [][]any
}

// OpenBooks makes the database in a folder, with the tables of head office's books in a file.
func OpenBooks(ctx context.Context, file, dir string) (*Books, error) {
	const pragmas = "&_pragma=busy_timeout(10000)"
	from, err := sql.Open("sqlite", "file:"+file+"?mode=ro"+pragmas)
	if err != nil {
		return nil, app.Wrap("bare.OpenBooks", app.StorageFailing, err)
	}
	into, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "books.db")+
		"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)"+pragmas)
	if err != nil {
		return nil, app.Wrap("bare.OpenBooks", app.StorageFailing, errors.Join(err, from.Close()))
	}
	into.SetMaxOpenConns(1)
	b := &Books{from: from, into: into, stmts: map[string]*sql.Stmt{}}
	if err := b.copyTables(ctx); err != nil {
		return nil, app.Wrap("bare.OpenBooks", app.StorageFailing, errors.Join(err, b.Close()))
	}
	return b, nil
}

func (b *Books) copyTables(ctx context.Context) error {
	rows, err := b.from.QueryContext(ctx, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, rowid") // tables, then indexes
	if err != nil {
		return err
	}
	for rows.Next() {
		var kind, name, statement string
		if err := rows.Scan(&kind, &name, &statement); err != nil {
			return errors.Join(err, rows.Close())
		}
		if _, err := b.into.ExecContext(ctx, statement); err != nil {
			return errors.Join(err, rows.Close())
		}
		if kind == "table" {
			b.tables = append(b.tables, &table{name: name})
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// Read takes into memory the rows that head office has written since it was last asked, and says how
// many they are.
func (b *Books) Read(ctx context.Context) (n int, err error) {
	for _, t := range b.tables {
		if err := t.load(ctx, b.from); err != nil {
			return n, app.Wrap("bare.Read", app.StorageFailing, err)
		}
		n += len(t.rows)
	}
	return n, nil
}

func (t *table) load(ctx context.Context, from *sql.DB) error {
	t.rows = nil
	rows, err := from.QueryContext(ctx, "SELECT rowid, * FROM "+t.name+" WHERE rowid > ? ORDER BY rowid", t.read)
	if err != nil {
		return err
	}
	names, err := rows.Columns()
	t.columns = len(names) - 1
	for err == nil && rows.Next() {
		row := make([]any, t.columns)
		into := []any{&t.read}
		for i := range row {
			into = append(into, &row[i])
		}
		err = rows.Scan(into...)
		t.rows = append(t.rows, row)
	}
	return errors.Join(err, rows.Err(), rows.Close())
}

// Insert puts the rows on the disk, in so many transactions of like size, with at most so many rows in a
// statement: 1, 4, 16, 64.
func (b *Books) Insert(ctx context.Context, transactions, most int) error {
	for i := range transactions {
		tx, err := b.into.BeginTx(ctx, nil)
		if err != nil {
			return app.Wrap("bare.Insert", app.StorageFailing, err)
		}
		for _, t := range b.tables {
			part := t.rows[len(t.rows)*i/transactions : len(t.rows)*(i+1)/transactions]
			if err := b.insert(ctx, tx, t, part, most); err != nil {
				return app.Wrap("bare.Insert", app.StorageFailing, errors.Join(err, tx.Rollback()))
			}
		}
		if err := tx.Commit(); err != nil {
			return app.Wrap("bare.Insert", app.StorageFailing, err)
		}
	}
	return nil
}

func (b *Books) insert(ctx context.Context, tx *sql.Tx, t *table, rest [][]any, most int) error {
	for len(rest) > 0 {
		n := most
		for n > len(rest) {
			n /= 4
		}
		if err := b.some(ctx, tx, t, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

func (b *Books) some(ctx context.Context, tx *sql.Tx, t *table, rows [][]any) error {
	place := "(?" + strings.Repeat(", ?", t.columns-1) + ")"
	query := "INSERT INTO " + t.name + " VALUES " + place + strings.Repeat(", "+place, len(rows)-1)
	values := make([]any, 0, len(rows)*t.columns)
	for _, row := range rows {
		values = append(values, row...)
	}
	if st := b.stmts[query]; st != nil {
		_, err := tx.StmtContext(ctx, st).ExecContext(ctx, values...)
		return err
	}
	b.stmts[query] = nil // prepared for good when the connection is free
	_, err := tx.ExecContext(ctx, query, values...)
	return err
}

// Prepare keeps the statements that were met, so that the next time has them ready.
func (b *Books) Prepare(ctx context.Context) error {
	for query, st := range b.stmts {
		if st != nil {
			continue
		}
		st, err := b.into.PrepareContext(ctx, query)
		if err != nil {
			return app.Wrap("bare.Prepare", app.StorageFailing, err)
		}
		b.stmts[query] = st
	}
	return nil
}

// Close closes both databases.
func (b *Books) Close() error {
	var err error
	for _, st := range b.stmts {
		if st != nil {
			err = errors.Join(err, st.Close())
		}
	}
	return app.Wrap("bare.Close", app.StorageFailing, errors.Join(err, b.into.Close(), b.from.Close()))
}
