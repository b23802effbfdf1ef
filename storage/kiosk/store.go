// Package kiosk is the database of one kiosk: the journal and the tables that its entries change,
// in one SQLite file, and the encrypted files of attachments beside it. A business operation is
// one method is one transaction; what a method reported as done survives a power cut.
package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the driver

	"loket/app"
	"loket/app/durable"
	"loket/app/journal"
	"loket/app/vault"
	"loket/storage/witness"
)

// Store is the open database. It is safe for use by several goroutines; writes queue up.
type Store struct {
	dir   string
	clock app.Clock
	lock  *os.File
	w, r  pool
	meter meter

	reading app.Code     // why nothing can be written; "" where it can
	leave   func() error // ends what only reading needed; may be nil
	tries   sync.Map     // wrong PINs while nothing can be written: operator -> attempt

	turn sync.Mutex // one write at a time

	mu  sync.RWMutex
	key *vault.Key // nil while the vault is locked
	old *vault.Key // the data key before, for who was reading when it changed; usually nil
	at  state

	guard guard
	told  []string // what did not check since the start

	behind   *Behind  // what the database lacks; nil: nothing
	before   []*Store // former lives that are open
	stranded *Behind  // of a former life: why it was behind when it ended

	place  *witness.Place  // of the witness; nil: none
	keeper *witness.Keeper // nil while there is no journal, or it is behind
	given  given
}

// state is where the journal stands.
type state struct {
	chain  app.Chain // zero until the journal has begun
	boot   uint64
	seq    uint64
	head   journal.Head
	last   int64 // time of the newest entry, unix ms
	signed int64 // newest time that head office has signed, unix ms
	peak   int64 // time of the newest entry from which the clock went back, unix ms
	ahead  int64 // how far ahead the clock was found to be, ms

	step  int   // of a change of keys, 0 where none is under way
	after int64 // the row after which its next piece begins

	genesis journal.Head // before the first entry: which journal it is
}

// Open opens the database in a data folder and makes both where there are none. It fails with
// storage.busy while another program has the folder open, storage.newer, storage.damaged,
// storage.readonly or storage.full.
func Open(ctx context.Context, dir string, clock app.Clock) (*Store, error) {
	return open(ctx, dir, clock, nil)
}

func open(ctx context.Context, dir string, clock app.Clock, place *witness.Place) (*Store, error) {
	if err := durable.Folder(dir, 0o700); err != nil {
		return nil, failed("kiosk.Open", err)
	}
	lock, err := takeLock(filepath.Join(dir, "loket.lock"))
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, clock: clock, lock: lock, meter: meterOf(clock), place: place}
	if err := s.open(ctx); err != nil {
		return nil, both(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	path := filepath.Join(s.dir, "loket.db")
	if err := sweep(s.dir); err != nil {
		return err
	}
	t, err := readTraces(s.dir, s.place)
	if err != nil {
		return err
	}
	if err := own(path); err != nil {
		return err
	}
	if s.w, err = openPool(path, writing, 1); err != nil {
		return err
	}
	if err := migrate(ctx, s.w.db, path); err != nil {
		return err
	}
	if s.r, err = openPool(path, reading, 4); err != nil {
		return err
	}
	if err := s.load(ctx); err != nil {
		return err
	}
	if err := s.compare(ctx, t); err != nil {
		return err
	}
	if err := s.dropCopies(copyLife); err != nil {
		return err
	}
	return s.countBoot(ctx)
}

// own makes the database, where there is none, for its owner's eyes alone, and takes away what others were
// allowed before; SQLite makes the files beside it alike.
func own(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return failed("kiosk.own", err)
	}
	if err := f.Close(); err != nil {
		return failed("kiosk.own", err)
	}
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(file)
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			err = os.Chmod(file, 0o600)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) && !errors.Is(err, os.ErrPermission) {
			return failed("kiosk.own", err)
		}
	}
	return nil
}

// load reads where the journal stands.
func (s *Store) load(ctx context.Context) error {
	var at state
	var device, head []byte
	err := s.r.row(ctx, `SELECT kiosk, incarnation, device, boot, known, peak, ahead, reseal_step + 1, reseal_after FROM meta`).
		Scan(&at.chain.Kiosk, &at.chain.Incarnation, &device, &at.boot, &at.signed, &at.peak, &at.ahead, &at.step, &at.after)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return failed("kiosk.load", err)
	}
	at.genesis = journal.Genesis(at.chain, device)
	at.head = at.genesis
	err = s.r.row(ctx, `SELECT seq, at, head FROM entries ORDER BY seq DESC LIMIT 1`).Scan(&at.seq, &at.last, &head)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return failed("kiosk.load", err)
	}
	if err == nil {
		if len(head) != len(at.head) {
			return app.Fail(app.StorageDamaged)
		}
		at.head = journal.Head(head)
	}
	s.move(at)
	return nil
}

// countBoot counts this start of the program, so that entries show where the clock may have been
// set between two of them.
func (s *Store) countBoot(ctx context.Context) error {
	if s.Chain() == (app.Chain{}) {
		return nil
	}
	return s.write(ctx, "kiosk.countBoot", func(t *tx) error {
		t.at.boot++
		return t.exec(`UPDATE meta SET boot = ?`, t.at.boot)
	})
}

// Close forgets the data key and closes the database. The folder is free for another program.
func (s *Store) Close() error {
	s.Lock()
	err := errors.Join(s.r.close(), s.w.close(), s.endWitness(), releaseLock(s.lock))
	if s.leave != nil {
		err = both(err, s.leave())
	}
	return err
}

// Unlock gives the store the data key: from now on personal values can be written and read.
func (s *Store) Unlock(key *vault.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
}

// Lock forgets the data key.
func (s *Store) Lock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key != nil {
		s.key.Forget()
		s.key = nil
	}
	if s.old != nil {
		s.old.Forget()
		s.old = nil
	}
}

// keyOf is the data key under which a value was sealed: the present one, or the one before.
func (s *Store) keyOf(sealed []byte) (*vault.Key, error) {
	s.mu.RLock()
	key, old, step := s.key, s.old, s.at.step
	s.mu.RUnlock()
	version := vault.VersionOf(sealed)
	switch {
	case key == nil:
		return nil, app.Fail(app.VaultLocked)
	case version == key.Version():
		return key, nil
	case old == nil && step != noStep:
		var err error
		if old, err = s.oldKey(context.Background()); err != nil {
			return nil, err
		}
	}
	if old != nil && version == old.Version() {
		return old, nil
	}
	return key, nil
}

// vault is the data key, or vault.locked.
func (s *Store) vault() (*vault.Key, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.key == nil {
		return nil, app.Fail(app.VaultLocked)
	}
	return s.key, nil
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Chain names the journal that this folder holds; the zero chain before it has begun.
func (s *Store) Chain() app.Chain { return s.stand().chain }

// Head is the newest entry's number and the chain's hash after it.
func (s *Store) Head() (uint64, journal.Head) {
	at := s.stand()
	return at.seq, at.head
}

func (s *Store) stand() state {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.at
}

func (s *Store) move(to state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = to
}
