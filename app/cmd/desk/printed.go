package desk

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"loket/app"
	"loket/printing/spool"
)

// What is printed holds names and numbers and stands plain. In the kiosk's own print folder nothing of it
// outlives its purpose: a card's file goes when the card is confirmed or has ended, a run's with the last
// of its cards, and everything at each start; in a window that is never closed, at the next sign-in after
// half a day. A folder that somebody chose is theirs, and Pengaturan says so.
const printedFor = 12 * time.Hour

// jobs are the files of cards that are not confirmed yet. It is safe for use by several goroutines.
type jobs struct {
	mu    sync.Mutex
	files map[string]map[app.Serial]bool
}

// begin remembers of which cards a file is.
func (j *jobs) begin(file string, serials []app.Serial) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.files == nil {
		j.files = map[string]map[app.Serial]bool{}
	}
	j.files[file] = map[app.Serial]bool{}
	for _, serial := range serials {
		j.files[file][serial] = true
	}
}

// end takes a card out, and gives the files that no card waits for any more.
func (j *jobs) end(serial app.Serial) (done []string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for file, serials := range j.files {
		delete(serials, serial)
		if len(serials) == 0 {
			delete(j.files, file)
			done = append(done, file)
		}
	}
	return done
}

// ownFolder is where prints go unless somebody chose another place.
func (p *Paper) ownFolder() string { return p.desk.folder("cetak") }

// ended takes away what was printed of a card that needs no print any more.
func (p *Paper) ended(serial app.Serial) {
	for _, file := range p.jobs.end(serial) {
		if filepath.Dir(file) == p.ownFolder() {
			p.remove(file)
		}
	}
}

// sweep is the start's: everything in the own folder, and halves of files wherever they are printed to.
func (p *Paper) sweep(ctx context.Context) error {
	p.empty(time.Time{})
	dir, err := p.Folder(ctx)
	if err != nil {
		return err
	}
	halves, err := filepath.Glob(filepath.Join(dir, spool.Unfinished))
	if err != nil {
		return nil //nolint:nilerr // a folder with a name that is a pattern: its halves stay
	}
	for _, half := range halves {
		p.remove(half)
	}
	return nil
}

// empty takes away what was printed into the own folder before a moment; the zero time: everything.
func (p *Paper) empty(before time.Time) {
	found, err := os.ReadDir(p.ownFolder())
	if err != nil {
		return // there is none yet
	}
	for _, one := range found {
		ext := filepath.Ext(one.Name())
		if info, err := one.Info(); err == nil && info.Mode().IsRegular() && (ext == ".pdf" || ext == ".tmp") && (before.IsZero() || info.ModTime().Before(before)) {
			p.remove(filepath.Join(p.ownFolder(), one.Name()))
		}
	}
}

// remove takes a file away. One that another program holds open stays until the next start: nobody is kept
// from working for it.
func (p *Paper) remove(file string) {
	err := os.Remove(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		slog.Warn("a printed file stays", "err", errors.Unwrap(err)) // without its name, which is a number of somebody
	}
}
