package kiosk_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// worked is a kiosk at which something of everything was done.
func worked(t *testing.T) *kiosk.Store {
	t.Helper()
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	post := storagetest.Post{}
	until := clock.Now().AddDate(0, 1, 0)
	post.Lease(t, s, journal.LeaseBody{Kind: "member", First: 26133068531, Last: 26133069999, Epoch: 1}, until)
	post.Lease(t, s, journal.LeaseBody{Kind: "serial", Blocks: []uint64{98432}, Epoch: 1}, until)
	by := storagetest.Supervisor.Author()
	sign := func(app.Card) ([]byte, error) { return []byte("a card"), nil }
	for n := range 3 {
		r := storagetest.Register(t, s, storagetest.Person(n+1))
		if n == 0 {
			_, err := s.PutBlob(t.Context(), "photo", []byte("a picture"))
			must(t, err)
		}
		c, err := s.Issue(t.Context(), by, r.ID, 0, "", sign)
		must(t, err)
		must(t, s.MoveCards(t.Context(), by, []app.Serial{c.Serial}, app.CardSent, "job"))
		if n == 2 {
			must(t, s.MoveCards(t.Context(), by, []app.Serial{c.Serial}, app.CardConfirmed, "scan"))
			_, err := s.Withdraw(t.Context(), by, r.ID, journal.WithdrawnBody{Reason: "mistake"}, "typed twice")
			must(t, err)
		}
	}
	seal(t, s)
	storagetest.Register(t, s, storagetest.Person(9))
	return s
}

// seal makes the next batch of everything that is not sealed.
func seal(t *testing.T, s *kiosk.Store) *sealed.Prepared {
	t.Helper()
	from, items, err := s.Unsealed(t.Context(), 200)
	must(t, err)
	keys, err := s.Secrets(t.Context())
	must(t, err)
	p, err := sealed.Prepare(from, items, keys.Device)
	must(t, err)
	must(t, s.RecordBatch(t.Context(), storagetest.Supervisor.Author(), p))
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever is changed where it matters is found, with its place.
func TestTheCheckFindsTheirPlaces(t *testing.T) {
	s := worked(t)
	c, err := s.CheckJournal(t.Context(), nil)
	if err != nil || !c.Whole() || c.Registrations != 4 || c.Cards != 3 || c.Batches != 1 || c.Parts < 5 || !c.Opened {
		t.Fatalf("%+v %v", c, err)
	}
	for name, tt := range map[string]struct{ sql, place string }{
		"an entry":             {`UPDATE entries SET bytes = zeroblob(40) WHERE seq = 5`, "entries/5"},
		"a column of an entry": {`UPDATE entries SET operator = 'xx' WHERE seq = 6`, "entries/6"},
		"a removed entry":      {`PRAGMA foreign_keys = 0; DELETE FROM parts WHERE seq = 8; DELETE FROM entries WHERE seq = 8`, "entries/8"},
		"a part":               {`UPDATE parts SET sealed = zeroblob(60) WHERE seq = 5`, "parts/5"},
		"a lost part":          {`DELETE FROM parts WHERE seq = 5`, "parts/5"},
		"whose record":         {`UPDATE registrations SET record = 2 WHERE counter = 1`, "registrations/5"},
		"a member number":      {`UPDATE registrations SET member = '26133068999' WHERE counter = 1`, "registrations/5"},
		"a state":              {`UPDATE registrations SET state = 'captured' WHERE state = 'withdrawn'`, "registrations/"},
		"a lost registration":  {`PRAGMA foreign_keys = 0; DELETE FROM registrations WHERE counter = 4`, "registrations/"},
		"a card":               {`UPDATE cards SET hash = zeroblob(32) WHERE serial = 98432`, "cards/98432"},
		"a card's bytes":       {`UPDATE cards SET credential = zeroblob(40) WHERE serial = 98433`, "cards/98433"},
		"a card's state":       {`UPDATE cards SET state = 'handed' WHERE serial = 98433`, "cards/98433"},
		"a batch":              {`UPDATE batches SET last = last - 1`, "batches/1"},
		"a batch's header":     {`UPDATE batches SET signed = zeroblob(90)`, "batches/1"},
		"an entry's batch":     {`UPDATE entries SET batch = NULL WHERE seq = 4`, "batches/1"},
	} {
		t.Run(name, func(t *testing.T) {
			copied := filepath.Join(t.TempDir(), "copy")
			_, err := s.BackupTo(t.Context(), app.Author{}, copied)
			must(t, err)
			change(t, copied, tt.sql)
			r, err := kiosk.OpenReading(t.Context(), copied, storagetest.NewClock(), app.StorageReadOnly, kiosk.Watch{})
			must(t, err)
			defer func() { must(t, r.Close()) }()
			founded(t, r)
			c, err := r.CheckJournal(t.Context(), nil)
			must(t, err)
			for _, f := range c.Faults {
				if strings.HasPrefix(f.Place, tt.place) {
					return
				}
			}
			t.Errorf("%+v, want %s", c.Faults, tt.place)
		})
	}
}

// What the schema forbids and a disk writes all the same has a sentence, not the driver's words.
func TestNULLsFromDamageHaveACode(t *testing.T) {
	dir := begun(t)
	change(t, dir, `PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'boot        INTEGER NOT NULL', 'boot        INTEGER') WHERE name = 'meta'`)
	change(t, dir, `UPDATE meta SET boot = NULL`)
	_, err := openKiosk(t, dir, storagetest.NewClock())
	if app.CodeOf(err) != app.StorageDamaged {
		t.Error(err)
	}
}

// A folder that is only read is not changed, and what writes is told why.
func TestReadingChangesNothing(t *testing.T) {
	dir := begun(t)
	before, err := os.ReadFile(filepath.Join(dir, "loket.db"))
	must(t, err)
	s, err := kiosk.OpenReading(t.Context(), dir, storagetest.NewClock(), app.StorageFull, kiosk.Watch{})
	must(t, err)
	if seq, _ := s.Head(); seq != 2 {
		t.Error("it stands at", seq)
	}
	if err := s.PutSetting(t.Context(), "x", nil); app.CodeOf(err) != app.StorageFull {
		t.Error(err)
	}
	must(t, s.Close())
	after, err := os.ReadFile(filepath.Join(dir, "loket.db"))
	if err != nil || string(after) != string(before) {
		t.Error("the file was changed", err)
	}
}

func TestABackupIsRestored(t *testing.T) {
	s := worked(t)
	seq, _ := s.Head()
	out, dir := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "data")
	m, err := s.BackupTo(t.Context(), app.Author{}, out)
	if err != nil || m.Seq != seq || m.Chain() != storagetest.Chain || len(m.Files) < 2 {
		t.Fatalf("%+v %v", m, err)
	}
	if _, err := s.BackupTo(t.Context(), app.Author{}, out); app.CodeOf(err) != app.FileUnwritten {
		t.Error("over a backup:", err)
	}
	_, err = kiosk.Restore(out, dir, storagetest.NewClock().Now())
	must(t, err)
	if _, err := kiosk.Restore(out, dir, storagetest.NewClock().Now()); app.CodeOf(err) != app.StorageBegun {
		t.Error("over a kiosk:", err)
	}
	for name := range m.Files {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
	must(t, os.WriteFile(filepath.Join(out, "loket.db"), []byte("changed"), 0o600))
	if _, err := kiosk.Restore(out, filepath.Join(t.TempDir(), "other"), storagetest.NewClock().Now()); app.CodeOf(err) != app.BackupBad {
		t.Error("a changed backup:", err)
	}
}

var errStopped = errors.New("stopped")

func TestACheckCanBeStopped(t *testing.T) {
	s := worked(t)
	ctx, stop := context.WithCancelCause(t.Context())
	stop(errStopped)
	if _, err := s.CheckJournal(ctx, nil); app.CodeOf(err) != app.Cancelled {
		t.Error(err)
	}
}
