package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/cmd/desk"
	storage "loket/storage/kiosk"
)

// A folder that was taken back, in whatever way, gives no number twice: it says what is missing, keeps
// drafts, and sends what lies sealed.
func TestAFolderThatWasTakenBackGivesNoNumberTwice(t *testing.T) {
	for name, tt := range map[string]struct {
		takeBack func(t *testing.T, dir, copied, backup string)
		why      string
	}{
		"restored from a backup": {func(t *testing.T, dir, _, backup string) {
			must(t, os.RemoveAll(dir))
			_, err := storage.Restore(backup, dir, newClock().Now())
			must(t, err)
		}, storage.ByWitness},
		"a copy of the folder put back": {func(t *testing.T, dir, copied, _ string) {
			must(t, os.RemoveAll(dir))
			must(t, os.CopyFS(dir, os.DirFS(copied)))
		}, storage.ByWitness},
		"the database alone put back": {func(t *testing.T, dir, copied, _ string) {
			must(t, os.WriteFile(database(dir), read(t, database(copied)), 0o600))
		}, storage.ByWitness},
		"and its witness too": {func(t *testing.T, dir, copied, _ string) {
			must(t, os.WriteFile(database(dir), read(t, database(copied)), 0o600))
			must(t, os.WriteFile(filepath.Join(dir, "kiosk.witness"), read(t, filepath.Join(copied, "kiosk.witness")), 0o600))
		}, storage.ByWitness},
	} {
		t.Run(name, func(t *testing.T) {
			k := enrolled(t)
			k.registered(t)
			dir := k.shut(t)
			copied := folder(t)
			must(t, os.CopyFS(copied, os.DirFS(dir)))
			k.reopen(t, dir)
			k.signIn(t)
			backup := filepath.Join(t.TempDir(), "backup")
			_, err := k.Store.BackupTo(t.Context(), app.Author{}, backup)
			must(t, err)
			lost := k.registered(t)
			_, err = k.Issuing.Issue(t.Context(), k.s.Operator, lost.ID)
			must(t, err)
			seq := k.seq()
			must(t, k.SignOut(t.Context())) // which seals a batch
			k.shut(t)
			tt.takeBack(t, dir, copied, backup)

			k.reopen(t, dir)
			b := k.Store.Behind()
			if b == nil || b.Why != tt.why || b.Last < seq {
				t.Fatalf("%+v, want up to %d", b, seq)
			}
			k.signIn(t)
			draft := k.typed(t)
			_, err = k.Counter.Save(t.Context(), k.s.Operator, draft)
			refused(t, err, app.StorageBehind)
			k.kept(t, draft)
			for r, err := range k.Store.Registrations(t.Context()) {
				must(t, err)
				if r.Number == lost.Number {
					t.Error("it came back")
				}
				_, err := k.Issuing.Issue(t.Context(), k.s.Operator, r.ID)
				refused(t, err, app.StorageBehind)
			}
			stays(t, k.Desk)
		})
	}
}

// stays says that it is still behind when it is opened again.
func stays(t *testing.T, d *desk.Desk) {
	t.Helper()
	if d.Store.Behind() == nil {
		t.Error("it forgot that it is behind")
	}
}

// A database that is gone or holds nothing, beside anything else of a kiosk, is never a new kiosk.
func TestAnEmptiedDatabaseIsNoNewKiosk(t *testing.T) {
	for name, empty := range map[string]func(t *testing.T, dir string){
		"removed":                    func(t *testing.T, dir string) { must(t, os.Remove(database(dir))) },
		"emptied":                    func(t *testing.T, dir string) { must(t, os.Truncate(database(dir), 0)) },
		"the whole folder":           func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)) },
		"all but the post":           func(t *testing.T, dir string) { keepOnly(t, dir, "outbox") },
		"all but what came":          func(t *testing.T, dir string) { keepOnly(t, dir, "inbox") },
		"all but the carrier":        func(t *testing.T, dir string) { keepOnly(t, dir, "carrier") },
		"all but the witness":        func(t *testing.T, dir string) { keepOnly(t, dir, "kiosk.witness") },
		"all, and beside the secret": func(t *testing.T, dir string) { keepOnly(t, dir, "outbox") },
	} {
		t.Run(name, func(t *testing.T) {
			k := enrolled(t)
			k.registered(t)
			seq := k.seq()
			dir := k.shut(t)
			empty(t, dir)
			if name == "all, and beside the secret" || name == "all but the post" {
				found, err := filepath.Glob(filepath.Join(k.state, "witness-*"))
				must(t, err)
				for _, f := range found {
					must(t, os.Remove(f))
				}
			}
			k.reopen(t, dir)
			b := k.Store.Behind()
			if b == nil || b.Why != storage.ByEmptying || b.Chain.Kiosk == 0 {
				t.Fatalf("%+v", b)
			}
			if b.Last != 0 && b.Last < seq {
				t.Errorf("up to %d, want %d", b.Last, seq)
			}
			if k.Begun() {
				t.Error("it has begun")
			}
			token, err := headOffice.Office.Invite(t.Context(), guestOf(b.Chain.Kiosk), headOffice.KioskAddress, "test")
			must(t, err)
			first := token
			first.Chain.Incarnation = 1
			_, err = k.FirstStart(t.Context(), first, "DEWI LESTARI", pin)
			refused(t, err, app.StorageBehind)
			k.s, err = k.FirstStart(t.Context(), token, "DEWI LESTARI", pin)
			must(t, err)
			if k.Store.Behind() != nil || k.Store.Chain().Incarnation != 2 {
				t.Error("it does not go on as the next life")
			}
			k.registered(t)
		})
	}
}

func keepOnly(t *testing.T, dir, name string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range all {
		if e.Name() != name {
			must(t, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
}

// A new folder is a new kiosk, also on a computer on which another folder is one.
func TestANewFolderIsANewKiosk(t *testing.T) {
	k := enrolled(t)
	other := begunWith(t, folder(t), k.state)
	if other.Store.Behind() != nil {
		t.Error(other.Store.Behind())
	}
}
