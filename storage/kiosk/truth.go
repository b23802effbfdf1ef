package kiosk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"loket/app"
	"loket/app/cose"
	"loket/app/durable"
	"loket/app/journal"
	"loket/app/vault"
)

// Local truth is what sign-in leans on before the vault is open: pinned roots, authority, the keys that
// data is sealed to, wrong PINs and waits. It stands in tables; beside them stands one record of it all
// under a MAC of the machine's secret, counted up with each change, once in the database and once beside
// the secret. A table, or a whole database, that was changed or put back by hand differs from the
// record; the record is what holds.

// truth is the record.
type truth struct {
	Gen      uint64             `cbor:"1,keyasint"`
	Kiosk    app.Kiosk          `cbor:"2,keyasint"` // whose record it is
	Seq      uint64             `cbor:"3,keyasint"` // the journal's newest entry then
	Known    int64              `cbor:"4,keyasint"` // known time then, unix ms
	Settings map[string][]byte  `cbor:"5,keyasint"` // what they say; of large ones the hash
	Tries    map[string]attempt `cbor:"6,keyasint"`
	Lost     bool               `cbor:"7,keyasint,omitempty"` // no copy proved once: nothing of before is believed
}

// attempt is how often a PIN was wrong in a row, and the wait after the last of them.
type attempt struct {
	Wrong int   `cbor:"1,keyasint"`
	Wait  int64 `cbor:"2,keyasint"` // ms
	Mark  int64 `cbor:"3,keyasint"` // the meter's reading when it began, ms
}

const (
	settingTruth = "local.truth"
	nameOfTries  = "pin.tries"
	largeSetting = 512
)

// guardedSettings are those that the record holds.
var guardedSettings = []string{"office.roots", settingAuthority, settingOffice, settingAddress, "office.recall", settingRecoveryKey, "time.asked"}

// guard is what a store does for its local truth.
type guard struct {
	machine vault.Machine // nil: nothing is guarded
	state   string        // folder of the machine's secret, with the other copy
	since   int64         // the meter's reading when it began
	on      bool          // there is a record: it holds
	now     truth
}

// sum is how the record holds a setting.
func sum(value []byte) []byte {
	if len(value) <= largeSetting {
		return append([]byte{0}, value...)
	}
	hash := sha256.Sum256(value)
	return append([]byte{1}, hash[:]...)
}

func (t truth) clone() truth {
	t.Settings, t.Tries = maps.Clone(t.Settings), maps.Clone(t.Tries)
	return t
}

// Guard begins to check local truth with the machine's secret, whose folder holds the second copy of the
// record. What does not check is put right where the record says how it was, and written down as
// vault.tampered. A kiosk from before there were records gets its first one at the next sign-in.
func (s *Store) Guard(ctx context.Context, machine vault.Machine, state string) error {
	s.guard = guard{machine: machine, state: state, since: s.meter.read()}
	if s.Chain() == (app.Chain{}) {
		return nil
	}
	what, err := s.compareCopies(ctx)
	if err != nil {
		return err
	}
	if s.raiseKnown() {
		what = append(what, "meta.known")
	}
	return both(s.tampered(ctx, what), s.compareRows(ctx))
}

// raiseKnown says whether somebody lowered known time, and takes it from the record then.
func (s *Store) raiseKnown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.guard.on || s.behind != nil || s.guard.now.Known <= max(s.at.signed, s.at.peak) {
		return false
	}
	s.at.signed = s.guard.now.Known
	return true
}

// besides is the file beside the machine's secret. It goes by where the data folder lies, because one
// computer may hold several, practice among them; a folder that was moved is proven by its own copy.
func (s *Store) besides() string {
	path, err := filepath.Abs(s.dir)
	if err != nil {
		path = s.dir
	}
	hash := sha256.Sum256([]byte(path))
	return filepath.Join(s.guard.state, fmt.Sprintf("truth-%x", hash[:8]))
}

// compareCopies takes the newer copy that proves.
func (s *Store) compareCopies(ctx context.Context) (what []string, err error) {
	inside, err := s.Setting(ctx, settingTruth)
	if err != nil {
		return nil, err
	}
	beside, err := os.ReadFile(s.besides())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		beside = []byte{} // there, and of no use
	}
	if inside == nil && beside == nil {
		return nil, nil
	}
	a, inProves := s.proven(inside)
	b, besideProves := s.proven(beside)
	g := &s.guard
	g.on = true
	switch {
	case besideProves && (!inProves || a.Gen < b.Gen):
		g.now = b
		if seq, _ := s.Head(); seq >= b.Seq { // else the whole database is behind, which is told elsewhere
			what = []string{settingTruth}
		}
	case inProves:
		g.now = a
		if beside != nil && !besideProves {
			what = []string{"machine.truth"}
		}
		if !besideProves || b.Gen < a.Gen {
			s.keepBeside(inside)
		}
	default:
		g.now = truth{Kiosk: s.Chain().Kiosk, Settings: map[string][]byte{}, Tries: map[string]attempt{}, Lost: true}
		what = []string{settingTruth}
	}
	return what, nil
}

func (s *Store) proven(b []byte) (t truth, ok bool) {
	if len(b) == 0 {
		return t, false
	}
	plain, err := s.guard.machine.Vouched(settingTruth, b)
	if err == nil {
		err = cose.Unmarshal(plain, &t)
	}
	if t.Settings == nil {
		t.Settings = map[string][]byte{}
	}
	if t.Tries == nil {
		t.Tries = map[string]attempt{}
	}
	return t, err == nil && t.Kiosk == s.Chain().Kiosk
}

// keepBeside writes the copy beside the secret. Where that fails the database's own still holds.
func (s *Store) keepBeside(record []byte) {
	if err := durable.Write(s.besides(), record, 0o600); err != nil {
		return
	}
}

// held is the record, and whether there is one.
func (s *Store) held() (truth, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.guard.now, s.guard.on
}

// compareRows compares the tables with the record, puts right what differs and tells of it.
func (s *Store) compareRows(ctx context.Context) error {
	now, on := s.held()
	if !on || now.Lost || s.Behind() != nil { // a database that is behind differs, and is told of as such
		return nil
	}
	what, right, err := s.differing(ctx, now)
	if err != nil {
		return err
	}
	if same, err := s.sameTries(ctx, now); err != nil {
		return err
	} else if !same {
		what = append(what, nameOfTries)
	}
	if len(what) == 0 {
		return nil
	}
	if s.reading == "" && s.Behind() == nil {
		err = s.write(ctx, "kiosk.Guard", func(t *tx) error {
			for name, value := range right {
				if err := t.put(name, value); err != nil {
					return err
				}
			}
			return t.putTries()
		})
	}
	return both(err, s.tampered(ctx, what))
}

// differing names the settings that are not as the record holds them, and how those were that it holds
// whole.
func (s *Store) differing(ctx context.Context, now truth) (what []string, right map[string][]byte, err error) {
	right = map[string][]byte{}
	for _, name := range guardedSettings {
		value, err := s.row(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		held, there := now.Settings[name]
		if !there && value == nil || there && bytes.Equal(held, sum(value)) {
			continue
		}
		what = append(what, name)
		switch {
		case !there:
			right[name] = nil
		case held[0] == 0:
			right[name] = held[1:]
		}
	}
	return what, right, nil
}

func (s *Store) sameTries(ctx context.Context, now truth) (bool, error) {
	rows, err := s.r.rows(ctx, `SELECT operator, wrong, wait, mark FROM pin_attempts`)
	if err != nil {
		return false, failed("kiosk.sameTries", err)
	}
	kept := map[string]attempt{}
	_, err = collect("kiosk.sameTries", rows, func(row scanner) (none, error) {
		var operator string
		var a attempt
		err := row.Scan(&operator, &a.Wrong, &a.Wait, &a.Mark)
		kept[operator] = a
		return none{}, err
	})
	return maps.Equal(kept, now.Tries), err
}

// tampered tells head office what does not check. It needs no open vault.
func (s *Store) tampered(ctx context.Context, what []string) error {
	if len(what) == 0 {
		return nil
	}
	slices.Sort(what)
	s.mu.Lock()
	s.told = slices.Compact(append(s.told, what...))
	s.mu.Unlock()
	if s.reading != "" || s.Behind() != nil {
		return nil
	}
	return s.write(ctx, "kiosk.tampered", func(t *tx) error {
		_, err := t.append(app.Author{}, journal.VaultTampered, app.ScopeDevice, nil, journal.TamperedBody{What: slices.Compact(what)}, nil)
		return err
	})
}

// Tampered names what did not check since the program started.
func (s *Store) Tampered() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.told)
}
