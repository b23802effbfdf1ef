package headoffice

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/app/office"
	"loket/app/office/books"
	"loket/app/sealed"
)

// settingKeys is where the books keep the fingerprints of their keys.
const settingKeys = "keys"

// prints are the fingerprints of the keys as they stand in the books. Of secret keys they are a MAC by
// the key itself, which tells nothing of it.
type prints struct {
	Root    string           `json:"root"`
	Next    string           `json:"next,omitempty"`     // the successor; older books have neither this nor the two below
	Recover string           `json:"recovery,omitempty"` // public key that kiosks seal their data keys to
	TLS     string           `json:"tls,omitempty"`      // pin that stands in enrolment tokens
	Office  []string         `json:"office"`
	Columns string           `json:"columns"`
	Index   string           `json:"index"`
	HPKE    map[string]int64 `json:"hpke"` // key id, and unix seconds from which it may be gone
}

// newOffice marks a folder of keys whose books are not begun yet: what a power cut left half done may be
// made whole.
const newOffice = "new-office"

// keyNames are what every folder of keys has.
var keyNames = []string{"root.pub", "root-next.pub", "office.key", "recovery.pub", "columns.key", "index.key", "session.key", "kiosk-listener.pem"}

// CheckKeys says, before anything is written, whether a folder holds the keys of these books: all of them,
// or none for books that are not there. Otherwise headoffice.keys_differ names what is missing or another.
func CheckKeys(folder string, b books.Beginning, now time.Time) error {
	_, err := os.Stat(filepath.Join(folder, newOffice))
	unfinished := err == nil
	missing, some := missingKeys(folder)
	differ := func(what string) error { return app.Fail(app.OfficeKeysDiffer, "what", what) }
	switch {
	case len(b.Founder) == 0 && (!some || unfinished):
		return nil // a new head office
	case len(b.Founder) == 0:
		return differ("books")
	case missing != "":
		return differ(missing)
	}
	k, err := readKeys(folder)
	if err != nil {
		return err
	}
	if !bytes.Equal(k.OfficeKey(), b.Founder) {
		return differ("office.key")
	}
	if len(b.Keys) == 0 {
		return nil
	}
	return k.matches(b.Keys, now, differ)
}

func missingKeys(folder string) (first string, some bool) {
	for _, name := range keyNames {
		_, err := os.Lstat(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) && first == "" {
			first = name
		}
		some = some || err == nil
	}
	return first, some
}

// SomeKeys says whether a folder holds keys of a head office.
func SomeKeys(folder string) bool {
	_, some := missingKeys(folder)
	return some
}

// readKeys reads what the comparison needs. Every file is there.
func readKeys(folder string) (*Keys, error) {
	k := &Keys{folder: folder, strict: true}
	for _, step := range []func() error{k.loadRoots, k.loadOffice, k.loadSecrets, k.loadRecovery, k.loadTLS} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return k, nil
}

func (k *Keys) matches(kept []byte, now time.Time, differ func(string) error) error {
	var p prints
	if err := json.Unmarshal(kept, &p); err != nil {
		return app.Wrap("headoffice.CheckKeys", app.OfficeStoreDamaged, err)
	}
	columns, err := k.present("columns.key")
	if err != nil {
		return err
	}
	keys, err := k.officeKeys()
	if err != nil {
		return err
	}
	switch {
	case !k.wasRoot(p.Root):
		return differ("root.pub")
	case p.Next != "" && p.Next != k.Roots()[1].String() && !k.wasRoot(p.Next):
		return differ("root-next.pub")
	case p.Recover != "" && p.Recover != office.FingerprintOf(k.recovery).String():
		return differ("recovery.pub")
	case p.TLS != "" && p.TLS != hex.EncodeToString(k.pin[:]):
		return differ("kiosk-listener.pem")
	case p.Columns != printOf("columns", columns):
		return differ("columns.key")
	case p.Index != printOf("index", k.index):
		return differ("index.key")
	}
	for _, print := range p.Office {
		found := false
		for public := range keys {
			found = found || print == office.FingerprintOf([]byte(public)).String()
		}
		if !found {
			return differ("office.key")
		}
	}
	return k.hasOpenings(p.HPKE, now, differ)
}

// hasOpenings looks for the HPKE keys whose time has not passed by the files' own account.
func (k *Keys) hasOpenings(wanted map[string]int64, now time.Time, differ func(string) error) error {
	s, err := k.readShelf(now)
	if err != nil {
		return err
	}
	for id, until := range wanted {
		here := slices.ContainsFunc(s.opening, func(o sealed.OpeningKey) bool { return keyIDText(o) == id })
		if !here && now.Unix() < until {
			return differ("month-" + id + ".key")
		}
	}
	return nil
}

// wasRoot says whether a fingerprint is of the present root or of one that it came from by rotations.
func (k *Keys) wasRoot(print string) bool {
	if k.Roots()[0].String() == print {
		return true
	}
	first, err := k.present("root.pub")
	if err == nil && office.FingerprintOf(first).String() == print {
		return true
	}
	for i := range k.Rotations() {
		now, _, err := office.FollowRotations(k.firstRoots(), k.Rotations()[:i+1])
		if err == nil && office.FingerprintOf(now).String() == print {
			return true
		}
	}
	return false
}

func (k *Keys) firstRoots() (roots office.Roots) {
	for _, name := range []string{"root.pub", "root-next.pub"} {
		pub, err := k.present(name)
		if err != nil {
			return nil
		}
		roots = append(roots, office.FingerprintOf(pub))
	}
	return roots
}

func printOf(name string, key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("loket/books/" + name))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

func keyIDText(o sealed.OpeningKey) string {
	id := sealed.KeyIDOf(o.Public())
	return hex.EncodeToString(id[:])
}

// prints are those of the keys as they are now.
func (k *Keys) prints() (prints, error) {
	columns, err := k.present("columns.key")
	if err != nil {
		return prints{}, err
	}
	s := k.held.Load()
	p := prints{
		Root: k.Roots()[0].String(), Next: k.Roots()[1].String(),
		Recover: office.FingerprintOf(k.recovery).String(), TLS: hex.EncodeToString(k.pin[:]),
		Columns: printOf("columns", columns), Index: printOf("index", k.index), HPKE: map[string]int64{},
	}
	keys, err := k.officeKeys()
	if err != nil {
		return p, err
	}
	for public := range keys {
		p.Office = append(p.Office, office.FingerprintOf([]byte(public)).String())
	}
	slices.Sort(p.Office)
	for _, t := range s.terms {
		p.HPKE[keyIDText(t.opening)] = t.destroyed().Unix()
	}
	return p, nil
}

// noteKeys writes the fingerprints into the books where they changed: a month was signed, a key destroyed.
func (o *Office) noteKeys(ctx context.Context) error {
	s := o.keys.held.Load()
	if o.noted.Load() == s {
		return nil
	}
	p, err := o.keys.prints()
	if err != nil {
		return err
	}
	b, err := json.Marshal(p)
	if err != nil {
		return app.Wrap("headoffice.noteKeys", app.Internal, err)
	}
	before, err := o.store.Setting(ctx, settingKeys)
	if err == nil && !bytes.Equal(before, b) {
		err = o.store.PutSetting(ctx, settingKeys, b, o.clock.Now())
	}
	if err != nil {
		return err
	}
	o.noted.Store(s)
	return app.Wrap("headoffice.noteKeys", app.FileUnwritten, durable.Remove(filepath.Join(o.keys.folder, newOffice)))
}
