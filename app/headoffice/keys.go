package headoffice

import (
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/durable"
	"loket/app/office"
	"loket/app/sealed"
)

// Keys are head office's keys. They live in a folder of 0600 files outside the database; the root's
// private files and recovery.key may be taken away after the first start. What speaks for head office at
// a moment is read again while a server runs.
type Keys struct {
	folder   string
	roots    atomic.Pointer[[]ed25519.PublicKey] // now and next
	first    ed25519.PrivateKey                  // the first office key: the own journal starts from it
	held     atomic.Pointer[shelf]
	keeping  sync.Mutex
	recovery []byte // public half: data keys are sealed to it for recovery
	columns  cipher.AEAD
	index    []byte
	session  []byte
	tls      tls.Certificate
	pin      [32]byte
	strict   bool // nothing is made that is missing: books know these keys
}

// LoadKeys reads the keys from a folder, and makes them at the first start: where there are none, or where
// the first start was cut before the books began.
func LoadKeys(folder string, now time.Time) (*Keys, error) {
	k, err := OpenKeys(folder, now)
	if err != nil {
		return nil, err
	}
	if _, err := k.held.Load().at(now); err != nil {
		return nil, &app.Error{Code: app.OfficeKeysEnded, Op: "headoffice.LoadKeys", Err: err}
	}
	return k, nil
}

// OpenKeys is LoadKeys where the last certificate may have ended: for the commands that bring the next.
func OpenKeys(folder string, now time.Time) (*Keys, error) {
	if err := durable.Folder(folder, 0o700); err != nil {
		return nil, app.Wrap("headoffice.OpenKeys", app.FileUnwritten, err)
	}
	if _, some := missingKeys(folder); !some {
		if _, err := createFile(filepath.Join(folder, newOffice), []byte("keys were made, books not begun\n")); err != nil {
			return nil, err
		}
	}
	k := &Keys{folder: folder}
	if _, err := os.Stat(filepath.Join(folder, newOffice)); errors.Is(err, fs.ErrNotExist) {
		k.strict = true
	}
	for _, step := range []func() error{
		k.loadRoots, k.loadOffice, k.loadRecovery, k.loadSecrets, k.loadTLS,
		func() error { return k.Keep(now) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// loadRoots reads the public halves of the root and its successor, as the last rotation left them; the
// private ones may be away.
func (k *Keys) loadRoots() error {
	var roots []ed25519.PublicKey
	for _, name := range []string{"root", "root-next"} {
		pub, err := k.publicHalf(name, newSeed, func(seed []byte) []byte {
			return publicOf(ed25519.NewKeyFromSeed(seed))
		})
		if err != nil {
			return err
		}
		roots = append(roots, pub)
	}
	rotated, err := k.rotations()
	if err != nil {
		return err
	}
	if n := len(rotated); n > 0 {
		now, next, err := office.FollowRotations(office.RootsOf(roots...), rotated)
		if err != nil {
			return &app.Error{Code: app.OfficeKeysBroken, Args: app.Args{"file": rotationsName}, Op: "headoffice.loadRoots", Err: err}
		}
		roots = []ed25519.PublicKey{now, next}
	}
	k.roots.Store(&roots)
	return nil
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey {
	return append(ed25519.PublicKey(nil), key[ed25519.PrivateKeySize-ed25519.PublicKeySize:]...)
}

func (k *Keys) loadOffice() error {
	seed, err := k.file("office.key", newSeed)
	if err != nil {
		return err
	}
	k.first = ed25519.NewKeyFromSeed(seed)
	return nil
}

func newOpening() ([]byte, error) {
	key, err := sealed.NewOpeningKey()
	if err != nil {
		return nil, err
	}
	return key.Bytes(), nil
}

func (k *Keys) loadRecovery() (err error) {
	k.recovery, err = k.publicHalf("recovery", newOpening, func(b []byte) []byte {
		key, err := sealed.ParseOpeningKey(b)
		if err != nil {
			return nil
		}
		return key.Public()
	})
	return err
}

func (k *Keys) loadSecrets() error {
	columns, err := k.file("columns.key", newSeed)
	if err != nil {
		return err
	}
	if k.columns, err = newAEAD(columns); err != nil {
		return err
	}
	if k.index, err = k.file("index.key", newSeed); err != nil {
		return err
	}
	k.session, err = k.file("session.key", newSeed)
	return err
}

// Root is the present root's public half.
func (k *Keys) Root() ed25519.PublicKey { return (*k.roots.Load())[0] }

// Roots are the fingerprints that kiosks pin.
func (k *Keys) Roots() office.Roots { return office.RootsOf(*k.roots.Load()...) }

// Speaker is who signs what head office says at a moment.
func (k *Keys) Speaker(at time.Time) (sealed.Speaker, error) {
	t, err := k.at(at)
	return sealed.Speaker{Certificate: t.raw, Key: t.key}, err
}

// OfficeKey is the public half of the first office key, from which the own journal's chain starts.
func (k *Keys) OfficeKey() ed25519.PublicKey { return publicOf(k.first) }

// Ends is until when certificates follow each other without a gap.
func (k *Keys) Ends(now time.Time) time.Time { return k.held.Load().until(now) }

// openings are all HPKE keys that batches may be sealed to.
func (k *Keys) openings() []sealed.OpeningKey { return k.held.Load().opening }

// openingFor finds the key that a batch was sealed to.
func (k *Keys) openingFor(id sealed.KeyID) (sealed.OpeningKey, error) {
	for _, key := range k.openings() {
		if sealed.KeyIDOf(key.Public()) == id {
			return key, nil
		}
	}
	return sealed.OpeningKey{}, app.Fail(app.OfficeUnknownKey)
}

// ExportRoot writes the root's private key, and its successor's, into a file for a safe place.
func (k *Keys) ExportRoot(file string) error {
	var out [2][]byte
	for i, pub := range *k.roots.Load() {
		key, err := k.rootKey(pub)
		if err != nil {
			return err
		}
		if key == nil {
			return app.Fail(app.OfficeKeysBroken, "file", []string{"root.key", "root-next.key"}[i])
		}
		out[i] = key.Seed()
	}
	b, err := cose.Marshal([]any{"loket/root-backup", out[0], out[1]})
	if err != nil {
		return err
	}
	_, err = createFile(file, []byte(keyText(b)))
	return err
}

// ImportRoot brings an exported root back into the folder. It must be the root of these keys.
func (k *Keys) ImportRoot(file string) error {
	seeds, err := readRootBackup(file)
	if err != nil {
		return err
	}
	for i, seed := range seeds {
		if !publicOf(ed25519.NewKeyFromSeed(seed)).Equal((*k.roots.Load())[i]) {
			return app.Fail(app.OfficeUnknownRoot)
		}
		if err := k.keepRoot(seed, []string{"root.key", "root-next.key"}[i]); err != nil {
			return err
		}
	}
	return nil
}

// keepRoot lays a root's private half into the folder, under a name that no other has.
func (k *Keys) keepRoot(seed []byte, name string) error {
	public := publicOf(ed25519.NewKeyFromSeed(seed))
	if have, err := k.rootKey(public); err != nil || have != nil {
		return err
	}
	if name != "" {
		if made, err := createFile(filepath.Join(k.folder, name), []byte(keyText(seed))); err != nil || made {
			return err
		}
	}
	_, err := createFile(filepath.Join(k.folder, "root-"+office.FingerprintOf(public).String()[:16]+".key"), []byte(keyText(seed)))
	return err
}
