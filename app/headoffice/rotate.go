package headoffice

import (
	"crypto/ed25519"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// rotationsName holds every rotation of the root, oldest first: a CBOR array. It says who the root is.
const rotationsName = "rotations"

func (k *Keys) rotations() (all [][]byte, err error) {
	b, err := os.ReadFile(filepath.Join(k.folder, rotationsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, app.Wrap("headoffice.rotations", app.FileUnread, err)
	}
	if err := cose.Unmarshal(b, &all); err != nil {
		return nil, &app.Error{Code: app.OfficeKeysBroken, Args: app.Args{"file": rotationsName}, Op: "headoffice.rotations", Err: err}
	}
	return all, nil
}

// Rotations are all of them, for who pins the roots of before.
func (k *Keys) Rotations() [][]byte {
	all, err := k.rotations()
	if err != nil {
		return nil
	}
	return all
}

// Rotate makes the successor the root, and a new successor. From then on certificates are of a higher
// epoch, so that everything that waits is signed again; who pins both roots goes on, and learns the next
// pair by the rotation. Whatever stops before the rotation is written leaves the root as it was.
func (k *Keys) Rotate(now time.Time) error {
	roots := *k.roots.Load()
	successor, err := k.rootKey(roots[1])
	if err != nil {
		return err
	}
	if successor == nil {
		return app.Fail(app.OfficeRootAway)
	}
	seed, err := newSeed()
	if err != nil {
		return app.Wrap("headoffice.Rotate", app.Internal, err)
	}
	if err := k.keepRoot(seed, ""); err != nil {
		return err
	}
	rotation, err := office.SignRotation(successor, publicOf(ed25519.NewKeyFromSeed(seed)), now)
	if err != nil {
		return err
	}
	before, err := k.rotations()
	if err != nil {
		return err
	}
	b, err := cose.Marshal(append(before, rotation))
	if err != nil {
		return err
	}
	epoch := k.held.Load().epoch() + 1
	if err := replaceFile(filepath.Join(k.folder, rotationsName), b); err != nil {
		return err
	}
	if err := k.loadRoots(); err != nil {
		return err
	}
	return k.signEpoch(epoch, now)
}

// signEpoch has the root sign ahead in an epoch, with the office key that is in use.
func (k *Keys) signEpoch(epoch uint64, now time.Time) error {
	k.keeping.Lock()
	defer k.keeping.Unlock()
	s, err := k.readShelf(now)
	if err == nil {
		s, err = k.signAhead(s, epoch, monthsAhead, now)
	}
	if err == nil {
		k.held.Store(s)
	}
	return err
}
