package centre

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/app/headoffice"
	"loket/app/office/books"
	"loket/storage/office"
)

// Backup copies head office's books into an empty folder, while it works. With keys, the keys go along:
// whoever has such a copy can read everything and speak for head office.
func Backup(ctx context.Context, o Options, out string, keys bool) (b books.Backup, err error) {
	c, err := Open(ctx, o)
	if err != nil {
		return b, err
	}
	b, err = c.Store.BackupTo(ctx, out, o.withClock().Clock.Now())
	if err == nil && keys {
		b.Keys = true
		if err = copyKeys(keysIn(o.Data), filepath.Join(out, "keys")); err == nil {
			err = office.WriteBackup(out, &b)
		}
	}
	return b, errors.Join(err, c.Stop(ctx))
}

func keysIn(data string) string { return filepath.Join(data, "keys") }

// copyKeys copies a folder of keys, but never the file of numbers: a copy of that would be behind.
func copyKeys(from, to string) error {
	const op = "centre.copyKeys"
	if err := durable.Folder(to, 0o700); err != nil {
		return app.Wrap(op, app.FileUnwritten, err)
	}
	inside, err := os.ReadDir(from)
	if err != nil {
		return app.Wrap(op, app.FileUnread, err)
	}
	for _, f := range inside {
		if !f.Type().IsRegular() || f.Name() == headoffice.NumbersFile || strings.Contains(f.Name(), ".new-") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(from, f.Name()))
		if err != nil {
			return app.Wrap(op, app.FileUnread, err)
		}
		if err := durable.Write(filepath.Join(to, f.Name()), b, 0o600); err != nil {
			return app.Wrap(op, app.FileUnwritten, err)
		}
	}
	return nil
}

// Restored is what a restore did.
type Restored struct {
	books.Backup
	Aside string // where the books that were there went; "" there were none
}

// Restore puts a backup of the books where head office keeps them. The keys must be there, or in the
// backup. Nothing up to numbersAbove is given out again; 0 takes what stands beside the keys, and
// without that it is refused.
func Restore(ctx context.Context, o Options, from string, numbersAbove int64) (r Restored, err error) {
	o = o.withClock()
	if r.Backup, err = office.ReadBackup(from); err != nil {
		return r, err
	}
	if err := keysFor(o.Data, from, r.Keys); err != nil {
		return r, err
	}
	now := o.Clock.Now()
	again := books.Restoration{Made: r.Made, At: now}
	if again.Numbers, err = numbersFor(o.Data, numbersAbove); err != nil {
		return r, err
	}
	kind, name, _ := strings.Cut(o.Store, ":")
	switch postgres := kind == "postgres" || kind == "postgresql"; {
	case postgres != (r.Engine == "postgres") || o.Store != "" && !postgres && kind != "sqlite":
		return r, app.Fail(app.OfficeStoreUnknown, "store", kind)
	case postgres:
		err = office.RestorePostgres(ctx, from, o.Store, r.Backup, again)
	case name == "":
		r.Aside, err = office.RestoreSQLite(ctx, from, filepath.Join(o.Data, "office.db"), again)
	default:
		r.Aside, err = office.RestoreSQLite(ctx, from, name, again)
	}
	if err != nil {
		return r, err
	}
	c, err := Open(ctx, o) // the feeds begin anew; if this is cut, the next start goes on
	if err != nil {
		return r, err
	}
	return r, c.Stop(ctx)
}

func keysFor(data, from string, inBackup bool) error {
	_, err := os.Stat(filepath.Join(keysIn(data), "office.key"))
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return app.Wrap("centre.Restore", app.FileUnread, err)
	case !inBackup:
		return app.Fail(app.OfficeRestoreKeys, "folder", data)
	}
	return copyKeys(filepath.Join(from, "keys"), keysIn(data))
}

// shardsAbove is how many shards are left closed where nobody knows which were opened since the backup:
// one holds a million serials.
const shardsAbove = 8

// kiosksAbove is the same of kiosks' numbers.
const kiosksAbove = 100

func numbersFor(data string, above int64) (map[string]int64, error) {
	numbers, err := headoffice.NumbersIn(keysIn(data)).Read()
	if err != nil {
		return nil, err
	}
	if numbers == nil && above == 0 {
		return nil, app.Fail(app.OfficeRestoreNumbers)
	}
	if numbers == nil {
		numbers = map[string]int64{books.SerialShards: shardsAbove, books.KioskNumbers: kiosksAbove}
	}
	numbers[books.MemberNumbers] = max(numbers[books.MemberNumbers], above)
	return numbers, nil
}

// finishWithin bounds what a start does for books that were just restored.
const finishWithin = 10 * time.Minute

// ready prepares books that were opened: numbers are written ahead beside the keys, and what a restore
// left to do is done.
func ready(ctx context.Context, o Options, keys *headoffice.Keys, store *office.Store) error {
	if err := store.WriteAhead(ctx, keys.Numbers()); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, finishWithin)
	defer cancel()
	return store.FinishRestore(ctx, o.Clock.Now())
}
