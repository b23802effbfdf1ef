package office

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"loket/app"
	"loket/app/durable"
	"loket/app/office/books"
)

const sqliteCopy = "office.db"

// copyTo lets SQLite write a whole copy, which holds one moment however long it takes.
func (lite) copyTo(ctx context.Context, s *Store, dir string, b *books.Backup) error {
	b.Engine = "sqlite"
	file := filepath.Join(dir, sqliteCopy)
	if _, err := s.write.ExecContext(ctx, "VACUUM INTO ?", file); err != nil {
		return err
	}
	if err := flush(file); err != nil {
		return app.Wrap("office.copyTo", app.FileUnwritten, err)
	}
	return s.look(ctx, "office.copyTo", func(t *tx) error {
		tables, err := t.names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
		for _, table := range tables {
			var n int64
			if _, err := t.get("SELECT count(*) FROM "+table, nil, &n); err != nil {
				return err
			}
			b.Rows[table] = n
		}
		return err
	})
}

func (t *tx) names(query string, args ...any) (names []string, err error) {
	err = t.each(query, args, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, name)
		return err
	})
	return names, err
}

// RestoreSQLite puts the books of a backup where their file belongs. They are marked before they get
// their name, so that none are ever opened that do not know it; books that were there are moved aside,
// and their new name is returned.
func RestoreSQLite(ctx context.Context, from, file string, r books.Restoration) (aside string, err error) {
	const op = "office.RestoreSQLite"
	if err := durable.Folder(filepath.Dir(file), 0o700); err != nil {
		return "", app.Wrap(op, app.FileUnwritten, err)
	}
	if err := notInUse(ctx, file); err != nil {
		return "", err
	}
	fresh := file + ".restoring"
	for _, end := range []string{"", "-wal", "-shm"} { // of a restore that was cut
		if err := durable.Remove(fresh + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", app.Wrap(op, app.FileUnwritten, err)
		}
	}
	if err := copyFile(filepath.Join(from, sqliteCopy), fresh); err != nil {
		return "", app.Wrap(op, app.FileUnwritten, err)
	}
	s, err := OpenSQLite(ctx, fresh, nil, books.Policy{})
	if err != nil {
		return "", err
	}
	err = s.change(ctx, op, r.At, func(t *tx) error { return t.mark(r) })
	if err := errors.Join(err, s.Close()); err != nil { // closing moves its log into the file
		return "", err
	}
	if aside, err = moveAside(file, r); err != nil {
		return "", app.Wrap(op, app.FileUnwritten, err)
	}
	return aside, app.Wrap(op, app.FileUnwritten, errors.Join(os.Rename(fresh, file), durable.SyncDir(filepath.Dir(file))))
}

// notInUse refuses books that a program has open: it would go on writing into those that were moved
// aside, and its receipts would be for nothing. Leaving the mode of the log needs the file for oneself
// alone, and moves the log into it. Books that are damaged are nobody's.
func notInUse(ctx context.Context, file string) error {
	if !there(file) {
		return nil
	}
	whole, err := filepath.Abs(file)
	if err != nil {
		return app.Wrap("office.notInUse", app.FileUnread, err)
	}
	db, err := sql.Open("sqlite", address(whole, "mode=rw&_pragma="+url.QueryEscape("busy_timeout(1000)")))
	if err != nil {
		return app.Wrap("office.notInUse", app.FileUnread, err)
	}
	var mode string
	err = db.QueryRowContext(ctx, "PRAGMA journal_mode=DELETE").Scan(&mode)
	closed := db.Close()
	if err == nil && mode == "wal" || lite.again(lite{}, err) {
		return app.Fail(app.OfficeRestoreRunning)
	}
	return app.Wrap("office.notInUse", app.FileUnread, closed)
}

// moveAside gives former books another name, their log first: books without their log are older ones. A
// log whose books are gone must not become part of the restored ones.
func moveAside(file string, r books.Restoration) (aside string, err error) {
	base := file + ".replaced-" + r.At.UTC().Format("20060102-150405")
	aside = base
	for n := 2; there(aside) || there(aside+"-wal"); n++ {
		aside = base + "-" + strconv.Itoa(n)
	}
	was := there(file)
	for _, end := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(file+end, aside+end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	if !was {
		aside = ""
	}
	return aside, nil
}

func there(file string) bool {
	_, err := os.Lstat(file)
	return err == nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close(), in.Close())
}
