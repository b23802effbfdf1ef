package headoffice

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/durable"
	"loket/app/office"
	"loket/app/sealed"
)

// The root signs ahead: a certificate for each month, each with its own HPKE key. One begins a day before
// its month and is believed until the end of the month after, so that whatever it signed last may be on
// its way for four weeks. Its HPKE key is destroyed 180 days after its month.
const (
	monthsAhead   = 14
	beginsBefore  = 24 * time.Hour
	openingLife   = 180 * 24 * time.Hour
	allOfficeUses = office.ForReceipts | office.ForFeed | office.ForTrust | office.ForStatus | office.ForRules | office.ForLog
)

// term is a certificate with the keys that it names.
type term struct {
	file    string // where its HPKE key lies
	raw     []byte
	cert    *office.Certificate
	key     ed25519.PrivateKey
	opening sealed.OpeningKey
}

// destroyed is when the HPKE key of the term is no longer wanted.
func (t term) destroyed() time.Time {
	month := t.cert.From.Add(beginsBefore)
	if end := monthAfter(month, 1); month.Equal(monthAfter(month, 0)) {
		return end.Add(openingLife)
	}
	return t.cert.Until.Add(openingLife) // of the time before months
}

// monthAfter is the beginning of the nth month after the one in which a moment lies, by UTC.
func monthAfter(t time.Time, n int) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
}

// shelf are the terms that a folder holds, and every HPKE key that is not destroyed.
type shelf struct {
	terms   []term // by beginning
	past    []term // of a root or office key of before: only their HPKE keys are of use
	opening []sealed.OpeningKey
	read    time.Time // by head office's clock
}

// at is the term in force: the highest epoch, then the latest beginning.
func (s *shelf) at(now time.Time) (best term, err error) {
	err = app.Fail(app.OfficeExpired)
	for _, t := range s.terms {
		if now.Before(t.cert.From) || !now.Before(t.cert.Until) {
			continue
		}
		if best.cert == nil || t.cert.Epoch > best.cert.Epoch || t.cert.Epoch == best.cert.Epoch && !t.cert.From.Before(best.cert.From) {
			best, err = t, nil
		}
	}
	return best, err
}

// epoch is the highest.
func (s *shelf) epoch() (highest uint64) {
	for _, t := range s.terms {
		highest = max(highest, t.cert.Epoch)
	}
	return highest
}

// until is how long certificates follow each other without a gap, from a moment.
func (s *shelf) until(now time.Time) time.Time {
	end := now
	for moved := true; moved; {
		moved = false
		for _, t := range s.terms {
			if t.cert.Epoch == s.epoch() && !end.Before(t.cert.From) && end.Before(t.cert.Until) {
				end, moved = t.cert.Until, true
			}
		}
	}
	return end
}

// monthFile is how a month lies in the folder: its HPKE key (32 private bytes), and the certificate once
// the root has signed it.
type monthFile struct {
	_           struct{} `cbor:",toarray"`
	Typ         string
	Opening     []byte
	Certificate []byte
}

const monthTyp = "loket/month"

func (k *Keys) monthPath(public []byte) string {
	id := sealed.KeyIDOf(public)
	return filepath.Join(k.folder, "month-"+hex.EncodeToString(id[:])+".key")
}

func (k *Keys) keepMonth(opening sealed.OpeningKey, cert []byte) error {
	b, err := cose.Marshal(monthFile{Typ: monthTyp, Opening: opening.Bytes(), Certificate: cert})
	if err != nil {
		return err
	}
	return replaceFile(k.monthPath(opening.Public()), []byte(keyText(b)))
}

func readMonth(file string) (m monthFile, opening sealed.OpeningKey, err error) {
	b, err := readKeyFile(file)
	if err != nil {
		return m, opening, err
	}
	if err := cose.Unmarshal(b, &m); err != nil || m.Typ != monthTyp {
		return m, opening, app.Fail(app.OfficeKeysBroken, "file", filepath.Base(file))
	}
	opening, err = sealed.ParseOpeningKey(m.Opening)
	return m, opening, err
}

// readShelf reads every term of the folder whose certificate a present root signed for a key that is here.
func (k *Keys) readShelf(now time.Time) (*shelf, error) {
	officeKeys, err := k.officeKeys()
	if err != nil {
		return nil, err
	}
	s := &shelf{read: now}
	files, err := filepath.Glob(filepath.Join(k.folder, "month-*.key"))
	if err != nil {
		return nil, app.Wrap("headoffice.readShelf", app.FileUnread, err)
	}
	for _, file := range files {
		m, opening, err := readMonth(file)
		if err != nil {
			return nil, err
		}
		s.add(k.Roots(), officeKeys, term{file: file, raw: m.Certificate, opening: opening})
	}
	if err := k.readFirst(s, officeKeys); err != nil {
		return nil, err
	}
	slices.SortFunc(s.terms, func(a, b term) int { return a.cert.From.Compare(b.cert.From) })
	return s, nil
}

// readFirst reads the one certificate and HPKE key of the time before months, where they are here.
func (k *Keys) readFirst(s *shelf, officeKeys map[string]ed25519.PrivateKey) error {
	b, err := k.present("opening.key")
	if err != nil || b == nil {
		return err
	}
	opening, err := sealed.ParseOpeningKey(b)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(filepath.Join(k.folder, "office.cert"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return app.Wrap("headoffice.readFirst", app.FileUnread, err)
	}
	s.add(k.Roots(), officeKeys, term{file: filepath.Join(k.folder, "opening.key"), raw: raw, opening: opening})
	return nil
}

func (s *shelf) add(roots office.Roots, officeKeys map[string]ed25519.PrivateKey, t term) {
	s.opening = append(s.opening, t.opening)
	cert, err := office.Open(t.raw)
	if err != nil || string(cert.HPKEKey) != string(t.opening.Public()) {
		return // not signed yet
	}
	t.cert, t.key = cert, officeKeys[string(cert.Key)]
	if t.key == nil || !roots.Hold(cert.Root) || !cert.Uses.Has(allOfficeUses) {
		s.past = append(s.past, t)
		return
	}
	s.terms = append(s.terms, t)
}

// officeKeys are the private office keys in the folder, by their public half: the first one, from which
// the own journal starts, and what took its place.
func (k *Keys) officeKeys() (map[string]ed25519.PrivateKey, error) {
	files, err := filepath.Glob(filepath.Join(k.folder, "office-*.key"))
	if err != nil {
		return nil, app.Wrap("headoffice.officeKeys", app.FileUnread, err)
	}
	keys := map[string]ed25519.PrivateKey{string(publicOf(k.first)): k.first}
	for _, file := range files {
		seed, err := k.present(filepath.Base(file))
		if err != nil || seed == nil {
			return nil, errors.Join(err, app.Fail(app.OfficeKeysBroken, "file", filepath.Base(file)))
		}
		key := ed25519.NewKeyFromSeed(seed)
		keys[string(publicOf(key))] = key
	}
	return keys, nil
}

// now is the term in force, with what another program brought into the folder meanwhile.
func (k *Keys) at(now time.Time) (term, error) {
	s := k.held.Load()
	if t, err := s.at(now); err == nil {
		return t, nil
	}
	if err := k.Keep(now); err != nil {
		return term{}, err
	}
	return k.held.Load().at(now)
}

// keepEvery is how often the folder is looked at again.
const keepEvery = time.Minute

// Keep reads the folder again, has the root sign ahead where it is here, and destroys the HPKE keys whose
// time has passed. A server calls it while it runs; within a minute it does nothing.
func (k *Keys) Keep(now time.Time) error {
	if s := k.held.Load(); s != nil && now.Sub(s.read).Abs() < keepEvery {
		if _, err := s.at(now); err == nil {
			return nil
		}
	}
	k.keeping.Lock()
	defer k.keeping.Unlock()
	if err := k.loadRoots(); err != nil {
		return err
	}
	s, err := k.readShelf(now)
	if err != nil {
		return err
	}
	if s.until(now).Before(monthAfter(now, monthsAhead-1)) || s.shortOfMonths(now) {
		signed, err := k.signAhead(s, max(s.epoch(), 1), monthsAhead, now)
		if _, none := s.at(now); err != nil && none != nil {
			return err
		}
		if err == nil { // else what is signed already must do, and it is tried again
			s = signed
		}
	}
	if err := s.destroy(now); err != nil {
		return err
	}
	k.held.Store(s)
	return nil
}

// shortOfMonths says whether the months to come are signed by the present root and epoch.
func (s *shelf) shortOfMonths(now time.Time) bool {
	for i := range 2 {
		if !s.has(s.epoch(), monthAfter(now, i)) {
			return true
		}
	}
	return false
}

func (s *shelf) has(epoch uint64, month time.Time) bool {
	return slices.ContainsFunc(s.terms, func(t term) bool {
		return t.cert.Epoch == epoch && t.cert.From.Equal(month.Add(-beginsBefore))
	})
}

// signAhead has the root, where it is here, sign what is missing of so many months.
func (k *Keys) signAhead(s *shelf, epoch uint64, months int, now time.Time) (*shelf, error) {
	root, err := k.rootKey(k.Root())
	if err != nil || root == nil {
		return s, err
	}
	request, err := k.request(s, epoch, months, now)
	if err != nil {
		return s, err
	}
	certs, err := request.sign(root)
	if err != nil {
		return s, err
	}
	if err := k.takeCertificates(certs); err != nil {
		return s, err
	}
	return k.readShelf(now)
}

// destroy overwrites and removes the HPKE keys whose time has passed, with their certificates.
func (s *shelf) destroy(now time.Time) error {
	over := func(t term) bool { return !now.Before(t.destroyed()) }
	for _, t := range slices.Concat(s.terms, s.past) {
		if !over(t) {
			continue
		}
		if err := shred(t.file); err != nil {
			return err
		}
		s.opening = slices.DeleteFunc(s.opening, func(o sealed.OpeningKey) bool { return string(o.Public()) == string(t.cert.HPKEKey) })
	}
	s.terms, s.past = slices.DeleteFunc(s.terms, over), slices.DeleteFunc(s.past, over)
	return nil
}

// shred writes zeros over a key before it goes. What a disk keeps besides is out of a program's reach.
func shred(file string) error {
	info, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return app.Wrap("headoffice.shred", app.FileUnread, err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.Write(make([]byte, info.Size()))
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err == nil {
		err = durable.Remove(file)
	}
	return app.Wrap("headoffice.shred", app.FileUnwritten, err)
}
