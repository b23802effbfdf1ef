package kiosk

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/journal"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks the file as a kiosk's: "LOKT".
const applicationID = 0x4c4f4b54

type migration struct {
	version int
	sql     string
}

// steps lists the migrations by their number.
func steps() ([]migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, failed("kiosk.steps", err)
	}
	var all []migration
	for _, name := range names {
		b, err := migrations.ReadFile(name)
		if err != nil {
			return nil, failed("kiosk.steps", err)
		}
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		version, err := strconv.Atoi(number)
		if err != nil {
			return nil, app.Wrap("kiosk.steps", app.StorageMigration, err)
		}
		all = append(all, migration{version, string(b)})
	}
	slices.SortFunc(all, func(a, b migration) int { return cmp.Compare(a.version, b.version) })
	return all, nil
}

// migrate brings the file to this program's form: all steps in one transaction, after a copy of
// what was there. A file of a newer program is left alone.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	all, err := steps()
	if err != nil {
		return err
	}
	newest := all[len(all)-1].version
	version, err := examine(ctx, db)
	switch {
	case err != nil:
		return err
	case version == newest:
		return nil
	case version > newest:
		return app.Fail(app.StorageNewer, "file", version, "program", newest)
	}
	if version > 0 {
		if err := copyTo(ctx, db, fmt.Sprintf("%s.before-%d", path, newest)); err != nil {
			return err
		}
	}
	return apply(ctx, db, all, version)
}

// examine reads the file's version, and refuses a file that is not a kiosk's.
func examine(ctx context.Context, db *sql.DB) (version int, err error) {
	var id, tables int
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return 0, failed("kiosk.examine", err)
	}
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return 0, failed("kiosk.examine", err)
	}
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return 0, failed("kiosk.examine", err)
	}
	if id != applicationID && (id != 0 || version != 0 || tables != 0) {
		return 0, app.Fail(app.StorageForeign)
	}
	return version, nil
}

func apply(ctx context.Context, db *sql.DB, all []migration, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return failed("kiosk.apply", err)
	}
	for _, m := range all {
		if m.version <= version {
			continue
		}
		if _, err := tx.ExecContext(ctx, m.sql); err != nil {
			return failed("kiosk.apply", undo(tx, fmt.Errorf("migration %d: %w", m.version, err)))
		}
	}
	marks := fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, all[len(all)-1].version)
	if _, err := tx.ExecContext(ctx, marks); err != nil {
		return failed("kiosk.apply", undo(tx, err))
	}
	if err := tx.Commit(); err != nil {
		return failed("kiosk.apply", undo(tx, err))
	}
	return nil
}

// copyTo makes a whole copy of the database in a new file.
func copyTo(ctx context.Context, db *sql.DB, to string) error {
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed("kiosk.copyTo", err)
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return failed("kiosk.copyTo", err)
	}
	return failed("kiosk.copyTo", os.Chmod(to, 0o600))
}

// copyLife is how long the copy from before a change of form is kept where nobody signs in.
const copyLife = 30 * 24 * time.Hour

// dropCopies removes the copies from before a change of form that are older than an age: when somebody has
// signed in the new form has proven itself, and what lies in an old copy is not changed with the keys.
func (s *Store) dropCopies(age time.Duration) error {
	copies, err := filepath.Glob(filepath.Join(s.dir, "loket.db.before-*"))
	for _, path := range copies {
		info, statErr := os.Stat(path)
		if statErr == nil && s.clock.Now().Sub(info.ModTime()) >= age {
			err = both(err, os.Remove(path))
		}
	}
	return failed("kiosk.dropCopies", err)
}

// Backup copies the database, consistent and while in use, to a file that does not exist yet, and
// writes backup.made. What is sealed in the copy stays sealed; attachments are files beside it.
func (s *Store) Backup(ctx context.Context, by app.Author, to string) error {
	if _, err := os.Stat(to); err == nil {
		return app.Fail(app.FileUnwritten)
	}
	if _, err := s.w.db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return failed("kiosk.Backup", err)
	}
	return s.write(ctx, "kiosk.Backup", func(t *tx) error {
		_, err := t.append(by, journal.BackupMade, app.ScopeDevice, nil, nil, nil)
		return err
	})
}
