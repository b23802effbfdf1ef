package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/office/books"
	storage "loket/storage/kiosk"
)

// atOffice counts the registrations of a kiosk at head office, by name.
func (k *kiosk) atOffice(t *testing.T) map[string]int {
	t.Helper()
	rows, err := headOffice.Store.Registrations(t.Context(), books.Filter{Limit: 1000})
	must(t, err)
	all := map[string]int{}
	for _, r := range rows {
		if r.ID.Kiosk == k.Store.Chain().Kiosk && r.State != app.Duplicate {
			all[r.Number.String()]++
		}
	}
	return all
}

// goesOn lets head office give out the next life and the kiosk take it.
func (k *kiosk) goesOn(t *testing.T) {
	t.Helper()
	token, err := headOffice.Office.Invite(t.Context(), guestOf(k.Store.Chain().Kiosk), headOffice.KioskAddress, "test")
	must(t, err)
	text, err := token.Text()
	must(t, err)
	k.s, err = k.NextLife(t.Context(), text)
	must(t, err)
	if k.Store.Behind() != nil || k.Store.Chain() != token.Chain {
		t.Fatalf("%+v in %s", k.Store.Behind(), k.Store.Chain())
	}
	_, err = k.Post.EnrolNow(t.Context(), k.s.Keys)
	must(t, err)
	k.exchange(t)
	k.exchange(t)
}

func count(t *testing.T, s *storage.Store) (all []app.Registration) {
	t.Helper()
	for r, err := range s.Registrations(t.Context()) {
		must(t, err)
		all = append(all, r)
	}
	return all
}

// A database that was taken back goes on as the next life from the same folder: what lay sealed and what was
// not sealed arrives once, under the numbers of the life before, and new numbers are new.
func TestItGoesOnAsTheNextLife(t *testing.T) {
	k := enrolled(t)
	first := k.registered(t)
	k.exchange(t)
	second := k.registered(t) // not sealed when the copy is made
	dir := k.Dir
	copied := filepath.Join(t.TempDir(), "copy")
	_, err := k.Store.BackupTo(t.Context(), app.Author{}, copied)
	must(t, err)
	third := k.registered(t)
	k.shut(t) // signs out: a batch is sealed, and not sent
	must(t, os.WriteFile(database(dir), read(t, filepath.Join(copied, "loket.db")), 0o600))

	k.reopen(t, dir)
	k.signIn(t)
	if b := k.Store.Behind(); b == nil || len(b.Waiting) != 1 {
		t.Fatalf("%+v", b)
	}
	draft := k.typed(t)
	k.goesOn(t)
	k.kept(t, draft)
	fourth := k.registered(t)
	if fourth.Number == third.Number || fourth.Member == third.Member || fourth.Member == "" {
		t.Errorf("given out twice: %s %s", fourth.Number, fourth.Member)
	}
	k.exchange(t)
	all := k.atOffice(t)
	for _, r := range []app.Registration{first, second, third, fourth} {
		if all[r.Number.String()] != 1 {
			t.Errorf("%s arrived %d times: %v", r.Number, all[r.Number.String()], all)
		}
	}
	if here := count(t, k.Store); len(here) != 3 { // the third is at head office alone
		t.Errorf("%d people are known here", len(here))
	}
	if n, _, err := k.Post.Light(t.Context()); err != nil || n != 0 {
		t.Errorf("%d records exist only here (%v)", n, err)
	}
	_, err = k.Issuing.Issue(t.Context(), k.s.Operator, first.ID)
	refused(t, err, app.RecordFormerLife)
	_, err = k.Issuing.Issue(t.Context(), k.s.Operator, fourth.ID)
	must(t, err)
	c, err := k.Store.CheckJournal(t.Context(), nil)
	if err != nil || !c.Whole() {
		t.Errorf("%+v %v", c.Faults, err)
	}
	k.shut(t)
	k.reopen(t, dir)
	if k.Store.Behind() != nil {
		t.Errorf("it asks again: %+v", k.Store.Behind())
	}
	k.signIn(t)
	if here := count(t, k.Store); len(here) != 3 {
		t.Errorf("%d people are known here", len(here))
	}
}

// A token for anything but the life after this one changes nothing; nor does an officer's word.
func TestATokenOfAnotherLifeChangesNothing(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	here := k.Store.Chain()
	for name, chain := range map[string]app.Chain{
		"this life":     here,
		"another kiosk": {Kiosk: here.Kiosk + 1, Incarnation: here.Incarnation + 1},
	} {
		token, err := headOffice.Office.Invite(t.Context(), guestOf(here.Kiosk), headOffice.KioskAddress, "test")
		must(t, err)
		token.Chain = chain
		text, err := token.Text()
		must(t, err)
		_, err = k.NextLife(t.Context(), text)
		if code := app.CodeOf(err); code != app.StorageNotNext {
			t.Errorf("%s: %v", name, err)
		}
	}
	if k.Store.Chain() != here {
		t.Errorf("it went on as %s", k.Store.Chain())
	}
	k.registered(t)
}

// A folder that was restored elsewhere goes on after two people decided: what the backup held and head
// office did not have arrives.
func TestARestoredFolderGoesOn(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	k.exchange(t)
	only := k.registered(t) // in the backup, and nowhere else
	backup := filepath.Join(t.TempDir(), "backup")
	_, err := k.Store.BackupTo(t.Context(), app.Author{}, backup)
	must(t, err)
	chain, dir := k.Store.Chain(), folder(t)
	k.shut(t)
	_, err = storage.Restore(backup, dir, newClock().Now())
	must(t, err)
	state := folder(t) // a new disk in the same computer: the secret came back, the witness did not
	must(t, os.CopyFS(state, os.DirFS(k.state)))
	found, err := filepath.Glob(filepath.Join(state, "witness-*"))
	must(t, err)
	for _, f := range found {
		must(t, os.Remove(f))
	}
	k.state = state
	k.reopen(t, dir)
	if b := k.Store.Behind(); b == nil || b.Why != storage.ByRestore || b.Chain != chain {
		t.Fatalf("%+v", b)
	}
	k.signIn(t)
	k.goesOn(t)
	if all := k.atOffice(t); all[only.Number.String()] != 1 || len(all) != 2 {
		t.Errorf("%v, want %s", all, only.Number)
	}
	if n, _, err := k.Post.Light(t.Context()); err != nil || n != 0 {
		t.Errorf("%d records exist only here (%v)", n, err)
	}
}

// Somebody who was registered at an image of the disk gets a new number: the first one is another's.
func TestWhoWasRegisteredAtACopyIsToldAgain(t *testing.T) {
	k := enrolled(t)
	dir := k.shut(t)
	copied, state := filepath.Join(t.TempDir(), "copy"), folder(t)
	must(t, os.CopyFS(copied, os.DirFS(dir)))
	must(t, os.CopyFS(state, os.DirFS(k.state)))
	k.reopen(t, dir)
	k.signIn(t)
	first := k.registered(t)
	k.exchange(t)
	twin := &kiosk{Crowd: k.Crowd, clock: k.clock, state: state}
	twin.reopen(t, copied)
	twin.signIn(t)
	second := twin.registered(t)
	if first.Number != second.Number {
		t.Fatal("the copy did not give the same number")
	}
	_, err := twin.Beat(t.Context(), true)
	must(t, err)
	refused(t, twin.carry(t), app.LineRefused)
	_, err = twin.Beat(t.Context(), true)
	must(t, err)
	twin.goesOn(t)
	here := count(t, twin.Store)
	if len(here) != 2 || here[1].Number.Incarnation != 2 || here[1].Record.Person != second.Record.Person {
		t.Errorf("%+v", here)
	}
	if all := twin.atOffice(t); len(all) != 2 || all[first.Number.String()] != 1 || all[here[1].Number.String()] != 1 {
		t.Errorf("%v", all)
	}
	if n, _, err := twin.Post.Light(t.Context()); err != nil || n != 0 {
		t.Errorf("%d records exist only here (%v)", n, err)
	}
}

// A database that is gone: what lay sealed arrives all the same, and the next life begins in the folder.
func TestWhatLaySealedArrivesWithoutItsDatabase(t *testing.T) {
	k := enrolled(t)
	lost := k.registered(t)
	number := k.Store.Chain().Kiosk
	dir := k.shut(t)
	must(t, os.Remove(database(dir)))
	k.reopen(t, dir)
	token, err := headOffice.Office.Invite(t.Context(), guestOf(number), headOffice.KioskAddress, "test")
	must(t, err)
	k.s, err = k.FirstStart(t.Context(), token, "DEWI LESTARI", pin)
	must(t, err)
	_, err = k.Post.EnrolNow(t.Context(), k.s.Keys)
	must(t, err)
	k.exchange(t)
	fresh := k.registered(t)
	k.exchange(t)
	if all := k.atOffice(t); all[lost.Number.String()] != 1 || all[fresh.Number.String()] != 1 {
		t.Errorf("%v, want %s and %s", all, lost.Number, fresh.Number)
	}
	k.shut(t)
	k.reopen(t, dir)
	if k.Store.Behind() != nil {
		t.Errorf("%+v", k.Store.Behind())
	}
}

// A disk fails more than once: the folder goes on each time, and the lives before stay open beside it.
func TestAFolderGoesOnAgainAndAgain(t *testing.T) {
	k := enrolled(t)
	dir := k.Dir
	var all []app.Registration
	for range 3 {
		all = append(all, k.registered(t))
		k.exchange(t)
		copied := filepath.Join(t.TempDir(), "copy")
		_, err := k.Store.BackupTo(t.Context(), app.Author{}, copied)
		must(t, err)
		all = append(all, k.registered(t))
		k.exchange(t)
		k.shut(t)
		must(t, os.WriteFile(database(dir), read(t, filepath.Join(copied, "loket.db")), 0o600))
		k.reopen(t, dir)
		k.signIn(t)
		if k.Store.Behind() == nil {
			t.Fatal("what the copy took back is not told")
		}
		k.goesOn(t)
	}
	all = append(all, k.registered(t))
	k.exchange(t)
	there := k.atOffice(t)
	for _, r := range all {
		if there[r.Number.String()] != 1 {
			t.Errorf("%s arrived %d times", r.Number, there[r.Number.String()])
		}
	}
	k.shut(t)
	k.reopen(t, dir)
	k.signIn(t)
}
