package kiosk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/app/vault"
)

func fresh(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), t.TempDir(), app.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Unlock(vault.NewKey())
	device := vault.Public(vault.NewSigner())
	err = s.write(t.Context(), "test", func(tx *tx) error { return tx.begin(app.Chain{Kiosk: 417, Incarnation: 1}, device) })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func save(ctx context.Context, s *Store, part any) error {
	return s.write(ctx, "test.save", func(tx *tx) error {
		_, err := tx.append(app.Author{Operator: "dl"}, journal.CardConfirmed, app.ScopeSelfPayers, nil, journal.CardMoveBody{Serial: 1}, part)
		return err
	})
}

func TestAFullDiskIsSaidAndLosesNothing(t *testing.T) {
	s := fresh(t)
	var pages int
	if err := s.w.db.QueryRowContext(t.Context(), `PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.db.ExecContext(t.Context(), fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+4)); err != nil {
		t.Fatal(err)
	}
	part := journal.NamePart{Name: string(make([]byte, 2000))}
	var err error
	saved := uint64(0)
	for err == nil && saved < 100 {
		if err = save(t.Context(), s, part); err == nil {
			saved++
		}
	}
	if app.CodeOf(err) != app.StorageFull {
		t.Fatalf("after %d: %v", saved, err)
	}
	if seq, _ := s.Head(); seq != saved {
		t.Errorf("%d saved, the journal ends at %d", saved, seq)
	}
	if _, err := s.w.db.ExecContext(t.Context(), `PRAGMA max_page_count = 100000`); err != nil {
		t.Fatal(err)
	}
	if err := save(t.Context(), s, part); err != nil {
		t.Error("with room again:", err)
	}
	device, err := s.Device(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CheckChain(t.Context(), device, nil); err != nil {
		t.Error(err)
	}
}

func TestACancelledSaveLeavesNothing(t *testing.T) {
	s := fresh(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.write(ctx, "test", func(tx *tx) error {
		if _, err := tx.append(app.Author{}, journal.DeviceStarted, app.ScopeDevice, nil, nil, nil); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if err == nil {
		t.Error("it was reported as saved")
	}
	if err := save(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	if seq, _ := s.Head(); seq != 1 {
		t.Errorf("the journal ends at %d", seq)
	}
}

// The light counts an attachment from the entry that names it until its own receipt.
func TestAttachmentsAreSentOnceNamed(t *testing.T) {
	s := fresh(t)
	e, err := s.PutBlob(t.Context(), "signature", []byte("a signature"))
	if err != nil {
		t.Fatal(err)
	}
	counted := func() int {
		_, n, err := s.Light(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		pending, err := s.PendingAttachments(t.Context())
		if err != nil || len(pending) > n { // none before the entry that names it was sealed
			t.Errorf("pending %v, counted %d, %v", pending, n, err)
		}
		return n
	}
	if counted() != 0 {
		t.Error("nothing names it yet")
	}
	err = s.write(t.Context(), "test", func(tx *tx) error { return tx.attach(e, 1) })
	if err != nil || counted() != 1 {
		t.Error("named, and not counted:", err)
	}
	missing := s.write(t.Context(), "test", func(tx *tx) error { return tx.attach(app.Evidence{Hash: [32]byte{1}}, 1) })
	if app.CodeOf(missing) != app.StorageBlob {
		t.Errorf("one that is not here: %v", missing)
	}
	f := sealed.Frame{Number: 1, Kind: sealed.FrameReceipt}
	if err := s.ApplyReceipt(t.Context(), f, [32]byte{1}, sealed.Receipt{Identity: e.Hash, ReceivedAt: time.Now()}); err != nil || counted() != 0 {
		t.Error("receipted, and still counted:", err)
	}
}

// A personal part that is spoiled, or that is not the one the entry speaks of, is lost; its entry and
// all others travel.
func TestASpoiledPartKeepsNoOtherEntryBack(t *testing.T) {
	s := fresh(t)
	for range 3 {
		if err := save(t.Context(), s, journal.NamePart{Name: "YOHANES CONTOH"}); err != nil {
			t.Fatal(err)
		}
	}
	err := s.write(t.Context(), "test", func(tx *tx) error {
		if err := tx.exec(`UPDATE parts SET sealed = zeroblob(60) WHERE seq = 1`); err != nil {
			return err
		}
		other, err := tx.seal("parts", "sealed", 2, make([]byte, 40)) // well sealed, by who holds the key
		if err != nil {
			return err
		}
		return tx.exec(`UPDATE parts SET sealed = ? WHERE seq = 2`, other)
	})
	if err != nil {
		t.Fatal(err)
	}
	_, items, err := s.Unsealed(t.Context(), 10)
	if err != nil || len(items) != 3 {
		t.Fatal(len(items), err)
	}
	if items[0].Part != nil || items[1].Part != nil || items[2].Part == nil {
		t.Errorf("parts: %v", items)
	}
	if _, err := s.Part(t.Context(), 2); app.CodeOf(err) != app.StorageDamaged {
		t.Error("a part that its entry does not speak of:", err)
	}
	s.Lock()
	if _, _, err := s.Unsealed(t.Context(), 10); app.CodeOf(err) != app.VaultLocked {
		t.Error("with the vault locked the parts are not lost:", err)
	}
}

// An older file is brought to today's form, and a copy of it stays.
func TestMigrationKeepsACopy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "loket.db")
	p, err := openPool(path, writing, 1)
	if err != nil {
		t.Fatal(err)
	}
	all, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	if err := apply(t.Context(), p.db, all[:1], 0); err != nil {
		t.Fatal(err)
	}
	if _, err := p.db.ExecContext(t.Context(), `INSERT INTO settings (name, value) VALUES ('lang', 'id')`); err == nil {
		t.Error("text in a column of bytes must be refused")
	}
	if len(all) > 1 {
		if err := migrate(t.Context(), p.db, path); err != nil {
			t.Fatal(err)
		}
		copies, err := filepath.Glob(path + ".before-*")
		if err != nil || len(copies) != 1 {
			t.Error("no copy:", copies, err)
		}
	}
	if version, err := examine(t.Context(), p.db); err != nil || version != all[len(all)-1].version {
		t.Errorf("version %d, %v", version, err)
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
}

func TestAFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), filepath.Join(file, "data"), app.SystemClock{}); err == nil {
		t.Error("opened below a file")
	}
}

func BenchmarkSave(b *testing.B) {
	s, err := Open(b.Context(), b.TempDir(), app.SystemClock{})
	if err != nil {
		b.Fatal(err)
	}
	s.Unlock(vault.NewKey())
	device := vault.Public(vault.NewSigner())
	if err := s.write(b.Context(), "bench", func(tx *tx) error { return tx.begin(app.Chain{Kiosk: 1, Incarnation: 1}, device) }); err != nil {
		b.Fatal(err)
	}
	part := journal.NamePart{Name: "BUDI SANTOSO"}
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			if err := save(b.Context(), s, part); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("many in one", func(b *testing.B) {
		err := s.write(b.Context(), "bench", func(tx *tx) error {
			for b.Loop() {
				if _, err := tx.append(app.Author{Operator: "dl"}, journal.CardConfirmed, app.ScopeSelfPayers, nil, nil, part); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	})
	b.Run("check", func(b *testing.B) {
		at := s.stand()
		start := time.Now()
		for b.Loop() {
			if err := s.CheckChain(b.Context(), device, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(at.seq)*float64(b.N)/time.Since(start).Seconds(), "entries/s")
	})
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// Many at once: screens read and several save; the journal is one chain all the same.
func TestManyAtOnce(t *testing.T) {
	s := fresh(t)
	const savers, saves = 6, 20
	var all sync.WaitGroup
	for range savers {
		all.Go(func() {
			for range saves {
				if err := save(t.Context(), s, journal.NamePart{Name: "BUDI SANTOSO"}); err != nil {
					t.Error(err)
				}
				if _, _, err := s.Light(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	device, err := s.Device(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CheckChain(t.Context(), device, nil); err != nil {
		t.Error(err)
	}
	if seq, _ := s.Head(); seq != savers*saves {
		t.Errorf("%d entries", seq)
	}
}
