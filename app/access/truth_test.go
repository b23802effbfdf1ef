package access_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"loket/app"
	"loket/app/access"
	"loket/app/journal"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// guarded is a kiosk that was closed for the day: a supervisor, an officer, an authority, and two wrong
// PINs short of a wait.
type guarded struct {
	t          *testing.T
	dir, state string
	clock      *storagetest.Clock
	boss, budi string
	until      time.Time
}

func (g *guarded) open() (*access.Door, *kiosk.Store) {
	g.t.Helper()
	s, err := kiosk.Open(g.t.Context(), g.dir, g.clock)
	must(g.t, err)
	must(g.t, s.Guard(g.t.Context(), storagetest.Machine, g.state))
	return access.New(s, storagetest.Machine, storagetest.Cost), s
}

func guardedKiosk(t *testing.T) *guarded {
	g := &guarded{t: t, dir: t.TempDir(), state: t.TempDir(), clock: storagetest.NewClock()}
	d, s := g.open()
	session, err := d.FirstStart(t.Context(), first(g.clock))
	must(t, err)
	g.boss = session.Operator.ID
	o, err := d.AddOperator(t.Context(), session, access.Newcomer{Name: "Budi Santoso", PIN: "836402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
	must(t, err)
	g.budi, g.until = o.ID, g.clock.Now().AddDate(0, 0, 20).Truncate(time.Second)
	must(t, s.PutAuthority(t.Context(), g.until))
	must(t, s.PutSetting(t.Context(), "office.roots", slices.Repeat([]byte{7}, 32)))
	must(t, d.SignOut(t.Context(), session))
	for range 5 {
		if _, err := d.SignIn(t.Context(), g.budi, "000001"); err == nil {
			t.Fatal("a wrong PIN opened")
		}
	}
	must(t, s.Close())
	return g
}

func (g *guarded) by(queries ...string) {
	g.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(g.dir, "loket.db"))
	must(g.t, err)
	for _, q := range queries {
		_, err := db.ExecContext(g.t.Context(), q)
		must(g.t, err)
	}
	must(g.t, db.Close())
}

// Whoever changes the database by hand gains nothing: it is put right, told, and shown.
func TestTheDatabaseIsNotBelieved(t *testing.T) {
	for name, tt := range map[string]struct {
		change []string
		told   string
	}{
		"an officer made a supervisor":   {[]string{`UPDATE operators SET role = 'supervisor'`}, "operators/"},
		"a standing of somebody else":    {[]string{`UPDATE operators SET standing = (SELECT standing FROM operators WHERE role = 'supervisor'), role = 'supervisor'`}, "operators/"},
		"no standing":                    {[]string{`UPDATE operators SET standing = NULL, role = 'supervisor'`}, "operators/"},
		"the wait deleted":               {[]string{`DELETE FROM pin_attempts`}, "pin.tries"},
		"the wait shortened":             {[]string{`UPDATE pin_attempts SET wait = 0, wrong = 1`}, "pin.tries"},
		"more authority":                 {[]string{`UPDATE settings SET value = CAST('2099-01-01T00:00:00Z' AS BLOB) WHERE name = 'office.authority'`}, "office.authority"},
		"authority deleted":              {[]string{`DELETE FROM settings WHERE name = 'office.authority'`}, "office.authority"},
		"other roots":                    {[]string{`UPDATE settings SET value = zeroblob(32) WHERE name = 'office.roots'`}, "office.roots"},
		"another recovery key":           {[]string{`INSERT OR REPLACE INTO settings VALUES ('vault.recovery-key', zeroblob(32))`}, "vault.recovery-key"},
		"no record":                      {[]string{`DELETE FROM settings WHERE name = 'local.truth'`, `DELETE FROM pin_attempts`}, "local.truth"},
		"a record of its own":            {[]string{`UPDATE settings SET value = zeroblob(90) WHERE name = 'local.truth'`}, "local.truth"},
		"all of it and the role at once": {[]string{`DELETE FROM settings WHERE name = 'local.truth'`, `DELETE FROM pin_attempts`, `UPDATE operators SET role = 'supervisor', standing = NULL`}, "local.truth"},
	} {
		t.Run(name, func(t *testing.T) {
			g := guardedKiosk(t)
			g.by(tt.change...)
			d, s := g.open()
			_, err := d.SignIn(t.Context(), g.budi, "836402")
			wantCode(t, "within the wait", err, app.AccessPINWait)
			g.clock.Add(time.Minute)
			if session, err := d.SignIn(t.Context(), g.budi, "836402"); err == nil && session.Operator.Role != app.RoleOfficer {
				t.Errorf("signed in as %s", session.Operator.Role)
			} else if err != nil && app.CodeOf(err) != app.VaultTampered {
				t.Error(err)
			}
			if until, err := s.Authority(t.Context()); err != nil || !until.Equal(g.until) {
				t.Errorf("authority until %v, want %v, %v", until, g.until, err)
			}
			if roots, err := s.Setting(t.Context(), "office.roots"); err != nil || !slices.Equal(roots, slices.Repeat([]byte{7}, 32)) {
				t.Errorf("roots %x, %v", roots, err)
			}
			if !slices.ContainsFunc(told(t, s), func(what string) bool { return len(what) >= len(tt.told) && what[:len(tt.told)] == tt.told }) {
				t.Errorf("told: %v, want %s", told(t, s), tt.told)
			}
			must(t, s.Close())
		})
	}
}

// told is what head office hears of.
func told(t *testing.T, s *kiosk.Store) (what []string) {
	t.Helper()
	seq, _ := s.Head()
	entries, err := s.Entries(t.Context(), 1, seq)
	must(t, err)
	for _, e := range entries {
		if e.Kind == journal.VaultTampered {
			var body journal.TamperedBody
			must(t, e.Into(&body))
			what = append(what, body.What...)
		}
	}
	return what
}

// An old copy of the record, or of single rows, put back into the newer database is seen.
func TestWhatIsPutBackIsSeen(t *testing.T) {
	g := guardedKiosk(t)
	g.by(`CREATE TABLE old AS SELECT * FROM settings`, `CREATE TABLE tried AS SELECT * FROM pin_attempts`)
	g.clock.Add(time.Minute)
	d, s := g.open()
	session, err := d.SignIn(t.Context(), g.boss, pin)
	must(t, err)
	earlier := g.clock.Now().AddDate(0, 0, 1).Truncate(time.Second)
	must(t, s.PutAuthority(t.Context(), earlier)) // a recall
	must(t, d.SignOut(t.Context(), session))
	for range 9 {
		if _, err := d.SignIn(t.Context(), g.budi, "000001"); err == nil {
			t.Fatal("a wrong PIN opened")
		}
		g.clock.Add(10 * time.Minute)
	}
	must(t, s.Close())
	g.by(`DELETE FROM settings`, `INSERT INTO settings SELECT * FROM old`, `DELETE FROM pin_attempts`, `INSERT INTO pin_attempts SELECT * FROM tried`)
	_, s = g.open()
	if until, err := s.Authority(t.Context()); err != nil || !until.Equal(earlier) {
		t.Errorf("authority until %v, want %v, %v", until, earlier, err)
	}
	if wrong, _, err := s.Attempts(t.Context(), g.budi); err != nil || wrong < 10 {
		t.Errorf("%d wrong PINs, %v", wrong, err)
	}
	if what := told(t, s); !slices.Contains(what, "local.truth") {
		t.Errorf("told: %v", what)
	}
	must(t, s.Close())
}

// Where neither copy proves, nothing is believed: everybody waits, and only sending is open.
func TestWhereNothingProvesOnlySendingIsOpen(t *testing.T) {
	g := guardedKiosk(t)
	g.by(`UPDATE settings SET value = zeroblob(90) WHERE name = 'local.truth'`, `DELETE FROM pin_attempts`)
	files, err := filepath.Glob(filepath.Join(g.state, "truth-*"))
	must(t, err)
	if len(files) != 1 {
		t.Fatal(files)
	}
	must(t, os.WriteFile(files[0], []byte("nothing"), 0o600))
	for range 2 { // also at the next start
		d, s := g.open()
		_, err = d.SignIn(t.Context(), g.boss, pin)
		wantCode(t, "at once", err, app.AccessPINWait)
		g.clock.Add(30 * time.Second)
		session, err := d.SignIn(t.Context(), g.boss, pin)
		must(t, err)
		if !session.Restricted {
			t.Error("it works as if nothing were")
		}
		must(t, s.Close())
	}
}

// A kiosk from before gets its record when somebody signs in; what stands open must be what its journal
// says.
func TestAKioskFromBeforeIsGuardedAtSignIn(t *testing.T) {
	for name, change := range map[string][]string{"as it was": nil, "with a role that nobody gave": {`UPDATE operators SET role = 'supervisor'`}} {
		g := guardedKiosk(t)
		files, err := filepath.Glob(filepath.Join(g.state, "truth-*"))
		must(t, err)
		must(t, os.Remove(files[0]))
		g.by(append(change, `DELETE FROM settings WHERE name = 'local.truth'`, `UPDATE operators SET standing = NULL`)...)
		d, s := g.open()
		g.clock.Add(time.Minute)
		session, err := d.SignIn(t.Context(), g.budi, "836402")
		must(t, err)
		if session.Operator.Role != app.RoleOfficer {
			t.Errorf("%s: signed in as %s", name, session.Operator.Role)
		}
		if what := told(t, s); (len(what) > 0) != (change != nil) {
			t.Errorf("%s: told %v", name, what)
		}
		must(t, s.Close())
		g.by(`UPDATE operators SET role = 'supervisor'`)
		d, s = g.open()
		session, err = d.SignIn(t.Context(), g.budi, "836402")
		must(t, err)
		if session.Operator.Role != app.RoleOfficer || len(told(t, s)) == 0 {
			t.Errorf("%s: later signed in as %s, told %v", name, session.Operator.Role, told(t, s))
		}
		must(t, s.Close())
	}
}
