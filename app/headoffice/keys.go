package headoffice

import (
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/durable"
	"loket/app/office"
	"loket/app/sealed"
)

// Epoch of the office keys that this program makes. It rises when the root makes older keys void.
const epoch = 1

// Life of what the first start makes.
const (
	certificateLife  = 400 * 24 * time.Hour
	certificateRenew = 60 * 24 * time.Hour
	allOfficeUses    = office.ForReceipts | office.ForFeed | office.ForTrust | office.ForStatus | office.ForRules | office.ForLog
)

// Keys are head office's keys. They live in a folder of 0600 files outside the database; the files
// root.key and recovery.key may be taken away after the first start.
type Keys struct {
	folder      string
	roots       []ed25519.PublicKey // now and next
	office      ed25519.PrivateKey
	certificate []byte
	opening     []sealed.OpeningKey // batches are sealed to the first
	recovery    []byte              // public half: data keys are sealed to it for recovery
	columns     cipher.AEAD
	index       []byte
	session     []byte
	tls         tls.Certificate
	pin         [32]byte
}

// LoadKeys reads the keys from a folder, and makes at the first start what is not there.
func LoadKeys(folder string, now time.Time) (*Keys, error) {
	if err := durable.Folder(folder, 0o700); err != nil {
		return nil, app.Wrap("headoffice.LoadKeys", app.FileUnwritten, err)
	}
	k := &Keys{folder: folder}
	for _, step := range []func() error{
		k.loadRoots, k.loadOffice, k.loadOpening, k.loadRecovery, k.loadSecrets, k.loadTLS,
		func() error { return k.loadCertificate(now) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// loadRoots reads the public halves of the root and its successor; the private ones may be away.
func (k *Keys) loadRoots() error {
	for _, name := range []string{"root", "root-next"} {
		pub, err := k.publicHalf(name, newSeed, func(seed []byte) []byte {
			return publicOf(ed25519.NewKeyFromSeed(seed))
		})
		if err != nil {
			return err
		}
		k.roots = append(k.roots, pub)
	}
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
	k.office = ed25519.NewKeyFromSeed(seed)
	return nil
}

func (k *Keys) loadOpening() error {
	b, err := k.file("opening.key", newOpening)
	if err != nil {
		return err
	}
	key, err := sealed.ParseOpeningKey(b)
	k.opening = append(k.opening, key)
	return err
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

// loadCertificate reads the root's certificate for the office key, and renews it while the root is
// here.
func (k *Keys) loadCertificate(now time.Time) error {
	name := filepath.Join(k.folder, "office.cert")
	b, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return app.Wrap("headoffice.loadCertificate", app.FileUnread, err)
	}
	if err == nil {
		c, err := office.ParseCertificate(b, k.Roots(), now.Add(certificateRenew), allOfficeUses)
		if err == nil && string(c.Key) == string(publicOf(k.office)) {
			k.certificate = b
			return nil
		}
	}
	return k.renewCertificate(name, b, now)
}

func (k *Keys) renewCertificate(name string, before []byte, now time.Time) error {
	seed, err := k.present("root.key")
	if err != nil {
		return err
	}
	if seed == nil { // the root is away: the certificate must do while it lasts
		c, err := office.ParseCertificate(before, k.Roots(), now, allOfficeUses)
		if err == nil && string(c.Key) == string(publicOf(k.office)) {
			k.certificate = before
			return nil
		}
		return app.Fail(app.OfficeKeysBroken, "file", name)
	}
	k.certificate, err = office.IssueCertificate(ed25519.NewKeyFromSeed(seed), office.Certificate{
		Epoch: epoch, Key: publicOf(k.office), HPKEKey: k.opening[0].Public(), TLSPin: k.pin[:], Uses: allOfficeUses,
		From: now.Add(-time.Hour), Until: now.Add(certificateLife),
	})
	if err != nil {
		return err
	}
	return replaceFile(name, k.certificate)
}

// Roots are the fingerprints that kiosks pin.
func (k *Keys) Roots() office.Roots {
	var roots office.Roots
	for _, pub := range k.roots {
		roots = append(roots, office.FingerprintOf(pub))
	}
	return roots
}

// Speaker is who signs what head office says.
func (k *Keys) Speaker() sealed.Speaker {
	return sealed.Speaker{Certificate: k.certificate, Key: k.office}
}

// OfficeKey is the public half of the office key, from which the own journal's chain starts.
func (k *Keys) OfficeKey() ed25519.PublicKey { return publicOf(k.office) }

// openingFor finds the key that a batch was sealed to.
func (k *Keys) openingFor(id sealed.KeyID) (sealed.OpeningKey, error) {
	for _, key := range k.opening {
		if sealed.KeyIDOf(key.Public()) == id {
			return key, nil
		}
	}
	return sealed.OpeningKey{}, app.Fail(app.OfficeUnknownKey)
}

// ExportRoot writes the root's private key, and its successor's, into a file for a safe place.
func (k *Keys) ExportRoot(file string) error {
	var out [2][]byte
	for i, name := range []string{"root.key", "root-next.key"} {
		seed, err := k.present(name)
		if err != nil {
			return err
		}
		if seed == nil {
			return app.Fail(app.OfficeKeysBroken, "file", name)
		}
		out[i] = seed
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
	b, err := readKeyFile(file)
	if err != nil {
		return err
	}
	var in struct {
		_    struct{} `cbor:",toarray"`
		Typ  string
		Now  []byte
		Next []byte
	}
	if err := cose.Unmarshal(b, &in); err != nil || in.Typ != "loket/root-backup" || len(in.Now) != 32 || len(in.Next) != 32 {
		return app.Fail(app.OfficeKeysBroken, "file", filepath.Base(file))
	}
	for i, seed := range [][]byte{in.Now, in.Next} {
		if string(publicOf(ed25519.NewKeyFromSeed(seed))) != string(k.roots[i]) {
			return app.Fail(app.OfficeUnknownRoot)
		}
		if _, err := createFile(filepath.Join(k.folder, []string{"root.key", "root-next.key"}[i]), []byte(keyText(seed))); err != nil {
			return err
		}
	}
	return nil
}
