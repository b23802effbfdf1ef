package office

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"loket/app"
	"loket/app/office/books"
)

// copyTo copies every table through COPY, all in one transaction that sees one moment. It needs no
// tools beside the server.
func (postgres) copyTo(ctx context.Context, s *Store, dir string, b *books.Backup) error {
	b.Engine = "postgres"
	return s.onPostgres(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		tables, err := tablesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, table := range tables {
			n, err := copyOut(ctx, tx, table, filepath.Join(dir, table.name+".copy"))
			if err != nil {
				return err
			}
			b.Rows[table.name] = n
		}
		return nil
	})
}

// pgTable is a table of the books, with its columns in an order that holds.
type pgTable struct {
	name    string
	columns string
}

func tablesOf(ctx context.Context, tx pgx.Tx) (tables []pgTable, err error) {
	rows, err := tx.Query(ctx, `SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY column_name) FROM information_schema.columns
		WHERE table_schema = current_schema() GROUP BY table_name ORDER BY table_name`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t pgTable, err error) {
		err = row.Scan(&t.name, &t.columns)
		return t, err
	})
}

func copyOut(ctx context.Context, tx pgx.Tx, t pgTable, path string) (rows int64, err error) {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	done, err := tx.Conn().PgConn().CopyTo(ctx, out, "COPY "+t.name+" ("+t.columns+") TO STDOUT (FORMAT binary)")
	return done.RowsAffected(), errors.Join(err, out.Sync(), out.Close())
}

// RestorePostgres puts the books of a backup into an empty database, and marks them, in one transaction.
// The tables are first made as the backup has them; later migrations follow when the books are opened.
func RestorePostgres(ctx context.Context, from, address string, b books.Backup, r books.Restoration) error {
	const op = "office.RestorePostgres"
	s, err := connectPostgres(address, nil, books.Policy{})
	if err != nil {
		return err
	}
	err = s.restore(ctx, from, b, r)
	return errors.Join(s.engine.failed(op, err), s.write.Close())
}

func (s *Store) restore(ctx context.Context, from string, b books.Backup, r books.Restoration) error {
	var tables int
	if err := s.write.QueryRowContext(ctx, "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()").Scan(&tables); err != nil {
		return err
	}
	if tables > 0 && !s.halfRestored(ctx) {
		return app.Fail(app.OfficeRestoreThere)
	}
	if err := s.migrateTo(ctx, b.Migrations); err != nil {
		return err
	}
	err := s.onPostgres(ctx, pgx.TxOptions{}, func(tx pgx.Tx) error {
		tables, err := tablesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if err := copyIn(ctx, tx, t, filepath.Join(from, t.name+".copy")); err != nil {
				return err
			}
		}
		return markPostgres(ctx, tx, r)
	})
	return err
}

// halfRestored says whether tables are those of a restore that was cut: there, and nothing in them.
func (s *Store) halfRestored(ctx context.Context) bool {
	var chains int
	err := s.write.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM chains) + (SELECT count(*) FROM settings)").Scan(&chains)
	return err == nil && chains == 0
}

func copyIn(ctx context.Context, tx pgx.Tx, t pgTable, path string) error {
	in, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &app.Error{Code: app.BackupBad, Args: app.Args{"file": filepath.Base(path)}, Err: err}
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM "+t.name); err != nil { // what migrations put there
		return errors.Join(err, in.Close())
	}
	_, err = tx.Conn().PgConn().CopyFrom(ctx, in, "COPY "+t.name+" ("+t.columns+") FROM STDIN (FORMAT binary)")
	return errors.Join(err, in.Close())
}

// markPostgres is mark, on the connection that copied.
func markPostgres(ctx context.Context, tx pgx.Tx, r books.Restoration) error {
	get := func(query, key string, into any) (bool, error) {
		err := tx.QueryRow(ctx, query, key).Scan(into)
		if errors.Is(err, pgx.ErrNoRows) {
			return false, nil
		}
		return err == nil, err
	}
	put := func(query string, args ...any) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	}
	return marker{get, put}.mark(r)
}

// onPostgres works in a transaction on a connection of the driver's own kind.
func (s *Store) onPostgres(ctx context.Context, o pgx.TxOptions, work func(pgx.Tx) error) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	err = conn.Raw(func(c any) error {
		tx, err := c.(*stdlib.Conn).Conn().BeginTx(ctx, o)
		if err != nil {
			return err
		}
		if err := work(tx); err != nil {
			return errors.Join(err, tx.Rollback(ctx))
		}
		return tx.Commit(ctx)
	})
	return errors.Join(err, closed(conn))
}

func closed(conn *sql.Conn) error {
	if err := conn.Close(); err != nil && !strings.Contains(err.Error(), "already closed") {
		return err
	}
	return nil
}
