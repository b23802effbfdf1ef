package officesuite

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
)

// account makes an account and a session of it.
func (w *officeWorld) account(t testing.TB, name string, role books.Role) {
	t.Helper()
	added, err := w.store.AddAccount(w.ctx, books.Account{Name: name, Role: role, Password: []byte("hash")}, "test", w.at)
	need(t, err)
	if !added {
		t.Fatal(name, "is taken")
	}
}

func (w *officeWorld) session(t testing.TB, n byte, name string) books.Session {
	t.Helper()
	a, err := w.store.Account(w.ctx, name)
	need(t, err)
	in := books.Session{Name: [32]byte{n}, Account: a, Until: w.at.Add(time.Hour)}
	need(t, w.store.OpenSession(w.ctx, in, w.at))
	return in
}

func (w *officeWorld) signedIn(n byte) bool {
	_, err := w.store.Session(w.ctx, [32]byte{n}, w.at)
	return err == nil
}

func sessionsEnd(t testing.TB, w *officeWorld) {
	w.account(t, "admin", books.RoleAdministrator)
	w.account(t, "rina", books.RoleSupervisor)
	for _, end := range []struct {
		what  string
		act   func() error
		again bool // the account may sign in
		other bool // another session of it goes on
	}{
		{"signing out", func() error { return w.store.CloseSession(w.ctx, [32]byte{1}, w.at) }, true, true},
		{"a new password", func() error { return w.store.SetPassword(w.ctx, "rina", []byte("other"), "admin", w.at) }, true, false},
		{"a block", func() error { return w.store.Block(w.ctx, "rina", "admin", w.at) }, false, false},
	} {
		before := w.session(t, 1, "rina")
		w.session(t, 2, "rina")
		w.session(t, 3, "admin")
		need(t, end.act())
		if w.signedIn(1) || w.signedIn(2) != end.other || !w.signedIn(3) {
			t.Errorf("after %s: %v %v %v", end.what, w.signedIn(1), w.signedIn(2), w.signedIn(3))
		}
		before.Name = [32]byte{4} // its password was compared before
		err := w.store.OpenSession(w.ctx, before, w.at)
		if end.what == "signing out" {
			need(t, err)
		} else {
			wantCode(t, err, app.OfficeWrongPassword)
		}
		for n := range byte(5) {
			need(t, w.store.CloseSession(w.ctx, [32]byte{n}, w.at))
		}
	}
	need(t, w.store.Unblock(w.ctx, "rina", "admin", w.at))
	w.session(t, 1, "rina")
	w.at = w.at.Add(time.Hour)
	if w.signedIn(1) {
		t.Error("a session outlives its end")
	}
}

func accountsKept(t testing.TB, w *officeWorld) {
	w.account(t, "admin", books.RoleAdministrator)
	wantCode(t, w.store.Block(w.ctx, "admin", "admin", w.at), app.OfficeLastAdministrator)
	w.account(t, "dinas", books.RoleClerk)
	payer := books.Account{Name: "kutim", Role: books.RolePayer, Programme: Scope(1), Password: []byte("hash")}
	if added, err := w.store.AddAccount(w.ctx, payer, "admin", w.at); err != nil || !added {
		t.Error(added, err)
	}
	if added, err := w.store.AddAccount(w.ctx, payer, "admin", w.at); err != nil || added {
		t.Error("a name twice:", added, err)
	}
	need(t, w.store.Block(w.ctx, "dinas", "admin", w.at))
	need(t, w.store.Block(w.ctx, "dinas", "admin", w.at)) // again changes nothing
	for _, act := range []func(string) error{
		func(name string) error { return w.store.Block(w.ctx, name, "admin", w.at) },
		func(name string) error { return w.store.Unblock(w.ctx, name, "admin", w.at) },
		func(name string) error { return w.store.SetPassword(w.ctx, name, []byte("x"), "admin", w.at) },
	} {
		wantCode(t, act("nobody"), app.NotFound)
	}
	need(t, w.store.NoteAct(w.ctx, books.Act{Name: "kiosk.invite", By: "admin", Second: "rina", About: "00417", At: w.at}))
	all, err := w.store.Accounts(w.ctx)
	need(t, err)
	if len(all) != 3 || all[0].Name != "admin" || all[1].BlockedAt.IsZero() || all[2].Programme != Scope(1) || !all[0].AddedAt.Equal(w.at) {
		t.Errorf("%+v", all)
	}
	var kinds []journal.Kind
	for _, e := range w.own(t) {
		kinds = append(kinds, e.Kind)
	}
	want := []journal.Kind{journal.AccountAdded, journal.AccountAdded, journal.AccountAdded, journal.AccountBlocked, journal.AccountActed}
	if len(kinds) != len(want) {
		t.Fatal("own journal:", kinds)
	}
	for i := range want {
		if kinds[i] != want[i] {
			t.Error("own journal:", kinds)
		}
	}
}

// own is head office's own journal.
func (w *officeWorld) own(t testing.TB) []journal.Entry {
	t.Helper()
	all, err := w.store.OwnEntries(w.ctx, 0, 10_000)
	need(t, err)
	return all
}

// openedIsJournalled: an account that opens somebody's page stands in the own journal with whom; a page
// that there is not leaves nothing.
func openedIsJournalled(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(1), "", "")
	w.send(t, k)
	before := len(w.own(t))
	need(t, w.store.NoteOpened(w.ctx, id, "rina", w.at))
	wantCode(t, w.store.NoteOpened(w.ctx, app.EntryID{Chain: id.Chain, Seq: 999}, "rina", w.at), app.NotFound)
	after := w.own(t)
	if len(after) != before+1 {
		t.Fatalf("%d entries, were %d", len(after), before)
	}
	var b journal.OpenedBody
	e := after[before]
	need(t, e.Into(&b))
	if e.Kind != journal.AccessLookedUp || e.Operator != "rina" || b.Where != journal.OpenedOffice || len(e.Subject) == 0 {
		t.Errorf("%+v %+v", e, b)
	}
}
