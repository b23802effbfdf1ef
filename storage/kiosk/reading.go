package kiosk

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"loket/app"
)

// OpenReading opens the database of a data folder for reading alone: nothing in the folder is changed,
// and it may lie on a full or read-only disk. What writes fails with the code of why, storage.readonly
// or storage.full. The folder's lock is not taken: whoever else has it open may go on.
func OpenReading(ctx context.Context, dir string, clock app.Clock, why app.Code, by Watch) (*Store, error) {
	path := filepath.Join(dir, "loket.db")
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil, missing(dir, by, err)
	}
	ways := []func(*Store) error{
		func(s *Store) error { return s.read(ctx, path, reading) },
		func(s *Store) error { return s.frozen(ctx, path) },
		func(s *Store) error { return s.copied(ctx, path) },
	}
	var first error
	for _, way := range ways {
		s := &Store{dir: dir, clock: clock, reading: why, meter: meterOf(clock), place: by.place(dir)}
		err := way(s)
		if err == nil {
			return s, nil
		}
		err = both(err, s.Close())
		if first == nil {
			first = err
		}
		if code := app.CodeOf(err); code == app.StorageNewer || code == app.StorageForeign {
			break
		}
	}
	return nil, first
}

// errOldForm says that a database must be brought to this program's form before it can be read.
var errOldForm = errors.New("the database is of an older form")

func (s *Store) read(ctx context.Context, path string, m mode) error {
	t, err := readTraces(s.dir, s.place)
	if err != nil {
		return err
	}
	if s.r, err = openPool(path, m, 4); err != nil {
		return err
	}
	if err := s.examined(ctx); err != nil {
		return err
	}
	if err := s.load(ctx); err != nil {
		return err
	}
	return s.compare(ctx, t)
}

// missing is what is said of a folder without a database.
func missing(dir string, by Watch, cause error) error {
	s := &Store{dir: dir, place: by.place(dir)}
	t, err := readTraces(dir, s.place)
	if err != nil {
		return err
	}
	t.words = s.ofThis(t.words)
	if b := emptied(t); b != nil {
		return b.Err()
	}
	return &app.Error{Code: app.StorageDamaged, Op: "kiosk.OpenReading", Err: cause}
}

func (s *Store) examined(ctx context.Context) error {
	all, err := steps()
	if err != nil {
		return err
	}
	newest := all[len(all)-1].version
	version, err := examine(ctx, s.r.db)
	switch {
	case err != nil:
		return err
	case version > newest:
		return app.Fail(app.StorageNewer, "file", version, "program", newest)
	case version < newest:
		return failed("kiosk.examined", errOldForm)
	}
	return nil
}

// frozen reads a file beside which SQLite can make no files of its own. That is right only where its log
// holds nothing.
func (s *Store) frozen(ctx context.Context, path string) error {
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return app.Fail(s.reading)
	}
	return s.read(ctx, path, frozen)
}

// copied reads a copy in the system's folder for such things. What is personal stays sealed in it.
func (s *Store) copied(ctx context.Context, path string) error {
	dir, err := os.MkdirTemp("", "loket-*") // 0700
	if err != nil {
		return failed("kiosk.copied", err)
	}
	s.leave = func() error { return os.RemoveAll(dir) }
	to := filepath.Join(dir, "loket.db")
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(path+suffix, to+suffix); err != nil {
			return failed("kiosk.copied", err)
		}
	}
	w, err := openPool(to, writing, 1)
	if err != nil {
		return err
	}
	if err := both(migrate(ctx, w.db, to), w.close()); err != nil {
		return err
	}
	return s.read(ctx, to, reading)
}

// copyFile copies a file that may be missing.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = both(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return both(err, out.Close())
}

// Reading is why nothing can be written, "" where it can.
func (s *Store) Reading() app.Code { return s.reading }
