package access_test

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/journal"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

const pin = "83640219"

// door is a kiosk on its first day, with the supervisor signed in.
func door(t *testing.T) (*access.Door, *kiosk.Store, *storagetest.Clock, access.Session) {
	t.Helper()
	clock := storagetest.NewClock()
	store := storagetest.Open(t, t.TempDir(), clock)
	d := access.New(store, storagetest.Machine, storagetest.Cost)
	s, err := d.FirstStart(t.Context(), first(clock))
	if err != nil {
		t.Fatal(err)
	}
	return d, store, clock, s
}

func first(clock app.Clock) access.First {
	return access.First{Chain: storagetest.Chain, Until: clock.Now().Add(72 * time.Hour), Name: "Dewi  Lestari", PIN: pin}
}

func wantCode(t *testing.T, what string, err error, want app.Code) {
	t.Helper()
	if got := app.CodeOf(err); got != want {
		t.Errorf("%s: %q, want %q (%v)", what, got, want, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheFirstStart(t *testing.T) {
	d, store, clock, s := door(t)
	if s.Operator.Name != "Dewi Lestari" || s.Operator.Role != app.RoleSupervisor || s.Restricted {
		t.Errorf("signed in as %+v", s.Operator)
	}
	must(t, s.Allow(access.Register))
	_, err := d.FirstStart(t.Context(), first(clock))
	wantCode(t, "a second first start", err, app.StorageBegun)
	must(t, store.CheckChain(t.Context(), vault.Public(s.Keys.Device), nil))
	people, err := d.People(t.Context())
	must(t, err)
	if len(people) != 1 || people[0].Name != "Dewi Lestari" || people[0].ID != s.Operator.ID {
		t.Errorf("on the sign-in screen: %+v", people)
	}
}

func TestWhatTheFirstStartRefuses(t *testing.T) {
	clock := storagetest.NewClock()
	for name, tt := range map[string]struct {
		change func(*access.First)
		want   app.Code
	}{
		"an old token":      {func(f *access.First) { f.Until = clock.Now() }, app.AccessTokenLate},
		"no name":           {func(f *access.First) { f.Name = "  " }, app.AccessNameMissing},
		"a short PIN":       {func(f *access.First) { f.PIN = "836402" }, app.VaultPINShort},
		"a bad recovery":    {func(f *access.First) { f.RecoveryKey = []byte{1} }, app.VaultRecoveryKey},
		"no incarnation":    {func(f *access.First) { f.Chain.Incarnation = 0 }, app.WrongUse},
		"a guessable PIN":   {func(f *access.First) { f.PIN = "12345678" }, app.VaultPINCommon},
		"letters in a PIN":  {func(f *access.First) { f.PIN = "8364o219" }, app.VaultPINDigits},
		"an endless number": {func(f *access.First) { f.PIN = "836402198364021983640219836402198" }, app.VaultPINLong},
	} {
		store := storagetest.Open(t, t.TempDir(), clock)
		d := access.New(store, storagetest.Machine, storagetest.Cost)
		f := first(clock)
		tt.change(&f)
		_, err := d.FirstStart(t.Context(), f)
		wantCode(t, name, err, tt.want)
		if seq, _ := store.Head(); seq != 0 {
			t.Errorf("%s: the journal began", name)
		}
	}
}

func TestHeadOfficeCanRecoverFromTheFirstDay(t *testing.T) {
	private, err := ecdh.X25519().NewPrivateKey(make([]byte, 32))
	must(t, err)
	clock := storagetest.NewClock()
	store := storagetest.Open(t, t.TempDir(), clock)
	f := first(clock)
	f.RecoveryKey = private.PublicKey().Bytes()
	_, err = access.New(store, storagetest.Machine, storagetest.Cost).FirstStart(t.Context(), f)
	must(t, err)
	sealed, err := store.Recovery(t.Context())
	must(t, err)
	key, err := vault.OpenRecovery(private.Bytes(), f.Chain, sealed)
	must(t, err)
	store.Lock()
	store.Unlock(key)
	if _, err := store.Part(t.Context(), 2); err != nil {
		t.Error("the recovered key opens nothing:", err)
	}
}

func TestSigningInAndOut(t *testing.T) {
	d, store, _, s := door(t)
	must(t, d.SignOut(t.Context(), s))
	if _, err := store.Part(t.Context(), 2); app.CodeOf(err) != app.VaultLocked {
		t.Errorf("signed out, and open: %v", err)
	}
	_, err := d.SignIn(t.Context(), "nobody", pin)
	wantCode(t, "a stranger", err, app.AccessUnknown)
	again, err := d.SignIn(t.Context(), s.Operator.ID, pin)
	must(t, err)
	if again.Operator.Name != s.Operator.Name || !again.Keys.Device.Equal(s.Keys.Device) {
		t.Errorf("signed in as %+v", again.Operator)
	}
	if _, err := store.Part(t.Context(), 2); err != nil {
		t.Error("signed in, and closed:", err)
	}
}

// Five wrong PINs are free; then each makes the wait twice as long, across restarts too.
func TestWrongPINsMakeWaits(t *testing.T) {
	d, store, clock, s := door(t)
	id := s.Operator.ID
	for left := 4; left > 0; left-- {
		_, err := d.SignIn(t.Context(), id, "00000000")
		wantCode(t, "a wrong PIN", err, app.AccessPINWrong)
		if got := argOf(err, "left"); got != left {
			t.Errorf("%v tries left, want %d", got, left)
		}
	}
	for _, seconds := range []int{30, 60, 120, 240} {
		_, err := d.SignIn(t.Context(), id, "00000000")
		wantCode(t, "one more", err, app.AccessPINWait)
		if got := argOf(err, "seconds"); got != seconds {
			t.Errorf("wait %v, want %d", got, seconds)
		}
		d = access.New(store, storagetest.Machine, storagetest.Cost)
		clock.Add(time.Duration(seconds-1) * time.Second)
		_, err = d.SignIn(t.Context(), id, pin)
		wantCode(t, "the right one, too soon", err, app.AccessPINWait)
		clock.Add(time.Second)
	}
	again, err := d.SignIn(t.Context(), id, pin)
	must(t, err)
	must(t, d.SignOut(t.Context(), again))
	_, err = d.SignIn(t.Context(), id, "00000000")
	if got := argOf(err, "left"); got != 4 {
		t.Errorf("after the right one %v are left", got)
	}
}

// Wrong tries that were made while the clock stood a year ahead lock nobody out for a year, and a
// clock set back ends no wait.
func TestWaitsAreElapsedTime(t *testing.T) {
	for name, moved := range map[string]time.Duration{"back": -1000 * time.Hour, "a year ahead, and back": -365 * 24 * time.Hour} {
		d, _, clock, s := door(t)
		for range 5 {
			if _, err := d.SignIn(t.Context(), s.Operator.ID, "00000000"); err == nil {
				t.Fatal("a wrong PIN opened")
			}
		}
		clock.Add(moved)
		_, err := d.SignIn(t.Context(), s.Operator.ID, pin)
		if got := argOf(err, "seconds"); got != 30 {
			t.Errorf("%s: wait %v seconds", name, got)
		}
		clock.Add(30 * time.Second)
		_, err = d.SignIn(t.Context(), s.Operator.ID, pin)
		must(t, err)
	}
}

// Authority that has run out does not come back with the clock. Who is told that the clock was ahead
// may type drafts until the next contact.
func TestAuthorityDoesNotComeBackWithTheClock(t *testing.T) {
	d, _, clock, s := door(t)
	years := 73 * 365 * 24 * time.Hour
	clock.Add(years)
	ahead, err := d.SignIn(t.Context(), s.Operator.ID, pin)
	must(t, err)
	_, err = d.AddOperator(t.Context(), s, access.Newcomer{Name: "Budi Santoso", PIN: "836402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
	must(t, err)
	must(t, d.SignOut(t.Context(), ahead))
	clock.Add(-years)
	back, err := d.SignIn(t.Context(), s.Operator.ID, pin)
	must(t, err)
	wantCode(t, "registering with the clock set back", back.Allow(access.Register), app.AccessRestricted)
	if back.Ahead < years-time.Hour || !back.MayDraft() {
		t.Errorf("ahead by %v, may draft: %v", back.Ahead, back.MayDraft())
	}
}

func TestOperatorsComeAndGo(t *testing.T) {
	d, store, _, s := door(t)
	budi, err := d.AddOperator(t.Context(), s, access.Newcomer{Name: "Budi Santoso", PIN: "836402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
	must(t, err)
	_, err = d.AddOperator(t.Context(), s, access.Newcomer{Name: "Rina", PIN: "836402", Role: "king"})
	wantCode(t, "an unknown role", err, app.AccessRoleUnknown)
	people, err := d.People(t.Context())
	must(t, err)
	if len(people) != 2 || people[0].Name != "Budi Santoso" || people[1].Name != "Dewi Lestari" {
		t.Errorf("not in the order of their names: %+v", people)
	}
	officer, err := d.SignIn(t.Context(), budi.ID, "836402")
	must(t, err)
	_, err = d.AddOperator(t.Context(), officer, access.Newcomer{Name: "Rina", PIN: "836402", Role: app.RoleOfficer})
	wantCode(t, "an officer adds somebody", err, app.AccessNotInRole)
	wantCode(t, "an officer removes somebody", d.RemoveOperator(t.Context(), officer, s.Operator.ID), app.AccessNotInRole)
	wantCode(t, "the last supervisor", d.RemoveOperator(t.Context(), s, s.Operator.ID), app.AccessLastOne)
	must(t, d.RemoveOperator(t.Context(), s, budi.ID))
	_, err = d.SignIn(t.Context(), budi.ID, "836402")
	wantCode(t, "who was removed", err, app.AccessUnknown)
	seq, _ := store.Head()
	entries, err := store.Entries(t.Context(), 1, seq)
	must(t, err)
	if last := entries[len(entries)-1]; last.Kind != journal.OperatorRemoved || last.Operator != s.Operator.ID {
		t.Errorf("the journal ends with %s by %q", last.Kind, last.Operator)
	}
}

func TestChangingThePIN(t *testing.T) {
	d, _, _, s := door(t)
	const next = "50821936"
	wantCode(t, "to the same", d.ChangePIN(t.Context(), s, pin, pin), app.AccessPINSame)
	wantCode(t, "to a guessable one", d.ChangePIN(t.Context(), s, pin, "11111111"), app.VaultPINCommon)
	wantCode(t, "with the wrong old one", d.ChangePIN(t.Context(), s, "00000000", next), app.AccessPINWrong)
	must(t, d.ChangePIN(t.Context(), s, pin, next))
	must(t, d.SignOut(t.Context(), s))
	_, err := d.SignIn(t.Context(), s.Operator.ID, pin)
	wantCode(t, "the old PIN", err, app.AccessPINWrong)
	if _, err = d.SignIn(t.Context(), s.Operator.ID, next); err != nil {
		t.Error("the new PIN:", err)
	}
}

// Each operator signs for the own entries: at sign-out, and at the next sign-in after a power cut.
func TestAuthorship(t *testing.T) {
	d, store, _, s := door(t)
	must(t, d.SignOut(t.Context(), s))
	att := lastAttestation(t, store)
	signed, err := att.AttestedBytes()
	must(t, err)
	if att.Operator != s.Operator.ID || att.First != 2 || att.Last != 2 || !ed25519.Verify(s.Operator.Key, signed, att.Signature) {
		t.Errorf("at sign-out: %+v", att)
	}
	s, err = d.SignIn(t.Context(), s.Operator.ID, pin)
	must(t, err)
	_, err = d.AddOperator(t.Context(), s, access.Newcomer{Name: "Budi Santoso", PIN: "836402", Role: app.RoleOfficer})
	must(t, err)
	store.Lock() // the power is cut
	made, _ := store.Head()
	s, err = d.SignIn(t.Context(), s.Operator.ID, pin)
	must(t, err)
	if att = lastAttestation(t, store); att.First != made || att.Last != made {
		t.Errorf("at the next sign-in: %+v, want %d", att, made)
	}
	before, _ := store.Head()
	must(t, d.SignOut(t.Context(), s))
	if after, _ := store.Head(); after != before {
		t.Error("nothing was made, and something was signed")
	}
}

func lastAttestation(t *testing.T, store *kiosk.Store) (body journal.AttestationBody) {
	t.Helper()
	seq, _ := store.Head()
	entries, err := store.Entries(t.Context(), seq, seq)
	must(t, err)
	if len(entries) != 1 || entries[0].Kind != journal.OperatorAttested {
		t.Fatalf("the journal ends with %v", entries)
	}
	must(t, entries[0].Into(&body))
	return body
}

// A kiosk that never hears from head office stops working by itself; what it holds can be sent.
func TestWithoutNewsOnlySendingIsOpen(t *testing.T) {
	d, store, clock, s := door(t)
	clock.Add(72 * time.Hour)
	late, err := d.SignIn(t.Context(), s.Operator.ID, pin)
	must(t, err)
	wantCode(t, "registering", late.Allow(access.Register), app.AccessRestricted)
	must(t, late.Allow(access.Send))
	must(t, store.PutAuthority(t.Context(), clock.Now().AddDate(0, 0, 35)))
	if late, err = d.Refresh(t.Context(), late); err != nil || late.Allow(access.Register) != nil {
		t.Errorf("after news: %+v, %v", late.Restricted, err)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	for _, tt := range []struct {
		role app.Role
		task access.Task
		want bool
	}{
		{app.RoleVolunteer, access.Register, true},
		{app.RoleVolunteer, access.Handover, true},
		{app.RoleVolunteer, access.Print, false},
		{app.RoleVolunteer, access.Operators, false},
		{app.RoleDistribution, access.Handover, true},
		{app.RoleDistribution, access.Register, false},
		{app.RoleOfficer, access.Print, true},
		{app.RoleOfficer, access.Review, false},
		{app.RoleOfficer, access.Settings, false},
		{app.RoleSupervisor, access.Review, true},
		{app.RoleSupervisor, access.Operators, true},
		{"", access.Verify, false},
		{"king", access.Send, false},
	} {
		if got := access.Allowed(tt.role, tt.task); got != tt.want {
			t.Errorf("%q %s: %v", tt.role, tt.task, got)
		}
	}
	wantCode(t, "nobody", access.Session{}.Allow(access.Verify), app.AccessSignedOut)
}

func argOf(err error, name string) any {
	if e, ok := err.(*app.Error); ok { //nolint:errorlint // the very error that people read
		return e.Args[name]
	}
	return nil
}
