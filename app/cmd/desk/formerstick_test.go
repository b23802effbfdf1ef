package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/carrier"
)

// leftWithASealedBatch is a kiosk whose database was put back behind a batch that was sealed and not sent,
// and which has gone on. Lost is in that batch and nowhere else, unsealed in no batch yet.
func leftWithASealedBatch(t *testing.T) (k *kiosk, lost, unsealed app.Registration) {
	t.Helper()
	k = enrolled(t)
	k.registered(t)
	k.exchange(t)
	unsealed = k.registered(t)
	dir := k.Dir
	copied := filepath.Join(t.TempDir(), "copy")
	_, err := k.Store.BackupTo(t.Context(), app.Author{}, copied)
	must(t, err)
	lost = k.registered(t)
	k.shut(t)
	must(t, os.WriteFile(database(dir), read(t, filepath.Join(copied, "loket.db")), 0o600))
	k.reopen(t, dir)
	k.signIn(t)
	return k, lost, unsealed
}

// notGreen fails when nothing is said to exist only here.
func (k *kiosk) notGreen(t *testing.T, when string) {
	t.Helper()
	s, err := k.Post.State(t.Context())
	if err != nil || s.Green() || s.Batches == 0 {
		t.Errorf("%s: %d records, %d batches exist only here (%v)", when, s.Entries, s.Batches, err)
	}
}

// A sealed batch that its database does not know exists only here: before the kiosk goes on, after, and while
// nobody is signed in.
func TestWhatLiesSealedCountsUntilItsReceipt(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, k *kiosk){
		"": func(*testing.T, *kiosk) {},
		"and no database of it left": func(t *testing.T, k *kiosk) {
			found, err := filepath.Glob(filepath.Join(k.Dir, "lives", "*", "loket.db*"))
			must(t, err)
			for _, f := range found {
				must(t, os.Remove(f))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := enrolled(t)
			k.registered(t)
			k.exchange(t)
			dir, copied := k.Dir, filepath.Join(t.TempDir(), "copy")
			_, err := k.Store.BackupTo(t.Context(), app.Author{}, copied)
			must(t, err)
			k.registered(t)
			k.shut(t)
			must(t, os.WriteFile(database(dir), read(t, filepath.Join(copied, "loket.db")), 0o600))
			k.reopen(t, dir)
			k.notGreen(t, "before sign-in")
			k.signIn(t)
			k.notGreen(t, "behind")
			k.nextLife(t)
			k.notGreen(t, "gone on")
			must(t, k.SignOut(t.Context()))
			spoil(t, k)
			k.notGreen(t, "signed out")
			k.shut(t)
			k.reopen(t, dir)
			k.notGreen(t, "opened again")
			k.signIn(t)
			k.notGreen(t, "signed in again")
			_, err = k.Post.EnrolNow(t.Context(), k.Session().Keys)
			must(t, err)
			k.exchange(t)
			k.exchange(t)
			must(t, k.SignOut(t.Context()))
			if s, err := k.Post.State(t.Context()); err != nil || !s.Green() || s.Batches != 0 {
				t.Errorf("all arrived, and %d records, %d batches exist only here (%v)", s.Entries, s.Batches, err)
			}
		})
	}
}

// nextLife goes on without any line to head office.
func (k *kiosk) nextLife(t *testing.T) {
	t.Helper()
	token, err := headOffice.Office.Invite(t.Context(), guestOf(k.Store.Chain().Kiosk), headOffice.KioskAddress, "test")
	must(t, err)
	text, err := token.Text()
	must(t, err)
	k.s, err = k.NextLife(t.Context(), text)
	must(t, err)
}

// Where there is no line, a stick carries what former lives had not sent, and brings their receipts back.
func TestAStickCarriesFormerLivesToo(t *testing.T) {
	k, lost, unsealed := leftWithASealedBatch(t)
	k.nextLife(t)
	fresh := k.registered(t)
	stick := t.TempDir()
	for range 3 { // the request to be enrolled, the records, what is said of both
		_, _, err := k.Export(t.Context(), stick)
		must(t, err)
		_, err = carrier.Served(t.Context(), stick, counterOf{headOffice})
		must(t, err)
		must(t, headOffice.Office.Publish(t.Context()))
		_, err = k.Import(t.Context(), stick)
		must(t, err)
	}
	all := k.atOffice(t)
	for _, r := range []app.Registration{lost, unsealed, fresh} {
		if all[r.Number.String()] != 1 {
			t.Errorf("%s arrived %d times: %v", r.Number, all[r.Number.String()], all)
		}
	}
	s, err := k.Post.State(t.Context())
	if err != nil || !s.Green() {
		t.Errorf("%d records, %d attachments, %d batches exist only here (%v)", s.Entries, s.Attachments, s.Batches, err)
	}
	left, err := filepath.Glob(filepath.Join(k.Dir, "lives", "*", "outbox", "*.batch"))
	if err != nil || len(left) != 0 {
		t.Errorf("%d batches of a former life lie in its outbox still", len(left))
	}
}
