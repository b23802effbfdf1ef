package witness

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/app/vault"
)

// Name is the copy in the data folder.
const Name = "kiosk.witness"

// flushAfter is how long a word may wait before it is on the disk, however the computer ends.
const flushAfter = time.Second

// Place is where the copies of a kiosk's witness lie.
type Place struct {
	Data   string // the data folder
	State  string // the folder of the machine secret
	Secret vault.Machine
}

// Words reads every word that may speak of a data folder: the copy in it, and those beside the secret. A
// copy that is missing, torn or another machine's says nothing.
func (p Place) Words() ([]Word, error) {
	key, err := macKey(p.Secret)
	if err != nil {
		return nil, err
	}
	paths := []string{filepath.Join(p.Data, Name)}
	beside, err := filepath.Glob(filepath.Join(p.State, "witness-*"))
	if err != nil {
		return nil, app.Wrap("witness.Words", app.Internal, err)
	}
	slices.Sort(beside)
	var all []Word
	for _, path := range append(paths, beside...) {
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, app.Wrap("witness.Words", app.FileUnread, err)
		}
		if w, _, ok := newest(b, key); ok {
			all = append(all, w)
		}
	}
	return all, nil
}

// beside is the copy beside the secret, one a life.
func (p Place) beside(w Word) string {
	return filepath.Join(p.State, "witness-"+w.Chain().String()+"-"+hex.EncodeToString(w.Genesis[:4]))
}

// Keeper writes the witness of one life while a program has its folder open.
type Keeper struct {
	key  []byte
	lock *os.File

	mu    sync.Mutex
	files []*file
	word  Word
	timer *time.Timer // a flush that is due; nil where none is
	ended bool
}

// file is one copy. Words go to one slot until they were flushed, then to the other.
type file struct {
	f     *os.File
	slot  int64
	dirty bool
	err   error // of the last write; nil when it is well
}

// Keep goes on from a word with the copies at a place. It fails with storage.busy while another program
// keeps the same life's witness: somebody has opened a copy of the folder.
func Keep(p Place, w Word) (*Keeper, error) {
	key, err := macKey(p.Secret)
	if err != nil {
		return nil, err
	}
	k := &Keeper{key: key, word: w}
	beside := p.beside(w)
	if k.lock, err = durable.Lock(beside + ".lock"); errors.Is(err, durable.ErrHeld) {
		return nil, app.Fail(app.StorageBusy)
	}
	// A copy that cannot be written is told by whoever asks; the other goes on alone.
	for _, path := range []string{filepath.Join(p.Data, Name), beside} {
		if f, err := openCopy(path, w, key); err == nil {
			k.files = append(k.files, f)
		}
	}
	if len(k.files) == 0 {
		return nil, errors.Join(app.Fail(app.StorageReadOnly), k.release())
	}
	return k, nil
}

// openCopy opens a copy for writing, and makes it where it is missing or holds another word.
func openCopy(path string, w Word, key []byte) (*file, error) {
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	have, at, ok := newest(b, key)
	if !ok || string(have.Genesis) != string(w.Genesis) || have.Turn > w.Turn || len(b) != 2*slotSize {
		slot, err := w.encode(key)
		if err != nil {
			return nil, err
		}
		if err := durable.Write(path, slices.Concat(slot, make([]byte, slotSize)), 0o600); err != nil {
			return nil, err
		}
		at = 0
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return &file{f: f, slot: int64(1 - at)}, nil
}

// Word is the last word.
func (k *Keeper) Word() Word {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.word
}

// Note keeps a word: it is in the files when Note returns, and on the disk a second later at most. What
// goes wrong is told by Flush.
func (k *Keeper) Note(w Word) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ended {
		return
	}
	k.note(w)
	if k.timer == nil {
		k.timer = time.AfterFunc(flushAfter, func() {
			k.Flush() //nolint:errcheck // the next reservation tells it
		})
	}
}

func (k *Keeper) note(w Word) {
	w.Turn = k.word.Turn + 1
	k.word = w
	slot, err := w.encode(k.key)
	for _, f := range k.files {
		if f.err = err; err == nil {
			_, f.err = f.f.WriteAt(slot, f.slot*slotSize)
			f.dirty = true
		}
	}
}

// Flush brings the last word to the disk. It fails when no copy holds it. Who notes meanwhile waits: the
// slot that holds the word before is not touched until this one is down.
func (k *Keeper) Flush() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.timer != nil {
		k.timer.Stop()
		k.timer = nil
	}
	if k.ended {
		return nil
	}
	return k.flush()
}

func (k *Keeper) flush() error {
	held, first := false, error(nil)
	for _, f := range k.files {
		if f.err == nil && f.dirty {
			if f.err = f.f.Sync(); f.err == nil {
				f.dirty, f.slot = false, 1-f.slot
			}
		}
		if f.err == nil {
			held = true
		} else if first == nil {
			first = f.err
		}
	}
	if held {
		return nil
	}
	return unwritten(first)
}

// Reserve notes a word and has it on the disk before it returns.
func (k *Keeper) Reserve(w Word) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.note(w)
	return k.flush()
}

func unwritten(err error) error {
	if durable.Full(err) {
		return app.Wrap("witness.Flush", app.StorageFull, err)
	}
	return app.Wrap("witness.Flush", app.StorageFailing, err)
}

// Close flushes the last word and frees the life for another program.
func (k *Keeper) Close() error {
	if k == nil {
		return nil
	}
	err := k.Flush()
	k.mu.Lock()
	k.ended = true
	k.mu.Unlock()
	return errors.Join(err, k.release())
}

func (k *Keeper) release() error {
	var err error
	for _, f := range k.files {
		err = errors.Join(err, f.f.Close())
	}
	if k.lock != nil {
		err = errors.Join(err, k.lock.Close())
	}
	return app.Wrap("witness.release", app.StorageFailing, err)
}

// End writes the last word about a life beside the secret; nobody may keep it meanwhile.
func End(p Place, w Word) error {
	key, err := macKey(p.Secret)
	if err != nil {
		return err
	}
	w.Turn++
	slot, err := w.encode(key)
	if err != nil {
		return err
	}
	return durable.Write(p.beside(w), slices.Concat(slot, make([]byte, slotSize)), 0o600)
}
